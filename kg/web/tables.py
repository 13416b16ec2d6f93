"""A table in; out: CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import msgspec

from kg.query import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(table: Table) -> str:
    """CSV (RFC 4180); a text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP).

    >>> to_csv(Table(("n", "quote"), ((-1, "=1+1"),)))
    "n,quote\\r\\n-1,'=1+1\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_unarmed(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def to_json(table: Table) -> str:
    """One array of objects, their keys in column order.

    >>> to_json(Table(("n",), ((1,),)))
    '[{"n":1}]'
    """
    return msgspec.json.encode([dict(zip(table.columns, row, strict=True)) for row in table.rows]).decode("utf-8")


def to_markdown(table: Table) -> str:
    """A Markdown table; what Markdown or HTML would read as markup is escaped.

    >>> print(to_markdown(Table(("a",), (("x|<b>",),))), end="")
    | a |
    | --- |
    | x\\|&lt;b&gt; |
    """
    rows = [table.columns, ("---",) * len(table.columns), *table.rows]
    return "".join(f"| {' | '.join(map(inert, row))} |\n" for row in rows)


FORMATS: Mapping[str, tuple[str, Callable[[Table], str]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "json": ("application/json", to_json),
    "md": ("text/markdown; charset=utf-8", to_markdown),
}


def _unarmed(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def inert(cell: Cell) -> str:
    """A value as text on one line that Markdown and HTML read as nothing but text.

    >>> inert("*a*\\n<b>")
    '\\\\*a\\\\* &lt;b&gt;'
    """
    text = "" if cell is None else " ".join(str(cell).split())
    if isinstance(cell, bool):
        text = text.lower()
    for raw, safe in (
        ("\\", "\\\\"),
        ("|", "\\|"),
        ("`", "\\`"),
        ("*", "\\*"),
        ("[", "\\["),
        ("]", "\\]"),
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
    ):
        text = text.replace(raw, safe)
    return text
