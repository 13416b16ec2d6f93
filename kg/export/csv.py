"""A folder of tables for spreadsheets: nodes, edges, mentions and evidence, in which no text can become a formula.

UTF-8 with a byte order mark, lines by RFC 4180. A text that a spreadsheet would compute (it begins with `=`, `+`, `-`,
`@` or a control character, blanks before it or not: OWASP, CSV Injection) has an apostrophe put before it, and so has
one that begins with an apostrophe: whoever takes the first one off has the text. Lists stand in one cell, their parts
between `|`, with a backslash before a `|` or a backslash of their own. What is not there is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import repeat
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from kg.export._tables import COLUMNS, UNIQUE, Kind, batches, column, joined, tables
from kg.export.place import filling
from kg.export.property_graph import PropertyGraph
from kg.part import Part

# Full-width signs too: a Japanese Excel computes them.
_COMPUTED = "[\\s\x01-\x1f]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']"
_COMPUTED_CELL = re.compile(_COMPUTED)
# The same over many cells at once, a NUL before each: few batches have any such cell.
_COMPUTED_ANYWHERE = re.compile(f"\x00(?:{_COMPUTED})")
_QUOTED = re.compile('[",\r\n]')
_REMEMBERED = 1 << 14
_ENDS = ("subject", "object")


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes `nodes.csv`, `edges.csv`, `mentions.csv` and `evidence.csv`; returns their numbers of rows.

    Raises:
        UsageError: `out` is a file, or a folder that holds something else.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    with PropertyGraph.open(release, part) as graph, filling(out) as folder:
        counts = {}
        for name, elements in tables(graph, part):
            with (folder / f"{name}.csv").open("wb") as file:
                counts[name] = write_rows(file, elements, COLUMNS[name], graph.label)
        return counts


def write_rows(
    file: IO[bytes], elements: Iterable[msgspec.Struct], columns: Mapping[str, Kind], label: Callable[[str], str]
) -> int:
    """The head and one line an element; returns their number.

    Args:
        file: to write to.
        elements: of one kind.
        columns: which of their fields, and what they hold. Beside `subject` and `object` stand their labels.
        label: the name of a node.
    """
    heads: list[str] = []
    for name in columns:
        heads += [name, f"{name}_label"] if name in _ENDS else [name]
    file.write(("\ufeff" + ",".join(heads) + "\r\n").encode())
    remembered = {name: _Texts(_MAKERS[kind]) for name, kind in columns.items()}
    labels = _Texts(lambda node: _cell(label(node)))
    count = 0
    for block in batches(elements):
        cells: list[Iterable[str]] = []
        for name, kind in columns.items():
            values = column(block, name)
            if values.count(values[0]) == len(values):  # most columns, in most batches
                cells.append(repeat(remembered[name][values[0]], len(values)))
            elif kind == "text" and name in UNIQUE and _plain(texts := cast(list[str], values)):
                cells.append(texts)
            else:
                cells.append(map(remembered[name].__getitem__, values))
            if name in _ENDS:
                cells.append(map(labels.__getitem__, values))
        lines = map(",".join, zip(*cells, strict=True))
        file.write(("\r\n".join(lines) + "\r\n").encode())
        count += len(block)
    return count


def _plain(texts: list[str]) -> bool:
    """Whether no cell of these needs anything done to it: asked of all at once."""
    joined = "\x00" + "\x00".join(texts)
    special = '"' in joined or "," in joined or "\n" in joined or "\r" in joined
    return not special and _COMPUTED_ANYWHERE.search(joined) is None


def _cell(text: str) -> str:
    if _COMPUTED_CELL.match(text):
        text = f"'{text}"
    if _QUOTED.search(text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


class _Texts(dict[Any, str]):  # cells of values of any kind
    """Makes each value's cell once."""

    def __init__(self, make: Callable[[Any], str]) -> None:
        super().__init__({None: ""})
        self._make = make

    def __missing__(self, value: Any) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        self[value] = made = "" if value is None else self._make(value)
        return made


_MAKERS: Mapping[Kind, Callable[[Any], str]] = {
    "text": _cell,
    "list": lambda texts: _cell(joined(texts)),
    "integer": str,
    "decimal": repr,
    "boolean": {True: "true", False: "false"}.__getitem__,
}
