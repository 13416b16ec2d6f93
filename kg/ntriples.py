"""Triples in, their N-Triples lines sorted, unique and hashed out: the form in which two graphs are compared.

Sorting spills to temporary files, so that memory stays bounded whatever the graph's size. `LC_ALL=C sort -u` over the
same lines gives the same order.
"""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice

import pyoxigraph as ox

# Lines sorted in memory at once: about 100 MB of text.
CHUNK = 500_000


def sorted_lines(triples: Iterable[ox.Triple], *, chunk: int = CHUNK) -> Iterator[bytes]:
    """Each triple's N-Triples line (with its newline) once, in byte order.

    >>> a, b = (ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal(t)) for t in "ab")
    >>> [line.decode() for line in sorted_lines([b, a, b])]
    ['<http://e/s> <http://e/p> "a" .\\n', '<http://e/s> <http://e/p> "b" .\\n']

    Args:
        triples: in any order, with repeats.
        chunk: how many lines are sorted in memory; more spill to temporary files.
    """
    source = iter(triples)
    with ExitStack() as open_files:
        runs: list[Iterator[bytes]] = []
        while batch := list(islice(source, chunk)):
            run = _sorted_run(batch)
            if len(batch) < chunk:
                runs.append(iter(run))
                break
            file = open_files.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(iter(file))
        previous = b""
        for line in heapq.merge(*runs):
            if line != previous:
                yield line
                previous = line


def digest(lines: Iterable[bytes]) -> tuple[str, int]:
    """The sha256 over lines, and their number.

    >>> digest([b"a\\n"])
    ('87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7', 1)
    """
    running = hashlib.sha256()
    count = 0
    for line in lines:
        running.update(line)
        count += 1
    return running.hexdigest(), count


def of_store(store: ox.Store) -> Iterator[bytes]:
    """The sorted lines of a store's default graph (DESIGN §5: nothing stands anywhere else)."""
    return sorted_lines(quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _sorted_run(batch: list[ox.Triple]) -> list[bytes]:
    # Line breaks inside literals are escaped in N-Triples, so a newline always ends a line.
    text = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return sorted(set(text.splitlines(keepends=True)))
