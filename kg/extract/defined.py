"""The short forms a document defines in, every place where it uses them out, as hits that mean what it says.

A definition holds for the whole record: abstract, keywords, legends and the titles of its references.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.abbreviation import looks_short
from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.definition import readings
from kg.model import Abbreviation


def hits(text: str, abbreviations: Iterable[Abbreviation], lexicon: Lexicon) -> Iterator[Hit]:
    """The uses of those short forms whose long form the vocabulary knows.

    >>> from kg.extract import abbreviation
    >>> from kg.lexicon import shipped
    >>> text = "Antisynthetase syndrome (ASS) is rare. ASS responds."
    >>> [(hit.start, hit.end) for hit in hits(text, abbreviation.find(text), shipped())]
    [(25, 28), (39, 42)]
    """
    known: dict[str, dict[str, None]] = {}
    abbreviations = tuple(abbreviations)
    for item in abbreviations:
        if looks_short(item.short):  # "progesterone (P)": every other "P" is a probability
            entries = readings(item, text, abbreviations, lexicon)
            known.setdefault(item.short, {}).update(dict.fromkeys(entry.term for entry in entries))
    for short, terms in known.items():
        entries = tuple(Entry(term, short, "abbreviation") for term in terms)
        if entries:
            for start, end in _uses(text, short):
                yield Hit(start, end, entries)


def _uses(text: str, short: str) -> Iterator[tuple[int, int]]:
    """Where the form stands as a word of its own, be it in the plural."""
    bare = short.removesuffix("s") if short[:-1].isupper() else short
    at = text.find(bare)
    while at >= 0:
        end = at + len(bare)
        end += text.startswith("s", end)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at, end
        at = text.find(bare, at + 1)
