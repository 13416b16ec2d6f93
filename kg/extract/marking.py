"""A document's extraction in, its sentences as a recogniser reads them out: tokens with what the vocabulary said.

The hits stand as the matcher left them: kind of the first reading, and whether the name is a full one, a short one, or
a short one that the document defines.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.extract import tokens
from kg.extract.extraction import Extraction
from kg.extract.features import OUTSIDE, Sentence
from kg.lexicon import Hit, Lexicon
from kg.model import Abbreviation, Span, Term

_KINDS: Final[Mapping[str, str]] = {
    "disease": "D",
    "phenotype": "P",
    "adverse_event": "A",
    "target": "G",
    "therapy": "T",
    "cell_type": "C",
}
CONDITIONS: Final = frozenset({"disease", "phenotype", "adverse_event"})
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS: Final = "0123456789abcdefghijklmnop"


class Marked:
    """A document ready to be read sentence by sentence."""

    def __init__(self, text: str, extraction: Extraction, lexicon: Lexicon, words: Mapping[str, str]) -> None:
        """words: codes of the words of the vocabulary's names (`codes`)."""
        self._text = text
        defined = {item.short for item in extraction.abbreviations}
        self._hits = [
            (hit.start, hit.end, f"{_kind(hit, lexicon)}{_scope(text[hit.start : hit.end], hit, defined)}")
            for hit in extraction.hits
        ]
        self._starts = [start for start, _, _ in self._hits]
        self._short = {
            start: (end, names) for start, end, names in _uses(text, self._hits, extraction.abbreviations, words)
        }

    def read(self, sentence: Span) -> tuple[list[tuple[int, int]], Sentence]:
        """Where the tokens of a sentence stand, and what they are."""
        spans = tokens.spans(self._text, sentence.start, sentence.end)
        return spans, Sentence(
            words=tuple(self._text[start:end] for start, end in spans),
            listed=tuple(self._listed(spans)),
            short=tuple(self._shorts(spans)) if self._short else ((),) * len(spans),
        )

    def _listed(self, spans: Sequence[tuple[int, int]]) -> list[str]:
        found = [OUTSIDE] * len(spans)
        if not spans:
            return found
        starts = [start for start, _ in spans]
        first = bisect_left(self._starts, spans[0][0])
        for start, end, code in self._hits[first : bisect_right(self._starts, spans[-1][0])]:
            a, b = bisect_left(starts, start), bisect_left(starts, end)
            while b > a and spans[b - 1][1] > end:
                b -= 1
            for here in range(a, b):
                # A condition is told before what stands around or inside of it.
                if found[here] == OUTSIDE or found[here][2] not in "DPA":
                    place = "S" if b - a == 1 else "B" if here == a else "E" if here == b - 1 else "I"
                    found[here] = f"{place}-{code}"
        return found

    def _shorts(self, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
        end = -1
        names: tuple[str, ...] = ()
        for start, stop in spans:
            begun = self._short.get(start)
            if begun is not None:
                end, names = begun
                yield (*names, "abf") if stop <= end else ()
            else:
                yield (*names, "abi") if stop <= end else ()


def codes(terms: Iterable[Term]) -> dict[str, str]:
    """The words of the names of terms, each coded by the names it stands in.

    Five signs: how many names of conditions hold it (as a power of two), how many end with it, how many names of genes
    hold it; of those of conditions, which quarter ends with it; of all, which quarter is of conditions.

    >>> from kg.model import Name
    >>> lupus = Term(id="X:1", type="disease", label="a", names=(Name(text="discoid lupus", scope="label"),))
    >>> codes([lupus])
    {'discoid': '10004', 'lupus': '11044'}
    """
    counts: dict[str, list[int]] = {}
    for term in terms:
        place = 0 if term.type in CONDITIONS else 2 if term.type == "target" else 3
        for name in term.names:
            words = [word.lower() for word in _LETTERS.findall(name.text)]
            for word in words:
                counts.setdefault(word, [0, 0, 0, 0])[place] += 1
            if words and place == 0:
                counts[words[-1]][1] += 1
    return {word: _code(*counts[word]) for word in sorted(counts)}


def _code(conditions: int, heads: int, genes: int, others: int) -> str:
    powers = (int(math.log2(count)) + 1 if count else 0 for count in (conditions, heads, genes))
    head = 4 * heads // max(conditions, 1)
    share = 4 * conditions // (conditions + genes + others)
    return "".join(_DIGITS[power] for power in powers) + f"{min(head, 4)}{share}"


def _kind(hit: Hit, lexicon: Lexicon) -> str:
    return _KINDS.get(lexicon.type_of(hit.entries[0].term), "X")


def _scope(surface: str, hit: Hit, defined: frozenset[str] | set[str]) -> str:
    if surface in defined:
        return "d"
    return "a" if all(entry.scope == "abbreviation" for entry in hit.entries) else "n"


def _uses(
    text: str, hits: Sequence[tuple[int, int, str]], abbreviations: Iterable[Abbreviation], words: Mapping[str, str]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where short forms stand that the document defines, and the attributes of what they are short for."""
    defined: dict[str, tuple[str, ...]] = {}
    for item in abbreviations:
        names = tuple(_long(item, hits, words))
        defined[item.short] = names
        defined.setdefault(f"{item.short}s", names)
    for short, names in defined.items():
        for found in re.finditer(rf"(?<![^\W_]){re.escape(short)}(?![^\W_])", text):
            yield found.start(), found.end(), names


def _long(item: Abbreviation, hits: Sequence[tuple[int, int, str]], words: Mapping[str, str]) -> Iterator[str]:
    end = item.long_start + len(item.long)
    told = "-"
    for start, stop, code in hits:
        if item.long_start <= start and stop <= end:
            told = code[0] + ("W" if (start, stop) == (item.long_start, end) else "E" if stop == end else "s")
            if stop == end:
                break
    last = next(reversed(_LETTERS.findall(item.long.lower())), "")
    known = words.get(last)
    yield from (f"ab={told}", f"abw={last[-6:]}", f"abx={last[-4:]}", f"abh={known[1] if known else '-'}")
