"""A real Neo4j holds what was exported, by either way in, and answers as the graph itself does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.cli import run as kg
from kg.errors import KGError
from kg.export import _neo4j_bolt as bolt
from kg.export import neo4j
from kg.export._neo4j_rows import LinkRow, NodeRow, rows
from kg.export.property_graph import PropertyGraph
from kg.namespaces import PREFIXES
from kg.part import Part
from kg.query import bind, load_all, run
from tests.export import hostile
from tests.graph_fixture import CAR_T, SSC, SmallVocabulary
from tests.neo4j_server import PASSWORD, USER, Neo4j
from tests.web.conftest import publish

if TYPE_CHECKING:
    from neo4j import Driver

PAGE = Path(__file__).resolve().parents[2] / "docs" / "neo4j.md"
pytestmark = [pytest.mark.slow, pytest.mark.checkout]

Properties = tuple[tuple[str, object], ...]
Snapshot = tuple[frozenset[tuple[frozenset[str], Properties]], list[tuple[str, str, str, Properties]]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with odd names and sentences."""
    return hostile.release(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Neo4j:
    """An installation with nothing in it, not running."""
    pytest.importorskip("neo4j", reason="needs the driver (the extra `neo4j`)")
    return Neo4j.resolve(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def imported(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """A server whose database was made by the exported script."""
    pytest.importorskip("neo4j", reason="needs the driver (the extra `neo4j`)")
    server = Neo4j.resolve(tmp_path_factory.mktemp("imported"))
    out = tmp_path_factory.mktemp("export") / "out"
    counts = neo4j.write(release, out, Part())
    ran = subprocess.run(
        [out / "import.sh"],
        env={**server.environment, "NEO4J_ADMIN": str(server.admin())},
        cwd=server.home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{counts['nodes']} nodes" in ran.stdout
    assert f"{counts['relationships']} relationships" in ran.stdout
    with server.running(), _driver(server) as driver:
        for statement in (out / "schema.cypher").read_text("utf-8").split(";\n"):
            if statement:
                driver.execute_query(statement)
        driver.execute_query("CALL db.awaitIndexes(300)")
        yield driver


@pytest.fixture(scope="module")
def running(server: Neo4j) -> Iterator[tuple[Neo4j, Driver]]:
    """A server to load; every test leaves it as it likes."""
    with server.running(), _driver(server) as driver:
        yield server, driver


def _driver(server: Neo4j) -> Driver:
    from neo4j import GraphDatabase

    return GraphDatabase.driver(server.address, auth=(USER, PASSWORD))


def _plain(properties: Mapping[str, object]) -> Properties:
    return tuple(
        sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in properties.items())
    )


def _held(driver: Driver) -> Snapshot:
    """All that the database holds."""
    nodes, _, _ = driver.execute_query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    links, _, _ = driver.execute_query(
        "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties"
    )
    return (
        frozenset((frozenset(node["labels"]), _plain(node["properties"])) for node in nodes),
        sorted((link["start"], link["type"], link["end"], _plain(link["properties"])) for link in links),
    )


def _expected(release: Path) -> Snapshot:
    """All that was to be brought."""
    nodes, links = set(), []
    with PropertyGraph.open(release, Part()) as graph:
        for row in rows(graph, Part()):
            found = dict(zip(row.table.columns, row.values, strict=True))
            present = {name: value for name, value in found.items() if value is not None}
            if isinstance(row, NodeRow):
                nodes.add((frozenset(row.labels), _plain({"id": row.id, **present})))
            else:
                links.append((row.start, row.type, row.end, _plain(present)))
    return frozenset(nodes), sorted(links)


def _cypher(name: str) -> str:
    """The block of the documentation under the paragraph with this named query."""
    found = re.search(rf"\(`kg query {name}`\)\n\n```cypher\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def _same_answer(driver: Driver, name: str, cypher: Mapping[str, str], sparql: Mapping[str, str]) -> None:
    query = load_all()[name]
    table = run(hostile.store(), query, bind(query, sparql, SmallVocabulary()))
    found, _, keys = driver.execute_query(_cypher(name), dict(cypher))
    at = [table.columns.index(key) for key in keys]
    expected = [tuple(row[one] for one in at) for row in table.rows]
    assert len(expected) > 1
    assert sorted(map(str, (tuple(row.values()) for row in found))) == sorted(map(str, expected))


def test_the_import_brings_every_node_relationship_and_property(imported: Driver, release: Path) -> None:
    """What is read back is what was to be written: arrays, numbers, truths, `;`, quotes, line breaks and blanks."""
    assert _held(imported) == _expected(release)
    found, _, _ = imported.execute_query("MATCH (n:Target {id: $id}) RETURN n", id=hostile.TARGET)
    assert found[0]["n"]["name"] == hostile.LABEL
    assert found[0]["n"]["synonyms"] == sorted(hostile.SYNONYMS)


def test_the_database_has_what_the_graph_has(imported: Driver) -> None:
    """As many papers, terms, statements and evidence, citations and mentions as SPARQL counts in the store."""
    store = hostile.store()
    for cypher, sparql in (
        ("MATCH (n:Record)", "?n a kg:Record"),
        ("MATCH (n:CitedPaper)", "?n a kg:CitedPaper"),
        ("MATCH (n:Term)", "?n a owl:Class"),
        ("MATCH (n:Statement)", "?n a kg:Statement"),
        ("MATCH (n:Evidence)", "?n a kg:Evidence"),
        ("MATCH (:Paper)-[n:MENTIONS]->()", "?a biolink:mentions ?n"),
        ("MATCH (:Paper)-[n:CITES]->()", "?a cito:cites ?n"),
        ("MATCH (:Term)-[n:TARGET_TRIED_IN]->()", "?a kg:target_tried_in ?n"),
        ("MATCH (:Term)-[n:HAS_ADVERSE_EVENT]->()", "?a biolink:has_adverse_event ?n"),
        ("MATCH (:Term)-[n:SUBCLASS_OF]->()", "?a rdfs:subClassOf ?n . ?n a owl:Class . ?a a owl:Class"),
    ):
        ((asked,), _, _) = imported.execute_query(f"{cypher} RETURN count(n) AS n")
        counted = store.query(f"SELECT (COUNT(*) AS ?c) WHERE {{ {sparql} }}", prefixes=dict(PREFIXES))
        assert isinstance(counted, ox.QuerySolutions)
        expected = int(next(counted)["c"].value)
        assert (cypher, asked["n"]) == (cypher, expected)
        assert expected > 0


def test_the_schema_keeps_ids_unique(imported: Driver) -> None:
    """Each kind of node has its constraint, and every index is there to be used."""
    found, _, _ = imported.execute_query("SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type")
    assert {(row["labelsOrTypes"][0], *row["properties"]) for row in found} == {
        (label, "id") for label in ("Term", "Paper", "Statement", "Evidence")
    }
    states, _, _ = imported.execute_query("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'cartkg_'")
    assert len(states) == 10
    assert {row["state"] for row in states} == {"ONLINE"}


def test_targets_tried_in_a_disease_are_those_of_the_named_query(imported: Driver) -> None:
    """Subclasses count; grade, quote, antecedent, therapy and retraction are the same."""
    _same_answer(imported, "targets-tried-in", {"disease": SSC}, {"disease": "SSc"})


def test_adverse_events_of_a_therapy_are_those_of_the_named_query(imported: Driver) -> None:
    """With numbers, severity, patients' disease and what did not occur."""
    _same_answer(imported, "adverse-events-of", {"therapy": CAR_T}, {"therapy": "CAR-T"})


def test_the_evidence_of_a_statement_is_that_of_the_named_query(imported: Driver) -> None:
    """By the statement's ID, for and against."""
    found, _, _ = imported.execute_query("MATCH (s:Statement) WHERE s.passages > 1 RETURN s.id AS id")
    assert found
    for row in found:
        _same_answer(imported, "evidence-for-statement", {"statement": row["id"]}, {"statement": row["id"]})


def test_every_query_of_the_page_runs(imported: Driver) -> None:
    """The name's search finds the term by its abbreviation; the picture has targets and diseases."""
    blocks = re.findall(r"```cypher\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 5
    given = {"name": "SSc", "disease": SSC, "therapy": CAR_T, "statement": "none"}
    answers = [imported.execute_query(block, given)[0] for block in blocks]
    assert answers[0][0]["id"] == SSC
    assert answers[-1]


def test_loading_gives_the_same_graph_as_the_import(running: tuple[Neo4j, Driver], release: Path) -> None:
    """Once, and once more."""
    server, driver = running
    driver.execute_query("MATCH (n) DETACH DELETE n")
    for _ in range(2):
        counts = neo4j.load(release, server.address, Part(), user=USER, password=PASSWORD, database=None)
        held = _held(driver)
        assert held == _expected(release)
        assert counts == {"nodes": len(held[0]), "relationships": len(held[1])}


def test_loading_can_be_stopped_and_begun_again(running: tuple[Neo4j, Driver], release: Path) -> None:
    """Broken off in the middle it has brought a part; begun again it brings the rest, whatever the batches."""
    server, driver = running
    driver.execute_query("MATCH (n) DETACH DELETE n")

    def broken() -> Iterator[NodeRow | LinkRow]:
        with PropertyGraph.open(release, Part()) as graph:
            for number, row in enumerate(rows(graph, Part())):
                if number == 100:
                    raise InterruptedError
                yield row

    with pytest.raises(InterruptedError):
        bolt.load(broken(), server.address, user=USER, password=PASSWORD, batch=7)
    assert 0 < len(_held(driver)[0]) < 100
    with PropertyGraph.open(release, Part()) as graph:
        bolt.load(rows(graph, Part()), server.address, user=USER, password=PASSWORD, batch=7)
    assert _held(driver) == _expected(release)


def test_the_command_line_takes_the_password_from_the_environment(
    running: tuple[Neo4j, Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kg export neo4j --bolt URI` loads the graph and says how much it was, and not with which password."""
    server, driver = running
    driver.execute_query("MATCH (n) DETACH DELETE n")
    publish(tmp_path / "graph")
    monkeypatch.setenv("NEO4J_USERNAME", USER)
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    assert kg(["export", "neo4j", "--bolt", server.address, "--graph", str(tmp_path / "graph")]) == 0
    nodes, links = _held(driver)
    told = capsys.readouterr()
    assert (told.out, told.err) == (f"{server.address}: {len(nodes)} nodes, {len(links)} relationships\n", "")
    assert nodes


def test_a_wrong_password_is_refused_and_not_shown(running: tuple[Neo4j, Driver], release: Path) -> None:
    """One line that names the address."""
    server, _ = running
    with pytest.raises(KGError, match="unauthorized") as caught:
        neo4j.load(release, server.address, Part(), user=USER, password="not-the-one", database=None)
    assert "not-the-one" not in str(caught.value)
    assert "\n" not in str(caught.value)
