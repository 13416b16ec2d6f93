"""The short forms a document defines in, every place where it uses them out, as hits that mean what it says.

A definition holds for the whole record: abstract, keywords, legends and the titles of its references.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.abbreviation import looks_short
from kg.lexicon import Entry, Hit, Lexicon
from kg.model import Abbreviation


def hits(text: str, abbreviations: Iterable[Abbreviation], lexicon: Lexicon) -> Iterator[Hit]:
    """The uses of those short forms whose long form the vocabulary knows.

    >>> from kg.extract import abbreviation
    >>> from kg.lexicon import shipped
    >>> text = "Antisynthetase syndrome (ASS) is rare. ASS responds."
    >>> [(hit.start, hit.end) for hit in hits(text, abbreviation.find(text), shipped())]
    [(25, 28), (39, 42)]
    """
    for short, long in dict.fromkeys((item.short, item.long) for item in abbreviations):
        if not looks_short(short):  # "progesterone (P)": every other "P" is a probability
            continue
        entries = tuple(
            Entry(term, short, "abbreviation") for term in dict.fromkeys(e.term for e in _meant(long, lexicon))
        )
        if entries:
            for start, end in _uses(text, short):
                yield Hit(start, end, entries)


def _meant(long: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The readings of a long form; "von Hippel-Lindau (VHL) disease" has its last word behind the bracket."""
    return lexicon.head_of(long) or next(
        (found for head in ("disease", "syndrome", "disorder") if (found := lexicon.named(f"{long} {head}"))), ()
    )


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
