"""Hits in, the further genes that a number behind one stands for out: MAPK1 in "ERK1/2", CASP7 in "caspase-3/7"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.matcher import fits_case
from kg.lexicon import Hit, Lexicon

_NUMBERED = re.compile(r"(.*?[A-Za-zα-ω]\)?[-\s]?)(\d{1,2})([a-zA-Z]?)$")
_FURTHER = re.compile(r"\s?(?:/-?|(?:, | and | or |, and )-)(\d{1,2})(?![\w%]|-\w|\.\d)")


def hits(text: str, found: Iterable[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """A hit for each further number of a gene's name, at that number.

    >>> from kg.lexicon import Entry
    >>> from kg.model import Name, Term
    >>> terms = [Term(id=f"HGNC:{n}", type="target", label=f"ERK{n}", names=(Name(text=f"ERK{n}", scope="label"),))
    ...          for n in (1, 2)]
    >>> [(hit.start, hit.end, hit.entries[0].term) for hit in
    ...  hits("ERK1/2", [Hit(0, 4, (Entry("HGNC:1", "ERK1", "label"),))], Lexicon(terms))]
    [(5, 6, 'HGNC:2')]
    """
    for hit in found:
        if not text[hit.end - 1].isdigit() or not any(e.term.startswith("HGNC:") for e in hit.entries):
            continue
        further = _FURTHER.match(text, hit.end)
        numbered = _NUMBERED.match(text[hit.start : hit.end]) if further is not None else None
        while numbered is not None and further is not None:
            name = f"{numbered[1]}{further[1]}"
            entries = tuple(
                entry
                for entry in lexicon.named(name)
                if entry.term.startswith("HGNC:") and fits_case(entry, name) and not entry.inverted
            )
            if not entries:
                break
            yield Hit(further.start(1), further.end(1), entries)
            further = _FURTHER.match(text, further.end())
