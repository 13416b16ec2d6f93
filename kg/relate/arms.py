"""Events that are counted in a row in, which number belongs to which out: "in 5, 1 and 2 of 8", "6% vs 1%".

The rows are those of a list of events, of the arms of a trial, or of the grades of one event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.relate import numbers, tally
from kg.relate.numbers import Counts
from kg.relate.tally import Item
from kg.relate.view import Named

_UNIT = (
    rf"(?:\d{{1,3}}(?:[.·]\d+)? ?%|{tally.NUMBER}(?![\w.]| ?%)|none|no)(?: ?/ ?\d{{1,5}}\b)?(?: {tally.PEOPLE})?"
    r"(?: ?[(\[][^()\[\]]{1,25}[)\]])?"
)
_RUN = re.compile(
    rf"(?<![\w.])(?P<units>{_UNIT}(?: ?(?:,|;)? ?(?:and|or|vs\.?|versus|compared with|to)? ?{_UNIT})+)"
    rf"(?: (?:out )?of (?:the )?(?P<total>{tally.NUMBER})\b)?",
    re.IGNORECASE,
)
_GRADES = re.compile(r"\bgrades? [1-5](?:(?:, | and | or |, and )(?:grade )?[1-5])+\b", re.IGNORECASE)
_EACH = re.compile(_UNIT, re.IGNORECASE)
_ON = re.compile(
    r"(?: (?:of )?(?:the )?(?:\w+ )?patients)? ?(?:(?:on|with|receiving|given|in|for|under|after) )?(?:the )?[(\[]?",
    re.IGNORECASE,
)
_ARM = re.compile(r"\b(?:placebo|controls?(?! of)|standard (?:of care|therapy)|comparator)\b", re.IGNORECASE)


def compares(text: str) -> bool:
    """Whether the sentence sets a therapy against none: "than with placebo"."""
    return _ARM.search(text) is not None


def run(
    text: str,
    group: list[Named],
    before: int,
    behind: int,
    therapies: Sequence[Named],
    cause: Named | None,
) -> list[Counts] | None:
    """The members of "in 5, 1 and 2 of 8" for the members of a list, or for the arms of a trial."""
    for match in _RUN.finditer(tally.masked(text), before, behind):
        if re.search(r"\bgrades? $", text[: match.start()], re.IGNORECASE) is not None:
            continue
        inside = any(event.start < match.end() and match.start() < event.end for event in group)
        if inside or (match.end() <= group[0].start and not re.search(r"(?:^|\W)$", text[: match.start()])):
            continue
        units = [unit.group() for unit in _EACH.finditer(match["units"])]
        total = numbers.value(match["total"]) if match["total"] else None
        each = [_unit(unit, total) for unit in units]
        if len(each) < 2 or any(counts == Counts() for counts in each):
            continue
        if len(group) == len(each) and len(group) > 1:
            return each
        if len(group) == 1 and (graded := _GRADES.search(text[before : match.start()])) is not None:
            # "Grade 1, 2 and 3 in 5, 2 and 1": a number for each grade.
            several = re.findall(r"[1-5]", graded.group())
            counted = [counts.n for counts in each if counts.n is not None]
            if len(several) == len(each) == len(counted):
                return [Counts(n=sum(counted), total=next((c.total for c in each if c.total), None))]
        if cause is None and all(counts.n is None for counts in each) and match.start() >= group[-1].end:
            # Shares of groups that the sentence does not tell apart for us: doses, times.
            return [Counts() for _ in group]
        if re.match(r" ?(?:events|episodes)\b", text[match.end() :]):
            return [Counts() for _ in group]
        arms = _arms(text, therapies)
        if cause is not None and len(arms) == len(each) and (cause.start in arms) and len(group) == 1:
            return [each[arms.index(cause.start)]]
        if re.search(r"\bvs\b|versus|compared with|respectively", text[match.start() : match.end() + 80]):
            return [Counts() for _ in group]
    return None


def beside(text: str, cause: Named, found: tuple[Item, ...]) -> Item | None:
    """What is counted right beside a therapy that is compared: "12% (belimumab)", "(rituximab, 8%)"."""
    for item in found:
        if item.kind in ("grade", "base"):
            continue
        if item.end <= cause.start and _ON.fullmatch(text, item.end, cause.start):
            return item
        if cause.end <= item.start and re.fullmatch(r"\)?[,:]? ?[(\[]?", text[cause.end : item.start]):
            return item
    return None


def _unit(unit: str, total: int | None) -> Counts:
    item = next(iter(tally.items(f"in {unit}.")), None)
    if item is None:
        return Counts()
    n = item.counts.n
    whole = item.counts.total or (total if n is not None and total is not None and n <= total else None)
    return Counts(n=n, total=whole, percent=item.counts.percent)


def _arms(text: str, therapies: Sequence[Named]) -> list[int]:
    placed: dict[str, int] = {}
    for named in therapies:
        placed.setdefault(named.term, named.start)
    others = [match.start() for match in _ARM.finditer(text)][:1]
    return sorted([*placed.values(), *others])
