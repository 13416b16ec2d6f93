"""Takes a graph to Neo4j and prints how fast, each way beside a named peer in the same run.

Files: CPU time of `kg export neo4j`, whole (the store read too) and for the writing alone, beside networkx's GraphML
writer on the same nodes and relationships. With `--bolt URI` (user and password from NEO4J_USERNAME and NEO4J_PASSWORD;
the database should be empty): wall time of loading, first and again, beside the driver given one statement a row.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import networkx as nx

from kg.export import _neo4j_bolt as bolt
from kg.export import _neo4j_csv as files
from kg.export import neo4j
from kg.export._neo4j_rows import LinkRow, NodeRow, rows
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from kg.store import Graph

# Rows that the peer of the loader is given: more would take minutes.
_SAMPLE = 1_000
Row = NodeRow | LinkRow


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, required=True, help="a graph's folder")
    parser.add_argument("--bolt", metavar="URI", help="a running Neo4j with an empty database")
    given = parser.parse_args()
    release = Graph.open(given.graph).release.path
    with PropertyGraph.open(release, Part()) as graph:
        held = list(rows(graph, Part()))
    links = sum(isinstance(row, LinkRow) for row in held)
    print(f"{len(held) - links:,} nodes, {links:,} relationships")
    with tempfile.TemporaryDirectory() as folder:
        _files(release, held, links, Path(folder))
    if given.bolt:
        _loading(held, given.bolt)


def _files(release: Path, held: Sequence[Row], links: int, folder: Path) -> None:
    (folder / "alone").mkdir()
    whole = _timed(lambda: neo4j.write(release, folder / "whole", Part()), time.process_time)
    alone = _timed(lambda: files.write(held, folder / "alone"), time.process_time)
    graph = _networkx(held)
    peer = _timed(lambda: nx.write_graphml_lxml(graph, folder / "peer.graphml"), time.process_time)
    for name, seconds in (("export, store read", whole), ("writing alone", alone), ("networkx GraphML", peer)):
        print(f"{name:20} {seconds:8.2f} s  {links / seconds:12,.0f} relationships/s  ratio {peer / seconds:6.1f}")


def _networkx(held: Iterable[Row]) -> nx.MultiDiGraph[str]:
    """The same graph as networkx wants it: GraphML has neither lists nor None."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in held:
        pairs = zip(row.table.columns, row.values, strict=True)
        values = {name: "|".join(one) if isinstance(one, tuple) else one for name, one in pairs if one is not None}
        if isinstance(row, NodeRow):
            graph.add_node(row.id, labels="|".join(row.labels), **values)
        else:
            graph.add_edge(row.start, row.end, type=row.type, **values)
    return graph


def _loading(held: Sequence[Row], address: str) -> None:
    user, password = os.environ.get("NEO4J_USERNAME"), os.environ.get("NEO4J_PASSWORD")

    def load(some: Sequence[Row], batch: int) -> float:
        return _timed(lambda: bolt.load(some, address, user=user, password=password, batch=batch), time.perf_counter)

    nodes: list[Row] = [row for row in held if isinstance(row, NodeRow)]
    # The peer goes first, on some nodes; the schema is made and Java is warm when our turn comes.
    peer = load(nodes[:_SAMPLE], 1) / min(_SAMPLE, len(nodes))
    for name in ("loading", "loading again"):
        seconds = load(held, bolt.BATCH)
        each = seconds / len(held)
        print(f"{name:20} {seconds:8.2f} s  {1 / each:12,.0f} rows/s           ratio {peer / each:6.1f}")
    print(f"{'a statement a row':20} {'':8}    {1 / peer:12,.0f} rows/s")


def _timed(act: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    act()
    return clock() - begun


if __name__ == "__main__":
    main()
