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
