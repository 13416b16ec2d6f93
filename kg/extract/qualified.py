"""Short forms found in, the longer names that they end out: "primary APS" is primary antiphospholipid syndrome.

The vocabulary lists names in full, authors shorten what stands at their end; the longest name counts (ANNOTATION).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.lexicon import Entry, Hit, Lexicon

_BLANKS = (" ", "\n")
_BEFORE = re.compile(r"(?:^|[^\w-])([^\W\d_][\w-]{2,}) $")
_LUPUS = ("lupus ", "Lupus ")
_REACH = 40  # characters that hold a word and the blank behind it
_CONDITIONS = frozenset({"disease", "phenotype", "adverse_event"})


class Qualified:
    """Finds them. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._named = lru_cache(maxsize=16_384)(self._names)

    def hits(self, text: str, found: Iterable[Hit]) -> Iterator[Hit]:
        """A hit for each short form of a condition that with the word before it is short for another name.

        And for each inflammation that lupus brings.

        >>> from kg.lexicon import shipped
        >>> lexicon = shipped()
        >>> text = "catastrophic APS, severe APS"
        >>> [text[hit.start : hit.end] for hit in Qualified(lexicon).hits(text, lexicon.find(text))]
        ['catastrophic APS']
        """
        for hit in found:
            if text[hit.start - 1 : hit.start] not in _BLANKS:
                continue
            if text.endswith(_LUPUS, 0, hit.start):
                yield from self._of_lupus(text, hit)
            short = tuple([entry.term for entry in hit.entries if entry.scope == "abbreviation"])
            if not short or not any(self._lexicon.type_of(term) in _CONDITIONS for term in short):
                continue
            far = max(0, hit.start - _REACH)
            before = _BEFORE.search(text, max(far, text.rfind(" ", far, hit.start - 1)), hit.start)
            if before is not None and (entries := self._named(before[1].lower(), short)):
                yield Hit(before.start(1), hit.end, entries)

    def _of_lupus(self, text: str, hit: Hit) -> Iterator[Hit]:
        """The inflammation of an organ behind "lupus", which tells its kind ("lupus myocarditis"); no name in full."""
        start = hit.start - len(_LUPUS[0])
        itself = text.endswith("itis", 0, hit.end) and " " not in text[hit.start : hit.end]
        if itself and not text[start - 1 : start].isalnum() and not self._lexicon.named(text[start : hit.end]):
            yield Hit(start, hit.end, hit.entries)

    def _names(self, word: str, terms: tuple[str, ...]) -> tuple[Entry, ...]:
        """The readings of the word before each term's label."""
        found = {
            entry.term: entry
            for term in terms
            for entry in self._lexicon.named(f"{word} {self._lexicon.term(term).label}")
            if entry.scope != "abbreviation" and not entry.inverted
        }
        return tuple(found.values())
