"""A sentence and a disease in it in, how many with that disease it says were treated out.

Each disease takes its own number: in "five with SLE and two with SSc" nobody counts seven, and in "five patients with
SLE, SSc or myositis" nobody is told how many had which.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Final = (
    dict(zip(_ONES, range(1, 20), strict=True))
    | {ten: 20 + 10 * index for index, ten in enumerate(_TENS)}
    | {
        f"{ten}{mark}{one}": 20 + 10 * index + number
        for index, ten in enumerate(_TENS)
        for number, one in enumerate(_ONES[:9], start=1)
        for mark in ("-", " ")
    }
    | {"a hundred": 100, "one hundred": 100, "both": 2, "a": 1, "an": 1}
)
_SPELLED = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])})\b)?|(?:a|one) hundred|"
    rf"{'|'.join(sorted(_ONES, key=len, reverse=True))}"
)
# A count of people: digits, with or without thousands' marks, or words below a hundred.
NUMBER: Final = rf"(?:\d{{1,3}}(?:[,\u202f\u2009 ]\d{{3}})+|\d{{1,6}}|{_SPELLED})"
PEOPLE: Final = (
    r"(?:patients?|participants?|subjects?|individuals?|people|persons?|cases?|recipients?|children|"
    r"adolescents?|adults?|"
    r"women|woman|men|man|females?|males?|girls?|boys?|pts|mice|animals)"
)
_BEFORE = (
    r"(?<![\d.,/%=<>≥≤±–-])(?<!grade )(?<!phase )(?<!day )(?<!week )"
    r"(?<!month )(?<!type )(?<!stage )(?<!class )(?<!aged )(?<!least )"
)
_NO_UNIT = (
    r"(?! ?(?:mg|kg|g|ml|%|weeks?|months?|days?|years?|hours?|doses?|cycles?|centers?|centres?|hospitals?|×|"
    r"x ?10|h\b))"
)
_FILL = (
    r"(?:(?!of |and |or |who |with |had |received |were |was |in |for |from |to |on |at |by |after |than |"
    r"inhibitors?\b)[^\W\d][\w’'/-]*,? )"
)
# "five adult patients", "12 SLE patients" (the disease stands among the filling words).
_N_PEOPLE: Final = re.compile(rf"{_BEFORE}\b(?P<n>{NUMBER}){_NO_UNIT} {_FILL}{{0,4}}?{PEOPLE}\b", re.IGNORECASE)
_PEOPLE_N: Final = re.compile(rf"\b{PEOPLE}(?: with [\w -]{{1,40}}?)? ?[(\[][nN] ?= ?(?P<n>\d+)[)\],;]", re.IGNORECASE)
_A_PATIENT: Final = re.compile(
    rf"\b(?P<n>an?|the|this|our) (?:{_FILL}|\d{{1,2}}[- ]years?[- ]olds?,? ){{0,4}}?"
    r"(?:patient|woman|man|girl|boy|child|female|male|case|infant|adolescent)\b(?!['’]s)(?! (?:series|reports|"
    r"cohorts?))",
    re.IGNORECASE,
)
_AGED: Final = re.compile(r"\b\d{1,2}[- ]years?[- ]old\b", re.IGNORECASE)
_WITH: Final = re.compile(
    rf"{_BEFORE}\b(?P<n>{NUMBER}|both|an?){_NO_UNIT}(?: {_FILL}{{0,3}}?{PEOPLE})?(?: \([^()]*\))? "
    r"(?:with|had|having|(?:was|were) diagnosed with|suffering from) (?:(?!and\b|or\b|who\b|had\b|with\b|"
    r"without\b)[\w’'/-]+,? ){0,4}$",
    re.IGNORECASE,
)
_NEAR: Final = 110  # characters before a disease in which its patients are counted
_HEAD: Final = re.compile(rf"{_BEFORE}\b(?P<n>{NUMBER}) (?:(?!of |and |or |with )[\w’'/-]+ ){{0,2}}$", re.IGNORECASE)
_PEOPLE_BEHIND: Final = re.compile(rf"(?: \([^()]{{1,20}}\))? {PEOPLE}\b", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(
    rf"(?: \([A-Za-z0-9/ -]{{1,20}}\))?(?: {PEOPLE})? ?[(\[,;] ?(?:[nN] ?= ?)?(?P<n>\d+)(?: ?{PEOPLE})?"
    r"(?:(?: of | ?/ ?)(?P<total>\d+))?(?:[;,] ?\d+(?:\.\d+)? ?%)?[)\],;]",
    re.IGNORECASE,
)
_IN_N: Final = re.compile(
    rf"(?: \([A-Za-z0-9/ -]{{1,20}}\))? in (?P<n>{NUMBER})(?: {PEOPLE}\b|(?=,| and\b|\)|\.?$))", re.IGNORECASE
)
_LIST: Final = re.compile(r"\s*(?:\([^()]*\))?[\s,/]*(?:and/or|and|or)?\s*(?:(?!with|others?|had)[\w’'-]+ ){0,2}")


def value(word: str) -> int | None:
    """A number of people in digits or words.

    >>> value("Twenty-one"), value("1,202"), value("both"), value("many")
    (21, 1202, 2, None)
    """
    plain = re.sub(r"[,\s\u202f\u2009](?=\d{3})", "", word.strip().lower())
    return int(plain) if plain.isdigit() else _WORDS.get(plain)


def of_disease(text: str, start: int, end: int) -> int | None:
    """How many are said, right beside it, to have the disease at `start:end`.

    >>> text = "five with SLE, SSc (n = 3), two RA patients and myositis (2 of 4)"
    >>> [of_disease(text, text.index(name), text.index(name) + len(name)) for name in ("SLE", "SSc", "RA", "myositis")]
    [5, 3, 2, 4]
    """
    behind = _IN_BRACKETS.match(text, end)
    if behind is not None and behind["total"] is not None and int(behind["n"]) <= int(behind["total"]):
        return int(behind["total"])
    if behind is not None and not text[behind.start("n") :][:4].startswith(("19", "20")):
        return int(behind["n"])
    if (found := _IN_N.match(text, end)) is not None:
        return value(found["n"])
    near = text[max(0, start - _NEAR) : start]
    if (found := _WITH.search(near)) is not None:
        return value(found["n"])
    head = _HEAD.search(near)
    return value(head["n"]) if head is not None and _PEOPLE_BEHIND.match(text, end) is not None else None


def treated(text: str, disease: tuple[int, int] | None, others: tuple[tuple[int, int], ...] = ()) -> int | None:
    """How many with the disease a sentence counts, which tells of their treatment.

    disease: its place in the sentence, None where the sentence counts patients of a disease named elsewhere. others:
    the places of the sentence's other diseases.

    >>> text = "Five patients with SLE, SSc or myositis received CD19 CAR-T cells."
    >>> treated(text, (19, 22), ((24, 27), (31, 39))) is None
    True
    >>> treated("Twelve patients with SLE received rituximab.", (21, 24)), treated("All 8 patients were infused.", None)
    (12, 8)
    """
    own = {place: of_disease(text, *place) for place in others}
    mine = of_disease(text, *disease) if disease is not None else None
    if disease is not None and mine is not None:
        # "five patients with SLE, SSc or myositis": the five are shared by a list without numbers of its own.
        behind = _IN_BRACKETS.match(text, disease[1]) or _IN_N.match(text, disease[1])
        shared = behind is None and any(
            number is None and place[0] >= disease[1] and _LIST.fullmatch(text, disease[1], place[0])
            for place, number in own.items()
        )
        return None if shared else mine
    if any(number is not None for number in own.values()) or (disease is not None and others):
        return None
    return count(text)


@lru_cache(maxsize=32)
def count(text: str) -> int | None:
    """The first number of patients in a stretch of text; one patient told by words is one.

    >>> count("a 34-year-old woman with SSc"), count("in 35 patients (n = 12 women)"), count("at 10 mg/kg for 2 weeks")
    (1, 35, None)
    """
    found = _N_PEOPLE.search(text) or _PEOPLE_N.search(text)
    if found is not None:
        return value(found["n"])
    return 1 if _A_PATIENT.search(text) and (_AGED.search(text) or not re.search(r"\bpatients\b", text)) else None
