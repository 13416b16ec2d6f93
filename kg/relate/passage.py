"""A sentence and what it says in, the Evidence that says so out: the one place where quotes are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from kg.model import Direction, Evidence, Grade, Role, Statement
from kg.relate import animal, numbers, study
from kg.relate.anaphora import Antecedent
from kg.relate.design import REVIEWS, design
from kg.relate.numbers import Counts
from kg.relate.view import Sentence

_ROLES: tuple[Role, ...] = ("primary_result", "review_synthesis", "aim", "background")
_TRIAL = re.compile(r"\bNCT ?(\d{8})\b")
_Order = tuple[int, bool, bool, bool, int, bool, int]


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
    setting = study.setting(sentence)
    part: Role = "background" if cited else study.role(sentence)
    trials = _trials(sentence, part)
    species, model = _animals(sentence) if setting == "preclinical_in_vivo" else (None, None)
    return Evidence(
        document=document.id,
        section=sentence.section,
        quote=sentence.text,
        start=sentence.span.start,
        end=sentence.span.end,
        grade=Grade.REFERENCE_TITLE if cited else grade,
        method=method,
        direction=direction,
        role=part,
        setting=setting,
        design=None if cited else design(document),
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
        trials=trials,
        species=species,
        model=model,
        cohort=None if hypothetical else _cohort(sentence, part, trials),
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
            passages[place] = _joined(passages[place], item) if place in passages else item
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


def _joined(one: Evidence, other: Evidence) -> Evidence:
    """One passage that tells of two therapies with one target: both are named, and the larger number is kept, since
    the same patients may have had both."""
    if one.via == other.via:
        return one
    treated = max((item.treated for item in (one, other) if item.treated is not None), default=None)
    via = tuple(dict.fromkeys((*one.via, *other.via)))
    return msgspec.structs.replace(
        one,
        via=via,
        treated=treated,
        n=treated if one.n == one.treated else one.n,
        hypothetical=one.hypothetical and other.hypothetical,
        historical=one.historical and other.historical,
        cohort=one.cohort or other.cohort,
    )


def best(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements merged, with one passage of the record's own for each pair: what a record says of a pair counts
    once (ANNOTATION). The best has the best grade; then it is no hypothesis, no history, no denial, a result before an
    aim, with numbers, and the first. Beside it stay titles of cited papers, and of the record's own sentences the first
    that counts who was treated or responded, or tells the follow-up, where the best one does not.
    """
    told = tuple(statements)
    groups = merged(told)
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
            more = _counting(told, statement.key, taken[1]) if taken is not None and taken[1] in kept else ()
            ordered = sorted((*kept, *more), key=lambda item: (item.grade.rank, item.start))
            out.append(msgspec.structs.replace(statement, evidence=tuple(ordered)))
    return tuple(out)


def _counting(told: Iterable[Statement], key: tuple[str, str, str, bool], best: Evidence) -> tuple[Evidence, ...]:
    """Further passages on the same patients with the numbers that the best passage lacks."""
    others = sorted(
        (item for statement in told if statement.key == key for item in statement.evidence if item.cohort is not None),
        key=lambda item: (item.grade.rank, item.start),
    )
    found = [best]
    for field in ("treated", "responders", "follow_up"):
        if all(getattr(item, field) is None for item in found):
            found += [item for item in others if getattr(item, field) is not None and item.start != best.start][:1]
    return tuple(dict.fromkeys(found[1:]))


def _pair(statement: Statement) -> tuple[str, bool, str]:
    """What a statement is about, whichever of Biolink's predicates its wording bears."""
    return statement.subject, statement.predicate.startswith("biolink:"), statement.object


def _order(item: Evidence, *, negated: bool) -> _Order:
    return (
        item.grade.rank,
        item.hypothetical,
        item.historical,
        negated,
        _ROLES.index(item.role),
        item.treated is None,
        item.start,
    )


def _paper(sentence: Sentence) -> str | None:
    """The paper whose title the sentence is: the reference's; the record itself where a citation is all there is."""
    if sentence.reference is None:
        return sentence.view.document.id
    return next(iter(sentence.reference.ids.curies), None)


def _trials(sentence: Sentence, role: Role) -> tuple[str, ...]:
    """The registered trials a sentence reports on: those it names, else those of the record whose results it tells."""
    found = _TRIAL.findall(sentence.text) if "NCT" in sentence.text else ()
    named = tuple(sorted({f"NCT{number}" for number in found}))
    if named or not sentence.own or role not in ("primary_result", "aim"):
        return named
    return sentence.view.document.ids.nct


def _cohort(sentence: Sentence, role: Role, trials: tuple[str, ...]) -> str | None:
    """Whose patients a sentence counts, where it counts the record's own: the one trial's, else the paper's."""
    document = sentence.view.document
    if not sentence.own or role not in ("primary_result", "aim") or design(document) in REVIEWS:
        return None
    return f"NCT:{trials[0]}" if len(trials) == 1 else document.id


def _animals(sentence: Sentence) -> tuple[str | None, str | None]:
    """Species and model, of the sentence or else of the record's title and abstract."""
    document = sentence.view.document
    own = document.text[: max((s.end for s in document.sections if s.kind in ("title", "abstract")), default=0)]
    species = animal.species(sentence.text) or (None if sentence.cited else animal.species(own))
    return species, animal.model(sentence.text) or (None if sentence.cited else animal.model(own))
