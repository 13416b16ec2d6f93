"""Corpora with marked genes in, one document a PubMed ID out: where genes stand, which, and where families do.

The same abstract stands in several corpora; what any of them marks is taken. Documents of a development part are left
out.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from kg.documents import jsonl
from kg.model import Document

CORPORA: Final = ("biored", "gnormplus", "nlm_gene", "tmvar3_aioner")
GENES: Final = frozenset({"Gene", "GeneOrGeneProduct"})
# Marked without an ID; whether such a word names a gene is left open there.
FAMILIES: Final = frozenset({"FamilyName", "DomainMotif"})
_PREFIX = "NCBIGene:"


class Place(msgspec.Struct, frozen=True):
    """A marked name (code points, half open) and the genes it was given, as `NCBIGene:` CURIEs."""

    start: int
    end: int
    ids: tuple[str, ...]


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its genes and its families, in text order."""

    corpora: tuple[str, ...]
    document: Document
    genes: tuple[Place, ...]
    families: tuple[Place, ...]


def marked(folder: Path, part: str = "train") -> Iterator[Marked]:
    """Every document of that part, corpora in name order; none of a development part where `part` is another."""
    without = frozenset() if part == "dev" else _developing(folder)
    lines: dict[str, list[tuple[str, bytes]]] = {}
    for corpus in CORPORA:
        for line in _lines(folder / f"{corpus}.{part}.jsonl.gz"):
            identifier = str(json.loads(line)["id"])
            if identifier not in without:
                lines.setdefault(identifier, []).append((corpus, line))
    for several in lines.values():
        yield from _read(several)


def _read(several: list[tuple[str, bytes]]) -> Iterator[Marked]:
    """One document where the corpora agree on the text, else one for each text."""
    texts: dict[str, Marked] = {}
    for corpus, line in several:
        document = next(jsonl.read(io.BytesIO(line), origin=corpus))
        if not isinstance(document, Document):
            raise document
        known = texts.get(document.text)
        mentions = json.loads(line)["mentions"]
        genes = {*(known.genes if known else ()), *_places(mentions, GENES)}
        families = {*(known.families if known else ()), *_places(mentions, FAMILIES)}
        texts[document.text] = Marked(
            corpora=(*(known.corpora if known else ()), corpus),
            document=document,
            genes=tuple(sorted(genes, key=_order)),
            families=tuple(sorted(families, key=_order)),
        )
    yield from texts.values()


def _places(mentions: list[dict[str, object]], types: frozenset[str]) -> Iterator[Place]:
    for mention in mentions:
        start, end, ids = mention.get("start"), mention.get("end"), mention.get("ids")
        if mention["type"] in types and isinstance(start, int) and isinstance(end, int) and isinstance(ids, list):
            curies = (f"{_PREFIX}{str(one).removeprefix(_PREFIX)}" for one in ids if str(one) not in ("", "-1"))
            yield Place(start, end, tuple(sorted(set(curies))))


def _order(place: Place) -> tuple[int, int, tuple[str, ...]]:
    return place.start, place.end, place.ids


def _developing(folder: Path) -> frozenset[str]:
    return frozenset(
        str(json.loads(line)["id"]) for path in sorted(folder.glob("*.dev.jsonl.gz")) for line in _lines(path)
    )


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_file():
        with gzip.open(path, "rb") as stream:
            yield from (line for line in stream if line.strip())
