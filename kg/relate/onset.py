"""A stretch of text in, how many days after the therapy an event began out."""

from __future__ import annotations

import re
from typing import Final

from kg.relate import numbers

# Mean length of a month: 365.25 / 12 days.
_DAYS: Final = {
    "hour": 1 / 24,
    "hr": 1 / 24,
    "h": 1 / 24,
    "day": 1.0,
    "d": 1.0,
    "week": 7.0,
    "month": 30.44,
    "year": 365.25,
}
_AMOUNT = rf"(?P<n>\d+(?:\.\d+)?|{numbers.WORD})"
_UNIT = r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|months?|years?)\b"
_PATTERNS = (
    re.compile(
        rf"\b(?:time to onset|onset|time to \w+)\b[^.;,]{{0,30}}?\b(?:of|was|at|:|within)? ?(?:a )?(?:median )?(?:of )?"
        rf"(?:the )?(?:day (?P<day>\d+)\b|{_AMOUNT}[- ]{_UNIT})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:median|mean|after|within)(?: a)?(?: (?:median|mean))?(?: of)? {_AMOUNT}[- ]{_UNIT} ?"
        r"(?:\([^)]*\) )?(?:after|following|post|from|of) (?:the )?(?:\w+ ){0,3}?(?:infusion|injection|dose|"
        r"treatment|therapy|"
        r"administration|start|initiation|cell|CAR|onset)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_AMOUNT} {_UNIT} (?:after|following|post)\b", re.IGNORECASE),
    re.compile(r"\b(?:on|at|by|starting on) (?:post-?infusion )?day (?P<day>\d+)\b(?!\s*of)", re.IGNORECASE),
    re.compile(rf"\bwithin (?:the first )?{_AMOUNT} {_UNIT} (?:of|after|following)\b", re.IGNORECASE),
)


def days(text: str) -> float | None:
    """The days from the therapy to the onset, the median where one is told; None where the text does not say.

    >>> days("CRS occurred with a median onset of 3 days"), days("on day 5"), days("within 24 hours of infusion")
    (3.0, 5.0, 1.0)
    >>> days("lasting 4 days") is None
    True
    """
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None:
            continue
        groups = found.groupdict()
        if groups.get("day"):
            return float(groups["day"])
        amount = groups["n"]
        count = float(amount) if amount[0].isdigit() else numbers.value(amount)
        if count is not None:
            unit = groups["unit"].lower()
            return round(float(count) * _DAYS[unit.removesuffix("s") if len(unit) > 1 else unit], 2)
    return None
