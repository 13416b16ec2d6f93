"""Findings inside of longer names, and in other words, beside the conditions that a text names."""

from __future__ import annotations

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.extract.qualifiers import qualify
from kg.ground.grounder import Grounder
from kg.lexicon import Lexicon
from kg.model import Grounding, Name, Term


def _term(identifier: str, type_: str, label: str, *related: str) -> Term:
    names = (Name(text=label, scope="label"), *(Name(text=name, scope="related") for name in related))
    return Term(id=identifier, type=type_, label=label, names=names)


LEXICON = Lexicon(
    [
        _term("D:1", "disease", "alpha basal carcinoma syndrome"),
        _term("D:2", "disease", "pre-basal carcinoma"),
        _term("D:3", "disease", "beta tumours"),
        _term("HP:1", "phenotype", "basal carcinoma"),
        _term("HP:2", "phenotype", "carcinoma"),
        _term("HP:3", "phenotype", "tumour of beta", "beta tumour"),
        _term("HP:4", "phenotype", "Small kidney"),
    ]
)


def _groundings(text: str, *, of_field: bool = False, reads: bool = False) -> list[Grounding]:
    document = assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))
    found = Extractor(LEXICON).extract(document)
    return [
        *Grounder(LEXICON, qualify=qualify).ground(
            document,
            found.sentences,
            found.abbreviations,
            found.hits,
            left_out=found.left_out,
            of_field=of_field,
            reads=reads,
        )
    ]


def _told(text: str, *, of_field: bool = False, reads: bool = False) -> list[tuple[str, str | None, str]]:
    found = _groundings(text, of_field=of_field, reads=reads)
    return [(item.mention.text, item.term, item.mention.type) for item in found]


def test_the_longest_finding_inside_of_a_disease_is_told_beside_it() -> None:
    """Not the finding within that finding, and none in a record of the field."""
    text = "We saw alpha basal carcinoma syndrome."
    disease = ("alpha basal carcinoma syndrome", "D:1", "disease")
    assert _told(text) == [disease, ("basal carcinoma", "HP:1", "phenotype")]
    assert _told(text, of_field=True) == [disease]


def test_a_single_word_inside_of_a_finding_is_not_told() -> None:
    """Every basal carcinoma is a carcinoma: its own term says so."""
    assert [term for _, term, _ in _told("We saw basal carcinoma.")] == ["HP:1"]


def test_a_part_of_a_compound_is_no_finding() -> None:
    """ "Pre-basal" is not "basal"."""
    assert [term for _, term, _ in _told("We saw pre-basal carcinoma.")] == ["D:2", "HP:2"]


def test_other_words_are_read_where_a_recogniser_reads() -> None:
    """The vocabulary alone knows its names and no more."""
    text = "The kidneys were small."
    assert _told(text) == []
    assert _told(text, reads=True) == [("kidneys were small", "HP:4", "phenotype")]


def test_a_mention_refers_to_findings_that_have_its_name_among_looser_ones() -> None:
    """The reference stands with the mention; the term has none."""
    (found,) = _groundings("We saw beta tumours.")
    assert (found.term, found.xrefs) == ("D:3", ("HP:3",))
    (found,) = _groundings("We saw beta tumours.", of_field=True)
    assert found.xrefs == ()
