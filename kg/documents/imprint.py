"""The line that says where and when a paper was printed in, its parts out: date, volume, issue, pages.

`2022 Oct;28(10):2124-2132.` and `2024 Dec 12:15:1502298.` are two shapes of NLM's own (Citing Medicine, chapter 1).
"""

from __future__ import annotations

import re

import msgspec

from kg.documents.plain import squeeze

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_SEASON = r"(?:Spring|Summer|Fall|Autumn|Winter|First|Second|Third|Fourth)(?:\s+Quarter)?"
_DATE = (
    r"(?P<year>(?:1[5-9]|20)\d{2})(?:[-–/]\d{2,4}(?=\s|[;:.]|$))?"
    rf"(?:\s+(?P<month>{_MONTH})(?:\s*[-–/]\s*{_MONTH}|"
    rf"\s+(?P<day>\d{{1,2}})(?!\d)(?:\s*[-–]\s*(?:{_MONTH}\s+)?\d{{1,2}})?)?"
    rf"|\s+{_SEASON}(?:\s*[-–/]\s*{_SEASON})?)?"
)
_DATED = re.compile(_DATE, re.I)
_NUMERIC = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?(?!\d)|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"
)
_LINE = re.compile(
    rf"(?:(?P<journal>(?:[^\s.\d]|\d+ (?=[A-Z]))[^;]*?)?\.\s*)?{_DATE}\s*(?:(?P<mark>[;:])\s*(?P<where>.*?))?\.?", re.I
)
_WHERE = re.compile(r"(?P<volume>[^():]*?)\s*(?:\((?P<issue>[^)]*)\))?\s*(?::\s*(?P<pages>.*))?")
# What follows the imprint on its line, and is none of it.
_TAIL = re.compile(
    r"\s*(?:\bdoi\s*:|\bpii\s*:|\bE-?pub\b|\beCollection\b|\bOnline ahead of print|\bPrint \d{4}|\bAvailable "
    r"from\b|\bpmid\s*:|\bpmcid\s*:).*",
    re.I | re.S,
)


class Imprint(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when. date: `2024-12-12`, `2024-12` or `2024`, as far as it is known."""

    date: str
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None


def iso(text: str) -> str | None:
    """A date as printed, in ISO 8601 as far as it is known; of a range its beginning.

    >>> iso("2024 Dec 12"), iso("1998 Dec-1999 Jan"), iso("2019 Winter"), iso("2009/06/01"), iso("soon")
    ('2024-12-12', '1998-12', '2019', '2009-06-01', None)
    """
    flat = squeeze(text)
    if numeric := _NUMERIC.match(flat):
        return _date(numeric["year"] or numeric["y"], numeric["month"] or numeric["m"], numeric["day"] or numeric["d"])
    found = _DATED.search(flat)
    return _date(found["year"], _number(found["month"]), found["day"]) if found else None


def imprint(line: str) -> Imprint | None:
    """The parts of a line, or None where it is no such line. A journal's name may stand before.

    >>> imprint(". 2024 Dec 12:15:1502298.")
    Imprint(date='2024-12-12', journal=None, volume='15', issue=None, pages='1502298')
    >>> imprint("Nat Med. 2022 Oct;28(10):2124-2132. doi: 10.1000/x. Epub 2022 Sep 15.")
    Imprint(date='2022-10', journal='Nat Med', volume='28', issue='10', pages='2124-2132')
    >>> imprint("Lancet. 2023 Sep 15:S0140-6736(23)01126-1. Online ahead of print.").pages
    'S0140-6736(23)01126-1'
    >>> imprint("In 2023 a trial began.")
    """
    flat = _TAIL.sub("", squeeze(line)).strip()
    found = _LINE.fullmatch(flat)
    if found is None:
        return None
    date = _date(found["year"], _number(found["month"]), found["day"])
    journal = (found["journal"] or "").strip() or None
    if date is None or (journal and len(journal) > 150):
        return None
    volume, issue, pages = _where(found["where"] or "", found["mark"])
    return Imprint(date=date, journal=journal, volume=volume, issue=issue, pages=pages)


def _where(text: str, mark: str | None) -> tuple[str | None, str | None, str | None]:
    """Volume, issue, pages. After a colon a lone field is a page or an article's number, after a semicolon a volume."""
    if mark == ":" and not re.match(r"[\w .]*(?:\([\w ./-]*\))?:", text):
        return None, None, text or None
    found = _WHERE.fullmatch(text)
    if found is None:
        return None, None, text or None
    return found["volume"] or None, found["issue"] or None, found["pages"] or None


def _number(month: str | None) -> str | None:
    return str(_MONTHS.index(month[:3].lower()) + 1) if month else None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"
