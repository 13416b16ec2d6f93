"""An event in its sentence in, the grade that it is said not to have passed out.

"No CRS above grade 1" gives a grade and denies nothing (ANNOTATION); "no severe infections" leaves open whether there
were any.
"""

from __future__ import annotations

import re

_GRADE = r"(?P<grade>[1-5]|I{1,3}|IV)\b"
_NO = re.compile(r"\b(?:no|not|without|neither|nor|none|never|free of|absence of)\b", re.IGNORECASE)
# What ends the reach of the "no" before the event is reached.
_END = re.compile(
    r"\b(?:but|however|although|except|whereas|while|only|with|after|due to)\b|[;:.]|"
    r", (?:developed|experienced|presented|had|showed)\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:(?:was|were) )?(?P<how>above|over|beyond|greater than|higher than|exceeding|"
    rf"(?:did not )?exceed(?:ed)?|more than|>) ?grade ?{_GRADE}",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:\bgrades? ?(?:≥|>=|⩾)|(?:≥|>=|⩾) ?grade|\bgrades?) ?-?"
    rf"{_GRADE}(?: ?(?:or|and) ?(?:higher|above|greater|more)| ?(?:[-–/]|to|or|and) ?(?:grade )?(?:[1-5]|"
    rf"IV|V)\b| ?\+)?[^.;,]{{0,20}}$",
    re.IGNORECASE,
)
# The rest of a list between the event and the limit: "no CRS or ICANS above grade 1".
_LIST = r"(?:,? (?:or|and|nor) [\w-]+|, [\w-]+| \([^)]*\)){0,4}"
_AT_LEAST_AFTER = re.compile(
    rf"^{_LIST} ?\(?(?:of )?(?:(?:grade ?(?:≥|>=|⩾)|(?:≥|>=|⩾) ?grade) ?{_GRADE}|"
    rf"grade ?{_GRADE.replace('grade', 'floor')} ?(?:or|and) (?:higher|above|greater|more|worse))",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[^.;,]{0,40}\b(?:(?:was|were|is|are|been) (?:not|never)|(?:did|does) not (?:occur|develop|appear)|"
    r"not (?:observed|seen|reported))\b",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\b(?:clinically (?:relevant|significant|meaningful)|severe|serious|high[- ]grade|life-threatening|new|"
    r"additional|further)\b",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def highest(sentence: str, start: int, end: int) -> int | None:
    """The grade, 1 to 4, that the event at `start:end` did not pass, or None where the sentence sets no such limit.

    >>> text = "No CRS above grade 1 and no grade 3 or higher infections."
    >>> highest(text, 3, 6), highest(text, 46, 56)
    (1, 2)
    """
    between = _denied(sentence, start)
    above = _ABOVE.match(sentence[end:])
    if above is not None and (between is not None or "not exceed" in above["how"].lower()):
        return _number(above["grade"])
    found = _AT_LEAST_AFTER.match(sentence[end:]) or (_AT_LEAST.search(between) if between else None)
    if between is not None and found is not None:
        groups = found.groupdict()
        return _number(groups["grade"] or groups["floor"]) - 1 or None
    return None


def open_ended(sentence: str, start: int, end: int) -> bool:
    """Whether only a severe form of the event is denied, without a grade, so that nothing is said of the event itself.

    >>> open_ended("No severe infections occurred.", 10, 20), open_ended("No infections occurred.", 3, 13)
    (True, False)
    """
    if (
        _SEVERE.search(sentence[max(0, start - 12) : start]) is not None
        and _DENIED_AFTER.match(sentence[end:]) is not None
    ):
        return True
    between = _denied(sentence, start)
    return between is not None and _SEVERE.search(between) is not None and highest(sentence, start, end) is None


def denied(sentence: str, start: int) -> bool:
    """Whether a "no" reaches the event, in any form of it.

    >>> denied("No severe infections occurred.", 10), denied("No fever, but infections occurred.", 14)
    (True, False)
    """
    return _denied(sentence, start) is not None


def _denied(sentence: str, start: int) -> str | None:
    """What stands between the last "no" that reaches the event and the event."""
    found = None
    for found in _NO.finditer(sentence, 0, start):  # noqa: B007  # the last one is wanted
        pass
    if found is None:
        return None
    between = sentence[found.end() : start]
    return between if _END.search(between) is None else None


def _number(printed: str) -> int:
    return _ROMAN.get(printed.lower()) or int(printed)
