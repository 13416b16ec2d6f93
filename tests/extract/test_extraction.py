"""The whole stage: what our own rules leave open of the vocabulary's short forms is looked at once more."""

from __future__ import annotations

import pytest

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.lexicon import Lexicon
from kg.model import Document, Name, Term


def document(text: str) -> Document:
    return assemble(Draft(format="text", sha256="", abstract=(Passage("", text),), newline=False))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """One that knows some short forms."""
    shorts = ("PARP", "SPX", "MOGAD", "MTOR", "BAL", "TTD", "SSc")
    return Extractor(
        Lexicon(
            Term(
                id=f"X:{short}",
                type="disease",
                label=f"{short} in full",
                names=(Name(text=short, scope="abbreviation"),),
            )
            for short in shorts
        )
    )


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("The poly (ADP-ribose) polymerase (PARP) is cut.", "poly (ADP-ribose) polymerase"),
        ("Levels of spexin (SPX) fell.", "spexin"),
        ("In MOG antibody (MOG-IgG) associated disease (MOGAD) it is.", "MOG antibody (MOG-IgG) associated disease"),
        (
            "The mammalian (or mechanistic) target of rapamycin (MTOR).",
            "mammalian (or mechanistic) target of rapamycin",
        ),
    ],
)
def test_a_long_form_may_hold_brackets(extractor: Extractor, text: str, long: str) -> None:
    """Or be one word that is hardly longer than the short form; offsets are the document's."""
    (found,) = [item for item in extractor.extract(document(f"Before. {text}")).abbreviations if item.long == long]
    whole = f"Before. {text}"
    assert whole[found.start : found.start + len(found.short)] == found.short
    assert whole[found.long_start : found.long_start + len(long)] == long


@pytest.mark.parametrize(
    "text",
    [
        "The first group (SSc) fared well.",  # no letters that stand for it
        "The study of the long class (SSc) fared well.",  # none at a word's beginning
        "Cells (B4) and lavage (BAL) were seen.",  # a list
        "A time and to the date (TTD).",  # it would begin with "to"
        "Before (BAL) it.",  # nothing but a word shorter than it may be
    ],
)
def test_what_is_no_long_form_is_left(extractor: Extractor, text: str) -> None:
    """The short form keeps its senses."""
    assert extractor.extract(document(text)).abbreviations == ()


def test_a_short_form_that_no_term_has_is_not_looked_at_again(extractor: Extractor) -> None:
    """Only names of the vocabulary are worth it."""
    assert (
        extractor.extract(document("Levels of spexin (SPQ) and poly (ADP-ribose) polymerase (PQR).")).abbreviations
        == ()
    )


def test_a_name_does_not_end_in_a_bracket_that_it_opens() -> None:
    """The number of "lupus (13%)" belongs to no name, a bracket's own name may stand in another."""
    names = (Name(text="lupus 13", scope="exact"), Name(text="lupus", scope="exact"))
    extractor = Extractor(Lexicon([Term(id="X:1", type="disease", label="lupus 13 full", names=names)]))
    text = "In lupus (13%) and lupus 13."
    found = extractor.extract(document(text)).hits
    assert [text[hit.start : hit.end] for hit in found] == ["lupus", "lupus 13"]


@pytest.fixture(scope="module")
def qualified() -> Extractor:
    """One that knows a disease, its short form, and a form of it in full."""
    return Extractor(
        Lexicon(
            [
                Term(
                    id="X:1",
                    type="disease",
                    label="antiphospholipid syndrome",
                    names=(
                        Name(text="antiphospholipid syndrome", scope="label"),
                        Name(text="APS", scope="abbreviation"),
                    ),
                ),
                Term(
                    id="X:2",
                    type="disease",
                    label="primary antiphospholipid syndrome",
                    names=(Name(text="primary antiphospholipid syndrome", scope="label"),),
                ),
            ]
        )
    )


def test_a_short_form_ends_a_longer_name(qualified: Extractor) -> None:
    """With the word before it, where the vocabulary has the two in full; "severe APS" is a grade."""
    text = "Primary APS is not severe APS. Sole APS."
    found = {text[hit.start : hit.end]: hit.entries[0].term for hit in qualified.extract(document(text)).hits}
    assert found == {"Primary APS": "X:2", "APS": "X:1"}


def test_a_definition_may_hold_a_short_form(qualified: Extractor) -> None:
    """ "Primary APS (pAPS)" defines pAPS as what its words are in full."""
    text = "Antiphospholipid syndrome (APS) may be primary APS (pAPS), and pAPS recurs."
    found = [(text[hit.start : hit.end], hit.entries[0].term) for hit in qualified.extract(document(text)).hits]
    assert found[-2:] == [("pAPS", "X:2"), ("pAPS", "X:2")]


def test_a_heading_run_into_a_name_hides_it_no_more(qualified: Extractor) -> None:
    """ "ObjectivesAntiphospholipid syndrome": every offset stays; an address holds no names."""
    text = "ObjectivesAntiphospholipid syndrome was seen (https://x.org/antiphospholipid-syndrome)."
    found = qualified.extract(document(text))
    assert [text[hit.start : hit.end] for hit in found.hits] == ["Antiphospholipid syndrome"]
    assert len(found.text) == len(text)
