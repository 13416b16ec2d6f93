"""A release in, one RDF file out: .nt .nq .ttl .trig .jsonld .rdf, each also .gz; same release, same bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.place import writing
from kg.export.property_graph import reader
from kg.namespaces import PREFIXES
from kg.ntriples import of_store
from kg.part import EDGE_KINDS, Part

_FORMATS = {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes the graph to `out`, in the format its suffix names, and returns the number of triples.

    Triples are sorted by their N-Triples lines. A default-graph quad's N-Quads line is its N-Triples line.

    Raises:
        UsageError: the suffix names no format, `out` is a folder, or a part is asked for.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    suffix = Path(out.name.removesuffix(".gz")).suffix
    if suffix not in _FORMATS:
        raise UsageError(
            f"{out}: expected a name ending in {', '.join(_FORMATS)} (or these with .gz), got {suffix or 'none'!r}"
        )
    if not part.whole or part.edges != EDGE_KINDS:
        raise UsageError("rdf: expected the whole graph, got a part of it")
    store = reader(release)
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for line in of_store(store):
            count += 1
            yield line

    with writing(out) as target:
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
