"""What the vocabulary found in a document in, what a recogniser sees beyond it or otherwise out.

For conditions every sentence is read and what the recogniser sees decides, borders included; what it took for a name
at one place is one at all places of the document, and so is the short form defined behind it. For other types it is
only asked about short names of the vocabulary, which are so often something else (docs/recogniser.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from kg.extract.extraction import Extraction
from kg.extract.marking import CONDITIONS
from kg.extract.recogniser import Recogniser
from kg.lexicon import Hit, Lexicon
from kg.model import Abbreviation, Span

DISEASE = "disease"
_JOINT = re.compile(r",? (?:and|or|and/or|in) |, |/")
_GENERAL = re.compile(r" (?:illness|disease|tumou?rs?|lesions?)\Z", re.IGNORECASE)
_SHORT = 6  # characters
_REPEATED = 3  # characters from which a name is looked for at other places

Place = tuple[int, int, str]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a recogniser adds to the hits of the vocabulary; start, end and entity type, in text order.

    names: are no hits of that type as they stand; they may hold hits or be held by one. confirmed: hits of that type
    as they stand. doubted: hits of that type that the recogniser takes for no name, for genes short ones alone.
    """

    names: tuple[Place, ...] = ()
    confirmed: frozenset[Place] = frozenset()
    doubted: frozenset[Place] = frozenset()


def find(extraction: Extraction, recogniser: Recogniser, lexicon: Lexicon) -> Seen:
    """What the recogniser sees in the sentences that need it."""
    text = extraction.text
    names: list[Place] = []
    confirmed: set[Place] = set()
    doubted: set[Place] = set()
    for type_ in recogniser.types:
        kinds = CONDITIONS if type_ == DISEASE else frozenset({type_})
        hits = [hit for hit in extraction.hits if _may_be(hit, kinds, lexicon)]
        if type_ != DISEASE:
            short = [hit for hit in hits if is_short(text, hit)]
            spans = _spans(text, extraction, _with(extraction.sentences, short), recogniser, type_)
            doubted |= {(start, end, type_) for start, end in _doubted(text, short, spans)}
            continue
        spans = _spans(text, extraction, extraction.sentences, recogniser, type_)
        places = {(hit.start, hit.end) for hit in hits}
        spans = sorted(
            {part for span in (*spans, *_repeated(text, extraction, spans)) for part in _each(text, span, places)}
        )
        spans = [span for span in spans if not lexicon.exclusions.around(text, *span)]
        names += [(start, end, type_) for start, end in spans if (start, end) not in places]
        confirmed |= {(start, end, kind) for start, end in places.intersection(spans) for kind in kinds}
        seen = _Apart(spans)
        doubted |= {(hit.start, hit.end, kind) for hit in hits if seen.free(hit.start, hit.end) for kind in kinds}
    return Seen(names=tuple(sorted(names)), confirmed=frozenset(confirmed), doubted=frozenset(doubted))


def is_short(text: str, hit: Hit) -> bool:
    """Whether what stands there is so short that it may well be something else.

    >>> is_short("the ACR score", Hit(4, 7, ())), is_short("lupus nephritis", Hit(0, 15, ()))
    (True, False)
    """
    return hit.end - hit.start <= _SHORT and " " not in text[hit.start : hit.end]


def _each(text: str, span: tuple[int, int], places: Collection[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The two names that a stretch is made of ("COVID-19 and psoriasis"), where the vocabulary has both; else itself.

    So too the name before "illness" and the like: "COVID-19 illness", "lupus disease activity".
    """
    start, end = span
    general = _GENERAL.search(text, start, end)
    if general is not None and (start, general.start()) in places and span not in places:
        return ((start, general.start()),)
    for joint in _JOINT.finditer(text, start, end):
        both = (start, joint.start()), (joint.end(), end)
        if both[0] in places and both[1] in places:
            return both
    return (span,)


class _Apart:
    """Stretches of a text that do not overlap, the first ones first."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._taken = {here for start, end in spans for here in range(start, end)}

    def free(self, start: int, end: int) -> bool:
        """Whether none of them reaches into this one."""
        return self._taken.isdisjoint(range(start, end))

    def take(self, start: int, end: int) -> None:
        """One more."""
        self._taken.update(range(start, end))


def _repeated(text: str, extraction: Extraction, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The other places of the names that were seen, longer names first, and of the short forms defined behind them."""
    forms = {text[start:end] for start, end in spans if end - start >= _REPEATED}
    forms |= {item.short for item in extraction.abbreviations if _is_defined(item, spans)}
    if not forms:
        return
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
    taken = _Apart(spans)
    found = [
        match.span()
        for sentence in extraction.sentences
        for match in pattern.finditer(text, sentence.start, sentence.end)
    ]
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
        # A short form in another case is another word: "all", "aids".
        if taken.free(start, end) and (end - start > _SHORT or text[start:end] in forms):
            taken.take(start, end)
            yield start, end


def _is_defined(item: Abbreviation, spans: Iterable[tuple[int, int]]) -> bool:
    end = item.long_start + len(item.long)
    return len(item.short) >= 2 and any(stop == end and start <= item.long_start + 3 for start, stop in spans)


def _with(sentences: Iterable[Span], hits: Sequence[Hit]) -> tuple[Span, ...]:
    return tuple(span for span in sentences if any(span.start <= hit.start < span.end for hit in hits))


def _spans(
    text: str, extraction: Extraction, sentences: Sequence[Span], recogniser: Recogniser, type_: str
) -> list[tuple[int, int]]:
    found = recogniser.spans(text, extraction, sentences, type_) if sentences else ()
    return [
        (sentence.start + span.start, sentence.start + span.end)
        for sentence, spans in zip(sentences, found, strict=True)
        for span in spans
    ]


def _doubted(text: str, short: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Short hits whose form the recogniser took for a name at none of its places."""
    seen = {
        text[hit.start : hit.end] for hit in short if any(start < hit.end and hit.start < end for start, end in spans)
    }
    return {(hit.start, hit.end) for hit in short if text[hit.start : hit.end] not in seen}


def _may_be(hit: Hit, kinds: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether one reading of a hit is of the kinds."""
    return any(lexicon.type_of(entry.term) in kinds for entry in hit.entries)
