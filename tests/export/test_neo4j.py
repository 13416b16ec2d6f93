"""The folder for Neo4j's import, read as CSV, and what `--bolt` refuses; `test_neo4j_server` asks a real server."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from kg.errors import BadGraph, KGError, UsageError
from kg.export import _neo4j_bolt as bolt
from kg.export import _neo4j_rows as model
from kg.export import neo4j
from kg.export._neo4j_csv import SEPARATOR
from kg.export.elements import Edge, Passage
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.part import Part
from kg.plugins import Export, Loader, discover
from tests.export import hostile
from tests.graph_fixture import CD19_CAR_T, ICANS, SSC

TYPES = {"string", "long", "double", "boolean", "string[]"}
Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with odd names and sentences."""
    return hostile.release(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def folder(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole of it, exported."""
    out = tmp_path_factory.mktemp("neo4j") / "out"
    neo4j.write(release, out, Part())
    return out


def tables(folder: Path, kind: str) -> dict[str, Table]:
    """Each file's rows by column, the type behind a column's name left out."""
    found = {}
    for path in sorted(folder.glob(f"{kind}_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file, strict=True)
            names = [name if name.startswith(":") else name.partition(":")[0] for name in head]
            found[path.stem] = [dict(zip(names, line, strict=True)) for line in lines]
    return found


def test_both_stages_find_it_by_its_name() -> None:
    """As `kg export neo4j` and its `--bolt` want it."""
    assert "neo4j" in discover("kg.export", Export)
    assert "neo4j" in discover("kg.export", Loader)


def test_every_column_has_a_type(folder: Path) -> None:
    """A header's column is `name:type` with a type of the import's, or one of its own marks."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        marks = {"id:ID", ":LABEL"} if path.name.startswith("nodes") else {":START_ID", ":END_ID", ":TYPE"}
        assert marks <= set(head)
        assert {name.partition(":")[2] for name in head if name not in marks} <= TYPES


def test_the_counts_are_those_of_the_files_and_of_the_graph(release: Path, tmp_path: Path) -> None:
    """Nodes are terms, papers, statements and passages; every relationship has both its ends among them."""
    counts = neo4j.write(release, tmp_path / "out", Part())
    nodes = [row for table in tables(tmp_path / "out", "nodes").values() for row in table]
    links = [row for table in tables(tmp_path / "out", "links").values() for row in table]
    assert counts == {"nodes": len(nodes), "relationships": len(links)}
    with PropertyGraph.open(release, Part()) as graph:
        told = list(graph.statements())
        assert len(nodes) == sum(1 for _ in graph.nodes()) + len(told) + sum(len(passages) for _, passages in told)
    ids = {row["id"] for row in nodes}
    assert len(ids) == len(nodes)
    assert {row[end] for row in links for end in (":START_ID", ":END_ID")} <= ids


def test_odd_texts_survive_in_the_files(folder: Path) -> None:
    """Quotes, line breaks, `;` and blanks at the ends are read back by another reader of CSV."""
    (term,) = [row for row in tables(folder, "nodes")["nodes_terms"] if row["id"] == hostile.TARGET]
    assert term["name"] == hostile.LABEL
    assert term["synonyms"].split(SEPARATOR) == sorted(hostile.SYNONYMS)
    quotes = [row["quote"] for row in tables(folder, "nodes")["nodes_evidence"]]
    assert hostile.QUOTE in quotes


def test_a_denied_event_is_no_relationship_of_the_therapy(folder: Path) -> None:
    """ "No ICANS was seen" is a statement with its evidence, and nothing that a walk along HAS_ADVERSE_EVENT meets."""
    links = tables(folder, "links")
    ends = Counter((row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in links["links_statement_ends"])
    (denied,) = [row for row in tables(folder, "nodes")["nodes_statements"] if row["negated"] == "true"]
    assert ends[(denied["id"], "SUBJECT", CD19_CAR_T)] == ends[(denied["id"], "OBJECT", ICANS)] == 1
    assert not [row for row in links["links_shortcuts"] if row[":END_ID"] == ICANS]


def test_shortcuts_are_the_plain_triples_of_the_graph(release: Path, folder: Path) -> None:
    """One relationship for each statement that the graph holds as a triple of its own."""
    with PropertyGraph.open(release, Part()) as graph:
        expected = {(edge.subject, edge.object, edge.id) for edge, _ in graph.statements() if edge.shortcut}
    found = {(row[":START_ID"], row[":END_ID"], row["statement"]) for row in tables(folder, "links")["links_shortcuts"]}
    assert found == expected
    assert expected


def test_labels_are_the_kinds_of_things(folder: Path) -> None:
    """A term has the label of each of its entity types; a paper says whether it was read."""
    nodes = tables(folder, "nodes")
    labels = {row["id"]: row[":LABEL"].split(SEPARATOR) for table in nodes.values() for row in table}
    assert labels[SSC] == ["Term", "Disease"]
    assert set(labels["MONDO:0005550"]) == {"Term", "Disease", "AdverseEvent"}
    assert labels["PMID:2"] == ["Paper", "Record"]
    assert labels["PMID:900"] == ["Paper", "CitedPaper"]


def test_twice_exported_is_the_same_bytes(release: Path, folder: Path, tmp_path: Path) -> None:
    """And takes the place of the first export."""
    out = tmp_path / "out"
    for _ in range(2):
        neo4j.write(release, out, Part())
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_with_something_else_is_left_alone(release: Path, tmp_path: Path) -> None:
    """Whatever stands there stays."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        neo4j.write(release, tmp_path, Part())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_part_without_papers_has_no_end_in_the_air(release: Path, tmp_path: Path) -> None:
    """Statements alone: no paper, no relationship to one, and evidence still names its paper."""
    part = Part(edges=("statement",), min_grade=Grade.SENTENCE_ASSERTION)
    neo4j.write(release, tmp_path / "out", part)
    nodes, links = tables(tmp_path / "out", "nodes"), tables(tmp_path / "out", "links")
    assert nodes["nodes_papers"] == links["links_evidence_papers"] == links["links_mentions"] == []
    assert {row["grade"] for row in nodes["nodes_evidence"]} == {"SentenceAssertion"}
    assert {row["document"] for row in nodes["nodes_evidence"]} >= {"PMID:2", "PMID:66"}
    ids = {row["id"] for table in nodes.values() for row in table}
    assert {row[end] for table in links.values() for row in table for end in (":START_ID", ":END_ID")} <= ids


def test_links_alone_have_no_statements(release: Path, tmp_path: Path) -> None:
    """`--edges mentions` is papers, terms and MENTIONS."""
    neo4j.write(release, tmp_path / "out", Part(edges=("mentions",)))
    found = {name: len(rows) for name, rows in tables(tmp_path / "out", "links").items() if rows}
    assert list(found) == ["links_mentions"]


def test_the_script_is_one_that_a_shell_understands(folder: Path) -> None:
    """It can be run, and names every file."""
    script = folder / "import.sh"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    for path in folder.glob("*.csv"):
        assert f"={path.name} " in script.read_text("utf-8")


@pytest.mark.parametrize("name", ["disease`) DETACH DELETE (n", "", "a b", "ä", "1st", "x:y", "a\nb"])
def test_a_name_that_is_none_becomes_no_part_of_a_query(name: str) -> None:
    """Labels and types are letters, digits and underscores; nothing else is let through."""
    with pytest.raises(BadGraph, match="letters"):
        model.label(name)
    with pytest.raises(BadGraph, match="letters"):
        model.relationship_type(f"kg:{name}")


def test_what_a_passage_and_a_statement_have_is_told() -> None:
    """No field is forgotten: each is a property, an end of a relationship, or of another kind of edge."""
    passage = set(Passage.__struct_fields__) - set(model.EVIDENCE.columns)
    assert passage == {"id", "statement", "subject", "predicate", "object", "negated", "via", "context_disease"}
    edge = set(Edge.__struct_fields__) - set(model.STATEMENTS.columns)
    assert edge == {"id", "kind", "subject", "object", "publications", "count", "sections"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://localhost:7474", "bolt://"),
        ("localhost:7687", "bolt://"),
        ("bolt://", "bolt://"),
        ("bolt://localhost:port", "bolt://"),
        ("bolt://neo4j:" + "s3cret" + "@localhost:7687", "separately"),
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(release: Path, address: str, said: str) -> None:
    """Before anything is sent."""
    with pytest.raises(UsageError, match=said) as caught:
        neo4j.load(release, address, Part(), user=None, password=None, database=None)
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_not_there_is_one_line_without_the_password(release: Path) -> None:
    """The message names the address."""
    pytest.importorskip("neo4j", reason="needs the driver (the extra `neo4j`)")
    with pytest.raises(KGError, match=r"bolt://127\.0\.0\.1:1") as caught:
        neo4j.load(release, "bolt://127.0.0.1:1", Part(), user="neo4j", password="s3cret", database=None)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_values_travel_as_parameters(release: Path) -> None:
    """No query's text holds anything of the graph but labels and types."""
    with PropertyGraph.open(release, Part()) as graph:
        sent = [bolt._parameter(row) for row in model.rows(graph, Part())]
    texts = {kind.query for kind, _ in sent}
    assert len(texts) < 40
    assert not [text for text in texts if "DETACH" in text or ";" in text or "PMID" in text]
    assert hostile.LABEL.encode() in b"".join(msgspec.msgpack.encode(parameter) for _, parameter in sent)
