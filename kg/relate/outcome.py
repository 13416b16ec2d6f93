"""A sentence in, what it says of those treated out: how many responded, how long they were followed, if it worked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from kg.model import Efficacy
from kg.relate import patients
from kg.relate.patients import NUMBER, PEOPLE

_GOOD: Final = (
    r"(?:(?:complete|partial|clinical|renal|major|overall|objective|good|excellent|sustained|drug-free|steroid-free|"
    r"DORIS|LLDAS|SRI-4|ACR\d\d|PASI ?\d+|minimal|low|EULAR|full|durable|treatment-free|stringent|radiological) )*"
    r"(?:respon(?:se|ses|ders?|ded|d)|remissions?|improve(?:d|ments?)|LLDAS|DORIS|disease[- ]activity|"
    r"DORIS remission|SRI-?4|"
    r"ACR ?(?:20|50|70)|PASI ?(?:75|90|100)|recover(?:y|ed)|drug-free|seroconver\w+|stabili[sz]\w+|control)"
)
_COUNT: Final = (
    rf"(?<![\d.,/])(?<!PASI )(?<!ACR )(?<!SRI )(?<!EASI )\b(?P<n>{NUMBER}|"
    rf"none)(?: {PEOPLE})?(?: \(\d+(?:\.\d+)? ?%\))?"
    rf"(?: of (?:the |our |all )?| out of (?:the )?| ?/ ?)(?P<total>{NUMBER})\b(?!/)(?! ?(?:mg|weeks?|months?|days?|"
    rf"years?))"
)
_ALL: Final = rf"\b(?:all|each of)(?: of)?(?: the| our)? (?P<all>{NUMBER})(?: (?:[\w-]+ ){{0,2}}?{PEOPLE})?\b"
_REACHED: Final = (
    r"(?:[^.;,]{0,60}?\b)(?:achieved|attained|reached|had|showed|experienced|were in|went into|entered|obtained|met|"
    r"remained in|maintained|demonstrated|exhibited)? ?(?:an? )?"
)
_WHO_RESPONDED: Final = (
    re.compile(rf"{_COUNT}{_REACHED}{_GOOD}\b", re.IGNORECASE),
    re.compile(rf"{_ALL}{_REACHED}{_GOOD}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_GOOD}\b[^.;]{{0,60}}?\b(?:in|by|for|was|were|rate of|of)\b[^.;\d]{{0,30}}?{_COUNT}", re.IGNORECASE
    ),
    re.compile(rf"\b{_GOOD}\b[^.;]{{0,40}}?\bin {_ALL}", re.IGNORECASE),
)
# Most sentences hold neither: a quick look before the slow ones.
_GOOD_HINTS: Final = (
    *("respon", "remission", "improve", "lldas", "doris", "activity", "sri", "acr", "pasi", "recover", "free", "sero"),
    *("stabili", "control"),
)
_COUNT_HINTS: Final = (" of ", "/", "all ", "each ")
_FAILED: Final = re.compile(
    r"\b(?:not|no|without|un|non-?|lack of|poor|failed to|fail to|inadequate|insufficient)(?: \w+)? ?$", re.IGNORECASE
)
_MONTHS: Final = {"day": 1 / 30.4375, "week": 7 / 30.4375, "month": 1.0, "year": 12.0}
_TIME: Final = (
    r"(?P<value>\d{1,3}(?:\.\d+)?|"
    + "|".join(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "eighteen")
    )
    + r")(?: ?\([^()]*\))?(?: ?±? ?\d+(?:\.\d+)?)?[ -]?(?P<unit>days?|weeks?|wks?|months?|mo\b|years?|yrs?)"
)
_FOLLOWED: Final = (
    re.compile(rf"\bmedian (?:duration of )?follow[- –]?up\b[^.;]{{0,50}}?\b{_TIME}", re.IGNORECASE),
    re.compile(rf"\bfollow[- –]?up\b[^.;]{{0,30}}?\bmedian\b[^.;\d]{{0,20}}{_TIME}", re.IGNORECASE),
    re.compile(
        rf"\b(?:follow[- –]?up|followed(?! by)(?:[- ]up)?|observed|observation period|"
        rf"surveillance)\b[^.;]{{0,50}}?\b{_TIME}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_TIME}(?:['’]s?)?[- ](?:of )?(?:median )?(?:follow[- –]?up|observation)\b", re.IGNORECASE),
)
_TIME_HINTS: Final = ("follow", "observ", "surveillance")
_NOT_WHOLE: Final = re.compile(
    r"\b(?:every|at least every|interval\w*|visits?|until|age|aged|"
    r"within)\b",
    re.IGNORECASE,
)

_WORKED: Final = re.compile(
    r"\b(?:effective(?:ness (?:was|of))?|efficacious|remissions?|respon(?:ded|ders)|(?:good|excellent|complete|"
    r"partial|major|clinical|rapid|"
    r"marked|sustained|favou?rable|dramatic|durable|significant|renal) (?:\w+ )?(?:responses?|improvements?|"
    r"remissions?|outcomes?|efficacy|"
    r"benefits?)|improve[ds]?|improvements?|improving|successful(?:ly)?|ameliorat\w+|reduc(?:ed?|es|"
    r"ing) disease activity|superior to|"
    r"well[- ]controlled|alleviat\w+|resolution|resolved|met (?:its|the) primary (?:end ?point|outcome)|"
    r"attenuat\w+|suppress(?:ed|es)|beneficial)\b",
    re.IGNORECASE,
)
_NOT_WORKED: Final = re.compile(
    r"\b(?:ineffective|inefficacious|(?:not|n't|neither) (?:\w+ ){0,3}?(?:effective|efficacious|respon\w+|"
    r"improve\w*|superior|beneficial|meet|met|achieve\w*|"
    r"differ\w*|reach\w*|reduc\w+|benefit\w*)|no (?:significant |clinical |meaningful |additional |sustained |"
    r"clear )*(?:response|improvement|benefit|efficacy|effect|difference|remission)s?|"
    r"failed(?: to)?|fail(?:s|ure)?\b|without (?:\w+ )?(?:response|improvement|benefit|success)|"
    r"poor (?:\w+ )?(?:response|outcome)|"
    r"lack(?:ed)?(?: of)? (?:efficacy|response|benefit)|(?:was|were) terminated|futility|"
    r"despite (?:treatment|therapy)|non-?respon\w+|did not)\b",
    re.IGNORECASE,
)


class Response(msgspec.Struct, frozen=True):
    """So many of so many responded."""

    responders: int
    evaluable: int


@lru_cache(maxsize=32)
def responders(text: str) -> Response | None:
    """How many of how many the text says responded, improved or were in remission; None where it says no such thing.

    >>> responders("Remission was achieved in 7 of 8 patients."), responders("All five patients responded.")
    (Response(responders=7, evaluable=8), Response(responders=5, evaluable=5))
    >>> responders("CRS occurred in 3 of 5 patients.") is responders("3 of 5 patients did not respond.") is None
    True
    """
    lower = text.lower()
    if not any(hint in lower for hint in _COUNT_HINTS) or not any(hint in lower for hint in _GOOD_HINTS):
        return None
    for pattern in _WHO_RESPONDED:
        for found in pattern.finditer(text):
            whole = found.groupdict()
            if whole.get("all") is not None:
                number = patients.value(found["all"])
                told = None if number is None else Response(number, number)
            else:
                n = 0 if found["n"].lower() == "none" else patients.value(found["n"])
                total = patients.value(found["total"])
                told = Response(n, total) if n is not None and total is not None and n <= total else None
            if told is None or re.search(
                r"\b(?:not|no|never|without|un(?:able)?|fail\w*|lost|relaps\w+)\b", found.group(), re.IGNORECASE
            ):
                continue
            if _FAILED.search(text[: found.start()]) is None:
                return told
    return None


@lru_cache(maxsize=32)
def follow_up(text: str) -> float | None:
    """Months of follow-up: the median where one is told, else the first length told of it.

    >>> follow_up("median follow-up was 15 months (range 4-29)"), follow_up("They were followed for two years.")
    (15.0, 24.0)
    >>> follow_up("Visits took place every 3 months.") is None
    True
    """
    if not any(hint in text.lower() for hint in _TIME_HINTS):
        return None
    for pattern in _FOLLOWED:
        for found in pattern.finditer(text):
            if _NOT_WHOLE.search(found.group()) is not None:
                continue
            number = patients.value(found["value"]) if not found["value"][0].isdigit() else float(found["value"])
            unit = {"wk": "week", "mo": "month", "yr": "year"}.get(
                found["unit"].lower().rstrip("s"), found["unit"].lower().rstrip("s")
            )
            if number is not None:
                return round(number * _MONTHS[unit], 1)
    return None


@lru_cache(maxsize=32)
def efficacy(text: str) -> Efficacy | None:
    """Whether the text says that a treatment worked; `mixed` where it says both.

    >>> efficacy("Rituximab was effective in SSc."), efficacy("It was not effective."), efficacy("It was given.")
    ('effective', 'ineffective', None)
    """
    failed = _NOT_WORKED.search(text) is not None
    worked = _WORKED.search(_NOT_WORKED.sub(" ", text)) is not None
    if worked and failed:
        return "mixed"
    return "effective" if worked else "ineffective" if failed else None
