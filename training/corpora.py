"""Annotated corpora in, documents with the spans of one entity type out, as the recogniser trains and measures on them.

Only corpora whose licence allows a trained model to be shipped are named here (training/README.md).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from kg.documents import jsonl
from kg.errors import BadInput
from kg.model import Document

# Entity type of ours -> corpus -> the corpus's labels for it. A corpus stands under a type only where it marks every
# mention of that type: what it leaves unmarked is then no mention, and nothing has to be guessed.
SOURCES: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "disease": {
        "bc5cdr": frozenset({"Disease"}),
        "biored": frozenset({"DiseaseOrPhenotypicFeature"}),
        "ncbi_disease": frozenset({"SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention"}),
    },
    "target": {
        "biored": frozenset({"GeneOrGeneProduct"}),
        "gnormplus": frozenset({"Gene"}),
        "nlm_gene": frozenset({"Gene"}),
        "tmvar3_aioner": frozenset({"Gene"}),
    },
}


class _Mention(msgspec.Struct, frozen=True):
    type: str
    start: int | None = None
    end: int | None = None
    ids: tuple[str, ...] = ()


class _Line(msgspec.Struct, frozen=True):
    id: str
    mentions: tuple[_Mention, ...] = ()


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a corpus and its mentions of one type: start and end (code points, half open) -> the IDs given."""

    corpus: str
    document: Document
    mentions: dict[tuple[int, int], tuple[str, ...]]


def marked(folder: Path, type_: str, part: str, *, without: frozenset[str] = frozenset()) -> Iterator[Marked]:
    """The documents of all corpora of a type, corpora in name order, documents in file order.

    Args:
        folder: holds `<corpus>.<part>.jsonl.gz`; a corpus without that part is passed over.
        type_: an entity type of `SOURCES`.
        part: `train` or `dev`.
        without: IDs of documents to leave out.
    """
    for corpus, labels in sorted(SOURCES[type_].items()):
        for line in _lines(folder / f"{corpus}.{part}.jsonl.gz"):
            told = msgspec.json.decode(line, type=_Line)
            if told.id in without:
                continue
            document = next(jsonl.read(io.BytesIO(line), origin=corpus))
            if isinstance(document, BadInput):
                raise document
            found: dict[tuple[int, int], tuple[str, ...]] = {}
            for mention in told.mentions:
                if mention.type in labels and mention.start is not None and mention.end is not None:
                    place = (mention.start, mention.end)
                    found[place] = tuple(dict.fromkeys((*found.get(place, ()), *mention.ids)))
            yield Marked(corpus=corpus, document=document, mentions=found)


def developing(folder: Path) -> frozenset[str]:
    """IDs of every document of any development part: the same abstract stands in several corpora."""
    paths = sorted(folder.glob("*.dev.jsonl.gz"))
    return frozenset(msgspec.json.decode(line, type=_Line).id for path in paths for line in _lines(path))


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_file():
        with gzip.open(path, "rb") as lines:
            yield from (line for line in lines if line.strip())
