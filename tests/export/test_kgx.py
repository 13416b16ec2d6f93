"""KGX: valid by Biolink's own schema, edges between nodes, both forms alike."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kg.errors import UsageError
from kg.export import kgx
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from tests import graph_fixture as fixture
from tests.export.biolink_schema import FIXTURE, generated
from tests.exported import empty_release, hostile_release
from tests.graph_fixture import fixture_store, release_of

Row = dict[str, object]


@pytest.fixture(scope="module", params=["fixture", "empty", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs: small and ordinary, empty, and hostile."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return empty_release(folder) if request.param == "empty" else hostile_release(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], list[Row]]:
    """Nodes and edges of the small graph."""
    folder = tmp_path_factory.mktemp("small")
    kgx.write(release_of(fixture_store(), folder, "release"), folder / "out.jsonl", Part())
    return _lines(folder / "out_nodes.jsonl"), _lines(folder / "out_edges.jsonl")


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def _table(path: Path) -> list[dict[str, str]]:
    head, *rows = [line.split("\t") for line in path.read_text("utf-8").split("\n")[:-1]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_line_is_valid(release: Path, tmp_path: Path) -> None:
    """A node by the schema of its category, an edge by that of an association; none has a property of another."""
    counts = kgx.write(release, tmp_path / "out.jsonl", Part())
    schema = json.loads(FIXTURE.read_text("utf-8"))
    checkers = {name: jsonschema.Draft202012Validator(schema | {"$ref": f"#/$defs/{name}"}) for name in schema["$defs"]}
    lines = _lines(tmp_path / "out_nodes.jsonl") + _lines(tmp_path / "out_edges.jsonl")
    assert len(lines) == counts["nodes"] + counts["edges"]
    for line in lines:
        categories = line["category"]
        assert isinstance(categories, list)
        assert len(categories) == 1
        errors = [error.message for error in checkers[categories[0].removeprefix("biolink:")].iter_errors(line)]
        assert errors == [], line


def test_the_schema_is_that_of_the_package() -> None:
    """The file in the repository is what biolink-model's classes give."""
    pytest.importorskip("biolink_model", reason="biolink-model is not installed")
    assert FIXTURE.read_text("utf-8") == generated()


def test_both_forms_hold_the_same(release: Path, tmp_path: Path) -> None:
    """As many lines with the same IDs; every edge stands between nodes; every edge tells level and agent."""
    for ending in ("tsv", "jsonl"):
        kgx.write(release, tmp_path / f"out.{ending}", Part())
    for what in ("nodes", "edges"):
        table, lines = _table(tmp_path / f"out_{what}.tsv"), _lines(tmp_path / f"out_{what}.jsonl")
        assert [row["id"] for row in table] == [row["id"] for row in lines]
        assert len({row["id"] for row in table}) == len(table)
    names = {row["id"] for row in _lines(tmp_path / "out_nodes.jsonl")}
    for edge in _lines(tmp_path / "out_edges.jsonl"):
        assert {edge["subject"], edge["object"]} <= names
        assert edge["knowledge_level"]
        assert edge["agent_type"]
        assert str(edge["predicate"]).startswith("biolink:")


def test_counts_are_those_of_the_property_graph(release: Path, tmp_path: Path) -> None:
    """But for denials that Biolink has no word for."""
    counts = kgx.write(release, tmp_path / "out.jsonl", Part())
    with PropertyGraph.open(release, Part()) as graph:
        edges = list(graph.edges())
        assert counts["nodes"] == sum(1 for _ in graph.nodes())
    left_out = sum(edge.negated and not edge.predicate.startswith("biolink:") for edge in edges)
    assert (counts["edges"], counts["left_out"]) == (len(edges) - left_out, left_out)


def test_a_statement_has_its_grade_papers_and_quotes(small: tuple[list[Row], list[Row]]) -> None:
    """Under its own predicate, or as related with its own beside it."""
    found = {(e["subject"], e.get("original_predicate", e["predicate"]), e["object"]): e for e in small[1]}
    tried = found[fixture.CD19, "kg:target_tried_in", fixture.DIFFUSE]
    assert (tried["predicate"], tried["publications"], tried["evidence_count"]) == ("biolink:related_to", ["PMID:2"], 1)
    assert tried["has_attribute"] == ["kg:SentenceAssertion", "kg:shortcut"]
    assert tried["supporting_text"] == ["Five patients with dcSSc received CD19 CAR-T cells."]
    denied = found[fixture.CD19_CAR_T, "biolink:has_adverse_event", fixture.ICANS]
    assert denied["negated"] is True
    retracted = found[fixture.BCMA, "kg:target_tried_in", fixture.SSC]
    assert "kg:retracted" in retracted["has_attribute"]  # type: ignore[operator]  # a list


def test_a_term_has_its_most_particular_category(small: tuple[list[Row], list[Row]]) -> None:
    """An infection, a disease that may be an adverse event, is a disease; papers are articles only with a journal."""
    categories = {node["id"]: node["category"] for node in small[0]}
    assert categories[fixture.INFECTION] == ["biolink:Disease"]
    assert categories[fixture.ICANS] == ["biolink:DiseaseOrPhenotypicFeature"]
    assert categories["PMID:1"] == ["biolink:JournalArticle"]
    assert categories["PMID:5"] == categories["PMID:900"] == ["biolink:Publication"]


def test_the_ending_names_the_form(tmp_path: Path) -> None:
    """Any other is refused, and nothing is written."""
    release = release_of(fixture_store(), tmp_path, "release")
    with pytest.raises(UsageError, match=r"\.jsonl or \.tsv"):
        kgx.write(release, tmp_path / "out.csv", Part())
    assert [path.name for path in tmp_path.iterdir()] == ["release"]
