"""A property graph in; typed rows for Neo4j out: terms, papers, statements, evidence, and what links them.

A statement is a node, since its evidence hangs from it. Where the graph holds it as a plain triple (`Edge.shortcut`:
not negated, firm, said outright), it is besides a relationship between its two terms, named after its predicate. So
nobody who follows `HAS_ADVERSE_EVENT` meets an event that did not occur.

Labels and types are made of entity types and predicates. They alone become part of a query's text (Cypher 5 takes no
parameter in their place), so each has to be a plain name; whatever else the graph says is a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from kg.errors import BadGraph
from kg.export.elements import Edge, Node, Passage
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.part import EdgeKind, Part

Kind = Literal["string", "long", "double", "boolean", "string[]"]
Value = str | int | float | bool | tuple[str, ...] | None

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_KINDS: Mapping[object, Kind] = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string[]"}
_RANK = {grade: grade.rank for grade in Grade}


class NodeTable(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Nodes with the same properties. `label` is the one by which `id` is unique; its nodes may have more."""

    name: str
    label: str
    columns: Mapping[str, Kind]


class LinkTable(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Relationships with the same properties; `start` and `end` are the labels by which their ends are found."""

    name: str
    start: str
    end: str
    columns: Mapping[str, Kind]


class NodeRow(NamedTuple):
    """One node; `values` in the order of its table's columns, None for what is not there."""

    table: NodeTable
    labels: tuple[str, ...]
    id: str
    values: tuple[Value, ...]


class LinkRow(NamedTuple):
    """One relationship between two nodes that came before it."""

    table: LinkTable
    type: str
    start: str
    end: str
    values: tuple[Value, ...]


def _columns(of: type[msgspec.Struct], *without: str) -> dict[str, Kind]:
    # A new field of Edge or Passage is a new property, without anything to be edited here.
    hints = get_type_hints(of)
    names = [name for name in of.__struct_fields__ if name not in without]
    found = {name: _kind(hints[name]) for name in names}
    return {**found, "grade_rank": "long"} if "grade" in found else found


def _kind(hint: object) -> Kind:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    (plain,) = {get_origin(one) or one for one in options if one is not NoneType}
    return "string" if plain in (Literal, Grade) else _KINDS[plain]


_TERM = {
    "name": "label",
    "official": "official",
    "categories": "categories",
    "entity_types": "entity_types",
    "synonyms": "synonyms",
    "abbreviations": "abbreviations",
    "related": "related",
    "xrefs": "xrefs",
    "source": "source",
    "documents": "documents",
    "first_year": "first_year",
    "last_year": "last_year",
}
_PAPER = {
    "title": "label",
    "authors": "authors",
    "journal": "journal",
    "year": "first_year",
    "status": "status",
    "categories": "categories",
    "xrefs": "xrefs",
    "cited_by": "documents",
}
_NODE_KINDS = _columns(Node)
# Links tell these, or their count; they are not told twice. `kind`, `count` and `sections` are of other edges.
_STATEMENT = _columns(Edge, "id", "kind", "subject", "object", "publications", "count", "sections")
_FIRM = ("negated", "hypothetical", "retracted", "shortcut", "predicate", "knowledge_level", "agent_type")
_SHORTCUT = {name: kind for name, kind in _STATEMENT.items() if name not in _FIRM}
_EVIDENCE = _columns(Passage, "id", "statement", "subject", "predicate", "object", "negated", "via", "context_disease")

TERMS = NodeTable(name="terms", label="Term", columns={name: _NODE_KINDS[field] for name, field in _TERM.items()})
PAPERS = NodeTable(name="papers", label="Paper", columns={name: _NODE_KINDS[field] for name, field in _PAPER.items()})
STATEMENTS = NodeTable(name="statements", label="Statement", columns=_STATEMENT)
EVIDENCE = NodeTable(name="evidence", label="Evidence", columns=_EVIDENCE)
NODES = (TERMS, PAPERS, STATEMENTS, EVIDENCE)

SHORTCUTS = LinkTable(name="shortcuts", start="Term", end="Term", columns={"statement": "string", **_SHORTCUT})
ENDS = LinkTable(name="statement_ends", start="Statement", end="Term", columns={})
HAS_EVIDENCE = LinkTable(name="has_evidence", start="Statement", end="Evidence", columns={})
IN_PAPER = LinkTable(name="evidence_papers", start="Evidence", end="Paper", columns={})
EVIDENCE_TERMS = LinkTable(name="evidence_terms", start="Evidence", end="Term", columns={})
MENTIONS = LinkTable(name="mentions", start="Paper", end="Term", columns={"count": "long", "sections": "string[]"})
CITES = LinkTable(name="cites", start="Paper", end="Paper", columns={})
HIERARCHY = LinkTable(name="hierarchy", start="Term", end="Term", columns={})
LINKS = (SHORTCUTS, ENDS, HAS_EVIDENCE, IN_PAPER, EVIDENCE_TERMS, MENTIONS, CITES, HIERARCHY)

_TABLES: Mapping[EdgeKind, tuple[LinkTable, str]] = {
    "mentions": (MENTIONS, "MENTIONS"),
    "cites": (CITES, "CITES"),
    "subclass_of": (HIERARCHY, "SUBCLASS_OF"),
    "has_target": (HIERARCHY, "HAS_TARGET"),
}


def rows(graph: PropertyGraph, part: Part) -> Iterator[NodeRow | LinkRow]:
    """Every node and relationship; a relationship comes behind both its ends.

    Raises:
        BadGraph: an entity type or a predicate makes no plain name.
    """
    for node in graph.nodes():
        yield _node(node)
    if "statement" in part.edges:
        for edge, passages in graph.statements():
            yield from _statement(edge)
            for passage in passages:
                yield from _evidence(passage, part)
    for kind, (table, type_) in _TABLES.items():
        if kind in part.edges:
            for edge in graph.links(kind):
                yield LinkRow(table, type_, edge.subject, edge.object, _values(table.columns, edge))


def label(entity_type: str) -> str:
    """The label of an entity type.

    >>> label("adverse_event")
    'AdverseEvent'

    Raises:
        BadGraph: it makes no plain name.
    """
    return _plain("".join(word[:1].upper() + word[1:] for word in entity_type.split("_")), entity_type)


def relationship_type(predicate: str) -> str:
    """The relationship type of a predicate's CURIE.

    >>> relationship_type("kg:target_tried_in")
    'TARGET_TRIED_IN'

    Raises:
        BadGraph: it makes no plain name.
    """
    return _plain(predicate.partition(":")[2].upper(), predicate)


def _plain(name: str, of: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadGraph(f"neo4j: expected a name of letters, digits and '_', got {of!r}")
    return name


def _node(node: Node) -> NodeRow:
    if node.kind == "term":
        labels = ("Term", *dict.fromkeys(label(one) for one in node.entity_types))
        return NodeRow(TERMS, labels, node.id, tuple(_value(node, field) for field in _TERM.values()))
    labels = ("Paper", "Record" if node.kind == "record" else "CitedPaper")
    return NodeRow(PAPERS, labels, node.id, tuple(_value(node, field) for field in _PAPER.values()))


def _statement(edge: Edge) -> Iterator[NodeRow | LinkRow]:
    yield NodeRow(STATEMENTS, ("Statement",), edge.id, _values(_STATEMENT, edge))
    yield LinkRow(ENDS, "SUBJECT", edge.id, edge.subject, ())
    yield LinkRow(ENDS, "OBJECT", edge.id, edge.object, ())
    if edge.shortcut:
        type_ = relationship_type(edge.predicate)
        yield LinkRow(SHORTCUTS, type_, edge.subject, edge.object, (edge.id, *_values(_SHORTCUT, edge)))


def _evidence(passage: Passage, part: Part) -> Iterator[NodeRow | LinkRow]:
    yield NodeRow(EVIDENCE, ("Evidence",), passage.id, _values(_EVIDENCE, passage))
    yield LinkRow(HAS_EVIDENCE, "HAS_EVIDENCE", passage.statement, passage.id, ())
    # A part without mentions and citations has no papers; one without citations has only those that were read.
    if not {"mentions", "cites"}.isdisjoint(part.edges):
        yield LinkRow(IN_PAPER, "IN_PAPER", passage.id, passage.document, ())
    if passage.cited is not None and "cites" in part.edges:
        yield LinkRow(IN_PAPER, "QUOTES_TITLE_OF", passage.id, passage.cited, ())
    if passage.context_disease is not None:
        yield LinkRow(EVIDENCE_TERMS, "IN_DISEASE", passage.id, passage.context_disease, ())
    for therapy in passage.via:
        yield LinkRow(EVIDENCE_TERMS, "VIA", passage.id, therapy, ())


def _values(columns: Mapping[str, Kind], of: Edge | Passage) -> tuple[Value, ...]:
    return tuple(
        (_RANK[of.grade] if of.grade else None) if name == "grade_rank" else _value(of, name) for name in columns
    )


def _value(of: Node | Edge | Passage, field: str) -> Value:
    value: Value = getattr(of, field)
    # What is empty is left out: a database keeps no property for it, and a cell of CSV cannot tell the two apart.
    if isinstance(value, Grade):
        return value.value
    return None if value in ("", ()) else value
