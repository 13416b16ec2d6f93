"""Evidence with the reasons of its names, for and against, and SPARQL that gives the same."""

from __future__ import annotations

import msgspec
import pyoxigraph as ox
import pytest

from kg.explanation import Explanation, explain, facts
from kg.graph.quads import triples
from kg.model import Annotation
from kg.query import bind, cell, load_all, run
from tests import graph_fixture, pack_fixture
from tests.graph_fixture import AAV, CD19, CD19_CAR_T, CD20, HARM, ICANS, SLE, SSC, TRIED
from tests.pack_fixture import VOCABULARY

RECORDS = {one.document.id: one for one in (*graph_fixture.papers(), *pack_fixture.papers())}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The graph of all hand-made papers."""
    found = ox.Store()
    found.bulk_extend(ox.Quad(*triple) for triple in triples(RECORDS.values(), VOCABULARY))
    return found


def explained(store: ox.Store, records: dict[str, Annotation] | None = None, **given: str) -> Explanation:
    """What is said of a statement, or of a subject and an object."""
    query = load_all()["evidence-for-statement" if "statement" in given else "evidence-for"]
    bound = bind(query, given, VOCABULARY)
    return explain(query, bound, run(store, query, bound), (RECORDS if records is None else records).get)


def test_each_passage_is_there_once_with_its_stance(store: ox.Store) -> None:
    """For and against in one claim, with documents, numbers and what each cohort is."""
    (claim,) = explained(store, subject="CD19 CAR-T cells", object="ICANS").claims
    assert (claim.subject, claim.predicate, claim.object) == (CD19_CAR_T, HARM, ICANS)
    assert [(one.document, one.n, one.total) for one in claim.supporting] == [("PMID:102", 1, 8)]
    assert {(one.document, one.n, one.total) for one in claim.against} == {
        ("PMID:101", 0, 5),
        ("PMID:103", 0, 3),
        ("PMID:4", 0, 8),
    }
    assert claim.supporting[0].cohort == "NCT:NCT00000101"
    assert claim.supporting[0].disease_label == "systemic lupus erythematosus"


def test_a_statement_is_shown_with_what_denies_it(store: ox.Store) -> None:
    """Asked for by its own ID or by its denial's, the same passages stand on the same sides."""
    (claim,) = explained(store, subject="CD19 CAR-T cells", object="ICANS").claims
    assert claim.statement is not None
    assert claim.denial is not None
    for statement in (claim.statement, claim.denial):
        (found,) = explained(store, statement=statement).claims
        assert {one.evidence for one in found.against} == {one.evidence for one in claim.against}
        assert {one.evidence for one in found.supporting} == {one.evidence for one in claim.supporting}


def test_names_come_with_the_reason_and_with_what_they_are_not(store: ox.Store) -> None:
    """Those in the quote, and those in the words that it stands on; names elsewhere in the record are left out."""
    (claim,) = explained(store, subject="CD20", object="AAV", predicate=TRIED).claims
    (passage,) = (one for one in claim.supporting if one.document == "PMID:1")
    assert passage.antecedent == "SSc, SLE and AAV"
    assert [(name.text, name.term, name.reason) for name in passage.names] == [
        ("SSc", SSC, "long form in document"),
        ("SLE", SLE, "only sense"),
        ("AAV", AAV, "context words"),
        ("CD19", CD19, "only sense"),
        ("CD20", CD20, "only sense"),
    ]
    assert passage.names[2].rejected == ("adeno-associated virus",)
    text = RECORDS["PMID:1"].document.text
    assert all(text[name.start : name.end] == name.text for name in passage.names)
    assert text[passage.start : passage.end] == passage.quote


def test_a_passage_meant_through_two_therapies_is_one(store: ox.Store) -> None:
    """`via` is gathered, not multiplied."""
    trial = RECORDS["PMID:2"]
    first = trial.statements[0]
    both = msgspec.structs.replace(first.evidence[0], via=(CD19_CAR_T, graph_fixture.CAR_T))
    changed = msgspec.structs.replace(trial, statements=(msgspec.structs.replace(first, evidence=(both,)),))
    made = ox.Store()
    made.bulk_extend(ox.Quad(*triple) for triple in triples([changed], VOCABULARY))
    (claim,) = explained(made, subject="CD19", object="SSc").claims
    (passage,) = claim.supporting
    assert passage.via == ("CAR-T cell therapy", "CD19 CAR-T cells")


def test_the_sparql_gives_the_same_rows_as_printed(store: ox.Store) -> None:
    """Run as it stands, it answers the evidence that is shown, no more and no less."""
    for subject, disease in (("CD19", "SLE"), ("CD20", "autoimmune disease")):
        found = explained(store, subject=subject, object=disease)
        shown = {one.evidence for claim in found.claims for one in (*claim.supporting, *claim.against)}
        solutions = store.query(found.sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        assert {cell(row["evidence"]) for row in solutions} == shown
        assert shown


def test_a_record_with_another_text_by_now_gives_no_reasons(store: ox.Store) -> None:
    """What was read from a later version would be no reason for this quote; the passage is shown all the same."""
    review = RECORDS["PMID:1"]
    document = msgspec.structs.replace(review.document, text="x" + review.document.text)
    later = msgspec.structs.replace(review, tagged=msgspec.structs.replace(review.tagged, document=document))
    for records in ({"PMID:1": later}, {}):
        (claim,) = (
            one for one in explained(store, records, subject="CD20", object="AAV").claims if one.predicate == TRIED
        )
        assert claim.supporting
        assert all(one.names == () for one in claim.supporting)


def test_nothing_is_no_claim(store: ox.Store) -> None:
    """Two terms that nothing relates have no claims, and the query is told all the same."""
    found = explained(store, subject="ICANS", object="AAV")
    assert found.claims == ()
    assert "SELECT ?statement ?evidence" in found.sparql


def test_facts_are_what_the_passage_tells(store: ox.Store) -> None:
    """Role and setting first, then numbers with their units; flags last."""
    (claim,) = explained(store, subject="CD19", object="SLE", exact="true", min_grade="SentenceAssertion").claims
    told = {one.document: list(facts(one)) for one in claim.supporting if one.treated == 5 and one.responders}
    assert told["PMID:101"] == [
        "primary result",
        "clinical",
        "phase 1",
        "5 treated",
        "4 of 5 responded",
        "via CD19 CAR-T cells",
        "cohort NCT:NCT00000101",
    ]
    (bcma,) = explained(store, subject="BCMA", object="SLE").claims
    assert [list(facts(one))[-1] for one in bcma.supporting if one.retracted] == ["RETRACTED"]
