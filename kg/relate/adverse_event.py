"""Tagged document in; which therapy was followed by which adverse event out, with numbers, grade and negation.

"No ICANS was observed" is a statement with a zero, not a missing one. The relation is `has_adverse_event`: the text
tells of an event under a therapy, it does not prove the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from kg.model import Evidence, Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import arms, cohort, counting, culprit, history, limits, numbers, onset, passage, relief, report, telling
from kg.relate.counting import Told
from kg.relate.culprit import Cause
from kg.relate.numbers import Counts
from kg.relate.view import Named, Sentence, View

METHOD = "cartkg.relate.adverse_event"
HAS_ADVERSE_EVENT = "biolink:has_adverse_event"

# "Patients with SLE", "rituximab for SLE", "SLE patients".
_HAVE = re.compile(
    r"\b(?:patients?|participants?|subjects?|children|adults|women|wom[ae]n|m[ae]n|people|individuals|those|"
    r"cases?|recipients?) "
    r"(?:\w+ )?(?:with|who have|having) (?:[\w-]+,? ){0,4}$|\b(?:for|in) (?:the treatment of )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_HAD = re.compile(r"(?: \([^)]*\))?[ -](?:patients?|cohort|subjects?|cases?)\b", re.IGNORECASE)
_GRADED = re.compile(
    r"^(?:All|Each|Both|Most|The|These|They|Those|It|This|Every)\b[^.;]{0,60}\bgrades? ?(?:[1-5]|I{1,3}|IV|V)\b",
    re.IGNORECASE,
)


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """The adverse-event statements of one document."""
    view = View.of(tagged, vocabulary)
    return telling.best(
        view.document.text,
        (statement for sentence in view.sentences for statement in _of(sentence)),
        general=_general(view),
    )


def _general(view: View) -> dict[str, str]:
    """The therapies of a document that are a class of exactly one other that it names: CAR-T, of CD19 CAR-T."""
    named = {n.term for s in view.sentences if s.own for n in s.of_type("therapy")}
    below = {term: {other for other in named if other != term and view.is_kind_of(other, term)} for term in named}
    return {term: next(iter(others)) for term, others in below.items() if len(others) == 1}


def _of(sentence: Sentence) -> Iterator[Statement]:
    if sentence.section == "keywords":
        return
    events = tuple(
        event for event in _once(sentence, sentence.of_type("adverse_event")) if not report.heads(sentence, event)
    )
    if not events:
        return
    therapies = sentence.of_type("therapy")
    plain = counting.told(sentence.text, events, therapies)
    around = [group for group in counting.lists(sentence.text, events) for _ in group]
    for index, event in enumerate(events):
        if history.preceded(sentence, event):
            continue
        found = culprit.causes(sentence, event, around[index]) or culprit.elsewhere(sentence, event)
        for cause in found:
            told = plain[index]
            if cause.named is not None and (len(therapies) > 1 or arms.compares(sentence.text)):
                told = counting.told(sentence.text, events, therapies, cause.named)[index]
            told = _of_the_harm(sentence, event, told)
            if report.stated(sentence, event, cause, told, around[index]):
                statement = _statement(sentence, event, cause, told)
                yield statement
                if not statement.negated:
                    yield from (_denied(sentence, statement, other) for other in culprit.spared(sentence, event, cause))


def _of_the_harm(sentence: Sentence, event: Named, told: Told) -> Told:
    """What is told of those who had the event, and not of those who got something against it."""
    return Told(Counts(), told.stretch) if relief.given_for(sentence, event) else told


def _statement(sentence: Sentence, event: Named, cause: Cause, told: Told) -> Statement:
    highest = limits.highest(sentence.text, event.start, event.end)
    negated = report.denied(sentence, event, told)
    counts = _counts(sentence, event, told, highest=highest, negated=negated)
    grade = Grade.SENTENCE_ASSERTION if cause.antecedent is None else Grade.DOCUMENT_ASSERTION
    item = passage.evidence(
        sentence,
        grade,
        method=METHOD,
        antecedent=cause.antecedent,
        direction="refutes" if negated else "supports",
        hypothetical=not negated and report.possible(sentence, event, cause),
        context_disease=_context(sentence),
        counted=counts,
    )
    if not negated:
        item = _severity(sentence, event, told, item, highest)
    return Statement(
        subject=cause.therapy,
        predicate=HAS_ADVERSE_EVENT,
        object=report.severity(sentence, event),
        negated=negated,
        evidence=(item,),
    )


def _denied(sentence: Sentence, statement: Statement, spared: Cause) -> Statement:
    """The same event denied of a therapy that is set apart: "A but not B increased E". Nobody is counted by that."""
    grade = statement.evidence[0].grade
    item = passage.evidence(
        sentence,
        grade,
        method=METHOD,
        antecedent=None,
        direction="refutes",
        hypothetical=False,
        context_disease=_context(sentence),
        counted=Counts(),
    )
    return msgspec.structs.replace(statement, subject=spared.therapy, negated=True, evidence=(item,))


def _counts(sentence: Sentence, event: Named, told: Told, *, highest: int | None, negated: bool) -> Counts:
    """What the sentence counts, completed by the document; of a limit only who had the event at all would count."""
    if sentence.cited:
        return told.counts
    if highest is not None and limits.denied(sentence.text, event.start):
        # "No CRS above grade 1 in 8 patients": it does not say who had it at all.
        return Counts()
    counts = told.counts
    if negated:
        # "CRS without ICANS in 5 of 8": of those without, the sentence counts nobody.
        counts = Counts(n=0, total=told.counts.total if not told.counts.n else None)
    return cohort.completed(counts, cohort.of(sentence.view), everyone=told.everyone, denied=negated)


def _severity(sentence: Sentence, event: Named, told: Told, item: Evidence, highest: int | None) -> Evidence:
    """The evidence with grade, grading system and onset; the next sentence belongs to it where it grades the event."""
    several = len({named.term for named in sentence.of_type("adverse_event")}) > 1
    graded = highest or numbers.max_grade(told.stretch)
    system = numbers.grading_system(sentence.text)
    changed = msgspec.structs.replace(
        item,
        max_grade=graded,
        grading_system=system if graded is not None else None,
        onset=onset.days(told.stretch if several else sentence.text),
    )
    following = _following(sentence, event) if graded is None and not several else None
    if following is None:
        return changed
    text = sentence.view.document.text
    return msgspec.structs.replace(
        changed,
        max_grade=limits.highest(following.text, 0, 0) or numbers.max_grade(following.text),
        grading_system=numbers.grading_system(following.text) or system,
        quote=text[item.start : following.span.end],
        end=following.span.end,
    )


def _following(sentence: Sentence, event: Named) -> Sentence | None:
    """The next sentence where it only says how severe the event was: "All cases were grade 1"."""
    view = sentence.view
    if sentence.number + 1 >= len(view.sentences):
        return None
    following = view.sentences[sentence.number + 1]
    others = {named.term for named in following.of_type("adverse_event")} - {event.term}
    if following.section != sentence.section or others or sentence.section != "abstract":
        return None
    return following if _GRADED.match(following.text) is not None else None


def _once(sentence: Sentence, events: tuple[Named, ...]) -> tuple[Named, ...]:
    """The events with a name and the short form in brackets behind it taken as one that spans both."""
    out: list[Named] = []
    for event in events:
        if out and out[-1].term == event.term and sentence.text[out[-1].end : event.start].strip() == "(":
            out[-1] = out[-1].until(event.end + 1)
        else:
            out.append(event)
    return tuple(out)


def _context(sentence: Sentence) -> str | None:
    """The disease whose patients the event is told of: the one they are said to have, else the title's, else the only
    one that the sentence names."""
    here = sentence.of_type("disease")
    text = sentence.text
    own = {named.term for named in here if _HAVE.search(text[: named.start]) or _HAD.match(text, named.end)}
    if len(own) == 1:
        return own.pop()
    title = {named.term for named in sentence.view.title() if named.grounding.mention.type == "disease"}
    if not own and sentence.own and len(title) == 1:
        return title.pop()
    only = {named.term for named in here}
    return only.pop() if not own and not title and len(only) == 1 else None
