"""A store in, what breaks the shapes of `ontologies/shapes.ttl` out, node by node (SHACL Core, the part that they use).

pySHACL judges the same shapes at ten to twenty times the cost (`kg.graph.shacl`; `kg check --shacl`). What it says of
a graph, this says too: a test compares them on every way of breaking a node. A shapes file that uses more of SHACL than
is understood here is refused, never half read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Literal, cast

import msgspec
import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kg.errors import BadVocabulary
from kg.graph._rdf import TYPE
from kg.graph.literals import LEXICAL, NUMBERS, number, well_formed
from kg.graph.problem import Problem
from kg.namespaces import curie
from kg.resources import folder

Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Severity = Literal["Violation", "Warning", "Info"]
# What does not judge: what a shape is, is of, and says.
_SILENT = frozenset({RDF.type, SH.targetClass, SH.path, SH.message, SH.severity, SH.name, SH.description, SH.property})


class Node:
    """A node that is judged: its own triples, and of what it points to the types."""

    def __init__(self, store: ox.Store, subject: Subject) -> None:
        self.subject = subject
        self._is = partial(_is_a, store)
        self._values: defaultdict[str, list[Value]] = defaultdict(list)
        for quad in store.quads_for_pattern(subject, None, None, None):
            self._values[quad.predicate.value].append(quad.object)

    def values(self, predicate: str) -> Sequence[Value]:
        """What stands behind this predicate (an IRI)."""
        return self._values.get(predicate, ())

    def is_a(self, value: Value, kind: ox.NamedNode) -> bool:
        """Whether the store says that a value is of this class."""
        return isinstance(value, ox.NamedNode | ox.BlankNode) and self._is(value, kind)


# Node and values in; each value that is wrong out, None for the values as a whole.
Check = Callable[[Node, Sequence[Value]], Iterable[Value | None]]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What nodes, or the values behind a predicate, must be. path is None for the node itself."""

    path: str | None
    message: str
    severity: Severity
    checks: tuple[Check, ...]
    parts: tuple[Shape, ...]

    def problems(self, node: Node, values: Sequence[Value]) -> Iterator[Problem]:
        """What is wrong with a node, of which these are the values judged."""
        for check in self.checks:
            for wrong in check(node, values):
                where = f" ({curie(self.path)})" if self.path else ""
                got = f", got {_shown(wrong)!r}" if wrong is not None and self.path else ""
                yield Problem(self.severity, _shown(node.subject), f"expected: {self.message}{where}{got}")
        for part in self.parts:
            assert part.path is not None
            yield from part.problems(node, node.values(part.path))

    def holds(self, node: Node, values: Sequence[Value]) -> bool:
        """Whether nothing is wrong."""
        return next(self.problems(node, values), None) is None


def violations(store: ox.Store, *, shapes: Path | None = None) -> Iterator[Problem]:
    """Every node that is not as its shape wants it, in the order of classes and nodes.

    Args:
        store: the graph.
        shapes: a Turtle file of node shapes with target classes; the shipped one unless given.

    Raises:
        BadVocabulary: the shapes file cannot be read, or uses what is not understood here.
    """
    for kind, shape in _load(shapes or folder("ontologies") / "shapes.ttl"):
        found = store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), None)
        for subject in sorted((quad.subject for quad in found), key=str):
            yield from sorted(shape.problems(Node(store, subject), [subject]))


@cache
def _load(path: Path) -> tuple[tuple[str, Shape], ...]:
    try:
        graph = rdflib.Graph().parse(data=path.read_text("utf-8"), format="turtle")
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        raise BadVocabulary(f"{path}: expected SHACL shapes in Turtle, got: {error}") from error
    targets = sorted((str(shape), str(kind), shape) for shape, kind in graph.subject_objects(SH.targetClass))
    return tuple((kind, _Reader(graph, path).shape(shape)) for _, kind, shape in targets)


class _Reader:
    """Turns shapes into checks."""

    def __init__(self, graph: rdflib.Graph, path: Path) -> None:
        self._graph, self._path = graph, path

    def shape(self, shape: rdflib.term.Node) -> Shape:
        path = self._graph.value(shape, SH.path)
        if path is not None and not isinstance(path, rdflib.URIRef):
            raise BadVocabulary(f"{self._path}: expected a predicate as sh:path, got another kind of path")
        checks: list[Check] = []
        for predicate, value in sorted(self._graph.predicate_objects(shape), key=str):
            if predicate not in _SILENT:
                checks.append(self._check(cast(rdflib.URIRef, predicate), value, None if path is None else str(path)))
        severity = str(self._graph.value(shape, SH.severity) or SH.Violation).rpartition("#")[2]
        messages = sorted(str(text) for text in self._graph.objects(shape, SH.message))
        return Shape(
            path=None if path is None else str(path),
            message="; ".join(messages) or "what its shape says",
            severity=cast(Severity, severity),
            checks=tuple(checks),
            parts=tuple(self.shape(part) for part in self._graph.objects(shape, SH.property)),
        )

    def _check(self, predicate: rdflib.URIRef, value: rdflib.term.Node, path: str | None) -> Check:
        match predicate.removeprefix(str(SH)):
            case "minCount":
                return partial(_count, least=int(str(value)))
            case "maxCount":
                return partial(_count, most=int(str(value)))
            case "nodeKind" if value == SH.IRI:
                return _each(lambda node, one: isinstance(one, ox.NamedNode))
            case "class":
                kind = ox.NamedNode(str(value))
                return _each(lambda node, one: node.is_a(one, kind))
            case "datatype" if str(value) in LEXICAL:
                datatype = str(value)
                return _each(lambda node, one: _typed(one, datatype) and well_formed(_text(one), datatype))
            case "minLength":
                least = int(str(value))
                return _each(lambda node, one: len(_text(one)) >= least)
            case "pattern":
                pattern = re.compile(str(value))
                return _each(lambda node, one: not isinstance(one, ox.BlankNode) and bool(pattern.search(_text(one))))
            case "minInclusive" if (low := number(str(value))) is not None:
                return _each(lambda node, one: (found := _number(one)) is not None and found >= low)
            case "maxInclusive" if (high := number(str(value))) is not None:
                return _each(lambda node, one: (found := _number(one)) is not None and found <= high)
            case "in":
                allowed = frozenset(_term(one) for one in Collection(self._graph, value))
                return _each(lambda node, one: one in allowed)
            case "hasValue":
                wanted = _term(value)
                return lambda node, values: () if wanted in values else (None,)
            case "equals":
                return partial(_equal, other=str(value))
            case "lessThan" if path is not None:
                return partial(_less, other=str(value), or_equal=False)
            case "lessThanOrEquals" if path is not None:
                return partial(_less, other=str(value), or_equal=True)
            case "or" | "xone" as name:
                choices = tuple(self.shape(one) for one in Collection(self._graph, value))
                most = 1 if name == "xone" else len(choices)
                return _each(lambda node, one: 1 <= sum(choice.holds(node, [one]) for choice in choices) <= most)
        told = curie(str(predicate))
        raise BadVocabulary(f"{self._path}: expected constraints that `kg check` knows, got {told} {curie(str(value))}")


def _each(good: Callable[[Node, Value], bool]) -> Check:
    return lambda node, values: (value for value in values if not good(node, value))


def _count(node: Node, values: Sequence[Value], *, least: int = 0, most: int | None = None) -> Iterable[None]:
    if len(values) < least or (most is not None and len(values) > most):
        yield None


def _equal(node: Node, values: Sequence[Value], *, other: str) -> Iterable[Value]:
    return set(values) ^ set(node.values(other))


def _less(node: Node, values: Sequence[Value], *, other: str, or_equal: bool) -> Iterable[Value]:
    for value in values:
        for bound in node.values(other):
            one, two = _number(value), _number(bound)
            if one is None or two is None or not (one < two or (or_equal and one == two)):
                yield value


def _typed(value: Value, datatype: str) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == datatype and value.language is None


def _number(value: Value) -> Decimal | None:
    found = isinstance(value, ox.Literal) and value.datatype.value in NUMBERS
    return number(_text(value)) if found else None


def _text(value: Value) -> str:
    return str(value) if isinstance(value, ox.Triple) else value.value


def _shown(value: Value) -> str:
    return curie(_text(value)) if isinstance(value, ox.NamedNode) else _text(value)


def _is_a(store: ox.Store, value: ox.NamedNode | ox.BlankNode, kind: ox.NamedNode) -> bool:
    return ox.Quad(value, TYPE, kind) in store


def _term(term: rdflib.term.Node) -> Value:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    return ox.NamedNode(str(term))
