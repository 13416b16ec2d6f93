"""What no single node can tell: closure, shortcuts, summaries, quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pyoxigraph as ox
import pytest

from kg.graph import invariants
from kg.graph._rdf import node
from kg.graph.problem import Problem
from tests.graph_fixture import BCMA, CD19, SLE, SSC, TRIED, fixture_store, papers

Invariant = Callable[[ox.Store], Iterator[Problem]]
PLAIN = ox.Quad(node(CD19), node(TRIED), node(SSC))


@pytest.mark.parametrize("invariant", [invariants.no_blank_nodes, invariants.closure, invariants.statements])
def test_the_fixture_graph_keeps_them(invariant: Invariant) -> None:
    """Nothing is wrong with it."""
    assert list(invariant(fixture_store())) == []


def test_a_blank_node_and_a_named_graph_are_told() -> None:
    """Everything is named and stands in the default graph."""
    store = fixture_store()
    store.add(ox.Quad(ox.BlankNode(), node("rdfs:label"), ox.Literal("x")))
    store.add(ox.Quad(node(SSC), node("rdfs:label"), ox.Literal("x"), node("dataset:g")))
    assert len(list(invariants.no_blank_nodes(store))) == 2


@pytest.mark.parametrize(
    ("quad", "there"),
    [
        (ox.Quad(node(SSC), node("kg:within"), node("MONDO:0000001")), False),
        (ox.Quad(node(SSC), node("kg:within"), node(SSC)), False),
        (ox.Quad(node(SSC), node("kg:within"), node(SLE)), True),
        (ox.Quad(node(SSC), node("rdfs:subClassOf"), node(SLE)), True),
    ],
)
def test_a_closure_with_a_triple_more_or_less_is_told(quad: ox.Quad, there: bool) -> None:
    """Missing, superfluous, or outdated by the hierarchy."""
    store = fixture_store()
    (store.add if there else store.remove)(quad)
    assert SSC in {problem.node for problem in invariants.closure(store)}


def test_a_plain_triple_without_its_statement_is_told() -> None:
    """The retracted paper's target cannot slip into the shortcut layer."""
    store = fixture_store()
    store.add(ox.Quad(node(BCMA), node(TRIED), node(SSC)))
    (problem,) = invariants.statements(store)
    assert problem.node == BCMA


def test_a_missing_plain_triple_is_told() -> None:
    """What earned a shortcut has it."""
    store = fixture_store()
    assert PLAIN in store
    store.remove(PLAIN)
    (problem,) = invariants.statements(store)
    assert "missing" in problem.message


@pytest.mark.parametrize(
    ("predicate", "value", "word"),
    [
        ("kg:documents_count", ox.Literal(7), "documents_count"),
        ("kg:confidence", ox.Literal("0.123", datatype=node("xsd:decimal")), "confidence"),
        ("kg:best_grade", node("kg:MeshHeading"), "best grade"),
        ("biolink:negated", ox.Literal(True), "name"),
        ("kg:shortcut", ox.Literal(False), "shortcut"),
    ],
)
def test_a_summary_that_does_not_follow_is_told(predicate: str, value: ox.Literal | ox.NamedNode, word: str) -> None:
    """Name, best grade, count and shortcut follow from content and evidence."""
    store = fixture_store()
    found = store.quads_for_pattern(None, node("kg:shortcut"), ox.Literal(True), None)
    subject = sorted((quad.subject for quad in found), key=str)[0]
    for quad in list(store.quads_for_pattern(subject, node(predicate), None, None)):
        store.remove(quad)
    store.add(ox.Quad(subject, node(predicate), value))
    assert any(word in problem.message for problem in invariants.statements(store))


def test_evidence_of_no_statement_is_told() -> None:
    """A statement that lost its subject leaves its evidence hanging."""
    store = fixture_store()
    quad = next(iter(store.quads_for_pattern(None, node("biolink:subject"), None, None)))
    store.remove(quad)
    assert "no whole statement" in " ".join(problem.message for problem in invariants.statements(store))


def test_quotes_are_what_the_text_holds() -> None:
    """The fixture's are, control characters included."""
    assert list(invariants.quotes(fixture_store(), papers())) == []


@pytest.mark.parametrize("predicate", ["biolink:supporting_text", "kg:antecedent"])
def test_a_changed_quote_is_told(predicate: str) -> None:
    """One letter off is off."""
    store = fixture_store()
    quad = next(iter(store.quads_for_pattern(None, node(predicate), None, None)))
    store.remove(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("another text")))
    (problem,) = invariants.quotes(store, papers())
    assert "another text" in problem.message


@pytest.mark.parametrize(
    ("predicate", "values"),
    [
        ("biolink:supporting_text", []),
        ("biolink:supporting_text", [ox.Literal("one"), ox.Literal("two")]),
        ("kg:start", []),
        ("kg:start", [ox.Literal(-5)]),
        ("kg:start", [ox.Literal("early")]),
        ("kg:end", [ox.Literal(100_000)]),
        ("kg:end", [ox.Literal(0)]),
        ("kg:antecedent", []),
        ("kg:antecedent_start", []),
        ("kg:antecedent_end", [ox.Literal(3), ox.Literal(4)]),
    ],
)
def test_offsets_and_texts_that_do_not_fit_are_told(predicate: str, values: list[ox.Literal]) -> None:
    """A quote or an antecedent without its offsets, offsets without their text, and offsets that are no place."""
    store = fixture_store()
    found = store.quads_for_pattern(None, node(predicate), None, None)
    subject = sorted((quad.subject for quad in found), key=str)[0]
    for quad in list(store.quads_for_pattern(subject, node(predicate), None, None)):
        store.remove(quad)
    for value in values:
        store.add(ox.Quad(subject, node(predicate), value))
    (problem,) = invariants.quotes(store, papers())
    assert node(problem.node) == subject


def test_a_missing_record_is_told() -> None:
    """Each quote whose record is gone cannot be compared, and is named."""
    store = fixture_store()
    gone = papers()[0].document.id
    lost = {q.subject for q in store.quads_for_pattern(None, node("prov:wasDerivedFrom"), node(gone), None)}
    found = list(invariants.quotes(store, papers()[1:]))
    assert {node(problem.node) for problem in found} == lost
    assert all("stored text" in problem.message for problem in found)


def test_a_record_that_changed_behind_the_graph_is_told() -> None:
    """A shifted text no longer holds its quotes."""
    odd = papers()[0]
    document = msgspec.structs.replace(odd.document, text="x" + odd.document.text)
    changed = msgspec.structs.replace(odd, tagged=msgspec.structs.replace(odd.tagged, document=document))
    assert len(list(invariants.quotes(fixture_store(), [changed, *papers()[1:]]))) == 1
