"""RDF by OUT's ending: .nt .nq .ttl .trig .jsonld .rdf, each also with .gz; the stored form of the graph.

Triples are sorted by their N-Triples lines. A default-graph quad's N-Quads line is its N-Triples line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export import _triples
from kg.export.place import writing
from kg.export.property_graph import PropertyGraph
from kg.namespaces import PREFIXES
from kg.ntriples import sorted_lines
from kg.part import Part

FORMATS = {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes the graph to `out`, in the format its suffix names, and returns the number of triples.

    Raises:
        UsageError: the suffix names no format, or `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    suffix = ending(out, FORMATS)
    with PropertyGraph.open(release, part) as graph:
        return write_lines(out, suffix, sorted_lines(_triples.of(graph.store, graph, part)))


def ending(out: Path, formats: Mapping[str, ox.RdfFormat]) -> str:
    """The suffix that names one of these formats.

    Raises:
        UsageError: it names none.
    """
    suffix = Path(out.name.removesuffix(".gz")).suffix
    if suffix not in formats:
        raise UsageError(
            f"{out}: expected a name ending in {', '.join(formats)} (or these with .gz), got {suffix or 'none'!r}"
        )
    return suffix


def write_lines(out: Path, suffix: str, lines: Iterator[bytes]) -> Mapping[str, int]:
    """Writes sorted N-Triples lines in the format of this suffix; returns their number."""
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield line

    with writing(out) as target:
        if suffix in (".nt", ".nq"):
            target.writelines(counted())
        else:
            ox.serialize(_parsed(counted()), target, FORMATS[suffix], prefixes=dict(PREFIXES))
    return {"triples": count}


def _parsed(lines: Iterator[bytes]) -> Iterator[ox.Quad]:
    # The parser wants a file: the sorted lines pass through one, so that memory stays bounded.
    with tempfile.TemporaryFile() as sorted_file:
        sorted_file.writelines(lines)
        sorted_file.seek(0)
        yield from ox.parse(sorted_file, format=ox.RdfFormat.N_QUADS)
