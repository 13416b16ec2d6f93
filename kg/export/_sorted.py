"""Rows of texts in, the same rows sorted out, in bounded memory: what is over a chunk waits in temporary files."""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

# Rows sorted in memory at once, some 5 MB of them.
CHUNK = 20_000
# Rows read back from a file at once.
_BLOCK = 1_000

Row = tuple[str, ...]


def sorted_rows(rows: Iterable[Row], *, chunk: int = CHUNK) -> Iterator[Row]:
    """The rows in the order of their code points, repeats kept.

    >>> list(sorted_rows([("b", "1"), ("a", "2"), ("a", "1")], chunk=2))
    [('a', '1'), ('a', '2'), ('b', '1')]

    Args:
        rows: in any order.
        chunk: how many are sorted in memory; more spill to temporary files.
    """
    source = iter(rows)
    with ExitStack() as open_files:
        runs: list[Iterator[Row]] = []
        while batch := list(islice(source, chunk)):
            batch.sort()
            if len(batch) < chunk:
                runs.append(iter(batch))
                break
            file = open_files.enter_context(tempfile.TemporaryFile())
            for start in range(0, len(batch), _BLOCK):
                marshal.dump(batch[start : start + _BLOCK], file)
            file.seek(0)
            runs.append(_read(file))
        if len(runs) == 1:
            yield from runs[0]
        else:
            yield from heapq.merge(*runs)


def _read(file: IO[bytes]) -> Iterator[Row]:
    # marshal is safe here: the file has no name, and only this process writes to it.
    while True:
        try:
            block: list[Row] = marshal.load(file)
        except EOFError:
            return
        yield from block
