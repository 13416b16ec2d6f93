"""Writes made edges in each format beside networkx's and the raw column writers, and reads a made release.

Writers get edges that lie in memory already, networkx's a graph that is built already: what is timed is writing. The
raw writers (`csv.writer`, Arrow's CSV and Parquet) get columns that lie ready, so they bound what any writer could do.
Reading is timed apart, since the store's own decoding of terms takes most of any export. Each is the best of some
runs, in CPU time; memory is what writing one edge after another needs beyond the program itself, each in a process of
its own, for two sizes.
"""

from __future__ import annotations

import argparse
import csv
import gc
import hashlib
import io
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, cast

import networkx as nx
import pyarrow as pa
import pyoxigraph as ox

from kg.export import csv as csv_export
from kg.export import gephi, graphml, parquet
from kg.export._tables import COLUMNS, column
from kg.export.elements import Edge, Node
from kg.export.property_graph import PropertyGraph, reader
from kg.model import Grade
from kg.namespaces import PREFIXES, iri
from kg.part import Part

_RUNS = 5
_ENDS = 3_000
_PAPERS = 50_000
# What reading asks first, without a reader.
_SCAN = """SELECT * WHERE {
  ?statement biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
    biolink:negated ?negated ; biolink:knowledge_level ?level ; biolink:agent_type ?agent ; kg:shortcut ?shortcut }"""
_XSD = "http://www.w3.org/2001/XMLSchema#"


# Neither ships types that tell what it exports.
arrow_csv, arrow_parquet = import_module("pyarrow.csv"), import_module("pyarrow.parquet")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=20_000, help="statements of the release that is read")
    given = parser.parse_args()
    nodes, edges = list(_nodes()), list(_edges(given.edges))
    gc.freeze()  # what lies ready is no work for the collector while others are timed
    print(
        f"{given.edges:,} edges of {len(COLUMNS['edges'])} columns, {len(nodes):,} nodes; edges or rows a second of CPU"
    )
    _writers(nodes, edges)
    _reading(given.read)
    _memory(given.edges, given.read)


def _writers(nodes: list[Node], edges: list[Edge]) -> None:
    peer = _networkx(nodes, edges)
    few = len(peer.edges)
    gexf = few / _best(lambda: _written(partial(_nx_gexf, peer)), runs=2)
    _line("networkx write_gexf", gexf, None)
    ours = len(edges) / _best(lambda: _written(lambda file: gephi.write_elements(file, nodes, edges)))
    _line("kg export gephi", ours, ours / gexf)
    xml = few / _best(lambda: _written(lambda file: nx.write_graphml_lxml(peer, file)), runs=2)
    _line("networkx write_graphml_lxml", xml, None)
    ours = len(edges) / _best(lambda: _written(lambda file: graphml.write_elements(file, nodes, edges)))
    _line("kg export graphml", ours, ours / xml)
    columns = COLUMNS["edges"]
    ready = [column(edges, name) for name in columns]
    texts = [["" if value is None else str(value) for value in values] for values in ready]
    raw = len(edges) / _best(lambda: csv.writer(io.StringIO()).writerows(zip(*texts, strict=True)))
    _line("csv.writer, ready texts", raw, None)
    ours = len(edges) / _best(lambda: _written(lambda f: csv_export.write_rows(f, edges, columns, str)))
    _line("kg export csv", ours, ours / raw)
    table = pa.table({name: pa.array(values) for name, values in zip(columns, ready, strict=True)})
    flat = table.drop([name for name, kind in columns.items() if kind == "list"])
    raw = len(edges) / _best(lambda: _written(lambda file: arrow_csv.write_csv(flat, file)))
    _line("Arrow write_csv, ready table", raw, None)
    raw = len(edges) / _best(lambda: _written(lambda file: arrow_parquet.write_table(table, file)))
    _line("Arrow write_table, ready table", raw, None)
    ours = len(edges) / _best(lambda: _written(lambda f: parquet.write_rows(f, edges, columns, pa)))
    _line("kg export parquet", ours, ours / raw)


def _reading(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        triples = _make(Path(folder), count)
        with PropertyGraph.open(Path(folder), Part(edges=("statement",))) as graph:
            print(f"reading a release of {triples:,} triples, one passage a statement")
            brief = _best(lambda: _all(graph.edges()), runs=3)
            print(f"{'edges, summed up':32} {count / brief:12,.0f}/s")
            full = _best(partial(_told, Path(folder)), runs=3)
            print(f"{'edges with their passages':32} {count / full:12,.0f}/s")
            _all(graph.statements())
            again = _best(lambda: _all(graph.statements()))
            print(f"{'the same once more':32} {count / again:12,.0f}/s")
            dump = _best(lambda: _written(partial(_dump, graph.store)), runs=3)
            print(f"{'pyoxigraph, dump of the triples':32} {count / dump:12,.0f}/s, {triples / dump:,.0f} triples/s")


def _told(release: Path) -> int:
    with PropertyGraph.open(release, Part(edges=("statement",))) as graph:  # anew: what was read once is kept
        return _all(graph.statements())


def _make(release: Path, count: int) -> int:
    """A release of so many statements; the number of its triples."""
    store = ox.Store(str(release / "store"))
    store.bulk_extend(_quads(count))
    store.flush()
    store.optimize()
    return len(store)


def _dump(store: ox.Store, file: IO[bytes]) -> None:
    store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())


def _memory(count: int, read: int) -> None:
    for name, write in (("gephi", _gephi), ("graphml", _graphml), ("csv", _csv), ("parquet", _parquet)):
        told = [f"{size:9,} edges: {_peak(write, size):6.1f} MB" for size in (count // 4, count)]
        print(f"memory of {name:8} {'  '.join(told)}")
    store: list[str] = []
    reading: list[str] = []
    for size in (read, 3 * read):
        with tempfile.TemporaryDirectory() as folder:
            _make(Path(folder), size)
            for found, read_it in ((store, _scan), (reading, _read)):
                peak = _peak(partial(read_it, Path(folder)), size, first=0)
                found.append(f"{size:9,} edges: {peak:6.1f} MB")
    print(f"memory of the store alone, scanned: {'  '.join(store)}")
    print(f"memory of reading, the store's too: {'  '.join(reading)}")


def _gephi(file: IO[bytes], count: int) -> None:
    gephi.write_elements(file, _nodes(), _edges(count))


def _graphml(file: IO[bytes], count: int) -> None:
    graphml.write_elements(file, _nodes(), _edges(count))


def _csv(file: IO[bytes], count: int) -> None:
    csv_export.write_rows(file, _edges(count), COLUMNS["edges"], str)


def _parquet(file: IO[bytes], count: int) -> None:
    parquet.write_rows(file, _edges(count), COLUMNS["edges"], pa)


def _read(release: Path, _: IO[bytes], count: int) -> None:
    if count:
        with PropertyGraph.open(release, Part(edges=("statement",))) as graph:
            _all(graph.edges())


def _scan(release: Path, _: IO[bytes], count: int) -> None:
    if count:
        solutions = reader(release).query(_SCAN, prefixes=dict(PREFIXES))
        assert isinstance(solutions, ox.QuerySolutions)
        _all(solutions)


def _nodes() -> Iterator[Node]:
    for number in range(_ENDS):
        yield Node(
            id=f"HGNC:{number}",
            kind="term",
            label=f"target {number}",
            categories=("biolink:Gene",),
            documents=number % 40,
            entity_types=("target",),
        )
        yield Node(
            id=f"MONDO:{number}",
            kind="term",
            label=f"disease {number}",
            categories=("biolink:Disease",),
            documents=number % 90,
            entity_types=("disease",),
        )


def _edges(count: int) -> Iterator[Edge]:
    chance = random.Random(7)
    grades = list(Grade)
    for number in range(count):
        papers = {f"PMID:{chance.randrange(_PAPERS)}" for _ in range(chance.choice((1, 1, 1, 2, 4)))}
        year = 1990 + chance.randrange(30)
        total = chance.choice((None, None, None, 8, 40))
        yield Edge(
            id="statement:" + hashlib.sha256(str(number).encode()).hexdigest()[:32],
            kind="statement",
            subject=f"HGNC:{chance.randrange(_ENDS)}",
            predicate="kg:target_tried_in",
            object=f"MONDO:{chance.randrange(_ENDS)}",
            knowledge_level="not_provided",
            agent_type="text_mining_agent",
            grade=chance.choice(grades),
            documents=len(papers),
            publications=tuple(sorted(papers)),
            first_year=year,
            last_year=year + chance.randrange(6),
            passages=len(papers) + chance.randrange(2),
            n=None if total is None else chance.randrange(total),
            total=total,
            shortcut=number % 2 == 0,
        )


def _networkx(nodes: list[Node], edges: list[Edge]) -> nx.MultiDiGraph[str]:
    """A tenth of the edges: its writers need no more to show their pace. No None and no lists, on which they raise."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        made.add_node(node.id, label=node.label, documents=node.documents)
    for edge in edges[: len(edges) // 10]:
        fields = {name: getattr(edge, name) for name in COLUMNS["edges"] if name not in ("id", "subject", "object")}
        plain = {name: "|".join(value) if isinstance(value, tuple) else value for name, value in fields.items()}
        plain = {
            name: str(value) if isinstance(value, str) else value for name, value in plain.items() if value is not None
        }
        made.add_edge(edge.subject, edge.object, key=edge.id, **plain)
    return made


def _nx_gexf(graph: nx.MultiDiGraph[str], file: IO[bytes]) -> None:
    nx.write_gexf(graph, file)


def _quads(count: int) -> Iterator[ox.Quad]:
    """A release's triples for so many statements, an evidence and a quarter of a paper each."""

    def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(iri(subject)), ox.NamedNode(iri(predicate)), value)

    def node(curie: str) -> ox.NamedNode:
        return ox.NamedNode(iri(curie))

    for number in range(count // 4):
        yield quad(f"PMID:{number + 1}", "kg:year", ox.Literal(1990 + number % 30))
    for number, edge in enumerate(_edges(count)):
        for predicate, value in (
            ("rdf:type", node("kg:Statement")),
            ("biolink:subject", node(edge.subject)),
            ("biolink:predicate", node(edge.predicate)),
            ("biolink:object", node(edge.object)),
            ("biolink:negated", ox.Literal(False)),
            ("biolink:knowledge_level", ox.Literal(edge.knowledge_level)),
            ("biolink:agent_type", ox.Literal(edge.agent_type)),
            ("kg:best_grade", node(f"kg:{edge.grade}")),
            ("kg:documents_count", ox.Literal(1)),
            ("kg:shortcut", ox.Literal(edge.shortcut)),
        ):
            yield quad(edge.id, predicate, value)
        evidence = edge.id.replace("statement", "evidence")
        yield quad(edge.id, "biolink:has_evidence", node(evidence))
        paper = node(f"PMID:{1 + number * 31 % max(1, count // 4)}")
        for predicate, value in (
            ("rdf:type", node("kg:Evidence")),
            ("prov:wasDerivedFrom", paper),
            ("kg:document", paper),
            (
                "biolink:supporting_text",
                ox.Literal(f"A sentence as long as sentences are, which says what number {number} says."),
            ),
            ("kg:section", ox.Literal("abstract")),
            ("kg:start", ox.Literal(number % 1000)),
            ("kg:end", ox.Literal(number % 1000 + 70)),
            ("kg:grade", node(f"kg:{edge.grade}")),
            ("kg:method", ox.Literal("cartkg.relate.tried_in")),
            ("kg:direction", ox.Literal("supports")),
            ("kg:role", ox.Literal("primary_result")),
            ("kg:setting", ox.Literal("clinical")),
            ("kg:hypothetical", ox.Literal(False)),
            ("kg:historical", ox.Literal(False)),
            ("kg:confidence", ox.Literal("0.95", datatype=ox.NamedNode(f"{_XSD}decimal"))),
        ):
            yield quad(evidence, predicate, value)


def _best(work: Callable[[], object], *, runs: int = _RUNS) -> float:
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def _written(write: Callable[[IO[bytes]], object]) -> None:
    with tempfile.TemporaryFile() as file:
        write(cast(IO[bytes], file))


def _all(elements: Iterator[object]) -> int:
    return sum(1 for _ in elements)


def _peak(write: Callable[[IO[bytes], int], None], count: int, *, first: int = 100) -> float:
    """Megabytes beyond those before writing, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_grown, (write, count, first))


def _grown(write: Callable[[IO[bytes], int], None], count: int, first: int) -> float:
    with tempfile.TemporaryFile() as file:
        write(cast(IO[bytes], file), first)  # whatever is loaded at first use
        before = _high_water()
        write(cast(IO[bytes], file), count)
        return _high_water() - before


def _high_water() -> float:
    """The most memory that this process has held, in megabytes; getrusage would tell the parent's if that is more."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _line(name: str, pace: float, ratio: float | None) -> None:
    print(f"{name:32} {pace:12,.0f}/s" + ("" if ratio is None else f"  {ratio:6.2f} times the line above"))


if __name__ == "__main__":
    main()
