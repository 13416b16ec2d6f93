"""What a recogniser's doubt does to a short name, and what no doubt can touch."""

from __future__ import annotations

from collections.abc import Set

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.extract.qualifiers import qualify
from kg.ground.grounder import Grounder
from kg.lexicon import Lexicon
from kg.model import Grounding, Name, Term


def _term(identifier: str, type_: str, label: str, *names: str) -> Term:
    found = (Name(text=label, scope="label"), *(Name(text=name, scope="exact") for name in names))
    return Term(id=identifier, type=type_, label=label, names=found)


LEXICON = Lexicon(
    [
        _term("D:1", "disease", "alpha disease", "VHX"),
        _term("T:1", "target", "QZ7"),
        _term("HP:1", "phenotype", "gamma pits"),
        _term("HP:2", "phenotype", "low gamma"),
        _term("HP:3", "phenotype", "chronic epsilon"),
        _term("HP:4", "phenotype", "zeta"),
        _term("D:2", "disease", "pits"),
        _term("D:3", "disease", "epsilon"),
        _term("T:2", "target", "beta", "VHX"),
    ]
)
BOTH = frozenset({"disease", "target"})


def _ground(text: str, surface: str, types: Set[str], *, of_field: bool = True) -> Grounding:
    """The grounding of a surface whose places are all doubted for these types."""
    document = assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))
    found = Extractor(LEXICON).extract(document)
    doubted = frozenset(
        (hit.start, hit.end, type_) for hit in found.hits for type_ in types if text[hit.start : hit.end] == surface
    )
    groundings = Grounder(LEXICON, qualify=qualify).ground(
        document, found.sentences, found.abbreviations, found.hits, doubted=doubted, of_field=of_field
    )
    return next(grounding for grounding in groundings if grounding.mention.text == surface)


def test_a_doubted_reading_leaves_the_name_to_the_other() -> None:
    """A name of a disease and of a gene is the gene where the disease is doubted, and the other way round."""
    assert _ground("We saw VHX here.", "VHX", {"disease"}).term == "T:2"
    assert _ground("We saw VHX here.", "VHX", {"target"}).term == "D:1"


def test_a_name_doubted_in_all_its_readings_is_left_open() -> None:
    """Nothing is chosen, the reason says why, and what would have been chosen stays among the alternatives."""
    found = _ground("We saw VHX here.", "VHX", BOTH)
    assert found.term is None
    assert found.reason == "abstained: the recogniser sees no such name here"
    assert "D:1" in {alternative.term for alternative in found.alternatives}


def test_a_label_is_never_doubted() -> None:
    """A gene's own symbol stays, however short."""
    assert _ground("We saw QZ7 here.", "QZ7", BOTH).term == "T:1"


def test_the_document_is_believed_before_the_recogniser() -> None:
    """A short form that the document defines, and a term it names in full, stay what they are."""
    assert _ground("Alpha disease (VHX) is rare. VHX kills.", "VHX", BOTH).term == "D:1"
    assert _ground("Alpha disease is rare. VHX kills.", "VHX", BOTH).term == "D:1"


def test_a_doubted_finding_is_a_phenotype_outside_of_the_field() -> None:
    """Recognisers learn from corpora of diseases, which mark few findings; a disease that is doubted is left open."""
    found = _ground("We saw low gamma here.", "low gamma", {"phenotype"}, of_field=False)
    assert (found.term, found.mention.type) == ("HP:2", "phenotype")
    assert _ground("We saw low gamma here.", "low gamma", set(), of_field=False).mention.type == "disease"
    assert _ground("We saw alpha disease here.", "alpha disease", {"disease"}, of_field=False).term is None


def test_a_doubted_finding_is_left_open_where_it_is_short_or_parted() -> None:
    """A short word is often another; what reaches into a compound is no phrase."""
    assert _ground("We saw zeta here.", "zeta", {"phenotype"}, of_field=False).term is None
    assert _ground("We saw low gamma-like ones.", "low gamma", {"phenotype"}, of_field=False).term is None


def _with_name(text: str, name: str) -> set[tuple[str, str | None]]:
    """What is found outside of the field where the recogniser sees this name."""
    document = assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))
    found = Extractor(LEXICON).extract(document)
    at = text.index(name)
    groundings = Grounder(LEXICON, qualify=qualify).ground(
        document,
        found.sentences,
        found.abbreviations,
        found.hits,
        names=((at, at + len(name), "disease"),),
        of_field=False,
    )
    return {(grounding.mention.text, grounding.term) for grounding in groundings}


def test_a_longer_finding_is_kept_unless_it_only_adds_the_course() -> None:
    """The recogniser's border cuts "chronic" off, and not what makes another finding of it."""
    assert _with_name("We saw gamma pits here.", "pits") == {("gamma pits", "HP:1")}
    assert _with_name("We saw chronic epsilon here.", "epsilon") == {("epsilon", "D:3")}
