"""A sentence in, every count of people and every share that it prints out, in text order.

"5 of 8 patients (62.5%)" is one item with n, total and percent. Grades, days, doses, dates and confidence intervals
count nobody. Nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from kg.relate import numbers
from kg.relate.numbers import Counts

Kind = Literal["count", "base", "all", "none", "grade"]

PEOPLE = (
    r"(?:patients?|participants?|subjects?|individuals|cases?|recipients?|child(?:ren)?|adults?|wom[ae]n|m[ae]n|"
    r"people|"
    r"persons?|girls?|boys?|infants?|volunteers?)(?!-)"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{numbers.WORD})"
_ADJECTIVES = r"(?:(?!(?:of|and|or|with|in|to|for|vs|versus|per)\b)[^\W\d][\w-]* ){0,2}"
_SHARE = r"\d{1,3}(?:[.·]\d+)?"
_CI = r"(?! ?(?:CI\b|confidence|credible|prediction))"
_NO_COUNT = (
    r"(?<!grade )(?<!grades )(?<!grade-)(?<!phase )(?<!phases )(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!month )"
    r"(?<!class )(?<!stage )(?<!type )(?<!level )"
    r"(?<!aged )(?<!score )(?<!cohort )(?<!case )(?<!patient )(?<!arm )(?<!part )(?<![\w.,/–=<>≤≥±:-])"
)
_FRACTION = re.compile(
    rf"{_NO_COUNT}\b(?P<n>no|none|zero|all|both|{NUMBER})(?: {_ADJECTIVES}{PEOPLE})?"
    rf"(?: ?\((?P<before>{_SHARE}) ?%[^()]*\))?"
    rf"(?: ?/ ?| (?:out )?of (?:the |our |these |those |all |a total of )?)(?P<total>{NUMBER})\b"
    r"(?! ?(?:mg|kg|ml|weeks?|months?|days?|years?|hours?|%|centers?|centres?|cycles?|doses?)\b)(?![/.,]\d)"
    rf"(?: {_ADJECTIVES}{PEOPLE}\b)?(?:,? ?[(\[]?(?P<after>{_SHARE}) ?%{_CI})?",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    rf"(?<![\w.,–-])(?P<percent>{_SHARE}) ?%{_CI}(?: of (?:the )?{_ADJECTIVES}{PEOPLE})? ?"
    rf"[(\[](?:n ?= ?)?(?P<n>{NUMBER})(?: ?(?:/|of|out of) ?(?P<total>{NUMBER}))?(?: {_ADJECTIVES}{PEOPLE})?[)\],;]",
    re.IGNORECASE,
)
_WITH_SHARE = re.compile(
    rf"{_NO_COUNT}\b(?P<n>{NUMBER})(?: {_ADJECTIVES}{PEOPLE})? ?[(\[,] ?(?P<percent>{_SHARE}) ?%{_CI}", re.IGNORECASE
)
_ALL_OF = re.compile(
    rf"\b(?:all|each)(?: of)?(?: the| our| these)? (?P<n>{NUMBER})(?: {_ADJECTIVES}{PEOPLE})?\b(?! ?%)", re.IGNORECASE
)
# Years, powers of ten, p values, rates per person-years, citations and intervals: digits that count nobody.
_NOBODY = re.compile(
    r"\b(?:19|20)\d\d\b(?! (?:patients|participants|subjects|individuals|people|adults))|[×x] ?10 ?[\^−-]?\d+|"
    r"\b\d+ ?/ ?(?:L|µL|μL|mL|mm3)\b|"
    r"\b[pP] ?[=<>≤≥] ?\d?[.·]\d+|\[\d{1,3}(?: ?[,–-] ?\d{1,3})*\]|\bper \d[\d,]* (?:person|patient)[- ]years|"
    r"\b\d+(?:\.\d+)? ?% ?(?:CI|confidence|credible)\b|\b(?:a?OR|a?HR|RR|IRR|sHR)\b[ =:,]*\d+(?:[.·]\d+)?|"
    r"\b\d{1,3}[- ]year[- ]old\b"
)
_ANY_OF = re.compile(
    rf"\b(?:any|each|either) of (?:the |our |these |those |all )?(?P<n>{NUMBER})\b(?! ?%)", re.IGNORECASE
)
_EVERY = re.compile(
    rf"\b(?:all|every|each|both)(?: of)?(?: the| our| these)? {_ADJECTIVES}{PEOPLE}\b|"
    r"\b(?:all|both) (?=(?:had|developed|experienced)\b)|\b(?:in|by) all\b(?= ?[.,;)(])|\beveryone\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"\bnone of (?:the |our |these |those )?(?:(?P<total>{NUMBER})\b ?)?(?:{_ADJECTIVES}{PEOPLE})?|"
    rf"\b(?:no|zero|0) {_ADJECTIVES}{PEOPLE}\b(?! of\b)|\b(?:in|by) none\b|\bnone (?=had|developed|experienced)",
    re.IGNORECASE,
)
_N_IS = re.compile(
    rf"\b[nN] ?= ?(?P<n>\d{{1,5}})(?: ?(?:/|of) ?(?P<total>\d{{1,5}}))?(?:[,;:] ?(?P<percent>{_SHARE}) ?%)?"
)
_COUNTED = re.compile(rf"{_NO_COUNT}\b(?P<n>{NUMBER}) {_ADJECTIVES}{PEOPLE}\b", re.IGNORECASE)
_BARE = re.compile(
    rf"\b(?:in|by|among|affected|affecting|for) (?:only |just |the other |another |a further )?(?P<n>{NUMBER})"
    r"(?= ?(?:\.(?!\d)|,(?!\d)|[;):(]|of (?:them|these|those|whom)\b|and\b|after\b|each\b|with\b|who\b|$))|"
    rf"{_NO_COUNT}\b(?P<who>{NUMBER}) (?=(?:also )?(?:had|have|developed|experienced|suffered|showed|reported|"
    r"presented|did|died|with grade|with CRS)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?<![\w.,–±-])(?P<percent>{_SHARE}) ?%{_CI}", re.IGNORECASE)
_RANGE_BEFORE = re.compile(
    r"(?:\bCI\b|\brange|\bbetween|\bfrom|\bIQR)[^()]{0,15}$|%\s?(?:to|and|–|-)\s?$", re.IGNORECASE
)
_BASE_BEFORE = re.compile(
    r"(?:^|[.;:,(] ?|\b(?:and|that|overall) )(?:of|among|amongst|from|out of|across|in(?= (?:the |a |"
    r"our )?(?:total|cohort|series)))"
    r" (?:the |these |those |our |all |a total of |a cohort of |a series of |the first )*$",
    re.IGNORECASE,
)
_BASE_AFTER = re.compile(
    rf"^(?: {PEOPLE})?(?: \([^)]*\))?(?: with [^,;.]{{1,60}}?)?(?: who)? (?:were |was |had |"
    rf"have )?(?:been )?(?:\w+ly )?"
    r"(?:received?|receiving|underwent|treated|infused|dosed|enrol\w+|included|recruited|analy[sz]ed|evaluable|"
    r"given|randomi[sz]ed|assigned)\b",
    re.IGNORECASE,
)
_GRADE_BEFORE = re.compile(
    r"\bgrades? ?(?:[≥≤<>]=? ?)?(?:[0-5]|I{1,3}|IV|V)(?: ?(?:[-–/]|to|or|and) ?(?:[0-5]|I{1,3}|IV|V))?"
    r"(?: ?(?:[:,=(]| in| for)? ?(?:(?:in|n ?=) ?)?)?$",
    re.IGNORECASE,
)
_GRADE_AFTER = re.compile(
    r"^[\s)]*(?:(?:patients?|cases?|with|had|were|was|of|at|and) ?){0,2}\(?(?:grades?) ?[0-5IV]", re.IGNORECASE
)


class Item(msgspec.Struct, frozen=True):
    """Something counted at `start:end`.

    kind: `base` for a group that others are a part of ("of 8 patients"), `grade` for a part by severity ("grade 1 in
    four"), `all` and `none` where no number is printed.
    """

    start: int
    end: int
    counts: Counts
    kind: Kind


def items(text: str) -> tuple[Item, ...]:
    """All that a sentence counts, in text order.

    >>> [(item.counts.n, item.counts.total, item.kind) for item in items("Of 8 patients, 5 (62.5%) had CRS.")]
    [(8, None, 'base'), (5, None, 'count')]
    """
    found: list[Item] = []
    for item in _candidates(masked(text)):
        if all(item.end <= other.start or other.end <= item.start for other in found):
            found.append(item)
    return tuple(_based(text, sorted(found, key=lambda item: item.start)))


def masked(text: str) -> str:
    """The text with digits that count nobody blotted out; offsets stay as they are.

    >>> masked("In 2021 (p = 0.03) 5 had it [7].")
    'In ~~~~ (~~~~~~~~) 5 had it ~~~.'
    """
    return _NOBODY.sub(lambda match: "~" * len(match.group()), text)


def _based(text: str, found: list[Item]) -> Iterator[Item]:
    """The items, the first as what the others are a part of where it opens: "In six patients, CRS was seen in four"."""
    for index, item in enumerate(found):
        opens = index == 0 and text[: item.start] == "In " and text[item.end : item.end + 1] == ","
        if opens and item.counts.total is None and any(other.kind == "count" for other in found[1:]):
            yield Item(item.start, item.end, item.counts, "base")
        else:
            yield item


def _candidates(text: str) -> Iterator[Item]:
    if not any(character.isdigit() for character in text) and numbers.SPOKEN.search(text) is None:
        return
    for match in _SHARE_OF.finditer(text):
        yield from _item(text, match, n=match["n"], total=match["total"], percent=match["percent"])
    for match in _FRACTION.finditer(text):
        yield from _fraction(text, match)
    for match in _WITH_SHARE.finditer(text):
        yield from _item(text, match, n=match["n"], percent=match["percent"])
    for match in _ALL_OF.finditer(text):
        yield from _item(text, match, n=match["n"], total=match["n"])
    for match in _ANY_OF.finditer(text):
        yield from _item(text, match, n=match["n"], kind="base")
    for match in _NONE.finditer(text):
        yield from _item(text, match, n="0", total=match["total"], kind="none")
    for match in _EVERY.finditer(text):
        yield Item(match.start(), match.end(), Counts(n=2 if match.group().lower().startswith("both") else None), "all")
    for match in _N_IS.finditer(text):
        yield from _item(text, match, n=match["n"], total=match["total"], percent=match["percent"])
    for match in _COUNTED.finditer(text):
        yield from _item(text, match, n=match["n"])
    for match in _BARE.finditer(text):
        group = "n" if match["n"] else "who"
        yield from _item(text, match, n=match[group], start=match.start(group), end=match.end(group))
    for match in _PERCENT.finditer(text):
        if _RANGE_BEFORE.search(text[: match.start()]) is None:
            yield from _item(text, match, percent=match["percent"])


def _fraction(text: str, match: re.Match[str]) -> Iterator[Item]:
    total = numbers.value(match["total"])
    printed = match["n"].lower()
    n = total if printed in ("all", "both") else numbers.value(printed)
    if total is None or n is None or n > total or (1900 <= total <= 2100 and "/" in match.group()):
        return
    percent = match["before"] or match["after"]
    yield from _item(text, match, n=str(n), total=match["total"], percent=percent, kind="none" if n == 0 else None)


def _item(
    text: str,
    match: re.Match[str],
    *,
    n: str | None = None,
    total: str | None = None,
    percent: str | None = None,
    start: int | None = None,
    end: int | None = None,
    kind: Kind | None = None,
) -> Iterator[Item]:
    first = match.start() if start is None else start
    last = _closed(text, first, match.end() if end is None else end)
    count = numbers.value(n) if n else None
    whole = numbers.value(total) if total else None
    share = float(percent.replace("·", ".")) if percent else None
    if (share is not None and share > 100) or (count is None and share is None):
        return
    if count is not None and whole is not None and count > whole:
        return
    told = Counts(n=count, total=whole, percent=share)
    yield Item(first, last, told, kind or _kind(text, first, last, told))


def _kind(text: str, start: int, end: int, told: Counts) -> Kind:
    before, after = text[max(0, start - 60) : start], text[end : end + 100]
    if _GRADE_BEFORE.search(before) is not None:
        return "grade"
    if told.total is None and told.percent is None:
        whose = _BASE_AFTER.match(after) is not None and not before.endswith((" in ", " by ", " among "))
        if _BASE_BEFORE.search(before) is not None or whose:
            return "base"
        if _GRADE_AFTER.match(after) is not None and not _COUNTED.match(text, start):
            return "grade" if before.rstrip().endswith(("(", ",", ";", "and", ":")) else "count"
    return "count"


def _closed(text: str, start: int, end: int) -> int:
    """The end with the rest of a bracket that the item opened: "(88%; 95% CI 78 to 92)"."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    closing = text.find(")", end, end + 60)
    opening = text.find("(", end, end + 60)
    return closing + 1 if opened and closing >= 0 and (opening < 0 or closing < opening) else end
