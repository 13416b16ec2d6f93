"""Parts of a graph as RDF: a smaller graph that keeps the rules of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.export import rdf
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.namespaces import PREFIXES, iri
from kg.part import EDGE_KINDS, Named, Part
from tests import graph_fixture as fixture
from tests.graph_fixture import fixture_store, release_of

PARTS = {
    "grade": Part(min_grade=Grade.SENTENCE_ASSERTION),
    "disease": Part(disease=fixture.SSC),
    "answer": Part(answer=(Named(ids=frozenset({fixture.CD19, fixture.SSC})),)),
    "statements": Part(edges=("statement",)),
    "cites": Part(edges=("cites",)),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the fixture graph."""
    return release_of(fixture_store(), tmp_path_factory.mktemp("graph"), "release")


def _read(release: Path, folder: Path, part: Part) -> rdflib.Graph:
    rdf.write(release, folder / "part.nt", part)
    return rdflib.Graph().parse(folder / "part.nt", format="nt")


def _count(graph: rdflib.Graph, kind: str) -> int:
    return sum(1 for _ in graph.subjects(rdflib.RDF.type, rdflib.URIRef(iri(kind))))


@pytest.mark.parametrize("name", PARTS)
def test_it_has_what_the_property_graph_of_the_part_has(release: Path, tmp_path: Path, name: str) -> None:
    """As many statements, evidence, terms, records and cited papers."""
    part = PARTS[name]
    read = _read(release, tmp_path, part)
    with PropertyGraph.open(release, part) as graph:
        told = list(graph.statements()) if "statement" in part.edges else []
        kinds = [node.kind for node in graph.nodes()]
    assert _count(read, "kg:Statement") == len(told)
    assert _count(read, "kg:Evidence") == sum(len(passages) for _, passages in told)
    assert _count(read, "owl:Class") == kinds.count("term")
    assert _count(read, "kg:Record") == kinds.count("record")
    assert _count(read, "kg:CitedPaper") == kinds.count("cited_paper")


@pytest.mark.parametrize("name", PARTS)
def test_every_triple_but_three_is_one_of_the_whole(release: Path, tmp_path: Path, name: str) -> None:
    """Grade, number of papers and shortcut of a statement are told anew; nothing else is made up."""
    anew = {rdflib.URIRef(iri(f"kg:{word}")) for word in ("best_grade", "documents_count", "shortcut")}
    made_up = set(_read(release, tmp_path, PARTS[name])) - set(_read(release, tmp_path, Part()))
    assert {predicate for _, predicate, _ in made_up} <= anew


@pytest.mark.parametrize("name", PARTS)
def test_nothing_leads_out_of_it(release: Path, tmp_path: Path, name: str) -> None:
    """The ends of statements, evidence, mentions, citations and hierarchy are described in the part."""
    read = _read(release, tmp_path, PARTS[name])
    described = set(read.subjects(rdflib.RDF.type, None))
    links = ("has_evidence", "subject", "object", "mentions")
    for predicate in [
        *(f"biolink:{one}" for one in links),
        "cito:cites",
        "rdfs:subClassOf",
        "kg:within",
        "kg:has_target",
    ]:
        for subject, found in read.subject_objects(rdflib.URIRef(iri(predicate))):
            if str(subject).startswith(PREFIXES["kg"]):
                continue  # the vocabulary's own hierarchy
            assert found in described, (predicate, found)


def test_a_shortcut_needs_its_evidence_in_the_part(release: Path, tmp_path: Path) -> None:
    """CD19 tried in SSc is said by a review alone, so at the best grade neither statement nor triple is there."""
    tried = rdflib.URIRef(iri("kg:target_tried_in"))
    pair = (rdflib.URIRef(iri(fixture.CD19)), tried, rdflib.URIRef(iri(fixture.SSC)))
    assert pair in _read(release, tmp_path, Part())
    best = _read(release, tmp_path, PARTS["grade"])
    assert pair not in best
    assert (pair[0], tried, rdflib.URIRef(iri(fixture.DIFFUSE))) in best


def test_all_kinds_of_edges_are_the_whole(release: Path, tmp_path: Path) -> None:
    """Asking for every kind is asking for everything."""
    assert len(_read(release, tmp_path, Part(edges=EDGE_KINDS))) == len(list(fixture_store()))
