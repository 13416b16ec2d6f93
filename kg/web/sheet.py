"""A named query's answer in, one self-contained HTML page out: to be kept, sent or printed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from markupsafe import Markup

from kg import namespaces
from kg.query import NamedQuery, Node, Table, standalone
from kg.web.highlight import environment
from kg.web.render import Shown, brief, merged, shown


def page(
    query: NamedQuery, table: Table, *, bindings: Mapping[str, Node], given: Mapping[str, str], release: str
) -> str:
    """The page. Links lead to where an ID is registered; nothing is loaded from anywhere.

    Args:
        query: what was asked.
        table: its answer.
        bindings: what it was asked with.
        given: the same as the user wrote it, by parameter.
        release: the release that answered.
    """
    cells = [[_cell(name, value) for name, value in zip(table.columns, row, strict=True)] for row in table.rows]
    columns, rows = merged(table.columns, cells)
    return (
        environment()
        .get_template("sheet.html")
        .render(
            query=query,
            columns=columns,
            rows=rows,
            helps={column.name: column.help for column in query.columns},
            given=tuple(given.items()),
            sparql=standalone(query, bindings),
            release=release,
            style=Markup(resources.files("kg.web").joinpath("static", "style.css").read_text("utf-8")),  # our own file
        )
    )


def _cell(column: str, value: str | float | bool | None) -> Shown:
    if isinstance(value, str) and namespaces.known(value) and " " not in value:
        return Shown("link", brief(value), namespaces.iri(value))
    return shown(column, value, _address)


def _address(curie: str) -> str:
    return namespaces.iri(curie) if namespaces.known(curie) else ""
