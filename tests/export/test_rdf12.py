"""RDF 1.2: each statement reifies the triple it says, and claims it only where the stored form does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.export import rdf12
from kg.export.property_graph import PropertyGraph
from kg.namespaces import iri
from kg.part import Part
from tests import graph_fixture as fixture
from tests.exported import hostile_release
from tests.graph_fixture import fixture_store, release_of
from tests.programs import node_packages

_REIFIES = ox.NamedNode(iri("rdf:reifies"))


@pytest.fixture(scope="module", params=["fixture", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph and a hostile one."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return hostile_release(folder)


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(iri(curie))


@pytest.mark.parametrize("suffix", [".nt", ".ttl", ".trig", ".nq"])
def test_every_statement_reifies_its_triple(release: Path, tmp_path: Path, suffix: str) -> None:
    """In each format; as many triples as counted; three properties less and one more for each statement."""
    count = rdf12.write(release, tmp_path / f"out{suffix}", Part())["triples"]
    read = ox.Store()
    read.load(path=tmp_path / f"out{suffix}")
    assert len(read) == count
    with PropertyGraph.open(release, Part()) as graph:
        edges = list(graph.of("statement"))
        whole = len(graph.store)
    assert count == whole - 2 * len(edges)
    found = {(quad.subject, quad.object) for quad in read.quads_for_pattern(None, _REIFIES, None)}
    assert found == {
        (_node(one.id), ox.Triple(_node(one.subject), _node(one.predicate), _node(one.object))) for one in edges
    }


def test_what_is_denied_is_not_claimed(tmp_path: Path) -> None:
    """A query through the reifier finds the denial; the triple itself is not there."""
    rdf12.write(release_of(fixture_store(), tmp_path, "release"), tmp_path / "out.ttl", Part())
    store = ox.Store()
    store.load(path=tmp_path / "out.ttl")
    harm = (_node(fixture.CD19_CAR_T), _node(fixture.HARM), _node(fixture.ICANS))
    assert list(store.quads_for_pattern(*harm)) == []
    asked = store.query(
        "SELECT ?negated WHERE { ?reifier rdf:reifies <<( ?therapy biolink:has_adverse_event ?event )>> ;"
        " biolink:negated ?negated . ?event kg:abbreviation 'ICANS' }",
        prefixes={"rdf": iri("rdf:x")[:-1], "biolink": iri("biolink:x")[:-1], "kg": iri("kg:x")[:-1]},
    )
    assert isinstance(asked, ox.QuerySolutions)
    assert [str(solution["negated"]) for solution in asked] == [str(ox.Literal(True))]


@pytest.mark.slow
def test_another_reader_finds_every_triple_term(release: Path, tmp_path: Path) -> None:
    """N3.js reads as many triples, and as many triple terms as there are statements."""
    folder = node_packages("n3", "n3@2.13.12")
    count = rdf12.write(release, tmp_path / "out.ttl", Part())["triples"]
    script = (
        "const quads = new (require('n3').Parser)({format: 'text/turtle'}).parse("
        "require('fs').readFileSync(process.argv[1], 'utf8'));"
        "console.log(quads.length, quads.filter(one => one.object.termType === 'Quad').length)"
    )
    command = ["node", "-e", script, str(tmp_path / "out.ttl")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    with PropertyGraph.open(release, Part()) as graph:
        assert [int(found) for found in done.stdout.split()] == [count, sum(1 for _ in graph.of("statement"))]


def test_json_ld_cannot_hold_it(tmp_path: Path) -> None:
    """So it is no ending of this export."""
    release = release_of(fixture_store(), tmp_path, "release")
    with pytest.raises(UsageError, match=r"\.nt, \.nq, \.ttl, \.trig"):
        rdf12.write(release, tmp_path / "out.jsonld", Part())
