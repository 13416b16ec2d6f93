"""CSV: nothing a spreadsheet would compute, and every text to be had back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kg.errors import UsageError
from kg.export import csv as export
from kg.export._tables import COLUMNS
from kg.export.elements import Node
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from tests import graph_fixture as fixture
from tests.exported import NAMES, hostile_release
from tests.graph_fixture import fixture_store, release_of


@pytest.fixture(scope="module", params=["fixture", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph and a hostile one."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return hostile_release(folder)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _text(cell: str) -> str:
    """What was written, by the rule of the module."""
    return cell.removeprefix("'")


@pytest.mark.parametrize("table", COLUMNS)
def test_pandas_and_duckdb_read_as_many_rows(release: Path, tmp_path: Path, table: str) -> None:
    """As were counted, however many lines a cell has."""
    counts = export.write(release, tmp_path / "out", Part())
    path = tmp_path / "out" / f"{table}.csv"
    assert len(pd.read_csv(path)) == counts[table]
    relation = duckdb.read_csv(str(path), header=True, all_varchar=True, quotechar='"', escapechar='"')
    assert relation.columns[0] == "id"
    assert len(relation.fetchall()) == counts[table]


def test_no_cell_begins_a_formula(release: Path, tmp_path: Path) -> None:
    """In any table, blanks or not before it (OWASP, CSV Injection)."""
    export.write(release, tmp_path / "out", Part())
    for path in (tmp_path / "out").iterdir():
        for row in _rows(path):
            for cell in row.values():
                assert not cell.lstrip().startswith(("=", "+", "-", "@"))
                assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("name", [*NAMES, "'quoted", "''", "\uff1dcmd()"])
def test_a_text_comes_back(name: str) -> None:
    """Whatever it is, once the apostrophe before it is taken off."""
    node = Node(id="x:1", kind="term", label=name, categories=(), documents=0, synonyms=(name, "b"))
    file = io.BytesIO()
    assert export.write_rows(file, [node], COLUMNS["nodes"], str) == 1
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert _text(row["label"]) == name
    doubled = name.replace("\\", "\\\\").replace("|", "\\|")
    assert _text(row["synonyms"]) == f"{doubled}|b"


def test_edges_tell_the_names_of_their_ends(tmp_path: Path) -> None:
    """For whoever reads it without the other tables."""
    export.write(release_of(fixture_store(), tmp_path, "release"), tmp_path / "out", Part())
    rows = {(row["subject"], row["object"]): row for row in _rows(tmp_path / "out" / "edges.csv")}
    row = rows[fixture.CD19, fixture.DIFFUSE]
    assert (row["subject_label"], row["object_label"]) == ("CD19", "diffuse systemic sclerosis")
    assert (row["negated"], row["patients"], row["first_year"], row["n"]) == ("false", "5", "2023", "5")


def test_evidence_has_the_quote(tmp_path: Path) -> None:
    """And where it stands."""
    release = release_of(fixture_store(), tmp_path, "release")
    export.write(release, tmp_path / "out", Part())
    with PropertyGraph.open(release, Part()) as graph:
        expected = {one.id: (one.quote, str(one.start)) for _, found in graph.statements() for one in found}
    rows = _rows(tmp_path / "out" / "evidence.csv")
    assert {row["id"]: (_text(row["quote"]), row["start"]) for row in rows} == expected


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path) -> None:
    """Nor a file of that name."""
    release = release_of(fixture_store(), tmp_path, "release")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("mine", "file"):
        with pytest.raises(UsageError, match=name):
            export.write(release, tmp_path / name, Part())
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
