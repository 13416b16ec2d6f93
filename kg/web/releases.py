"""A graph's folder in; out: what the server needs of the release that is current at the moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from kg.errors import BadGraph, UnknownName
from kg.lexicon import Lexicon, shipped
from kg.model import Annotation
from kg.records import Records
from kg.store import Graph, Release


class Current(msgspec.Struct, frozen=True):
    """The release being served: its name, its numbers, and what it was made with."""

    name: str
    store: Path
    counts: Mapping[str, int]
    manifest: Mapping[str, object]

    def count(self, what: str) -> int | None:
        """One of its numbers, if the release tells it."""
        return self.counts.get(what)


class Releases:
    """Looks up the current release anew each time, so that a build that moves `current` is served at once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._last: tuple[Path, Current] | None = None

    def current(self) -> Current:
        """The release being served.

        Raises:
            BadGraph: the folder has none, or a damaged one.
        """
        link = self._graph.path / "current"
        target = link.readlink() if link.is_symlink() else None
        if self._last is not None and self._last[0] == target:
            return self._last[1]
        found = _current(self._graph.release)
        if target is not None:
            self._last = (target, found)
        return found

    def store(self) -> Path:
        """The folder that a worker opens."""
        return self.current().store

    def lexicon(self) -> Lexicon:
        """The vocabulary that the release being served was built with."""
        return shipped(self._graph.release.vocabulary)

    def annotation(self, curie: str) -> Annotation:
        """The record of this ID as it was annotated. Opens the records for this one read: any thread may ask.

        Raises:
            UnknownName: no record has this ID.
            BadGraph: the records are missing or cannot be read.
        """
        path = self._graph.path / "records.sqlite"
        if not path.is_file():
            raise BadGraph(f"{path}: expected the records of the graph, got nothing there")
        records = Records(path)
        try:
            found = records.annotated(curie)
        finally:
            records.close()
        if found is None:
            raise UnknownName("document", curie)
        return found


def _current(release: Release) -> Current:
    counts = release.manifest.get("counts")
    numbers = (
        {str(key): value for key, value in counts.items() if isinstance(value, int)} if isinstance(counts, dict) else {}
    )
    return Current(release.hash, release.path / "store", numbers, release.manifest)
