"""A table in, readable lines out: short columns side by side, long texts under their row.

A quote is the point of an answer and is never cut; squeezed into a column beside ten others nobody could read it.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping

import click

from kg.errors import UnknownName
from kg.namespaces import curie
from kg.query import GIVEN, Cell, NamedQuery, Node, Table, cell
from kg.store import Release
from kg.web import pool
from kg.web.message import Term
from kg.web.tables import FORMATS

CHOICES = ("table", *FORMATS)
# A paper is named by any of its identifiers, a statement by its IRI.
_HELD = {
    "document": "SELECT ?given WHERE { ?paper <http://purl.org/dc/terms/identifier> ?given } LIMIT 1",
    "statement": "SELECT ?given WHERE { ?given a ?kind } LIMIT 1",
}
_LONG = 48
_MOST = 150


def show(table: Table, style: str) -> None:
    """Prints a table in one of the formats of `CHOICES`."""
    if style in FORMATS:
        click.echo(FORMATS[style][1](table).rstrip("\r\n"))
        return
    for line in lines(table, width=min(_MOST, shutil.get_terminal_size((110, 24)).columns)):
        click.echo(line)


def ask(release: Release, named: NamedQuery, bindings: Mapping[str, Node], *, limits: pool.Limits) -> Table:
    """A named query's answer, from a worker with these limits.

    Raises:
        QueryFailed: the query ran into a limit.
    """
    terms = {name: Term.of(node) for name, node in bindings.items()}
    columns, rows = pool.rows(release.path / "store", named.sparql, limits=limits, bindings=terms)
    wanted = [columns.index(column.name) for column in named.columns]
    return Table(
        tuple(column.name for column in named.columns), tuple(tuple(cell(row[i]) for i in wanted) for row in rows)
    )


def refuse_unknown(release: Release, named: NamedQuery, bindings: Mapping[str, Node], *, limits: pool.Limits) -> None:
    """Tells a paper or statement that the graph does not hold from one of which there is nothing to say.

    Raises:
        UnknownName: a parameter names one that the graph does not hold.
    """
    for parameter in named.parameters:
        given = bindings.get(GIVEN + parameter.name)
        if parameter.kind in _HELD and given is not None:
            held = {"given": Term.of(given)}
            _, rows = pool.rows(release.path / "store", _HELD[parameter.kind], limits=limits, bindings=held)
            if not rows:
                raise UnknownName(parameter.kind, curie(given.value))


def lines(table: Table, *, width: int) -> Iterator[str]:
    """The table as text.

    >>> rows = (("CD19", "A sentence that is much too long for one column of a table."), ("CD20", None))
    >>> print("\\n".join(lines(Table(("target", "quote"), rows), width=60)))
    target
    CD19
        quote: A sentence that is much too long for one column
               of a table.
    CD20
    """
    if not table.rows:
        yield "no rows"
        return
    texts = [[_text(cell) for cell in row] for row in table.rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(table.columns))]
    short = [i for i, size in enumerate(widths) if 0 < size <= _LONG]
    # What does not fit beside the others goes below as well, the widest first.
    while len(short) > 1 and sum(max(widths[i], len(table.columns[i])) + 2 for i in short) > width:
        short.remove(max(short, key=lambda i: (max(widths[i], len(table.columns[i])), i)))
    sizes = {i: max(widths[i], len(table.columns[i])) for i in short}
    if short:
        yield "  ".join(table.columns[i].ljust(sizes[i]) for i in short).rstrip()
    for row in texts:
        if short:
            yield "  ".join(row[i].ljust(sizes[i]) for i in short).rstrip()
        for i, text in enumerate(row):
            if i not in short and text:
                head = f"    {table.columns[i]}: "
                yield from textwrap.wrap(
                    text, max(width, 40), initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False
                )


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else ""
    return " ".join(str(cell).split())
