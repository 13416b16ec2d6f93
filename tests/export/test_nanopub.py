"""Nanopublications: four graphs each, read by rdflib, and nothing asserted that its paper does not say."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from kg.errors import UsageError
from kg.export import nanopub
from kg.export.property_graph import PropertyGraph
from kg.namespaces import iri
from kg.part import Part
from tests import graph_fixture as fixture
from tests.exported import empty_release, hostile_release
from tests.graph_fixture import fixture_store, release_of

# rdflib's own parser calls what rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
_NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
_PARTS = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}


@pytest.fixture(scope="module", params=["fixture", "empty", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs: small and ordinary, empty, and hostile."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return empty_release(folder) if request.param == "empty" else hostile_release(folder)


def _read(path: Path) -> rdflib.Dataset:
    found = rdflib.Dataset()
    found.parse(data=path.read_bytes(), format="trig")
    return found


def test_each_has_its_four_graphs(release: Path, tmp_path: Path) -> None:
    """Head, assertion, provenance and publication info, none empty, each linked from the head."""
    counts = nanopub.write(release, tmp_path / "out.trig", Part())
    read = _read(tmp_path / "out.trig")
    assert sum(1 for _ in read.quads()) == counts["quads"]
    heads = list(read.quads((None, RDF.type, _NP.Nanopublication, None)))
    assert len(heads) == counts["nanopublications"]
    for this, _, _, head in heads:
        assert str(head) == f"{this}#head"
        for predicate, name in _PARTS.items():
            ((_, _, part, _),) = read.quads((this, _NP[predicate], None, None))
            assert str(part) == f"{this}#{name}"
            assert len(read.graph(str(part))) > 0
        assertion = rdflib.URIRef(f"{this}#assertion")
        assert (assertion, PROV.wasDerivedFrom, None) in read.graph(rdflib.URIRef(f"{this}#provenance"))
        assert (this, None, None) in read.graph(rdflib.URIRef(f"{this}#pubinfo"))


def test_there_is_one_for_each_statement_and_paper(release: Path, tmp_path: Path) -> None:
    """And each passage stands in one."""
    counts = nanopub.write(release, tmp_path / "out.trig", Part())
    with PropertyGraph.open(release, Part()) as graph:
        told = list(graph.statements())
    assert counts["nanopublications"] == sum(edge.documents for edge, _ in told)
    quotes = list(_read(tmp_path / "out.trig").quads((None, rdflib.URIRef(iri("biolink:supporting_text")), None, None)))
    assert len(quotes) == sum(len(passages) for _, passages in told)


def test_only_what_a_paper_says_outright_is_a_plain_triple(tmp_path: Path) -> None:
    """No denial, no hypothesis, no retracted paper, no mere naming together."""
    nanopub.write(release_of(fixture_store(), tmp_path, "release"), tmp_path / "out.trig", Part())
    read = _read(tmp_path / "out.trig")

    def said(subject: str, predicate: str, object_: str) -> bool:
        triple = (rdflib.URIRef(iri(subject)), rdflib.URIRef(iri(predicate)), rdflib.URIRef(iri(object_)))
        return any(read.quads((*triple, None)))

    assert said(fixture.CD19, fixture.TRIED, fixture.DIFFUSE)
    assert said(fixture.CD19, fixture.TRIED, fixture.SSC)
    assert not said(fixture.CD19_CAR_T, fixture.HARM, fixture.ICANS)
    assert not said(fixture.BCMA, fixture.TRIED, fixture.SSC)
    assert not said(fixture.RITUXIMAB, fixture.STUDIED, fixture.SLE)
    assert not said(fixture.CAR_T, fixture.TOGETHER, fixture.SSC)


def test_a_format_without_graphs_is_refused(tmp_path: Path) -> None:
    """Turtle cannot name a graph."""
    with pytest.raises(UsageError, match=r"\.trig, \.nq"):
        nanopub.write(release_of(fixture_store(), tmp_path, "release"), tmp_path / "out.ttl", Part())
