"""A stretch of text in, the counts, percentages and grades it prints out.

Only what is written is taken: no percentage is computed from counts and no count from a percentage.
"""

from __future__ import annotations

import re

import msgspec

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# A number in words, one to ninety-nine.
WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_WORDS[1:10])}))?|"
    rf"{'|'.join(sorted(_WORDS[1:], key=len, reverse=True))})"
)
# What shows that a sentence without digits may count somebody all the same.
SPOKEN = re.compile(rf"\b(?:{WORD}|no|none|zero|both|all|every|each)\b", re.IGNORECASE)
# A number of people, as a regular expression that holds for digits and words.
NUMBER = rf"(?:\d{{1,5}}|{'|'.join(_WORDS[1:])}|no|none|zero|both|all)"
_PEOPLE = r"(?:patients?|participants?|subjects?|individuals?|cases?|recipients?|children|adults|women|men)"
_UNITS = r"(?: ?(?:mg|kg|ml|weeks?|months?|days?|years?))"
# "grade 3/4", "phase 1/2", "on day 7 of 28": two numbers, but nobody is counted.
_NO_COUNT = (
    r"(?<!grade )(?<!grades )(?<!phase )(?<!day )(?<!week )(?<!month )(?<!class )(?<!stage )(?<!type )(?<![\d.,])"
)
_N_OF_TOTAL = re.compile(
    rf"{_NO_COUNT}\b(?P<n>{NUMBER})(?: {_PEOPLE})?(?: \((?P<before>\d+(?:\.\d+)?) ?%\))?"
    rf"(?: ?/ ?| of (?:the |all |our )?| out of (?:the )?)(?P<total>{NUMBER})\b(?!{_UNITS})",
    re.IGNORECASE,
)
_ALL_OF = re.compile(rf"\b(?:all|each of)(?: of)?(?: the| our)? (?P<n>{NUMBER})\b(?!{_UNITS})", re.IGNORECASE)
# "three adult patients", "patients (n = 3)", "(n = 3)", "one developed": however a number of people is told.
_N_PEOPLE = re.compile(
    rf"(?<![\d.,])\b(?P<n>(?!all\b){NUMBER}) (?:(?!of |and |or )[^\W\d][\w-]* ){{0,2}}?{_PEOPLE}\b|"
    rf"\b{_PEOPLE} \(n ?= ?(?P<paren>\d+)\)|"
    r"\(n ?= ?(?P<bare>\d+)\)|"
    rf"(?<![\d.,])\b(?P<who>\d{{1,3}}|{'|'.join(_WORDS[1:])}) (?:developed|experienced|suffered|had)\b|"
    rf"\b(?:occurred|developed|seen|observed|reported|noted|recorded) in (?P<those>\d{{1,3}}|{'|'.join(_WORDS[1:])})\b"
    r"(?=\s*(?:[.;,)]|and\b|after\b|$))",
    re.IGNORECASE,
)
# "occurred in 38 (88%)", "nine patients (21%; 95% CI 8-34)": the share right behind its count.
_N_SHARE = re.compile(
    rf"(?<![\d.,])\b(?P<n>{NUMBER})(?: (?:\w+ )?{_PEOPLE})?(?: \(\d+/\d+\))? "
    r"[(\[](?P<share>\d{1,3}(?:\.\d+)?) ?%(?! ?(?:CI|confidence))",
    re.IGNORECASE,
)
_N_AFTER = re.compile(r"(?: \([A-Za-z-]+\))?(?: (?:patients|cases))? ?[(\[][nN] ?= ?(?P<n>\d+)", re.IGNORECASE)
_N_WITH = re.compile(
    rf"(?<![\d.,/])\b(?P<n>{NUMBER})(?: (?:(?!of|and|or|with)[\w-]+ )?{_PEOPLE})?(?: \([^()]*\))? "
    r"(?:with|had|having) (?:(?!and|or|who|had|with|without|in|by|to)[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_N_HAVING = re.compile(rf"(?<![\d.,/])\b(?P<n>{NUMBER}) (?:(?!of|and|or|with)[\w-]+ ){{0,1}}$", re.IGNORECASE)
_PEOPLE_AFTER = re.compile(rf"(?: \([A-Za-z-]+\))? {_PEOPLE}\b", re.IGNORECASE)
_BESIDE = re.compile(r"[^.;,()\[]{0,25}[(\[](\d{1,2}(?:\.\d+)?|100(?:\.0+)?) ?%")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?) ?%(?! ?(?:CI|confidence))")
# "Grade 3 or higher" and "≥ grade 3" set no maximum.
_GRADE = re.compile(
    r"(?<![≥>] )(?<![≥>])(?<![≥>]= )(?<![≥>]=)\bgrades?(?: (?:was|were|of|reached|"
    r"being))?[ -]?(?:[≤<]=? ?)?(?P<first>[1-5]|I{1,3}|IV|V)\b"
    r"(?! ?(?:or|and) (?:higher|above|greater|more|worse)| ?\+)"
    r"(?: ?(?:[-–/,]|to|or|and) ?(?:grade )?(?P<last>[1-5]|I{1,3}|IV|V)\b)?"
    r"(?:,? and (?P<third>[1-5])\b(?! (?:of|patients|had|were|out)))?",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"\b(ASTCT|ASBMT|CTCAE|Lee|CARTOX|MD Anderson|Penn)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """n of total, percent in [0, 100]; each None where the text does not give it."""

    n: int | None = None
    total: int | None = None
    percent: float | None = None


def counts(text: str) -> Counts:
    """The first count or share in a stretch of text.

    >>> counts("occurred in 5 of 8 patients (62.5%)")
    Counts(n=5, total=8, percent=62.5)
    >>> counts("in three patients"), counts("at 10 mg/kg")
    (Counts(n=3, total=None, percent=None), Counts(n=None, total=None, percent=None))
    """
    shares = [float(found.group(1)) for found in _PERCENT.finditer(text)]
    percent = shares[0] if len(shares) == 1 and shares[0] <= 100 else None
    for found in _N_OF_TOTAL.finditer(text):
        total = value(found["total"])
        n = total if found["n"].lower() in ("all", "both") else value(found["n"])
        if n is not None and total is not None and n <= total:
            beside = _BESIDE.match(text, found.end())
            share = found["before"] or (beside.group(1) if beside else None)
            return Counts(n=n, total=total, percent=float(share) if share else percent)
    every = _ALL_OF.search(text)
    if every is not None and (n := value(every["n"])) is not None:
        return Counts(n=n, total=n, percent=percent)
    share = _N_SHARE.search(text)
    if share is not None and float(share["share"]) <= 100 and (n := value(share["n"])) is not None:
        return Counts(n=n, percent=float(share["share"]))
    people = _N_PEOPLE.search(text)
    n = value(people["n"] or people["paren"] or people["bare"] or people["who"] or people["those"]) if people else None
    return Counts(n=n, percent=percent)


def of_patients(text: str, start: int, end: int) -> int | None:
    """How many are said, right beside it, to have the disease at `start:end`.

    >>> text = "five with SLE, SSc (n = 3) and RA"
    >>> of_patients(text, 10, 13), of_patients(text, 15, 18), of_patients(text, 31, 33)
    (5, 3, None)
    """
    found = _N_AFTER.match(text, end) or _N_WITH.search(text[:start]) or _N_HAVING.search(text[:start])
    if found is not None and found.re is _N_HAVING and _PEOPLE_AFTER.match(text, end) is None:
        return None
    return value(found["n"]) if found is not None else None


def value(word: str) -> int | None:
    """A number in digits or words up to ninety-nine; "both" is two.

    >>> value("Seven"), value("12"), value("none"), value("thirty-two"), value("many")
    (7, 12, 0, 32, None)
    """
    lower = word.lower().replace(",", "")
    if lower.isdigit():
        return int(lower)
    if lower in ("no", "none"):
        return 0
    if lower == "both":
        return 2
    if lower in _WORDS:
        return _WORDS.index(lower)
    tens, _, ones = lower.replace("-", " ").partition(" ")
    if tens not in _TENS or (ones and ones not in _WORDS[1:10]):
        return None
    return _TENS[tens] + (_WORDS.index(ones) if ones else 0)


def max_grade(text: str) -> int | None:
    """The highest toxicity grade printed, 1 to 5.

    >>> max_grade("grade 1-2 CRS"), max_grade("grade III"), max_grade("upgrade 3")
    (2, 3, None)
    """
    found = [_grade(part) for match in _GRADE.finditer(text) for part in match.groups() if part]
    return max(found, default=None)


def grading_system(text: str) -> str | None:
    """The name of the grading system, where the text gives one."""
    found = _SYSTEM.search(text)
    return found.group(1) if found else None


def _grade(part: str) -> int:
    return _ROMAN[part.lower()] if part.lower() in _ROMAN else int(part)
