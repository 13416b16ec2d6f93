"""A sentence in, which of its therapies (or targets) it links with which disease out, and where each is told.

A pair comes from the sentence alone, or through one expression in it that other sentences of the record resolve: "these
conditions", "this therapy", "both patients", a product named elsewhere, or the patients that the record is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

import msgspec

from kg.model import Grade
from kg.relate import anaphora, apart, given, link, pronoun, topic
from kg.relate.agent import Agent, agents
from kg.relate.anaphora import Antecedent
from kg.relate.design import REVIEWS, design
from kg.relate.link import Link
from kg.relate.view import Named, Sentence, View

# Nobody of these was treated: exclusion criteria.
_EXCLUDED: Final = re.compile(r"\b(?:exclu(?:ded|sion|ding)|ineligible|contraindicat\w+)\b", re.IGNORECASE)
_VERB: Final = re.compile(
    r",? (?:and|but)? ?[^,;]*\b(?:was|were|is|are|has been|have been|had been|remains?|remained|showed|"
    r"fail(?:ed|s)?|achieved|led)\b",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:compared|versus|vs|than|superior|inferior|non-inferior|comparable|"
    r"similar)\b",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(
    r"(?:[A-Z]+: )?(?:In|For|Among) (?:(?:patients|people|adults|children|those|individuals) with )?(?:[\w-]+ ){0,3}$"
)
# Classes whose products differ by their target alone, so that "the CAR-T cells" are those of the record.
_PRODUCTS: Final = ("cartkg:car-t", "cartkg:t-cell-engager")
_HISTORY_GAP: Final = re.compile(r"[^;]{0,90}")
_ON: Final = re.compile(
    r"[^.;]{0,80}\b(?:on|under|receiving|taking|treated with|maintained on|"
    r"controlled (?:with|by|on)|managed with)\b[^.;]{0,40}",
    re.IGNORECASE,
)


class Pair(msgspec.Struct, frozen=True):
    """A therapy or target and a disease that a sentence links. place: the disease's, where the sentence names it."""

    agent: Agent
    targets: tuple[str, ...]
    disease: str
    grade: Grade
    link: Link
    place: tuple[int, int] | None = None
    antecedent: Antecedent | None = None


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """What a sentence says was, is or may be tried in what."""
    if sentence.section == "keywords" or not sentence.named:
        return
    tried = tuple(agents(sentence))
    if not tried and (sentence.cited or not pronoun.may_stand(sentence.text)):
        return
    if _EXCLUDED.search(sentence.text) is not None:
        return
    diseases = tuple(named for named in sentence.of_type("disease") if not apart.aside(sentence, named))
    linked: set[Agent] = set()
    for agent, disease in product(tried, diseases):
        found = _linked(sentence, agent, disease, diseases, tried)
        if found is None:
            continue
        linked.add(agent)
        place = (disease.start, disease.end)
        yield Pair(agent, agent.targets, disease.term, Grade.SENTENCE_ASSERTION, found, place)
        resolved = _product(sentence, agent)
        if resolved is not None:
            targets, antecedent = resolved
            yield Pair(agent, targets, disease.term, Grade.DOCUMENT_ASSERTION, found, place, antecedent)
    if sentence.cited:
        return
    if not tried:
        yield from _through_therapies(sentence, diseases)
        return
    yield from _through_diseases(sentence, tried, linked)
    if sentence.section == "abstract":
        yield from _of_the_topic(sentence, [agent for agent in tried if agent not in linked])


def _linked(
    sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...], tried: tuple[Agent, ...]
) -> Link | None:
    """The link of two names in one sentence, where no other name stands nearer to either."""
    if agent.start <= disease.start < agent.end or apart.nearer(sentence, agent, disease, diseases):
        return None
    text, place = sentence.text, (disease.start, disease.end)
    first, last = sorted((agent.span, place))
    gap = text[first[1] : last[0]]
    if apart.came_up(sentence, agent, disease):
        return None
    found = link.between(text, agent.span, place)
    if found is None:
        found = _of_the_sentence(sentence, agent, disease)
    if found is None and agent.historical and _HISTORY_GAP.fullmatch(gap) is not None:
        found = Link(hypothetical=False, untried=False) if not link.breaks(text, first[1], last[0]) else None
    if (
        found is None
        and agent.start > disease.start
        and _ON.fullmatch(gap)
        and apart.CASE.search(text[: disease.start])
    ):
        found = Link(hypothetical=False, untried=False)
    if found is not None and apart.other_clause(sentence, agent, disease, diseases, tried):
        return None
    if found is None or agent.end > disease.start:
        return found
    # "Canakinumab was not available, and adalimumab was given for uveitis": the second is nearer.
    for other in tried:
        if agent.end <= other.start and other.end <= disease.start:
            between = text[agent.end : other.start]
            if _VERB.match(between) and apart.NEXT_CLAUSE.search(between) and _COMPARED.search(between) is None:
                return None
    return found


def _of_the_sentence(sentence: Sentence, agent: Agent, disease: Named) -> Link | None:
    """The link of a therapy told as given with the one disease whose patients the sentence speaks of."""
    view, text = sentence.view, sentence.text
    named = {one.term for one in sentence.of_type("disease") if topic.treated_for(view, one.term)}
    if named != {disease.term} or sentence.section == "title" or agent.therapy is None:
        return None
    first, last = sorted((agent.span, (disease.start, disease.end)))
    # "In patients with SLE, …, whereas belimumab was …": what a sentence begins with holds for all of it.
    placed = _PLACED.match(text[: disease.start]) is not None
    if (not placed and link.breaks(text, first[1], last[0])) or not given.to_patients(text, agent.start, agent.end):
        return None
    return Link(hypothetical=link.hypothetical(text, agent.start, agent.end), untried=False)


def _through_diseases(sentence: Sentence, tried: tuple[Agent, ...], linked: set[Agent]) -> Iterator[Pair]:
    """Pairs with "these conditions", with a class that the record lists, with "the latter" and "both patients"."""
    stand: list[tuple[int, int, tuple[Antecedent, ...]]] = [
        (anaphor.start, anaphor.end, anaphor.antecedents) for anaphor in anaphora.anaphors(sentence)
    ]
    stand += [(one.start, one.end, (one.antecedent,)) for one in pronoun.diseases(sentence)]
    for start, end, antecedents in stand:
        for agent in tried:
            found = link.between(sentence.text, agent.span, (start, end))
            if found is None:
                continue
            linked.add(agent)
            for antecedent in antecedents:
                for term in antecedent.diseases:
                    yield Pair(agent, agent.targets, term, Grade.DOCUMENT_ASSERTION, found, None, antecedent)


def _through_therapies(sentence: Sentence, diseases: tuple[Named, ...]) -> Iterator[Pair]:
    """Pairs with "this therapy" or "the former"."""
    for stands in pronoun.therapies(sentence) if diseases else ():
        assert stands.therapy is not None
        term = stands.therapy.term
        targets = _targets(sentence.view, stands.therapy)
        agent = Agent(term, targets, True, stands.start, stands.end)
        for disease in diseases:
            place = (disease.start, disease.end)
            found = link.between(sentence.text, agent.span, place)
            if found is not None:
                yield Pair(agent, targets, disease.term, Grade.DOCUMENT_ASSERTION, found, place, stands.antecedent)


def _of_the_topic(sentence: Sentence, waiting: list[Agent]) -> Iterator[Pair]:
    """Treatment told without a disease is told of the patients that the record is about."""
    if not waiting or anaphora.demonstrates(sentence.text):
        return
    about = topic.disease(sentence.view)
    if about is None or topic.elsewhere(sentence, about):
        return
    under_study = given.UNDER_STUDY.search(sentence.text) is not None
    for agent in waiting:
        if given.not_given(sentence.text, agent.start):
            continue
        if not (under_study or agent.historical or given.to_patients(sentence.text, agent.start, agent.end)):
            continue
        if agent.therapy is None and not under_study and link.hypothetical(sentence.text, agent.start, agent.end):
            continue
        maybe = link.hypothetical(sentence.text, agent.start, agent.end)
        found = Link(hypothetical=maybe, untried=False)
        (term,) = about.diseases
        yield Pair(agent, agent.targets, term, Grade.DOCUMENT_ASSERTION, found, None, about)


def _targets(view: View, therapy: Named) -> tuple[str, ...]:
    inside = tuple(
        named.term
        for sentence in view.sentences
        for named in sentence.of_type("target")
        if therapy.grounding.mention.start <= named.grounding.mention.start
        and named.grounding.mention.end <= therapy.grounding.mention.end
    )
    return inside or view.vocabulary.term(therapy.term).targets


def _product(sentence: Sentence, agent: Agent) -> tuple[tuple[str, ...], Antecedent] | None:
    """The targets of "CAR-T cells" where the record names one product of that kind, with that product's name."""
    view = sentence.view
    if agent.therapy is None or agent.targets or sentence.cited or design(view.document) in REVIEWS:
        return None
    if not any(view.is_kind_of(agent.therapy, root) for root in _PRODUCTS):
        return None
    found: dict[tuple[str, ...], Antecedent] = {}
    for other in view.sentences:
        if not other.own:
            continue
        for named in other.of_type("therapy"):
            if named.term != agent.therapy and view.is_kind_of(named.term, agent.therapy):
                targets = _targets(view, named)
                start = other.span.start
                if targets:
                    found.setdefault(targets, Antecedent((), start + named.start, start + named.end))
    return next(iter(found.items())) if len(found) == 1 else None
