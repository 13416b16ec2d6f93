"""A short form that a record defines in, the readings of its long form out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.lexicon.entry import Entry
from kg.lexicon.lexicon import Lexicon
from kg.model import Abbreviation

# Words in front of a name that only tell its kind.
_OF_A_KIND = re.compile(
    r"(?:(?!(?:and|as|at|by|for|from|in|not?|of|on|or|the|to|with|without|versus)\b|non)[^\W\d_][\w/-]* ){1,4}", re.I
)
_BEHIND = 16  # characters that hold a bracket, a blank and "syndrome"


def readings(
    item: Abbreviation, text: str, abbreviations: Sequence[Abbreviation], lexicon: Lexicon
) -> tuple[Entry, ...]:
    """What the vocabulary knows of a long form as it stands, else with its short forms written out.

    Of a short form that the vocabulary lacks, else the disease that its long form is a kind of. text: the record's.
    abbreviations: all that the record defines.
    """
    end = item.start + len(item.short)
    behind = text[end : end + _BEHIND]
    found = lexicon.defined_by(item.long, behind)
    full = item.long if found else in_full(item, abbreviations)
    if full != item.long:
        found = lexicon.defined_by(full, behind)
    if not found and not lexicon.named(item.short):
        found = _kind(full, lexicon)
    return found


@lru_cache(maxsize=16_384)  # finding and grounding both ask
def _kind(long: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The readings of the disease whose name a long form ends with: "chronic antibiotic refractory pouchitis"."""
    ending = [hit for hit in lexicon.find(long) if hit.end == len(long)]
    longest = min(ending, key=lambda hit: hit.start, default=None)
    if longest is None or _OF_A_KIND.fullmatch(long, 0, longest.start) is None:
        return ()
    entries = tuple(entry for entry in longest.entries if entry.scope != "abbreviation")
    return entries if any(lexicon.type_of(entry.term) == "disease" for entry in entries) else ()


def in_full(item: Abbreviation, abbreviations: Iterable[Abbreviation]) -> str:
    """An abbreviation's long form with the short forms in it that the record defines written out.

    Not those that stand in its short form too: "R/R DLBCL" says what it is by itself.

    >>> aps = Abbreviation(short="APS", long="antiphospholipid syndrome", start=27, long_start=0)
    >>> in_full(Abbreviation(short="pAPS", long="primary APS", start=47, long_start=34), [aps])
    'primary antiphospholipid syndrome'
    """
    long = item.long
    for other in abbreviations:
        at = long.find(other.short)
        end = at + len(other.short)
        if at < 0 or other.short == long or other.short in item.short.split():
            continue
        if not long[end : end + 1].isalnum() and not long[:at][-1:].isalnum():
            long = f"{long[:at]}{other.long}{long[end:]}"
    return long
