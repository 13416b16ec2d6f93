"""A folder of Parquet tables for pandas, polars, DuckDB and Arrow: nodes, edges, mentions and evidence.

Columns have types: lists are lists, and what is not there is null. A row group is written as soon as it is full, so
memory stays bounded. Same release and same pyarrow, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO

import msgspec

from kg.errors import KGError
from kg.export._tables import COLUMNS, UNIQUE, Kind, batches, column, tables
from kg.export.place import filling
from kg.export.property_graph import PropertyGraph
from kg.part import Part

# Elements at a time: large enough for a reader to skip by, small enough to hold.
_ROW_GROUP = 20_000


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes `nodes.parquet`, `edges.parquet`, `mentions.parquet` and `evidence.parquet`; returns their rows.

    Raises:
        UsageError: `out` is a file, or a folder that holds something else.
        BadGraph: the release cannot be read.
        KGError: pyarrow is missing, or `out` cannot be written; what stood there before still does.
    """
    arrow = _arrow()
    with PropertyGraph.open(release, part) as graph, filling(out) as folder:
        counts = {}
        for name, elements in tables(graph, part):
            with (folder / f"{name}.parquet").open("wb") as file:
                counts[name] = write_rows(file, elements, COLUMNS[name], arrow)
        return counts


def write_rows(
    file: IO[bytes], elements: Iterable[msgspec.Struct], columns: Mapping[str, Kind], arrow: ModuleType
) -> int:
    """One table of the elements' columns; returns the number of its rows."""
    parquet = import_module("pyarrow.parquet")

    types = {
        "text": arrow.string(),
        "list": arrow.list_(arrow.string()),
        "integer": arrow.int64(),
        "decimal": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    count = 0
    repeating = [name for name in columns if name not in UNIQUE]
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd", use_dictionary=repeating) as writer:
        for block in batches(elements, _ROW_GROUP):
            arrays = [_array(arrow, column(block, field.name), field.type) for field in schema]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema), row_group_size=_ROW_GROUP)
            count += len(block)
    return count


def _array(arrow: ModuleType, values: list[object], type_: object) -> object:
    if values.count(values[0]) == len(values):  # most columns, in most batches
        return arrow.repeat(arrow.scalar(values[0], type_), len(values))
    return arrow.array(values, type_)


def _arrow() -> ModuleType:
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise KGError(f"parquet: expected pyarrow, got: {error}; `pip install 'cartkg[parquet]'` brings it") from error
