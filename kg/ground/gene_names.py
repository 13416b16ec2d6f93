"""`ontologies/attested/genes.tsv` in, how often annotators took a name for a gene where it stood out.

Learnt from the training parts of four corpora (CC0 and US Government works) by `training/learn_gene_names.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from kg import resources
from kg.errors import BadVocabulary
from kg.lexicon.prepare import key

PATH: Final = "attested/genes.tsv"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A name and a gene: documents that mark it as this gene, of how many that hold it; whether HGNC lists the name."""

    name: str
    id: str
    marked: int
    seen: int
    listed: bool


def read(lines: Iterable[str], *, origin: str) -> tuple[Row, ...]:
    """The rows of the table.

    >>> read(["name\\tid\\tmarked\\tseen\\tlisted", "AMP\\tHGNC:7032\\t0\\t3\\tyes"], origin="genes.tsv")[0].seen
    3

    Raises:
        BadVocabulary: a row has other cells.
    """
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#") or line.startswith("name\t"):
            continue
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 5 or not cells[2].isdigit() or not cells[3].isdigit():
            raise BadVocabulary(f"{origin}: line {number}: expected name, id, marked, seen, listed, got {line!r}")
        name, identifier, marked, seen, listed = cells
        rows.append(Row(name=name, id=identifier, marked=int(marked), seen=int(seen), listed=listed == "yes"))
    return tuple(rows)


@cache
def shipped() -> Mapping[tuple[str, str], Row]:
    """Prepared name and HGNC ID -> the row."""
    path = resources.folder("ontologies") / PATH
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    return {(key(row.name), row.id): row for row in read(lines, origin=path.name)}
