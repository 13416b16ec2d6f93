"""A store in, its values as sorted rows of texts out: each kind of node is read in one pass, in bounded memory.

A SELECT with constant text answers one row after another; pyoxigraph spends 3 to 4 µs on each term of it, which is
most of the time of any export. So a query asks for no column that its reader does not want. What few nodes have
(`kg:n`) is asked for by itself and joined here, both sides being sorted: OPTIONAL would build a hash table of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.export._sorted import Row, sorted_rows
from kg.namespaces import PREFIXES, curie, iri

_NODE = lru_cache(maxsize=1 << 14)(curie)
_LITERAL = ox.Literal


def node(name: str) -> ox.NamedNode:
    """The IRI node of a CURIE."""
    return ox.NamedNode(iri(name))


def select(store: ox.Store, query: str, *, column: str | None = None) -> Iterator[Row]:
    """The rows of a SELECT: IRIs as CURIEs, literals as their text. Every variable of it is bound in every row.

    Args:
        store: a release's.
        query: constant text.
        column: the CURIE of a predicate to put in the place of `?column`.
    """
    given = {} if column is None else {ox.Variable("column"): node(column)}
    solutions = store.query(query, prefixes=dict(PREFIXES), substitutions=given)  # type: ignore[arg-type]
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        yield tuple([term.value if type(term) is _LITERAL else _NODE(term.value) for term in solution])


def table(store: ox.Store, query: str, *, column: str | None = None) -> Iterator[Row]:
    """The same, sorted."""
    return sorted_rows(select(store, query, column=column))


def members(store: ox.Store, kind: str) -> Iterator[str]:
    """The CURIEs of all nodes of a class, sorted."""
    quads = store.quads_for_pattern(None, node("rdf:type"), node(kind), None)
    return (row[0] for row in sorted_rows((text(quad.subject),) for quad in quads))


def values(store: ox.Store, subject: str, predicate: str) -> tuple[str, ...]:
    """All objects of one property of one node, sorted."""
    return tuple(sorted(text(quad.object) for quad in store.quads_for_pattern(node(subject), node(predicate), None)))


def star(store: ox.Store, subject: str) -> dict[str, list[str]]:
    """All properties of one node: predicate CURIE to its values, sorted."""
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(node(subject), None, None):
        found.setdefault(curie(quad.predicate.value), []).append(text(quad.object))
    for texts in found.values():
        texts.sort()
    return found


def text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """An IRI as its CURIE, a literal as its text."""
    assert isinstance(term, ox.NamedNode | ox.Literal)  # DESIGN §5: no blank nodes, no triple terms
    return curie(term.value) if isinstance(term, ox.NamedNode) else term.value


class Sparse:
    """A column that few rows have: rows whose first `width` cells are a key, given by key in the keys' order.

    >>> column = Sparse(iter([("a", "1"), ("c", "2"), ("c", "3")]), width=1)
    >>> column.of(("a",)), column.of(("b",)), column.of(("c",))
    (('1',), (), ('2', '3'))
    """

    def __init__(self, rows: Iterator[Row], *, width: int) -> None:
        self._rows = rows
        self._width = width
        self._next = next(rows, None)

    def of(self, key: Row) -> tuple[str, ...]:
        """The values of a key; keys are asked for in ascending order, each once."""
        row = self._next
        if row is None or row[: self._width] > key:
            return ()
        found = []
        while row is not None and (here := row[: self._width]) <= key:
            if here == key:
                found.append(row[-1])
            row = next(self._rows, None)
        self._next = row
        return tuple(found)
