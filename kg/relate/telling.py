"""The adverse-event statements of a document in, each with its most telling passages out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kg.model import Evidence, Grade, Statement

_TELLING = ("n", "total", "percent", "max_grade", "onset")


def best(text: str, statements: Iterable[Statement], *, general: Mapping[str, str]) -> tuple[Statement, ...]:
    """One statement for each therapy, event and negation, with its most telling passage. text: the document's.

    A further passage stays where it says what the first does not: a grade, a number, a time. Titles of cited papers
    stay beside it. general: a therapy that is a class of one other of the document; what is told of both is told of
    that one.
    """
    found: dict[tuple[str, str, str, bool], list[Evidence]] = {}
    for statement in statements:
        found.setdefault(statement.key, []).extend(statement.evidence)
    for key in sorted(found):
        narrower = (general.get(key[0], ""), *key[1:])
        if narrower in found:
            found[narrower].extend(found.pop(key))
    return tuple(
        Statement(subject=key[0], predicate=key[1], object=key[2], negated=key[3], evidence=_kept(text, evidence))
        for key, evidence in sorted(found.items())
    )


def _kept(text: str, evidence: list[Evidence]) -> tuple[Evidence, ...]:
    cited = [item for item in evidence if item.grade is Grade.REFERENCE_TITLE]
    own = sorted((item for item in evidence if item.grade is not Grade.REFERENCE_TITLE), key=_order)
    kept: list[Evidence] = []
    said: set[str] = set()
    for item in _by_grade(text, own):
        fields = {name for name in _TELLING if getattr(item, name) is not None}
        if not kept or fields - said:
            kept.append(item)
            said |= fields
    once = {(item.start, item.end): item for item in reversed(cited)}
    return (*kept, *sorted(once.values(), key=lambda item: item.start))


def _by_grade(text: str, evidence: list[Evidence]) -> list[Evidence]:
    """The evidence with what is told by grade, in one sentence or in two that follow each other, put together.

    "Grade 1 CRS occurred in five. One patient had grade 2 CRS." The quote then holds both.

    Nobody has two highest grades, so the numbers add up. text: the document's.
    """
    out: list[Evidence] = []
    for item in evidence:
        same = next((index for index, other in enumerate(out) if _parts(other, item)), None)
        if same is None:
            out.append(item)
            continue
        first = out[same]
        n = (first.n or 0) + (item.n or 0)
        total = first.total or item.total
        fits = total is None or n <= total
        grades = (first.max_grade or 0, item.max_grade or 0)
        start, end = min(first.start, item.start), max(first.end, item.end)
        out[same] = msgspec.structs.replace(
            first,
            n=n if fits else first.n,
            total=total,
            percent=None,
            max_grade=max(grades),
            start=start,
            end=end,
            quote=text[start:end],
        )
    return out


def _parts(one: Evidence, other: Evidence) -> bool:
    numbered = one.n is not None and other.n is not None
    graded = one.max_grade is not None and other.max_grade is not None and one.max_grade != other.max_grade
    first, last = sorted((one, other), key=lambda item: item.start)
    near = last.start - first.end <= 2 and one.section == other.section
    return near and numbered and graded


def _order(item: Evidence) -> tuple[bool, int, int, int]:
    told = sum(getattr(item, name) is not None for name in _TELLING)
    return item.hypothetical, -told, item.grade.rank, item.start
