"""Nodes, edges or passages in, columns of them out, a batch at a time; what each column holds is read off its type."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import EnumMeta
from itertools import islice
from operator import attrgetter
from typing import Literal, TypeVar, Union, get_args, get_origin

import msgspec

from kg.export.elements import Edge, Node, Passage
from kg.export.property_graph import PropertyGraph
from kg.part import EDGE_KINDS, Part

Kind = Literal["text", "list", "integer", "decimal", "boolean"]
_KINDS: dict[object, Kind] = {str: "text", int: "integer", float: "decimal", bool: "boolean", tuple: "list"}
BATCH = 1_000

T = TypeVar("T")
Element = Node | Edge | Passage


def kinds(element: type[msgspec.Struct]) -> dict[str, Kind]:
    """The columns of a kind of element, in their order.

    >>> [name for name, kind in kinds(Edge).items() if kind == "list"]
    ['publications', 'sections']
    """
    return {field.name: _kind(field.type) for field in msgspec.structs.fields(element)}


def batches(elements: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """So many elements at a time, the last time fewer.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    source = iter(elements)
    while block := list(islice(source, size)):
        yield block


def column(block: list[T], name: str) -> list[object]:
    """One column of a batch."""
    return list(map(attrgetter(name), block))


def joined(texts: Sequence[str]) -> str:
    """A list as one text: its parts between `|`, a backslash before any `|` or backslash of their own.

    >>> print(joined(("a|b", "c")))
    a\\|b|c
    """
    text = "|".join(texts)
    if "\\" in text or text.count("|") > len(texts) - 1:
        return "|".join(one.replace("\\", "\\\\").replace("|", "\\|") for one in texts)
    return text


def _kind(annotation: object) -> Kind:
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    if get_origin(annotation) is Literal or isinstance(annotation, EnumMeta):
        return "text"
    return _KINDS[get_origin(annotation) or annotation]


# What a mention tells; the rest of an edge's columns are of statements.
_OF_MENTIONS = ("id", "subject", "object", "count", "sections", "first_year")
_EDGES = kinds(Edge)

# Columns whose values hardly repeat: what is made of them is not worth remembering.
UNIQUE = ("id", "statement", "quote")
COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "nodes": kinds(Node),
    "edges": {name: kind for name, kind in _EDGES.items() if name not in ("count", "sections")},
    "mentions": {name: _EDGES[name] for name in _OF_MENTIONS},
    "evidence": kinds(Passage),
}


def tables(graph: PropertyGraph, part: Part) -> Iterator[tuple[str, Iterator[Element]]]:
    """The tables that a graph is exported as, by name: nodes, evidence, edges but mentions, and mentions."""
    kinds = [kind for kind in EDGE_KINDS if kind in part.edges]
    yield "nodes", graph.nodes()
    # Before the edges: statements that were read with their passages are not read again.
    yield "evidence", (one for kind in kinds if kind == "statement" for _, found in graph.statements() for one in found)
    yield "edges", (edge for kind in kinds if kind != "mentions" for edge in graph.of(kind))
    yield "mentions", (edge for kind in kinds if kind == "mentions" for edge in graph.of(kind))
