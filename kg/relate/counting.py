"""A sentence with its events in, how many had each event, of how many, and how bad it was out.

A number belongs to the event that a verb or a bracket ties it to. Members of a list share what is counted before or
behind all of it; "in 5, 1 and 2 of 8" goes to them in order. Where no tie is sure, no number is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from kg.relate import arms, numbers, tally
from kg.relate.numbers import Counts
from kg.relate.tally import Item
from kg.relate.view import Named

_LISTED = re.compile(
    r"^\s*(?:\([^()]{1,40}\))?\s*(?:(?:,|;|/|&)\s*(?:\b(?:and/or|and|or|nor)\b)?|\b(?:and/or|and|or|nor|plus|without|"
    r"as well as)\b)\s*(?:of\s+)?(?:grades? [\dIV–/-]+\s+)?"
    r"(?:(?!(?:in|with|had|developed|experienced|was|were|who|after|of|but|only|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|no)\b)"
    r"[^\W\d][\w’'-]*\s+){0,3}(?:\()?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[/&;]|\b(?:and/or|and|or|nor|plus|without|as well as)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r";|\b(?:along with (?:\w+ )?cases? of|but|whereas|while|although|however|except|resulting|leading)\b",
    re.IGNORECASE,
)
# Between an event and its count nothing may be told of what became of it.
_FATE = re.compile(
    r"\b(?:requir\w*|receiv\w*|treat\w*|manag\w*|given|resolv\w*|respon\w*|improv\w*|recover\w*|discontinu\w*|"
    r"withdr\w*|"
    r"fatal|died|death|median|mean|led|leading|lasting|lasted|duration|onset|day|days|scores?|reduc\w*|previous\w*|"
    r"risk|ratio|compared|confirmed|used|administ\w*)\b",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"(?:\b(?:in|by|among|affect(?:ed|ing)|for|to|at|with|being|was|were|of)(?: (?:only|just|about|approximately|up to|"
    r"a total of|another|an estimated|the other|nearly|around))?\s?|[(\[:,–—-]\s?)$",
    re.IGNORECASE,
)
_VERB = (
    r"(?:had|have|having|developed|developing|develops?|experienced|experiencing|suffered(?: from)?|reported|reporting|"
    r"showed|presented(?: with)?|displayed|died (?:of|from|due to|because of)|dying of|contracted|exhibited|"
    r"manifested|(?:was|were) (?:diagnosed with|hospitali[sz]ed (?:for|with)|found to have|admitted (?:for|with))|"
    r"cases? of|deaths? (?:of|from|due to)|because of|due to|complained of|discontinued \w+ (?:because of|due to)|"
    r"withdrew (?:because of|due to))"
)
_HAD = re.compile(rf"^[^;]{{0,90}}?\b{_VERB}\b(?! been)[^;,.]{{0,50}}$", re.IGNORECASE)
_WITH = re.compile(r"^(?: \([^)]*\))?(?: [\w-]+){0,2} with(?: [\w≥≤–/()-]+){0,4} $", re.IGNORECASE)
_ADJACENT = re.compile(
    r"^(?:\s(?:of|(?!(?:in|for|on|and|or|after|to|were|was|received|who)\b)[\w≥≤–/-]+)){0,4}\s$", re.IGNORECASE
)
_IN_FRONT = re.compile(r"\bin (?:only |just )?$", re.IGNORECASE)
# "five had CRS and one ICANS": a number right before its event, where others are counted too.
_ELLIPTIC = re.compile(
    rf"(?:\band|,|\bor|\() (?:in )?(?P<n>{tally.NUMBER}) (?:(?:patient|case|with|of|had|grade \d|severe|mild|"
    rf"moderate|each) ){{0,3}}$",
    re.IGNORECASE,
)
# "In two of six patients treated with X, CRS": only who they are may stand between.
_THEN = re.compile(
    r"^(?: (?:treated|receiving|given|infused|on|who (?:had )?(?:received|got)|"
    r"with)\b[^,;.]{0,60})?,? (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
# "One death", "one CRS": a single event is a single patient's.
_ONE = re.compile(
    r"(?<!grade )(?<!grades )(?<![\w/–-])(?:one|1|a single) (?:(?:grade \d|severe|fatal|case of|mild|serious) )?$",
    re.IGNORECASE,
)
_NEXT_GRADE = re.compile(r"[(,]? ?grades? [^,;.()]{1,12} $", re.IGNORECASE)
_CLOSED = re.compile(r"\s*\([^()]*\)")
_NEXT = re.compile(r"^ ?(?:had|developed|experienced|suffered)\b", re.IGNORECASE)

_DEATH = "MESH:D003643"
# "Two deaths": as many as died.
_MANY = re.compile(rf"(?<![\w.,/–-])(?P<n>both|{tally.NUMBER}) (?:[\w-]+ )?$", re.IGNORECASE)
_PEOPLE = re.compile(rf"\b{tally.PEOPLE}\b", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True):
    """What a sentence counts of one event. everyone: all are said to have had it, without their number."""

    counts: Counts = Counts()
    stretch: str = ""
    everyone: bool = False


def told(
    text: str, events: Sequence[Named], therapies: Sequence[Named], cause: Named | None = None
) -> tuple[Told, ...]:
    """What the sentence counts of each of its events, in their order.

    cause: the therapy asked for, where the sentence compares several ("in 2 vs 5%").
    """
    if not events:
        return ()
    found = tally.items(text)
    groups = lists(text, events)
    out: list[Told] = []
    for number, group in enumerate(groups):
        before = groups[number - 1][-1].end if number else 0
        behind = groups[number + 1][0].start if number + 1 < len(groups) else len(text)
        out.extend(_of(text, group, before, behind, found, therapies, cause))
    return tuple(_with_total(text, found, out))


def lists(text: str, events: Sequence[Named]) -> list[list[Named]]:
    """The events in groups: those that stand in one list, "fever, rash and nausea", together."""
    groups = [[events[0]]]
    for one, other in pairwise(events):
        if _LISTED.match(text[one.end : other.start]) is not None:
            groups[-1].append(other)
        else:
            groups.append([other])
    return [part for group in groups for part in _parted(text, group)]


def _parted(text: str, group: list[Named]) -> list[list[Named]]:
    """A list ends with an "and": "all had fever, CRS was mild" is none, but two clauses."""
    kept = [*group]
    apart: list[list[Named]] = []
    while len(kept) > 1 and _JOINED.search(text[kept[-2].end : kept[-1].start]) is None:
        apart.insert(0, [kept.pop()])
    return [kept, *apart]


def _of(
    text: str,
    group: list[Named],
    before: int,
    behind: int,
    found: tuple[Item, ...],
    therapies: Sequence[Named],
    cause: Named | None,
) -> list[Told]:
    stretches = [_stretch(text, group, index, before, behind) for index in range(len(group))]
    run = arms.run(text, group, before, behind, therapies, cause)
    if run is not None:
        return [Told(counts, stretch) for counts, stretch in zip(run, stretches, strict=True)]
    if cause is not None and len(group) == 1 and (arm := arms.beside(text, cause, found)) is not None:
        return [Told(arm.counts, stretches[0])]
    # "Fever, rash and nausea (n = 2)": the bracket is the last one's.
    closing = _bracket(text, group[-1].end, behind, found) if len(group) > 1 else None
    if closing is not None and text[group[-1].end : closing.start].rstrip(" n=").endswith(("(", "[")) is False:
        closing = None
    shared = _behind(text, group[-1].end, behind, found) or _ahead(text, group[0].start, before, found)
    out = []
    for index, (event, stretch) in enumerate(zip(group, stretches, strict=True)):
        own = None
        if len(group) > 1:
            last = group[index + 1].start if index + 1 < len(group) else behind
            own = _bracket(text, event.end, last, found)
        item = own or (None if closing is not None and index + 1 < len(group) else shared)
        counts = item.counts if item is not None else _parts(found, event.end, behind)
        if counts == Counts() and _ONE.search(text[before : group[0].start]) is not None:
            counts = Counts(n=1)
        if counts.n is None and event.term == _DEATH and (deaths := _MANY.search(text[: event.start])) is not None:
            counts = Counts(n=numbers.value(deaths["n"]), percent=counts.percent)
        if counts == Counts() and found and (short := _ELLIPTIC.search(text[before : group[0].start])) is not None:
            counts = Counts(n=numbers.value(short["n"]))
        out.append(Told(counts, stretch, item is not None and item.kind == "all" and item.counts.n is None))
    return out


def _behind(text: str, end: int, limit: int, found: tuple[Item, ...]) -> Item | None:
    """What is counted behind an event: "CRS occurred in 5", "CRS (5/8)"."""
    for item in found:
        if item.start < end or item.kind in ("grade", "base"):
            continue
        gap = text[end : item.start]
        if item.start >= limit or len(gap) > 90 or _CLAUSE.search(gap) or _FATE.search(gap):
            return None
        if item.kind in ("all", "none") and _NEXT.match(text[item.end :]) is not None:
            return None
        if item.kind in ("all", "none") or _ANCHOR.search(gap) is not None:
            bare = re.sub(r"\([^)]*\)", "", gap)
            # "CRS, and five patients had …": the number opens the next clause.
            if (
                re.search(r",? and (?:\w+ )?$|\.\s", bare)
                and _HAD.match(text[item.end : item.end + 60] + " ") is not None
            ):
                return None
            if re.search(r"\b(?:and|or),? (?:in|by|for|with) ?$", bare):
                return None
            if bare.strip() == "," and not text[: item.start].rstrip().endswith(("(", "[")):
                return None
            return item
        return None
    return None


def _ahead(text: str, start: int, limit: int, found: tuple[Item, ...]) -> Item | None:
    """What is counted in front of an event: "five developed CRS", "one grade 2 ICANS"."""
    for item in reversed(found):
        if item.end > start or item.kind == "grade":
            continue
        if item.start < limit:
            return None
        gap = text[item.end : start]
        if _CLAUSE.search(gap):
            return None
        if _HAD.match(gap) is not None or _WITH.match(gap) is not None or _ADJACENT.match(gap) is not None:
            if item.kind == "base" and re.search(r"\b(?:developed|experienced|had|suffered)\b", gap) is None:
                return None
            return _who_had(text, item, found)
        if item.kind != "base" and _IN_FRONT.search(text[: item.start]) and _THEN.match(gap):
            return item
        return None
    return None


def _who_had(text: str, item: Item, found: tuple[Item, ...]) -> Item:
    """The people in front of a number of events: "22 patients (17.6%) had 28 reactions" counts 22."""
    place = found.index(item)
    before = found[place - 1] if place else None
    if before is None or item.counts.total is not None or before.kind != "count":
        return item
    had = re.fullmatch(
        r" (?:had|experienced|developed|reported|suffered) (?:a total of )?", text[before.end : item.start]
    )
    return before if had is not None and _PEOPLE.search(text[before.start : before.end]) else item


def _bracket(text: str, end: int, limit: int, found: tuple[Item, ...]) -> Item | None:
    """What is counted in brackets, or behind "in", right at one member of a list."""
    for item in found:
        if end <= item.start < limit and item.kind != "grade":
            gap = text[end : item.start]
            return (
                item
                if re.match(r"^\s*(?:\([A-Z][\w-]*\)\s*)?(?:[(\[:,]\s?|in\s|\(grade[^)]{1,15}[,;]\s)$", gap)
                else None
            )
    return None


def _parts(found: tuple[Item, ...], end: int, limit: int) -> Counts:
    """Those of each grade together: "CRS (grade 1, n = 4; grade 2, n = 1)". Nobody has two highest grades."""
    parts = [item.counts for item in found if item.kind == "grade" and end <= item.start < limit]
    if len(parts) == 1:
        return parts[0]
    counted = [counts.n for counts in parts if counts.n is not None]
    totals = {counts.total for counts in parts if counts.total is not None}
    total = next(iter(totals)) if len(totals) == 1 else None
    if not counted or len(counted) < len(parts) or (total is not None and sum(counted) > total):
        return Counts()
    return Counts(n=sum(counted), total=total)


def _with_total(text: str, found: tuple[Item, ...], out: list[Told]) -> list[Told]:
    """Of how many, where the sentence says so once: "of 8 patients, five …", "5 of 8 had CRS and 1 ICANS"."""
    bases = {item.counts.n for item in found if item.kind == "base"}
    totals = {item.counts.total for item in found if item.counts.total is not None}
    totals |= {told.counts.total for told in out if told.counts.total is not None}
    whole = next(iter(bases if len(bases) == 1 else totals), None) if len(bases) == 1 or len(totals) == 1 else None
    if whole is None:
        return out
    return [_of_total(told, whole) for told in out]


def _of_total(told: Told, whole: int) -> Told:
    counts = told.counts
    if told.everyone:
        return Told(Counts(n=whole, total=whole, percent=counts.percent), told.stretch, False)
    if counts.n is None or counts.total is not None or not fits(counts, whole):
        return told
    return Told(Counts(n=counts.n, total=whole, percent=counts.percent), told.stretch, False)


def fits(counts: Counts, whole: int) -> bool:
    """Whether n of this many is possible, and is the share that is printed.

    >>> fits(Counts(n=38, percent=88.0), 43), fits(Counts(n=38, percent=88.0), 60), fits(Counts(n=3), 2)
    (True, False, False)
    """
    if counts.n is None or whole <= 0 or counts.n > whole:
        return False
    return counts.percent is None or abs(100 * counts.n / whole - counts.percent) <= 1.0


def _stretch(text: str, group: list[Named], index: int, before: int, behind: int) -> str:
    """The words that grade an event: from the clause before it to the one behind its list."""
    event = group[index]
    start = group[index - 1].end if index else before
    if index and (closed := _CLOSED.match(text, start)) is not None:
        start = closed.end()  # the bracket is the member's before
    if index == 0 and before:
        gap = text[before : event.start]
        joint = list(re.finditer(r"(?:,|;|\band\b|\bor\b|\bbut\b)(?![^(]*\))", gap))
        parted = [found for found in joint if found.group() == ";"]
        start = before + (parted[-1] if parted else joint[0]).end() if joint else before
    own = text[start : event.start] + text[event.start : event.end]
    after = group[index + 1].start if index + 1 < len(group) else behind
    if index + 1 < len(group):
        gap = text[event.end : after]
        own += gap[: gap.find(")") + 1] if gap.lstrip().startswith("(") else ""
    tail = text[group[-1].end : behind]
    if behind < len(text):
        tail = _NEXT_GRADE.sub("", tail)  # "fever (grade 1 CRS)": the grade is the next one's
        joint = list(re.finditer(r"(?:,|;|\band\b|\bor\b|\bbut\b)(?![^(]*\))", tail))
        tail = tail[: joint[-1].start()] if joint else tail
    closed = re.search(r"(?:;(?! (?:the )?(?:highest|maximum|all|none))|\b(?:but|whereas)\b)(?![^(]*\))", tail)
    own += tail[: closed.start()] if closed else tail
    # "Grade 3 neutropenia and anaemia": what grades the first grades the list.
    graded = any(numbers.max_grade(text[one.end : other.start]) for one, other in pairwise(group))
    single = re.search(r"\b(?:an?|one)(?: [\w-]+)? $", text[: event.start], re.IGNORECASE) is not None
    if index and not graded and not single and numbers.max_grade(own) is None:
        own = text[max(before, group[0].start - 30) : group[0].start] + own
    return own
