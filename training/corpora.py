"""Annotated corpora in, sentences with the spans of one entity type out, as the recogniser trains and measures on them.

Only corpora whose licence allows a trained model to be shipped are named here (training/README.md).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from kg.extract import sentence

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


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and where its mentions stand in it (code points, half open), longest first kept, none overlapping."""

    corpus: str
    text: str
    spans: tuple[tuple[int, int], ...]


def marked(folder: Path, type_: str, part: str, *, without: frozenset[str] = frozenset()) -> Iterator[Marked]:
    """The sentences of all corpora of a type, corpora in name order, documents in file order.

    Args:
        folder: holds `<corpus>.<part>.jsonl.gz`; a corpus without that part is passed over.
        type_: an entity type of `SOURCES`.
        part: `train` or `dev`.
        without: IDs of documents to leave out.
    """
    for corpus, labels in sorted(SOURCES[type_].items()):
        for document in documents(folder, corpus, part):
            if str(document["id"]) not in without:
                yield from _sentences(corpus, document, labels)


def documents(folder: Path, corpus: str, part: str) -> Iterator[dict[str, object]]:
    """The documents of one part of one corpus; none where it has no such part."""
    path = folder / f"{corpus}.{part}.jsonl.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def developing(folder: Path) -> frozenset[str]:
    """IDs of every document of any development part: the same abstract stands in several corpora."""
    stems = sorted({path.name.split(".")[0] for path in folder.glob("*.dev.jsonl.gz")})
    return frozenset(str(document["id"]) for stem in stems for document in documents(folder, stem, "dev"))


def _sentences(corpus: str, document: Mapping[str, object], labels: frozenset[str]) -> Iterator[Marked]:
    title = str(document.get("title") or "")
    text = f"{title}\n{document['abstract']}" if document.get("abstract") is not None else str(document["text"])
    found = [
        (int(mention["start"]), int(mention["end"]))
        for mention in document["mentions"]  # type: ignore[attr-defined]  # JSON
        if mention["type"] in labels and mention.get("start") is not None
    ]
    spans = _apart(found)
    cut = len(title) if text.startswith(f"{title}\n") else 0
    for begin, end in ((0, cut), (cut + 1 if cut else 0, len(text))):
        for span in sentence.spans(text[begin:end], start=begin):
            inside = tuple((a - span.start, b - span.start) for a, b in spans if span.start <= a and b <= span.end)
            yield Marked(corpus=corpus, text=text[span.start : span.end], spans=inside)


def _apart(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return tuple(sorted(kept))
