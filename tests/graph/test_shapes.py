"""Shapes accept the fixture graph and tell every way of breaking it, as pySHACL does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BadVocabulary
from kg.graph import shacl
from kg.graph._rdf import TYPE, node
from kg.graph.shapes import violations
from tests.graph_fixture import fixture_store

Value = str | int | bool | None
DECIMAL = node("xsd:decimal")


def first(store: ox.Store, kind: str, having: str) -> ox.NamedNode:
    """The first node of a class that has a property."""
    for quad in store.quads_for_pattern(None, TYPE, node(kind), None):
        if isinstance(quad.subject, ox.NamedNode) and list(
            store.quads_for_pattern(quad.subject, node(having), None, None)
        ):
            return quad.subject
    raise AssertionError(f"no {kind} with {having}")


def broken(store: ox.Store, kind: str, predicate: str, values: Sequence[ox.NamedNode | ox.Literal]) -> ox.NamedNode:
    """Gives the first node of a class that has a property these values of it; the node."""
    subject = first(store, kind, predicate)
    for quad in list(store.quads_for_pattern(subject, node(predicate), None, None)):
        store.remove(quad)
    for value in values:
        store.add(ox.Quad(subject, node(predicate), value))
    return subject


def test_the_fixture_graph_is_valid() -> None:
    """Nothing is wrong with it, by our own judgement or by pySHACL's, whatever the size of its batches."""
    store = fixture_store()
    assert list(violations(store)) == []
    assert list(shacl.violations(store)) == []
    assert list(shacl.violations(store, batch=3)) == []


@pytest.mark.parametrize(
    ("kind", "predicate", "values"),
    [
        ("kg:Record", "dcterms:title", []),
        ("kg:Record", "dcterms:title", [ox.Literal("a"), ox.Literal("b")]),
        ("kg:Record", "dcterms:identifier", [ox.Literal("7")]),
        ("kg:Record", "dcterms:issued", [ox.Literal("Winter")]),
        ("kg:Record", "kg:year", [ox.Literal("2024")]),
        ("kg:Record", "kg:status", [ox.Literal("withdrawn")]),
        ("kg:Record", "kg:source_sha256", []),
        ("kg:Record", "cito:cites", [node("PMID:404")]),
        ("kg:Record", "biolink:mentions", [node("MONDO:404")]),
        ("kg:CitedPaper", "dcterms:bibliographicCitation", []),
        ("kg:CitedPaper", "kg:year", [ox.Literal(99)]),
        ("kg:Mentioning", "kg:term", []),
        ("kg:Mentioning", "kg:count", [ox.Literal(0)]),
        ("kg:Mentioning", "kg:in_section", []),
        ("kg:Sense", "kg:reason", []),
        ("kg:Sense", "kg:score", [ox.Literal("1.5", datatype=DECIMAL)]),
        ("kg:Sense", "kg:chosen", []),
        ("kg:Sense", "kg:rejected", [node("MONDO:404")]),
        ("kg:Statement", "biolink:subject", [node("HGNC:404")]),
        ("kg:Statement", "biolink:object", []),
        ("kg:Statement", "biolink:negated", []),
        ("kg:Statement", "biolink:knowledge_level", [ox.Literal("hearsay")]),
        ("kg:Statement", "biolink:agent_type", [ox.Literal("oracle")]),
        ("kg:Statement", "biolink:has_evidence", []),
        ("kg:Statement", "kg:best_grade", [node("kg:Rumour")]),
        ("kg:Statement", "kg:documents_count", [ox.Literal(0)]),
        ("kg:Evidence", "biolink:supporting_text", []),
        ("kg:Evidence", "kg:document", [node("PMID:404")]),
        ("kg:Evidence", "prov:wasDerivedFrom", []),
        ("kg:Evidence", "kg:start", [ox.Literal(10_000)]),
        ("kg:Evidence", "kg:grade", []),
        ("kg:Evidence", "kg:direction", [ox.Literal("perhaps")]),
        ("kg:Evidence", "kg:role", [ox.Literal("rumour")]),
        ("kg:Evidence", "kg:setting", [ox.Literal("in_silico")]),
        ("kg:Evidence", "kg:confidence", [ox.Literal("2", datatype=DECIMAL)]),
        ("kg:Evidence", "kg:total", [ox.Literal(-1)]),
        ("kg:Evidence", "kg:percent", [ox.Literal("101", datatype=DECIMAL)]),
        ("kg:Evidence", "kg:max_grade", [ox.Literal(6)]),
        ("kg:Evidence", "kg:historical", []),
        ("kg:Evidence", "kg:treated", [ox.Literal(-1)]),
        ("kg:Evidence", "kg:responders", [ox.Literal(6)]),
        ("kg:Evidence", "kg:follow_up_months", [ox.Literal("-1", datatype=DECIMAL)]),
        ("kg:Evidence", "kg:onset_days", [ox.Literal("3")]),
        ("kg:Evidence", "kg:trial", [node("NCT:1")]),
        ("kg:Evidence", "kg:cohort", [ox.Literal("NCT00000002")]),
        ("kg:Evidence", "kg:efficacy", [ox.Literal("miraculous")]),
        ("kg:Evidence", "kg:context_disease", [node("MONDO:404")]),
        ("kg:Evidence", "kg:via", [node("MONDO:404")]),
        ("kg:Record", "dcterms:issued", [ox.Literal("2023-02-29", datatype=node("xsd:date"))]),
        ("kg:Record", "kg:year", [ox.Literal("many", datatype=node("xsd:integer"))]),
        ("kg:Record", "kg:year", [ox.Literal("2024", datatype=DECIMAL)]),
        ("kg:Record", "dcterms:title", [ox.Literal("a", language="en")]),
        ("kg:Record", "dcterms:title", [ox.Literal("")]),
        ("kg:Record", "kg:status", [ox.Literal("retracted", language="en")]),
        ("kg:Sense", "kg:abstained", [ox.Literal(True)]),
        ("kg:Evidence", "kg:end", [ox.Literal("later")]),
        ("kg:Evidence", "kg:start", [ox.Literal(-1), ox.Literal(0)]),
        ("kg:Evidence", "kg:document", [node("PMID:1"), node("PMID:2"), ox.Literal("PMID:1")]),
        ("kg:Evidence", "kg:cited", [ox.Literal("a paper")]),
        ("owl:Class", "rdfs:label", []),
        ("owl:Class", "biolink:category", []),
        ("owl:Class", "kg:within", [node("MONDO:404")]),
        ("owl:Class", "rdfs:subClassOf", [node("MONDO:404")]),
    ],
)
def test_each_break_is_told(kind: str, predicate: str, values: list[ox.NamedNode | ox.Literal]) -> None:
    """The broken node, and no other, is named, and pySHACL says the same of it in the same words."""
    store = fixture_store()
    subject = broken(store, kind, predicate, values)
    found = list(violations(store))
    assert found
    assert {ox.NamedNode(str(node(problem.node).value)) for problem in found} == {subject}
    assert sorted(found) == sorted(shacl.violations(store))


@pytest.mark.parametrize(
    ("kind", "predicate", "value"),
    [
        ("kg:Record", "dcterms:issued", ox.Literal("2023-13", datatype=node("xsd:gYearMonth"))),
        ("kg:Evidence", "kg:confidence", ox.Literal("high", datatype=DECIMAL)),
    ],
)
def test_a_literal_that_its_datatype_does_not_allow_is_told(kind: str, predicate: str, value: ox.Literal) -> None:
    """Also where rdflib, and pySHACL with it, does not know the datatype's form; never less than pySHACL tells."""
    store = fixture_store()
    subject = broken(store, kind, predicate, [value])
    found = set(violations(store))
    assert {node(problem.node) for problem in found} == {subject}
    assert set(shacl.violations(store)) <= found


def test_n_is_no_more_than_the_total() -> None:
    """Six of five is wrong although both are counts."""
    store = fixture_store()
    subject = first(store, "kg:Evidence", "kg:total")
    for quad in list(store.quads_for_pattern(subject, node("kg:n"), None, None)):
        store.remove(quad)
    store.add(ox.Quad(subject, node("kg:n"), ox.Literal(99)))
    (problem,) = violations(store)
    assert "total" in problem.message


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("sh:property [ sh:path kg:year ; sh:uniqueLang true ]", "sh:uniqueLang true"),
        ("sh:property [ sh:path kg:year ; sh:datatype xsd:duration ]", "xsd:duration"),
        ("sh:property [ sh:path ( kg:document kg:year ) ; sh:minCount 1 ]", "another kind of path"),
        ("sh:nodeKind sh:Literal", "sh:nodeKind"),
        ("sh:closed true", "sh:closed"),
        ("sh:pattern ", "Turtle"),
    ],
)
def test_shapes_that_are_not_understood_are_refused(tmp_path: Path, shape: str, told: str) -> None:
    """A constraint that would be passed over in silence is an error that names it."""
    path = tmp_path / "more.ttl"
    heads = [f"@prefix {name}: <{node(f'{name}:x').value[:-1]}> ." for name in ("kg", "sh", "xsd")]
    path.write_text("\n".join([*heads, f"kg:Shape a sh:NodeShape ; sh:targetClass kg:Record ; {shape} ."]))
    with pytest.raises(BadVocabulary, match=told) as caught:
        list(violations(fixture_store(), shapes=path))
    assert "more.ttl" in str(caught.value)
