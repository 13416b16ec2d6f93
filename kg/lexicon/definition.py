"""A short form that a record defines in, the readings of its long form out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.lexicon.entry import Entry
from kg.lexicon.lexicon import Lexicon
from kg.model import Abbreviation

_BEHIND = 16  # characters that hold a bracket, a blank and "syndrome"


def readings(
    item: Abbreviation, text: str, abbreviations: Sequence[Abbreviation], lexicon: Lexicon
) -> tuple[Entry, ...]:
    """What the vocabulary knows of a long form as it stands, else with its short forms written out.

    text: the record's. abbreviations: all that the record defines.
    """
    end = item.start + len(item.short)
    behind = text[end : end + _BEHIND]
    found = lexicon.defined_by(item.long, behind)
    if not found and (full := in_full(item, abbreviations)) != item.long:
        found = lexicon.defined_by(full, behind)
    return found


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
