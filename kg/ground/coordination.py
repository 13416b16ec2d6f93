"""The name of several conditions in, the name of each out: "breast and ovarian cancer" is two cancers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_JOINED = re.compile(r"\s*(?:,\s*(?:and|or)\s+|,\s+|\s+and/or\s+|\s+and\s+|\s+or\s+|/)\s*")
_SHARED = re.compile(r"[^,]*? (?:of|in)(?: the)? ")  # what members that come behind their head have in common
# What may stand before a name that shares its head: "palmar and ", "branchial, otic and "; three members at most.
_MEMBER = r"[^\W\d_][\w-]*[^\W\d_](?: [^\W\d_][\w-]*[^\W\d_])?"
_BEFORE = re.compile(rf"(?<![\w-])(?:{_MEMBER}, ){{0,2}}{_MEMBER},? (?:and|or) $")
_REACH = 80  # characters before a name
_MOST = 6  # members
_HEAD_WORDS = 3


def members(name: str) -> Iterator[list[str]]:
    """The ways to spell out the members of a coordination, those that share the fewest words first.

    >>> list(members("breast and ovarian cancer")), list(members("deficits in learning and memory"))
    ([['breast cancer', 'ovarian cancer']], [['deficits in learning', 'deficits in memory']])
    >>> list(members("lung and other cancers"))
    [['lung cancers', 'cancers']]
    """
    parts = [part for part in _JOINED.split(name) if part]
    if not 2 <= len(parts) <= _MOST:
        return
    *before, last = parts
    if (shared := _SHARED.match(name)) is not None and parts[0].startswith(shared[0]):
        yield [f"{shared[0]}{part.removeprefix(shared[0])}" for part in parts]
        return
    if last.startswith("other "):
        last = last.removeprefix("other ")
        yield [*(f"{part} {last}" for part in before), last]
        return
    words = last.split()
    for taken in range(1, min(_HEAD_WORDS, len(words) - 1) + 1):
        head = " ".join(words[-taken:])
        yield [*(f"{part} {head}" for part in before), last]


def beginnings(text: str, start: int, end: int) -> Sequence[int]:
    """Where a coordination may begin that ends with the name at `start:end`, the widest first.

    >>> beginnings("palmar and plantar pits", 11, 23), beginnings("with plantar pits", 5, 17)
    ([0], [])
    """
    if not text.endswith((" and ", " or "), 0, start) or " " not in text[start:end]:
        return []
    lead = text[max(0, start - _REACH) : start]
    begins = (word.start() for word in re.finditer(r"(?<![\w-])[^\W\d_]", lead))
    return [start - len(lead) + begin for begin in begins if _BEFORE.match(lead, begin) is not None]
