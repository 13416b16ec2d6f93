"""A sentence and what it says in, the Evidence that says so out: the one place where quotes are cut."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kg.model import Direction, Evidence, Grade, Role, Statement
from kg.relate import numbers, study
from kg.relate.anaphora import Antecedent
from kg.relate.numbers import Counts
from kg.relate.view import Sentence

_ROLES: tuple[Role, ...] = ("primary_result", "review_synthesis", "aim", "background")
_Order = tuple[int, bool, bool, int, bool, int]


def evidence(
    sentence: Sentence,
    grade: Grade,
    *,
    method: str,
    antecedent: Antecedent | None = None,
    direction: Direction = "supports",
    via: tuple[str, ...] = (),
    hypothetical: bool = False,
    context_disease: str | None = None,
    counted: Counts | None = None,
    toxicity: str | None = None,
    highest: int | None = None,
) -> Evidence:
    """The whole sentence as evidence; in a reference's title the grade is `ReferenceTitle`, whatever it says.

    toxicity: the stretch of the sentence in which an event's grade may stand. highest: a grade it did not pass.
    """
    document = sentence.view.document
    cited = sentence.cited
    count = counted or Counts()
    return Evidence(
        document=document.id,
        section=sentence.section,
        quote=sentence.text,
        start=sentence.span.start,
        end=sentence.span.end,
        grade=Grade.REFERENCE_TITLE if cited else grade,
        method=method,
        direction=direction,
        role="background" if cited else study.role(sentence),
        setting=study.setting(sentence),
        design=None if cited else study.design(document),
        phase=None if cited else study.phase(sentence.text, document),
        n=count.n,
        total=count.total,
        percent=count.percent,
        max_grade=highest or (numbers.max_grade(toxicity) if toxicity else None),
        grading_system=numbers.grading_system(sentence.text) if toxicity else None,
        context_disease=context_disease,
        antecedent=document.text[antecedent.start : antecedent.end] if antecedent else None,
        antecedent_start=antecedent.start if antecedent else None,
        antecedent_end=antecedent.end if antecedent else None,
        via=via,
        cited=_paper(sentence) if cited else None,
        hypothetical=hypothetical,
    )


def merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """One statement for each subject, predicate, object and negation, with all its evidence, in a fixed order.

    Of the record's own sentences only those of the best grade are kept: what one sentence says outright needs no
    sentence that says it by the way. Titles of cited papers stay beside them.
    """
    found: dict[tuple[str, str, str, bool], dict[tuple[int, int, int], Evidence]] = {}
    for statement in statements:
        passages = found.setdefault(statement.key, {})
        for item in statement.evidence:
            place = (item.grade.rank, item.start, item.antecedent_start or -1)
            passages.setdefault(place, item)
    out = []
    for (subject, predicate, object_, negated), passages in sorted(found.items()):
        own = [place[0] for place, item in passages.items() if item.grade is not Grade.REFERENCE_TITLE]
        best = min(own, default=0)
        kept = tuple(
            item
            for place, item in sorted(passages.items(), key=lambda pair: pair[0])
            if place[0] == best or item.grade is Grade.REFERENCE_TITLE
        )
        out.append(Statement(subject=subject, predicate=predicate, object=object_, negated=negated, evidence=kept))
    return tuple(out)


def best(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements merged, with one passage of the record's own for each pair: what a record says of a pair counts
    once (ANNOTATION). The best has the best grade; then it is no hypothesis, no denial, a result before an aim, with
    numbers, and the first. Titles of cited papers stay beside it.
    """
    groups = merged(statements)
    chosen: dict[tuple[str, bool, str], tuple[_Order, Evidence]] = {}
    for statement in groups:
        for item in statement.evidence:
            if item.grade is Grade.REFERENCE_TITLE:
                continue
            found = (_order(item, negated=statement.negated), item)
            pair = _pair(statement)
            if pair not in chosen or found[0] < chosen[pair][0]:
                chosen[pair] = found
    out = []
    for statement in groups:
        taken = chosen.get(_pair(statement))
        kept = tuple(
            item
            for item in statement.evidence
            if item.grade is Grade.REFERENCE_TITLE or (taken is not None and item is taken[1])
        )
        if kept:
            out.append(msgspec.structs.replace(statement, evidence=kept))
    return tuple(out)


def _pair(statement: Statement) -> tuple[str, bool, str]:
    """What a statement is about, whichever of Biolink's predicates its wording bears."""
    return statement.subject, statement.predicate.startswith("biolink:"), statement.object


def _order(item: Evidence, *, negated: bool) -> _Order:
    return (item.grade.rank, item.hypothetical, negated, _ROLES.index(item.role), item.n is None, item.start)


def _paper(sentence: Sentence) -> str | None:
    """The paper whose title the sentence is: the reference's; the record itself where a citation is all there is."""
    if sentence.reference is None:
        return sentence.view.document.id
    return next(iter(sentence.reference.ids.curies), None)
