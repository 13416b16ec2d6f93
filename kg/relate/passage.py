"""A sentence and what it says in, the Evidence that says so out: the one place where quotes are cut."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Direction, Evidence, Grade, Ids, Statement
from kg.relate import numbers, study
from kg.relate.anaphora import Antecedent
from kg.relate.numbers import Counts
from kg.relate.view import Sentence


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
    reference = sentence.reference
    count = counted or Counts()
    return Evidence(
        document=document.id,
        section=sentence.section,
        quote=sentence.text,
        start=sentence.span.start,
        end=sentence.span.end,
        grade=grade if reference is None else Grade.REFERENCE_TITLE,
        method=method,
        direction=direction,
        role="background" if reference is not None else study.role(sentence),
        setting=study.setting(sentence),
        design=None if reference is not None else study.design(document),
        phase=None if reference is not None else study.phase(sentence.text, document),
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
        cited=_cited(reference.ids) if reference is not None else None,
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


def _cited(ids: Ids) -> str | None:
    return ids.curies[0] if ids.curies else None
