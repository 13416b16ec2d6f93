"""Gold documents and what was found in them in; precision, recall and F1 of spans, grounded spans and concepts out.

A span counts where start and end are the gold's (strict). An ID counts where the gold's ID is the predicted one or one
of its cross-references. Concepts are compared as sets a document, micro-averaged: precision over the predicted
concepts, recall over the gold's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from kg.errors import BadInput
from kg.model import Tagged

# Gold corpora write types and IDs in their own ways; these are the types of ours that each of theirs is measured by.
GOLD_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "disease": frozenset(
        {"Disease", "DiseaseOrPhenotypicFeature", "SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"}
    ),
    "target": frozenset({"Gene", "GeneOrGeneProduct", "GeneOrProtein"}),
    "phenotype": frozenset({"Phenotype"}),
}
# A condition is told as a disease or as a harm; gold corpora of conditions do not tell these apart. A mere finding is
# neither; a corpus of findings marks all three.
_ALSO: Final[Mapping[str, frozenset[str]]] = {
    "disease": frozenset({"disease", "adverse_event"}),
    "phenotype": frozenset({"disease", "adverse_event", "phenotype"}),
}
_NOTHING = frozenset({"", "-1"})


class GoldMention(msgspec.Struct, frozen=True, kw_only=True):
    """A marked span; without offsets it counts for nothing."""

    type: str
    text: str = ""
    start: int | None = None
    end: int | None = None
    ids: tuple[str, ...] = ()


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """A marked document: `text`, or `title` and `abstract`."""

    id: str | int
    title: str = ""
    abstract: str = ""
    text: str = ""
    mentions: tuple[GoldMention, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A predicted span. ids: the term's own ID, then everything that means the same."""

    start: int
    end: int
    type: str
    id: str
    same: frozenset[str] = frozenset()


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """In percent, of `predicted` and `gold` many."""

    precision: float
    recall: float
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean, `2PR / (P + R)`.

        >>> Figures(precision=50.0, recall=100.0, predicted=2, gold=1).f1
        66.7
        """
        total = self.precision + self.recall
        return round(2 * self.precision * self.recall / total, 1) if total else 0.0


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """spans: strict boundaries. linked: boundaries and ID. concepts: IDs a document."""

    documents: int
    spans: Figures
    linked: Figures
    concepts: Figures


def read(lines: Iterable[bytes], *, origin: str) -> Iterator[Gold]:
    """The documents of a gold file.

    Raises:
        BadInput: a line is none; names the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=Gold)
            except msgspec.DecodeError as error:
                raise BadInput(
                    f"{origin}: line {number}", expected="a document with id, text and mentions", got=str(error)
                ) from error


def found(tagged: Tagged) -> tuple[Found, ...]:
    """The grounded mentions of a document, as they are compared."""
    return tuple(
        Found(
            start=grounding.mention.start,
            end=grounding.mention.end,
            type=grounding.mention.type,
            id=grounding.term,
            same=frozenset(map(canonical, grounding.xrefs)),
        )
        for grounding in tagged.groundings
        if grounding.term is not None
    )


def score(
    pairs: Iterable[tuple[Gold, Sequence[Found]]],
    *,
    types: Iterable[str],
    gold_types: Iterable[str] | None = None,
    only: frozenset[str] | None = None,
    within: str = "",
) -> Scores:
    """How well the predictions meet the gold.

    types: of ours, to be measured. gold_types: the gold's names of them, else those of `GOLD_TYPES`. only: gold
    mentions that have none of these IDs are left out (human genes). within: a prefix; predictions that have no ID of
    it are left out, as a gold made with that vocabulary alone cannot hold them.

    >>> gold = Gold(id=1, mentions=(GoldMention(type="Disease", start=0, end=3, ids=("D012595",)),))
    >>> good = Found(start=0, end=3, type="disease", id="MONDO:0005100", same=frozenset({"MESH:D012595"}))
    >>> score([(gold, (good,))], types=["disease"]).linked.f1
    100.0
    """
    types = tuple(types)
    wanted = frozenset(t for type_ in types for t in _ALSO.get(type_, {type_}))
    theirs = frozenset(gold_types or (t for type_ in types for t in GOLD_TYPES.get(type_, {type_})))
    documents = spans_p = spans_g = spans_hit = linked_p = linked_g = linked_hit = 0
    concepts_p = concepts_g = right_p = right_g = 0
    for gold, predicted in pairs:
        documents += 1
        marked = _marked(gold, theirs, only)
        told: dict[tuple[int, int], list[tuple[str, frozenset[str]]]] = {}
        for item in predicted:
            own = canonical(item.id)
            same = item.same | {own}
            if item.type in wanted and (not within or any(curie.startswith(within) for curie in same)):
                told.setdefault((item.start, item.end), []).append((own, same))
        spans_p, spans_g = spans_p + len(told), spans_g + len(marked)
        spans_hit += len(told.keys() & marked.keys())
        linked_p, linked_g = linked_p + len(told), linked_g + sum(bool(ids) for ids in marked.values())
        linked_hit += sum(
            any(same & marked[span] for _, same in readings) for span, readings in told.items() if span in marked
        )
        here = frozenset().union(*marked.values())
        concepts: dict[str, frozenset[str]] = {}
        for readings in told.values():
            for own, same in readings:
                concepts[own] = concepts.get(own, frozenset()) | same
        everything = frozenset().union(*concepts.values())
        concepts_p, concepts_g = concepts_p + len(concepts), concepts_g + len(here)
        right_p += sum(bool(same & here) for same in concepts.values())
        right_g += len(here & everything)
    return Scores(
        documents=documents,
        spans=_figures(spans_hit, spans_p, spans_hit, spans_g),
        linked=_figures(linked_hit, linked_p, linked_hit, linked_g),
        concepts=_figures(right_p, concepts_p, right_g, concepts_g),
    )


def canonical(identifier: str) -> str:
    """An ID as it is compared: capitals in the prefix, and the prefix that a bare MeSH or NCBI Gene number lacks.

    >>> [canonical(item) for item in ("D012595", "7124", "mim:301000", "NCBIGene:7124", "HP:0001250")]
    ['MESH:D012595', 'NCBIGENE:7124', 'OMIM:301000', 'NCBIGENE:7124', 'HP:0001250']
    """
    text = identifier.strip()
    if re.fullmatch(r"[CD]\d{6,9}", text):
        return f"MESH:{text}"
    if text.isascii() and text.isdigit():
        return f"NCBIGENE:{text}"
    prefix, colon, local = text.partition(":")
    prefix = {"MIM": "OMIM", "ENTREZ": "NCBIGENE", "NCBI GENE": "NCBIGENE"}.get(prefix.upper(), prefix.upper())
    return f"{prefix}:{local}" if colon and local else text.upper()


def _marked(gold: Gold, types: frozenset[str], only: frozenset[str] | None) -> dict[tuple[int, int], frozenset[str]]:
    marked: dict[tuple[int, int], frozenset[str]] = {}
    for mention in gold.mentions:
        if mention.type not in types or mention.start is None or mention.end is None:
            continue
        ids = frozenset(canonical(item) for item in mention.ids if item not in _NOTHING)
        if only is None or ids & only:
            span = (mention.start, mention.end)
            marked[span] = marked.get(span, frozenset()) | ids
    return marked


def _figures(right_p: int, predicted: int, right_g: int, gold: int) -> Figures:
    return Figures(
        precision=round(100 * right_p / predicted, 1) if predicted else 0.0,
        recall=round(100 * right_g / gold, 1) if gold else 0.0,
        predicted=predicted,
        gold=gold,
    )
