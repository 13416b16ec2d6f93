"""A store and a part asked for in, the triples of the part out.

The whole is every triple. In a part a node has its own triples, less those that lead to nodes outside of it; a
statement has its evidence that belongs to the part, and grade, number of papers and shortcut are told anew from it.
The words of `kg.ttl` come along; senses, and the description of the data set with its counts, do not.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.export._columns import node, select
from kg.export.elements import Edge, Passage
from kg.export.property_graph import PropertyGraph
from kg.namespaces import PREFIXES
from kg.part import EDGE_KINDS, Part

# What leads from a node to another of the same kind or another: the edges that a part may not have.
_EDGES = {
    "biolink:mentions": "mentions",
    "cito:cites": "cites",
    "rdfs:subClassOf": "subclass_of",
    "kg:within": "subclass_of",
    "kg:has_target": "has_target",
}
_PREDICATES = "SELECT DISTINCT ?predicate WHERE { ?statement biolink:predicate ?predicate }"
_TOLD_ANEW = ("biolink:has_evidence", "kg:best_grade", "kg:documents_count", "kg:shortcut")


def all_of(store: ox.Store) -> Iterator[ox.Triple]:
    """Every triple of the default graph; nothing stands in another (DESIGN §5)."""
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def of(store: ox.Store, graph: PropertyGraph, part: Part) -> Iterator[ox.Triple]:
    """The triples of the part, in no order; some may come twice.

    Args:
        store: a release's.
        graph: the same part of it as a property graph.
        part: what was asked for.
    """
    if part.whole and part.edges == EDGE_KINDS:
        yield from all_of(store)
        return
    yield from _words(store)
    yield from _nodes(store, graph, part)
    if "statement" in part.edges:
        for edge, passages in graph.statements():
            yield from _statement(store, edge, passages)
    if "mentions" in part.edges:
        for edge in graph.links("mentions"):
            yield from _star(store, node(edge.id))
            yield ox.Triple(node(edge.subject), node("biolink:mentions"), node(edge.object))


def _words(store: ox.Store) -> Iterator[ox.Triple]:
    vocabulary = PREFIXES["kg"]
    for quad in store.quads_for_pattern(None, node("rdfs:label"), None):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(vocabulary):
            yield from _star(store, quad.subject)


def _nodes(store: ox.Store, graph: PropertyGraph, part: Part) -> Iterator[ox.Triple]:
    kinds = {node(predicate): kind for predicate, kind in _EDGES.items()}
    shortcuts = {node(row[0]) for row in select(store, _PREDICATES)}
    inside = {node(one.id) for one in graph.nodes()}
    for here in sorted(inside, key=str):
        for triple in _star(store, here):
            kind = kinds.get(triple.predicate)
            if kind is None:
                if triple.predicate not in shortcuts:
                    yield triple
            elif kind != "mentions" and kind in part.edges and triple.object in inside:
                yield triple


def _statement(store: ox.Store, edge: Edge, passages: tuple[Passage, ...]) -> Iterator[ox.Triple]:
    here = node(edge.id)
    anew = {node(predicate) for predicate in _TOLD_ANEW}
    yield from (triple for triple in _star(store, here) if triple.predicate not in anew)
    yield ox.Triple(here, node("kg:best_grade"), node(f"kg:{edge.grade}"))
    yield ox.Triple(here, node("kg:documents_count"), ox.Literal(edge.documents))
    yield ox.Triple(here, node("kg:shortcut"), ox.Literal(edge.shortcut))
    if edge.shortcut:
        yield ox.Triple(node(edge.subject), node(edge.predicate), node(edge.object))
    for passage in passages:
        yield ox.Triple(here, node("biolink:has_evidence"), node(passage.id))
        yield from _star(store, node(passage.id))


def _star(store: ox.Store, subject: ox.NamedNode) -> Iterator[ox.Triple]:
    return (quad.triple for quad in store.quads_for_pattern(subject, None, None, ox.DefaultGraph()))
