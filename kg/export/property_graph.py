"""A release, whole or a part of it, in; typed nodes, edges and passages out, in a fixed order and in bounded memory.

What every export for graph programs stands on. Nodes are terms, records and cited papers. Edges are statements (with
what their passages say, summed up) and, of the kinds asked for, `mentions`, `cites`, `subclass_of` and `has_target`.

A part is made of passages. A passage belongs to it when its grade is good enough, when its statement's subject or
object, or the disease it is told in (`context_disease`), lies within the disease asked for, and when a row of the
query's answer names it: the row holds the passage's ID, or else its statement's, or else both ends of the statement;
and where the row also has a paper, a predicate, a quote with its grade or a negation, they are the passage's. A
statement belongs to the part with such passages as belong to it, and its grade, counts and years are theirs. The
part's nodes are the ends of its statements, the papers and terms that its passages name, the disease asked for, and
the papers and terms of the answer's rows; edges of other kinds belong to it where both their ends do. What a node says
of itself is the same in any part.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO

import msgspec
import pyoxigraph as ox

from kg.errors import BadGraph
from kg.export import _columns, _links, _nodes
from kg.export._selection import Selection
from kg.export._statements import passages, summed_up
from kg.export.elements import Edge, Node, Passage
from kg.part import EDGE_KINDS, EdgeKind, Part

_PAPER_EDGES: tuple[EdgeKind, ...] = ("mentions", "cites")
_HELD = 1 << 16
_HEAD = 4

Told = tuple[Edge, tuple[Passage, ...]]


class PropertyGraph:
    """A release, or a part of it, to be read from beginning to end as often as wanted. Made by `PropertyGraph.open`.

    Order: nodes by kind (term, record, cited_paper) and ID; edges by kind, as in `kg.part.EDGE_KINDS`, statements and
    mentions by ID, the others by their ends; passages by statement and ID. All in the order of code points.
    """

    def __init__(self, store: ox.Store, part: Part) -> None:
        self.store = store
        self._part = part
        self._spool: IO[bytes] | None = None

        @lru_cache(maxsize=_HELD)
        def year(paper: str) -> int | None:
            found = _columns.values(store, paper, "kg:year")
            return int(found[0]) if found else None

        @lru_cache(maxsize=_HELD)
        def label(node: str) -> str:
            for name in ("skos:prefLabel", "dcterms:title", "dcterms:bibliographicCitation"):
                if found := _columns.values(store, node, name):
                    return found[0]
            return node

        self._year = year
        self.label = label
        """The name of a node."""

    @classmethod
    def open(cls, release: Path, part: Part) -> PropertyGraph:
        """The property graph of a release's folder; `with` closes it.

        Raises:
            BadGraph: the release cannot be read.
        """
        return cls(reader(release), part)

    def __enter__(self) -> PropertyGraph:
        return self

    def __exit__(self, *_: object) -> None:
        if self._spool is not None:
            self._spool.close()

    def nodes(self) -> Iterator[Node]:
        """Terms; records where `mentions` or `cites` is among the edges asked for; cited papers where `cites` is.

        An end of an edge is always among them.
        """
        edges = self._part.edges
        chosen = self._chosen
        yield from _nodes.terms(self.store, chosen)
        if not set(edges).isdisjoint(_PAPER_EDGES):
            yield from _nodes.papers(self.store, "record", chosen)
        if "cites" in edges:
            yield from _nodes.papers(self.store, "cited_paper", chosen)

    def edges(self) -> Iterator[Edge]:
        """Every edge of the kinds asked for."""
        for kind in EDGE_KINDS:
            if kind in self._part.edges:
                yield from self.of(kind)

    def of(self, kind: EdgeKind) -> Iterator[Edge]:
        """The edges of one kind, asked for or not."""
        return (edge for edge, _ in self._told(full=False)) if kind == "statement" else self.links(kind)

    def statements(self) -> Iterator[Told]:
        """Every statement with its passages, whatever edges are asked for.

        Slower than `edges`, which reads no quotes; but edges that are asked for afterwards are not read again.
        """
        return self._told(full=True)

    def links(self, kind: EdgeKind) -> Iterator[Edge]:
        """The edges of a kind other than `statement`, asked for or not."""
        chosen = self._chosen
        for edge in _links.read(self.store, kind, self._year):
            if chosen is None or (edge.subject in chosen and edge.object in chosen):
                yield edge

    def _told(self, *, full: bool) -> Iterator[Told]:
        if self._chosen is not None or self._spool is not None:
            return self._spooled()
        return self._spooling(self._read(full=True)) if full else self._read(full=False)

    def _read(self, *, full: bool) -> Iterator[Told]:
        for statement, found in passages(self.store, full=full, year=self._year, retracted=self._retracted):
            if kept := tuple(found):
                yield summed_up(statement, kept), kept

    def _spooling(self, told: Iterator[Told]) -> Iterator[Told]:
        """The same, laid into a temporary file that is there for `_spooled` when all have passed."""
        encode = msgspec.msgpack.Encoder().encode
        spool = tempfile.TemporaryFile()  # noqa: SIM115  # read while the graph is open; __exit__ closes it
        try:
            for one in told:
                data = encode(one)
                spool.write(len(data).to_bytes(_HEAD) + data)
                yield one
            spool.flush()
            self._spool = self._spool or spool
        finally:
            if self._spool is not spool:  # it was left half read, or another was first
                spool.close()

    def _spooled(self) -> Iterator[Told]:
        assert self._spool is not None
        decoder = msgspec.msgpack.Decoder(Told)
        descriptor, at = self._spool.fileno(), 0
        while head := os.pread(descriptor, _HEAD, at):
            size = int.from_bytes(head)
            yield decoder.decode(os.pread(descriptor, size, at + _HEAD))
            at += _HEAD + size

    @cached_property
    def _chosen(self) -> frozenset[str] | None:
        """The IDs of the part's nodes; None where all are. The part's statements are laid into the spool for it."""
        if self._part.whole:
            return None
        chosen = {one for row in self._part.answer or () for one in row.ids}
        chosen.update([self._part.disease] if self._part.disease else [])
        for _, kept in self._spooling(self._select()):
            for one in kept:
                chosen.update((one.subject, one.object, one.document, *one.via))
                chosen.update(other for other in (one.context_disease, one.cited) if other)
        return frozenset(chosen)

    def _select(self) -> Iterator[Told]:
        selection = Selection(self.store, self._part)
        for statement, found in passages(self.store, full=True, year=self._year, retracted=self._retracted):
            if kept := tuple(one for one in found if selection.keeps(one)):
                yield summed_up(statement, kept, some=True), kept

    @cached_property
    def _retracted(self) -> frozenset[str]:
        quads = self.store.quads_for_pattern(None, _columns.node("kg:status"), ox.Literal("retracted"))
        return frozenset(_columns.text(quad.subject) for quad in quads)


def reader(release: Path) -> ox.Store:
    """A release's store, read-only.

    Raises:
        BadGraph: it cannot be read.
    """
    try:
        return ox.Store.read_only(str(release / "store"))
    except (OSError, ValueError) as error:
        raise BadGraph(f"{release}: expected a readable store, got: {error}") from error
