"""Parquet: three readers find every row, with types."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from kg.errors import KGError
from kg.export import parquet
from kg.export._tables import COLUMNS
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from tests import graph_fixture as fixture
from tests.exported import hostile_release
from tests.graph_fixture import fixture_store, release_of


@pytest.fixture(scope="module", params=["fixture", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph and a hostile one."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return hostile_release(folder)


@pytest.mark.parametrize("table", COLUMNS)
def test_three_readers_find_every_row(release: Path, tmp_path: Path, table: str) -> None:
    """pandas, polars and DuckDB."""
    counts = parquet.write(release, tmp_path / "out", Part())
    path = tmp_path / "out" / f"{table}.parquet"
    assert len(pd.read_parquet(path)) == len(pl.read_parquet(path)) == counts[table]
    with duckdb.connect() as database:
        asked = database.execute("SELECT count(*) FROM read_parquet(?)", [str(path)])
        assert asked.fetchall() == [(counts[table],)]


def test_columns_have_their_types(tmp_path: Path) -> None:
    """Lists are lists, numbers numbers, and nothing is null that is there."""
    parquet.write(release_of(fixture_store(), tmp_path, "release"), tmp_path / "out", Part())
    edges = pl.read_parquet(tmp_path / "out" / "edges.parquet")
    assert edges.schema["publications"] == pl.List(pl.String)
    assert edges.schema["negated"] == pl.Boolean
    assert edges.schema["documents"] == pl.Int64
    (row,) = edges.filter((pl.col("subject") == fixture.CD19) & (pl.col("object") == fixture.DIFFUSE)).to_dicts()
    assert (row["publications"], row["grade"], row["patients"], row["total"]) == (
        ["PMID:2"],
        "SentenceAssertion",
        5,
        None,
    )


def test_texts_come_back_as_they_were(release: Path, tmp_path: Path) -> None:
    """Labels, quotes and lists, hostile or not."""
    parquet.write(release, tmp_path / "out", Part())
    nodes = pl.read_parquet(tmp_path / "out" / "nodes.parquet").rows(named=True)
    evidence = pl.read_parquet(tmp_path / "out" / "evidence.parquet").rows(named=True)
    with PropertyGraph.open(release, Part()) as graph:
        assert [(row["id"], row["label"], tuple(row["synonyms"])) for row in nodes] == [
            (node.id, node.label, node.synonyms) for node in graph.nodes()
        ]
        assert [(row["id"], row["quote"]) for row in evidence] == [
            (one.id, one.quote) for _, found in graph.statements() for one in found
        ]


def test_a_missing_pyarrow_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what brings it, before anything is written."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    release = release_of(fixture_store(), tmp_path, "release")
    with pytest.raises(KGError, match=r"cartkg\[parquet\]"):
        parquet.write(release, tmp_path / "out", Part())
    assert not (tmp_path / "out").exists()
