"""Document in, sentence spans out, none across the border of a section.

Titles, abstracts and figure legends are split; each keyword is a sentence of its own (two keywords say nothing about
each other); of a reference only the title counts, since author names and journals ("Lupus") are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from kg.model import Document, Section, Span

# What ends a sentence, and the blanks before what begins the next. Most texts hold full stops alone, and one character
# is looked for much faster than one of three.
_NEXT = r"[\"'”’)\]]*)\s+(?=[\"'“‘(\[]*(?:[^\W\d_a-zß-öø-ÿ]|\d|[≥≤>]|[a-z]{1,3}[A-Z]))"
_BORDER = re.compile(rf"([.!?][.!?]*{_NEXT}")
_FULL_STOP = re.compile(rf"(\.\.*{_NEXT}")
# What ends in a full stop without ending a sentence; lower case, the stop left out.
_SHORT = frozenset(
    {"al", "approx", "ca", "cf", "dr", "e.g", "eg", "fig", "figs", "i.e", "ie", "incl", "inc", "no", "nos",
     "nr", "p", "pp", "prof", "ref", "refs", "resp", "sp", "spp", "st", "subsp", "suppl", "tab", "var", "viz", "vol",
     "vs"}
)  # fmt: skip
_ENDINGS = frozenset(form[-2:] for form in _SHORT)
_SEPARATORS = " ([\n\t"  # what stands before a short form
_START = attrgetter("start")
_MOST = 3000  # characters of a sentence; the longest of 18,441 abstracts of PubMed has fewer
_LONGEST = 12  # characters of a short form at most; looking back further finds none


def split(document: Document) -> tuple[Span, ...]:
    """The sentences of a document, in text order.

    Every offset of a section lies in exactly one sentence or in blanks between two; a reference's authors and journal
    lie in none.
    """
    text = document.text
    found: list[Span] = []
    for section in document.sections:
        for span in _section(document, section):
            if span.end - span.start <= _MOST:
                found.append(span)
            else:
                found.extend(_bounded(text, span))
    found.sort(key=_START)
    return tuple(found)


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Pieces of a span that is longer than any sentence: what is looked at per mention grows with it."""
    begin = span.start
    while span.end - begin > _MOST:
        cut = text.rfind(" ", begin + 1, begin + _MOST)
        cut = cut if cut > begin else begin + _MOST
        yield from _trimmed(text, begin, cut, 0)
        begin = cut
    yield from _trimmed(text, begin, span.end, 0)


def spans(text: str, *, start: int = 0) -> Iterator[Span]:
    """The sentences of a running text, offsets moved by `start`.

    >>> [text[s.start:s.end] for text in ("Two vs. three. Grade 1.5 CRS (n = 2).",) for s in spans(text)]
    ['Two vs. three.', 'Grade 1.5 CRS (n = 2).']
    """
    begin = len(text) - len(text.lstrip())
    borders = _BORDER if "!" in text or "?" in text else _FULL_STOP
    for border in borders.finditer(text):
        if not _runs_on(text, border.start()):
            yield Span(start=begin + start, end=border.end(1) + start)
            begin = border.end()
    end = len(text.rstrip())
    if end > begin:
        yield Span(start=begin + start, end=end + start)


def _section(document: Document, section: Section) -> Iterator[Span]:
    text = document.text[section.start : section.end]
    if section.kind == "keywords":
        position = 0
        for part in text.split(";"):
            yield from _trimmed(text, position, position + len(part), section.start)
            position += len(part) + 1
    elif section.kind == "reference":
        found = next((r for r in document.references if r.start == section.start and r.end == section.end), None)
        if found is not None and found.title_end > found.title_start:
            yield Span(start=found.title_start, end=found.title_end)
        elif found is None and document.title and (at := text.find(document.title)) >= 0:
            # A paper of which only the citation is known: its journal and authors are no text either.
            yield Span(start=section.start + at, end=section.start + at + len(document.title))
        else:
            yield from _trimmed(text, 0, len(text), section.start)
    else:
        # A structured abstract's heading is no part of what its first sentence says.
        head = f"{section.label}: "
        skipped = len(head) if section.kind == "abstract" and section.label and text.startswith(head) else 0
        yield from spans(text[skipped:], start=section.start + skipped)


def _runs_on(text: str, stop: int) -> bool:
    """Whether this full stop belongs to a short form ("vs.", "et al.", an initial) and the sentence goes on."""
    if text[stop] != ".":
        return False
    ending = text[max(0, stop - 2) : stop].lower()
    if stop > 1 and ending not in _ENDINGS and ending[0] not in _SEPARATORS:
        return False
    near = text[max(0, stop - _LONGEST) : stop]
    for separator in _SEPARATORS:
        near = near[near.rfind(separator) + 1 :]
    last = near.lower()
    # "et al." may end a sentence, but hardly does; a single capital is an initial, unless it ends "hepatitis B."
    return last in _SHORT or (len(near) == 1 and near.isupper() and last not in "bct")


def _trimmed(text: str, begin: int, end: int, shift: int) -> Iterator[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        yield Span(start=begin + shift, end=end + shift)
