"""What came and fell between two graphs, and why."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pyoxigraph as ox

from kg.graph.difference import Difference, Side, compare
from kg.graph.quads import triples
from kg.model import Annotation, Ids
from tests.graph_fixture import BCMA, CAR_T, CD19, DIFFUSE, SSC, TOGETHER, TRIED, SmallVocabulary, papers


def side(name: str, annotations: Sequence[Annotation], *, annotator: str = "a") -> Side:
    """The graph of these annotations."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples(annotations, SmallVocabulary()))
    return Side(name, store, {"annotator": annotator})


def between(old: Sequence[Annotation], new: Sequence[Annotation], *, annotator: str = "a") -> Difference:
    """What differs between their graphs; `annotator` made the new one, "a" the old one."""
    return compare(side("old", old), side("new", new, annotator=annotator))


def changed(one: Annotation, **fields: object) -> Annotation:
    """The same annotation of a document with these fields."""
    document = msgspec.structs.replace(one.document, **fields)
    return msgspec.structs.replace(one, tagged=msgspec.structs.replace(one.tagged, document=document))


def without(identifier: str) -> list[Annotation]:
    """The fixture's papers but one."""
    return [one for one in papers() if one.document.id != identifier]


def paper(identifier: str) -> Annotation:
    """One of the fixture's papers."""
    return next(one for one in papers() if one.document.id == identifier)


def test_the_same_graph_has_no_difference() -> None:
    """In any order of its papers, and also where another annotator made the same of them."""
    assert between(papers(), papers()[::-1], annotator="b").is_empty


def test_a_record_that_went_takes_what_only_it_said() -> None:
    """Its statement, its plain triple and its passages fell; what another paper says too stays."""
    found = between(papers(), without("PMID:2"))
    assert [(one.id, one.why) for one in found.documents.fell] == [("PMID:2", "record gone")]
    assert (CD19, TRIED, DIFFUSE, ("record gone",)) in {
        (one.subject, one.predicate, one.object, one.why) for one in found.statements.fell
    }
    assert {one.predicate for one in found.derived.fell} == {
        TRIED,
        "biolink:applied_to_treat",
        "biolink:has_adverse_event",
    }
    assert {(one.document, one.why) for one in found.evidence.fell} == {("PMID:2", "record gone")}
    assert not any((found.documents.came, found.statements.came, found.derived.came, found.evidence.came))


def test_a_record_that_came_is_the_mirror_image() -> None:
    """The same nodes, told as come."""
    went, came = between(papers(), without("PMID:2")), between(without("PMID:2"), papers())
    assert [one.id for one in came.statements.came] == [one.id for one in went.statements.fell]
    assert {one.why for one in came.statements.came} == {("record came",)}
    assert [one.id for one in came.evidence.came] == [one.id for one in went.evidence.fell]


def test_a_retraction_takes_the_plain_triple_alone() -> None:
    """Statement and passage stay where they are; what leaves the shortcut layer says why."""
    before = [*without("PMID:3"), changed(paper("PMID:3"), status=())]
    found = between(before, papers())
    assert [(one.id, one.why) for one in found.documents.changed] == [("PMID:3", "retracted")]
    assert [(one.subject, one.object, one.why) for one in found.derived.fell] == [(BCMA, SSC, ("retracted",))]
    assert found.statements == type(found.statements)((), ())
    assert found.evidence == type(found.evidence)((), ())
    back = between(papers(), before)
    assert [(one.subject, one.why) for one in back.derived.came] == [(BCMA, ("no longer retracted",))]
    assert [one.why for one in back.documents.changed] == ["no longer retracted"]


def test_a_record_that_changed_is_why_its_passages_fell() -> None:
    """Another sha256, and other statements: the record is the reason, also where the annotator changed as well."""
    trial = paper("PMID:2")
    now = changed(msgspec.structs.replace(trial, statements=trial.statements[1:]), sha256="f" * 64)
    found = between(papers(), [*without("PMID:2"), now], annotator="b")
    assert [(one.id, one.why) for one in found.documents.changed] == [("PMID:2", "record changed")]
    assert {one.why for one in found.evidence.fell} == {"record changed"}
    assert {one.why for one in found.statements.fell} == {("record changed",)}


def test_another_annotator_is_why_the_same_record_says_something_else() -> None:
    """With the same annotator nothing of the releases tells why, and so it is said."""
    trial = paper("PMID:2")
    now = [*without("PMID:2"), msgspec.structs.replace(trial, statements=trial.statements[1:])]
    assert {one.why for one in between(papers(), now, annotator="b").statements.fell} == {("annotator changed",)}
    assert {one.why for one in between(papers(), now).statements.fell} == {("not told",)}


def test_a_record_that_became_a_version_of_another_is_not_gone() -> None:
    """A page read by its DOI alone, and later its record with PMID and DOI."""
    before = paper("DOI:10.5555/six")
    now = changed(before, id="PMID:6", ids=Ids(pmid="6", doi="10.5555/six"))
    evidence = tuple(msgspec.structs.replace(one, document="PMID:6") for one in now.statements[0].evidence)
    now = msgspec.structs.replace(now, statements=(msgspec.structs.replace(now.statements[0], evidence=evidence),))
    found = between(papers(), [*without("DOI:10.5555/six"), now])
    assert [(one.id, one.why) for one in found.documents.fell] == [("DOI:10.5555/six", "record joined another")]
    assert [(one.id, one.why) for one in found.documents.came] == [("PMID:6", "record came")]
    assert [(one.document, one.why) for one in found.evidence.fell] == [("DOI:10.5555/six", "record joined another")]


def test_the_best_graded_come_first() -> None:
    """A sentence that says it before a mere mention together."""
    found = between((), papers())
    ranks = [one.rank for one in found.statements.came]
    assert ranks == sorted(ranks)
    assert ranks[0] == 1
    assert (CAR_T, TOGETHER) in {(one.subject, one.predicate) for one in found.statements.came if one.rank == 3}
