"""A name, or a place in a text, in; whether the overlay excludes it as a name out.

Matching asks by itself. This is for names that were found in another way.
"""

from __future__ import annotations

from kg.lexicon.image import Image
from kg.lexicon.prepare import Squeezed, key

_PHRASE = 40  # characters beside a name in which an excluded phrase around it begins and ends


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
