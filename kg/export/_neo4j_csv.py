"""Rows in; out: a folder for `neo4j-admin database import full`: CSV with typed headers, the command, the schema.

The format is that of the Neo4j Operations Manual 5, "Import": a header names each column and its type, an array is one
cell with its elements separated, a text in quotes keeps separators, quotes and line breaks. Elements are separated by
U+001F, which no text of a graph holds (`kg.export.elements`), so that `;` in a name stays in it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.export._neo4j_rows import LINKS, NODES, LinkRow, LinkTable, NodeRow, NodeTable, Value
from kg.export._neo4j_schema import script

SEPARATOR = "\x1f"
_SCRIPT = """#!/bin/sh
# Loads the files of this folder into an empty database of a stopped Neo4j 5 or later:
#
#   ./import.sh            into the database `neo4j`
#   ./import.sh NAME       into the database NAME
#
# Options of `neo4j-admin database import full` may stand before the name, such as --overwrite-destination.
# NEO4J_ADMIN names the program where it is not in the path. Start the server afterwards, then run
#
#   cypher-shell -f schema.cypher
set -eu
cd "$(dirname "$0")"
exec "${NEO4J_ADMIN:-neo4j-admin}" database import full \\
%s
  --array-delimiter=U+001F \\
  --multiline-fields=true \\
  --input-encoding=UTF-8 \\
  --id-type=string \\
  --strict=true \\
  --bad-tolerance=0 \\
  "$@"
"""


def file_name(table: NodeTable | LinkTable) -> str:
    """The name of a table's file.

    >>> from kg.export._neo4j_rows import MENTIONS, TERMS
    >>> file_name(TERMS), file_name(MENTIONS)
    ('nodes_terms.csv', 'links_mentions.csv')
    """
    return f"{'nodes' if isinstance(table, NodeTable) else 'links'}_{table.name}.csv"


def command() -> str:
    """The script that runs the import."""
    nodes = [f"  --nodes={file_name(table)} \\" for table in NODES]
    links = [f"  --relationships={file_name(table)} \\" for table in LINKS]
    return _SCRIPT % "\n".join(nodes + links)


def write(rows: Iterable[NodeRow | LinkRow], folder: Path) -> Mapping[str, int]:
    """Writes the files into an empty folder and returns the numbers of nodes and relationships.

    Raises:
        OSError: something cannot be written.
    """
    counts = Counter({"nodes": 0, "relationships": 0})
    with ExitStack() as files:
        # Lines end as RFC 4180 has it; the writer then quotes a text that holds any part of a line's end.
        writers = {
            table.name: csv.writer(
                files.enter_context((folder / file_name(table)).open("w", encoding="utf-8", newline="")),
                lineterminator="\r\n",
            )
            for table in (*NODES, *LINKS)
        }
        for table in (*NODES, *LINKS):
            writers[table.name].writerow(_header(table))
        for row in rows:
            cells: list[Value] = list(row.values)
            for at, change in _CHANGES[row.table.name]:
                cells[at] = change(cells[at])
            if isinstance(row, NodeRow):
                counts["nodes"] += 1
                writers[row.table.name].writerow([row.id, *cells, SEPARATOR.join(row.labels)])
            else:
                counts["relationships"] += 1
                writers[row.table.name].writerow([row.start, row.end, *cells, row.type])
    (folder / "schema.cypher").write_text(script(), "utf-8")
    (folder / "import.sh").write_text(command(), "utf-8")
    (folder / "import.sh").chmod(0o755)
    return dict(counts)


def _header(table: NodeTable | LinkTable) -> list[str]:
    columns = [f"{name}:{kind}" for name, kind in table.columns.items()]
    if isinstance(table, NodeTable):
        return ["id:ID", *columns, ":LABEL"]
    return [":START_ID", ":END_ID", *columns, ":TYPE"]


def _truth(value: Value) -> Value:
    return None if value is None else "true" if value else "false"


def _array(value: Value) -> Value:
    return SEPARATOR.join(value) if isinstance(value, tuple) else value


# What the CSV writer would not write as the import reads it, by column.
_CHANGES = {
    table.name: [
        (at, _truth if kind == "boolean" else _array)
        for at, kind in enumerate(table.columns.values())
        if kind in ("boolean", "string[]")
    ]
    for table in (*NODES, *LINKS)
}
