"""Choosing and abstaining among the senses of a short form, on a vocabulary made for it."""

from __future__ import annotations

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract import qualifiers
from kg.extract.extraction import Extractor
from kg.ground.grounder import Grounder
from kg.lexicon import Lexicon, Sense
from kg.model import Grounding, MeshHeading, Name, Term


def _term(identifier: str, label: str, short: str, *, type_: str = "disease", xrefs: tuple[str, ...] = ()) -> Term:
    names = (Name(text=label, scope="label"), Name(text=short, scope="abbreviation"))
    return Term(id=identifier, type=type_, label=label, names=names, xrefs=xrefs)


def _sense(acronym: str, sense: str, identifier: str, *context: str) -> Sense:
    return Sense(acronym=acronym, sense=sense, id=identifier, context=context, source="made up")


_LEXICON = Lexicon(
    [
        _term("X:1", "purple fever", "PF", xrefs=("MESH:D1",)),
        _term("X:2", "pale fever", "PF"),
        _term("X:3", "orange fever", "ORF"),
    ],
    senses=[
        _sense("PF", "purple fever", "X:1", "purple", "spots"),
        _sense("PF", "pale fever", "X:2", "pale", "chalk"),
        _sense("PF", "power factor", "", "volt", "circuit"),
    ],
)


def _ground(text: str, *, mesh: tuple[MeshHeading, ...] = (), title: str = "") -> dict[str, Grounding]:
    draft = Draft(
        format="test", sha256="0" * 64, title=title, abstract=(Passage("", text),), newline=bool(title), mesh=mesh
    )
    document = assemble(draft)
    found = Extractor(_LEXICON).extract(document)
    grounder = Grounder(_LEXICON, qualify=qualifiers.qualify)
    groundings = grounder.ground(document, found.sentences, found.abbreviations, found.hits)
    return {grounding.mention.text: grounding for grounding in groundings}


def test_the_documents_own_definition_decides() -> None:
    """Whatever words stand around, "(PF)" behind "pale fever" is that; the other sense is kept as rejected."""
    found = _ground("Purple spots. A case of pale fever (PF) with spots; PF passed.")["PF"]
    assert found.term == "X:2"
    assert found.reason == "long form in document: pale fever"
    assert [item.term for item in found.alternatives] == ["X:1"]


def test_a_definition_that_nobody_knows_is_no_mention() -> None:
    """ "pulmonary function (PF)" is none of the vocabulary's, and the reason says what it is."""
    found = _ground("The pulmonary function (PF) fell; PF rose; purple spots.")["PF"]
    assert found.term is None
    assert "pulmonary function" in found.reason


def test_context_words_choose_and_are_told() -> None:
    """Two words for one sense and none for the others suffice; the words are the reason."""
    found = _ground("PF came with purple spots.")["PF"]
    assert found.term == "X:1"
    assert found.reason == "context words: purple, spots"
    assert {item.label for item in found.alternatives} == {"pale fever", "power factor"}


def test_a_sense_outside_the_vocabulary_can_win() -> None:
    """Volts and circuits speak of the power factor, which has no ID."""
    found = _ground("The PF of the circuit was told in volt.")["PF"]
    assert (found.term, found.label) == (None, "power factor")


def test_without_evidence_nothing_is_chosen() -> None:
    """A missing edge is better than a wrong one; all senses are kept as alternatives."""
    found = _ground("PF was seen.")["PF"]
    assert found.term is None
    assert found.reason == "abstained: no evidence for any sense"
    assert len(found.alternatives) == 3


def test_with_evidence_for_two_nothing_is_chosen() -> None:
    """Purple spots and pale chalk together leave it open."""
    found = _ground("PF with purple spots and pale chalk.")["PF"]
    assert found.term is None
    assert found.reason == "abstained: evidence for several senses"


def test_a_mesh_heading_decides() -> None:
    """The indexer read the whole paper."""
    found = _ground("PF was seen.", mesh=(MeshHeading(ui="D1", name="Purple Fever"),))["PF"]
    assert found.term == "X:1"
    assert "MeSH heading" in found.reason


def test_the_only_sense_of_a_distinct_short_form_is_taken() -> None:
    """Three letters that the vocabulary knows once need no evidence."""
    found = _ground("ORF was seen.")["ORF"]
    assert (found.term, found.reason) == ("X:3", "only sense")


def test_scores_lie_between_nought_and_one() -> None:
    """Chosen and rejected alike."""
    for text in ("PF with purple spots.", "PF was seen.", "pale fever (PF)"):
        found = _ground(text)["PF"]
        assert 0 <= found.score <= 1
        assert all(0 <= item.score <= 1 for item in found.alternatives)
