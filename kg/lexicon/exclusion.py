"""A name, or a place in a text, in; whether the overlay excludes it as a name out.

Matching asks by itself. The rest is for names that were found in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.lexicon.entry import Hit
from kg.lexicon.image import Image
from kg.lexicon.prepare import Squeezed, key

_PHRASE = 40  # characters beside a name in which an excluded phrase around it begins and ends

# Where an excluded phrase stands, and the terms that it rules out for what stands in it; "*" for all.
Barred = tuple[int, int, frozenset[str]]


def allowed(hits: Iterable[Hit], barred: Sequence[Barred]) -> list[Hit]:
    """The hits without the readings that an excluded phrase around them rules out; none where no reading is left.

    >>> from kg.lexicon import Entry
    >>> hits = [Hit(0, 5, (Entry("A:1", "lupus", "exact"), Entry("A:2", "lupus", "exact"))), Hit(20, 25, ())]
    >>> [[entry.term for entry in hit.entries] for hit in allowed(hits, [(0, 12, frozenset({"A:1"}))])]
    [['A:2'], []]
    """
    low, high = min(start for start, _, _ in barred), max(end for _, end, _ in barred)
    kept: list[Hit] = []
    for hit in hits:
        if low <= hit.start and hit.end <= high:
            out = {curie for start, end, curies in barred if start <= hit.start and hit.end <= end for curie in curies}
            if out:
                entries = tuple(entry for entry in hit.entries if entry.term not in out and "*" not in out)
                if entries:
                    kept.append(Hit(hit.start, hit.end, entries))
                continue
        kept.append(hit)
    return kept


class Exclusions:
    """The exclusions of a vocabulary. Immutable."""

    def __init__(self, image: Image) -> None:
        self._image = image

    def bars(self, name: str, curie: str) -> bool:
        """Whether a name must not mean a term, or anything at all.

        >>> from kg.lexicon import shipped
        >>> exclusions = shipped().exclusions
        >>> exclusions.bars("AIDS", "MONDO:0007179"), exclusions.bars("lupus pernio", "MONDO:0007915")
        (True, True)
        """
        number = self._image.number(key(name))
        barred = self._image.barred.get(number, frozenset()) if number is not None else frozenset()
        return curie in barred or "*" in barred

    def around(self, text: str, start: int, end: int) -> bool:
        """Whether the words at `start:end` stand within a phrase that is no name of anything.

        >>> from kg.lexicon import shipped
        >>> shipped().exclusions.around("their anti-tumor effects", 11, 16)
        True
        """
        first, last = max(0, start - _PHRASE), end + _PHRASE
        while 0 < first < start and text[first - 1].isalnum():
            first += 1
        squeezed = Squeezed(text[first:last])
        for a, b, pattern in self._image.automaton.find_overlapping(squeezed.text):
            if "*" in self._image.barred.get(pattern, ()):
                begin, behind = squeezed.original(a + 1) + first, squeezed.original(b - 2) + 1 + first
                if begin <= start and end <= behind:
                    return True
        return False
