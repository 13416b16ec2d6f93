"""A pattern in, the letters that its matches are made of out: what proves that a screen before it loses none.

Where a stage only tries a pattern if one of some letters stands in the text, every way to match it has to hold one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from itertools import product
from typing import Any

_GAP = "\0"  # stands for what may be anything


def ways(pattern: re.Pattern[str]) -> set[str]:
    """Every way to match a pattern, in lower case, with a gap wherever anything may stand.

    >>> sorted(way.replace(_GAP, "~") for way in ways(re.compile(r"\\b(?:no|not a?) (?:[a-z]+ )*Cases?$")))
    ['no ~case', 'no ~cases', 'not  ~case', 'not  ~cases', 'not a ~case', 'not a ~cases']
    """
    return {way.lower() for way in _sequence(import_module("re._parser").parse(pattern.pattern, pattern.flags))}


def lost(pattern: re.Pattern[str], letters: Iterable[str]) -> set[str]:
    """The ways to match that hold none of some letters: those that a screen would lose."""
    letters = tuple(letters)
    return {way for way in ways(pattern) if not any(one in way for one in letters)}


def _sequence(items: Iterable[tuple[Any, Any]]) -> set[str]:
    return {"".join(parts) for parts in product(*(_item(str(kind), what) for kind, what in items))}


def _item(kind: str, what: Any) -> set[str]:
    if kind == "LITERAL":
        return {chr(what)}
    if kind == "SUBPATTERN":
        return _sequence(what[-1])
    if kind == "BRANCH":
        return {way for branch in what[1] for way in _sequence(branch)}
    if kind in ("AT", "ASSERT", "ASSERT_NOT"):
        return {""}
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = what
        if most == 1:
            return _sequence(inner) | ({""} if least == 0 else set())
        return {f"{way}{_GAP}" for way in _sequence(inner)} if least else {_GAP}
    return {_GAP}
