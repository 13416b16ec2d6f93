"""Tagged document in; which target, and which therapy, was tried in which disease out.

`SentenceAssertion`: one sentence names the therapy and the disease and links them. `DocumentAssertion`: the sentence
speaks of "these conditions", of "this therapy" or of the record's patients, and the record says which. A drug stands
for its targets (rituximab for CD20) and is named in `via`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from kg.model import Evidence, Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import design, outcome, passage, patients, study, topic
from kg.relate.agent import Agent
from kg.relate.pairs import Pair, pairs
from kg.relate.view import Sentence, View

METHOD: Final = "cartkg.relate.tried_in"
TARGET_TRIED_IN: Final = "kg:target_tried_in"
_TRIALS: Final = "biolink:in_clinical_trials_for"
_PRECLINICAL: Final = "biolink:in_preclinical_trials_for"
_APPLIED: Final = "biolink:applied_to_treat"
_STUDIED: Final = "biolink:treats_or_applied_or_studied_to_treat"
_IN_A_TRIAL: Final = re.compile(
    r"\b(?:phase[ -](?:[1-4]|I{1,3}|IV)|(?:clinical|randomi[sz]ed|controlled|open-label)[\w ,-]{0,40} trials?|"
    r"NCT\d{8})\b",
    re.IGNORECASE,
)
_APPROVED: Final = re.compile(
    r"\b(?:approved|licen[cs]ed|off-label|routinely used|"
    r"standard of care)\b",
    re.IGNORECASE,
)
# "fingolimod (n = 71)" counts those who got it; so does "71 received fingolimod".
_ARM: Final = re.compile(r"^(?: \([A-Za-z][\w-]*\))? ?[(\[][nN] ?= ?(\d+)[)\],;]")
_GOT_IT: Final = re.compile(
    rf"(?<![\d.,])\b({patients.NUMBER})(?: \(\d+(?:\.\d+)?%\))?(?: patients)? (?:were |was )?"
    r"(?:received|given|treated with|got|underwent|started|initiated|with|on) (?:[\w-]+ (?:or|and|/) )?$",
    re.IGNORECASE,
)
# "Of 40 patients, of whom 12 received X": those behind it are meant.
_OF_THEM: Final = re.compile(r"\bof (?:whom|these|them|which)\b", re.IGNORECASE)
_TREATED: Final = re.compile(
    r"\b(?:treated|received|infused|underwent|given|administered|enrolled|included|"
    r"on)\b",
    re.IGNORECASE,
)


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """The tried-in statements of one document, one for each pair with its best evidence."""
    view = View.of(tagged, vocabulary)
    told = [statement for sentence in view.sentences for pair in pairs(sentence) for statement in _said(sentence, pair)]
    return passage.best([*told, *_outcomes(view, told)])


def _said(sentence: Sentence, pair: Pair) -> Iterator[Statement]:
    agent, found = pair.agent, pair.link
    item = passage.evidence(
        sentence,
        pair.grade,
        method=METHOD,
        antecedent=pair.antecedent,
        via=(agent.therapy,) if agent.therapy is not None else (),
        direction="refutes" if found.untried else "supports",
        hypothetical=found.hypothetical or agent.proposed,
    )
    item = _with_numbers(sentence, item, agent, pair.place, historical=agent.historical)
    for target in pair.targets:
        yield Statement(
            subject=target, predicate=TARGET_TRIED_IN, object=pair.disease, negated=found.untried, evidence=(item,)
        )
    if agent.therapy is not None:
        yield Statement(
            subject=agent.therapy,
            predicate=_predicate(sentence, item),
            object=pair.disease,
            negated=found.untried,
            evidence=(msgspec.structs.replace(item, via=()),),
        )


def _outcomes(view: View, told: Iterable[Statement]) -> Iterator[Statement]:
    """What became of the patients, in sentences that name neither therapy nor disease: said of the title's only ones.

    Taken for pairs that the record states anyway, of a study of its own, for their numbers alone.
    """
    title, about = topic.therapy(view), topic.disease(view)
    kind = design.design(view.document)
    if title is None or about is None or kind in design.REVIEWS or study.preclinical(view.document):
        return
    term = title[1].term
    stated = {
        statement.key: statement
        for statement in told
        if statement.object == about.diseases[0]
        and not statement.negated
        and (statement.subject == term or term in statement.evidence[0].via)
    }
    for sentence in view.sentences:
        if sentence.section != "abstract" or sentence.of_type("therapy") or topic.elsewhere(sentence, about):
            continue
        if (response := outcome.responders(sentence.text)) is None and outcome.follow_up(sentence.text) is None:
            continue
        for (subject, predicate, object_, _), first in stated.items():
            via = first.evidence[0].via
            item = passage.evidence(sentence, Grade.DOCUMENT_ASSERTION, method=METHOD, antecedent=about, via=via)
            if item.cohort is None:
                continue
            item = msgspec.structs.replace(
                item,
                responders=response.responders if response else None,
                evaluable=response.evaluable if response else None,
                follow_up=outcome.follow_up(sentence.text),
                efficacy=outcome.efficacy(sentence.text),
            )
            yield Statement(subject=subject, predicate=predicate, object=object_, evidence=(item,))


def _with_numbers(
    sentence: Sentence, item: Evidence, agent: Agent, place: tuple[int, int] | None, *, historical: bool
) -> Evidence:
    """The evidence with what its sentence says of those treated."""
    if sentence.cited or historical or item.hypothetical:
        treated = _treated(sentence, agent, place) if sentence.cited and not item.hypothetical else None
        cohort = None if historical else item.cohort
        return msgspec.structs.replace(item, treated=treated, n=treated, historical=historical, cohort=cohort)
    treated = _treated(sentence, agent, place)
    response = _response(sentence, place)
    return msgspec.structs.replace(
        item,
        n=treated,
        treated=treated,
        responders=response.responders if response else None,
        evaluable=response.evaluable if response else None,
        follow_up=outcome.follow_up(sentence.text),
        efficacy=outcome.efficacy(sentence.text),
    )


def _treated(sentence: Sentence, agent: Agent, place: tuple[int, int] | None) -> int | None:
    """How many with the disease were treated, where the sentence counts them."""
    text = _clause(sentence.text, agent)
    arm = _ARM.match(text[agent.end :])
    others = tuple(
        (named.start, named.end) for named in sentence.of_type("disease") if (named.start, named.end) != place
    )
    if arm is not None and not others:
        return int(arm.group(1))
    if (got := _GOT_IT.search(text[: agent.start])) is not None and not others:
        return patients.value(got.group(1))
    if sentence.of_type("adverse_event") and _TREATED.search(text) is None:
        return None
    return patients.treated(text, place, others)


def _clause(text: str, agent: Agent) -> str:
    """The sentence with what stands beyond the nearest semicolons, or before "of whom", blotted out; offsets stay."""
    first, last = text.rfind("; ", 0, agent.start) + 1, text.find("; ", agent.end)
    last = len(text) if last < 0 else last
    part = [found.end() for found in _OF_THEM.finditer(text, max(first, 0), agent.start)]
    first = max([first, *part])
    return " " * first + text[first:last] + " " * (len(text) - last)


def _response(sentence: Sentence, place: tuple[int, int] | None) -> outcome.Response | None:
    """How many of how many responded, where the sentence says so of the disease alone."""
    others = {named.term for named in sentence.of_type("disease")}
    if place is not None and len(others) > 1:
        behind = re.match(
            r"(?: \([A-Za-z-]+\))? \((\d+) (?:of|out of) (\d+)|(?: \([A-Za-z-]+\))? \((\d+)/(\d+)",
            sentence.text[place[1] :],
        )
        if behind is None or outcome.efficacy(sentence.text) is None:
            return None
        n, total = (int(number) for number in behind.groups() if number is not None)
        return outcome.Response(n, total) if n <= total else None
    return outcome.responders(sentence.text)


def _predicate(sentence: Sentence, item: Evidence) -> str:
    """The strongest Biolink predicate the text bears; never `treats` from text alone (DESIGN §5)."""
    if item.setting in ("preclinical_in_vivo", "in_vitro"):
        return _PRECLINICAL
    if sentence.cited or item.hypothetical:
        return _STUDIED
    if item.design in design.TRIALS:
        return _TRIALS
    if item.design in design.CARE:
        return _APPLIED
    if _IN_A_TRIAL.search(sentence.text) is not None:
        return _TRIALS
    return _APPLIED if _APPROVED.search(sentence.text) is not None else _STUDIED
