"""RDF 1.2 by OUT's ending: .nt .nq .ttl .trig, each also with .gz; each statement is a reifier of the triple it says.

`statement:… rdf:reifies <<( subject predicate object )>>` stands in the place of the three properties that say the same
in the stored form; all else is as there. The triple itself is asserted only where the stored form has it (a shortcut),
so a denied or hypothetical statement is named without being claimed. https://www.w3.org/TR/rdf12-concepts/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.export import _triples
from kg.export._columns import node
from kg.export.property_graph import PropertyGraph
from kg.export.rdf import FORMATS, ending, write_lines
from kg.ntriples import sorted_lines
from kg.part import Part

# JSON-LD has no triple terms yet, and few readers know those of RDF/XML.
_FORMATS = {suffix: FORMATS[suffix] for suffix in (".nt", ".nq", ".ttl", ".trig")}
_ENDS = ("biolink:subject", "biolink:predicate", "biolink:object")


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes the graph and returns the number of triples.

    Raises:
        UsageError: the suffix names no format, or `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    suffix = ending(out, _FORMATS)
    with PropertyGraph.open(release, part) as graph:
        return write_lines(out, suffix, sorted_lines(_reified(graph, part)))


def _reified(graph: PropertyGraph, part: Part) -> Iterator[ox.Triple]:
    ends = {node(predicate) for predicate in _ENDS}
    yield from (triple for triple in _triples.of(graph.store, graph, part) if triple.predicate not in ends)
    if "statement" in part.edges:
        for edge in graph.of("statement"):
            said = ox.Triple(node(edge.subject), node(edge.predicate), node(edge.object))
            yield ox.Triple(node(edge.id), node("rdf:reifies"), said)
