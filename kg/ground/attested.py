"""A name in, the IDs that annotators of public corpora gave it out: what guidelines call what no vocabulary lists.

`ontologies/attested/names.tsv` is learnt from the training parts of three corpora of US Government works by
`training/learn_names.py`; it holds names, IDs and counts, no sentence.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

from kg import resources
from kg.ground import canonical
from kg.lexicon.prepare import key

PATH = "attested/names.tsv"


class Attested(msgspec.Struct, frozen=True, kw_only=True):
    """A name and what it was taken to mean.

    terms: of the vocabulary, several where the name means all of them ("breast and ovarian cancer"). headings: as the
    annotators gave them. mentions: how often; documents: in how many; share: of all mentions of the name, in [0, 1];
    corpora: where.
    """

    name: str
    terms: tuple[str, ...]
    headings: tuple[str, ...]
    mentions: int
    documents: int
    share: float
    corpora: tuple[str, ...] = ()


class Names:
    """The attested names of one file, by their prepared spelling and by their canonical words. Immutable."""

    def __init__(self, rows: Iterable[Attested]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: (-row.mentions, row.name)))
        self._by_key = {key(row.name): row for row in reversed(self.rows)}

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], Attested]:
        return {tuple(sorted(canonical.words(row.name))): row for row in reversed(self.rows)}

    @classmethod
    def from_path(cls, path: Path) -> Names:
        """Those of a file; none where there is no such file."""
        if not path.is_file():
            return cls(())
        with path.open(encoding="utf-8", newline="") as stream:
            lines = (line for line in stream if not line.startswith("#"))
            return cls([_row(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)])

    def of(self, name: str) -> Attested | None:
        """What was attested under this name, however it is spelled."""
        return self._by_key.get(key(name))

    def worded(self, name: str) -> Attested | None:
        """What was attested under a name of the same words in another order or inflection."""
        return self._by_words.get(tuple(sorted(canonical.words(name))))


@cache
def shipped() -> Names:
    """Those of `ontologies/`, read once a process."""
    return Names.from_path(resources.folder("ontologies") / PATH)


def digest() -> str:
    """sha256 of the shipped file; empty where there is none."""
    path = resources.folder("ontologies") / PATH
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _row(row: Mapping[str, str]) -> Attested:
    return Attested(
        name=row["name"],
        terms=tuple(row["terms"].split("|")) if row["terms"] else (),
        headings=tuple(row["headings"].split("|")),
        mentions=int(row["mentions"]),
        documents=int(row["documents"]),
        share=int(row["percent"]) / 100,
        corpora=tuple(row["corpora"].split("|")),
    )
