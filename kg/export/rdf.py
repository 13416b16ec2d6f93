"""A release in, one RDF file out: .nt .nq .ttl .trig .jsonld .rdf, each also .gz; same release, same bytes."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import BadGraph, KGError, UsageError
from kg.namespaces import PREFIXES
from kg.ntriples import of_store

_FORMATS = {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def write(release: Path, out: Path) -> Mapping[str, int]:
    """Writes the graph to `out`, in the format its suffix names, and returns the number of triples.

    Triples are sorted by their N-Triples lines. A default-graph quad's N-Quads line is its N-Triples line.

    Raises:
        UsageError: the suffix names no format, or `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    suffix = Path(out.name.removesuffix(".gz")).suffix
    if suffix not in _FORMATS:
        raise UsageError(
            f"{out}: expected a name ending in {', '.join(_FORMATS)} (or these with .gz), got {suffix or 'none'!r}"
        )
    if out.is_dir():
        raise UsageError(f"{out}: expected a file to write, got a folder")
    try:
        store = ox.Store.read_only(str(release / "store"))
    except (OSError, ValueError) as error:
        raise BadGraph(f"{release}: expected a readable store, got: {error}") from error
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for line in of_store(store):
            count += 1
            yield line

    with _replacing(out) as target:
        if suffix in (".nt", ".nq"):
            target.writelines(lines())
        else:
            ox.serialize(_parsed(lines()), target, _FORMATS[suffix], prefixes=dict(PREFIXES))
    return {"triples": count}


def _parsed(lines: Iterator[bytes]) -> Iterator[ox.Quad]:
    # The parser wants a file: the sorted lines pass through one, so that memory stays bounded.
    with tempfile.TemporaryFile() as sorted_file:
        sorted_file.writelines(lines)
        sorted_file.seek(0)
        yield from ox.parse(sorted_file, format=ox.RdfFormat.N_QUADS)


@contextmanager
def _replacing(out: Path) -> Iterator[IO[bytes]]:
    passing = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with passing.open("wb") as raw:
            if out.suffix == ".gz":
                # Neither a time nor a name in the header: same content, same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        passing.replace(out)
    except OSError as error:
        raise KGError(f"{out}: expected to write a file, got: {error}") from error
    finally:
        passing.unlink(missing_ok=True)
