"""A release in; for Neo4j a folder of CSV with the command and the schema out, or with `--bolt` a loaded database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.export import _neo4j_bolt, _neo4j_csv
from kg.export._neo4j_rows import rows
from kg.export.place import filling
from kg.export.property_graph import PropertyGraph
from kg.part import Part


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Fills the folder `out` and returns the numbers of nodes and relationships.

    Raises:
        UsageError: `out` is a file, or a folder with something else in it.
        BadGraph: the release cannot be read, or a name in it makes no label.
        KGError: `out` cannot be written; what stood there before still does.
    """
    with PropertyGraph.open(release, part) as graph, filling(out) as folder:
        return _neo4j_csv.write(rows(graph, part), folder)


def load(
    release: Path, address: str, part: Part, *, user: str | None, password: str | None, database: str | None
) -> Mapping[str, int]:
    """Loads the graph into the Neo4j at `address` and returns the numbers of nodes and relationships.

    What the database holds besides is left alone, and so is what another release brought.

    Raises:
        UsageError: the address is none, or carries a password.
        BadGraph: the release cannot be read, or a name in it makes no label.
        KGError: the driver is not installed, or the server cannot be reached, refuses, or fails.
    """
    with PropertyGraph.open(release, part) as graph:
        return _neo4j_bolt.load(rows(graph, part), address, user=user, password=password, database=database)
