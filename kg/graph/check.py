"""A release and its annotations in, everything wrong with it out: shapes, invariants, hash, rdflib's count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.errors import BadGraph
from kg.graph import invariants, shacl, shapes
from kg.graph.problem import Problem
from kg.model import Annotation
from kg.ntriples import of_store

# Lines given to rdflib at once; its graphs take some 2 kB a triple.
_LINES = 50_000


def check(release: Path, annotations: Iterable[Annotation], *, independent: bool = False) -> Iterator[Problem]:
    """Everything wrong with a release; nothing, if it is sound.

    Args:
        release: the release's folder, named by its hash.
        annotations: what it was built from; quotes are compared with their documents' texts.
        independent: whether pySHACL judges the shapes and rdflib reads every triple, instead of code of this project.

    Raises:
        BadGraph: the release has no readable store.
    """
    try:
        store = ox.Store.read_only(str(release / "store"))
    except (OSError, ValueError) as error:
        raise BadGraph(f"{release}: expected a readable store, got: {error}") from error
    yield from _lines(store, release.name, reread=independent)
    yield from invariants.no_blank_nodes(store)
    yield from shacl.violations(store) if independent else shapes.violations(store)
    yield from invariants.closure(store)
    yield from invariants.statements(store)
    yield from invariants.quotes(store, annotations)


def _lines(store: ox.Store, name: str, *, reread: bool) -> Iterator[Problem]:
    running = hashlib.sha256()
    count = read = 0
    lines = of_store(store)
    while some := list(islice(lines, _LINES)):
        text = b"".join(some)
        running.update(text)
        count += len(some)
        # Lines are unique and sorted, so the counts of the parts add up to the count of the whole.
        read += len(rdflib.Graph().parse(data=text, format="nt")) if reread else len(some)
    if running.hexdigest() != name:
        yield Problem("Violation", "", f"expected content of hash {name}, got {running.hexdigest()}")
    if count != len(store) or read != len(store):
        yield Problem(
            "Violation", "", f"expected {len(store)} triples, got {count} lines, of which {read} could be read"
        )
