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

from kg import wording
from kg.model import Grade
from kg.relate import anaphora, given, link, pronoun, topic
from kg.relate.agent import LISTED, Agent, agents
from kg.relate.anaphora import Antecedent
from kg.relate.design import REVIEWS, design
from kg.relate.link import Link
from kg.relate.view import Named, Sentence, View

_PART: Final = re.compile(r"[- ](?:associated|related|induced) ")  # "SSc-associated ILD" is both
# Nobody of these was treated: exclusion criteria.
_EXCLUDED: Final = re.compile(r"\b(?:exclu(?:ded|sion|ding)|ineligible|contraindicat\w+)\b", re.IGNORECASE)
_LACKED: Final = re.compile(
    r"\b(?:without|no|free of|not have|absence of|other than|except(?: for)?|history of|previous|prior|"
    r"recent|underlying|comorbid|due to|caused by|secondary to|unlike|in contrast to|as opposed to|mimic\w*|"
    r"resembl\w+|misdiagnosed as|rule[sd]? out)\s"
    r"(?:(?!in|for|with|of)[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# A disease that is feared or counted under a therapy is not what the therapy is given for.
_FEARED: Final = re.compile(
    r"\b(?:risks? (?:of|for)|risk factors? for|incidence of|odds of|hazard of|(?:re)?activation of|"
    r"predisposition for|comorbidit\w+ of|"
    r"occurrence of|signals? (?:of|for)|"
    r"(?:rates?|cases?|episodes?|frequency|prevalence|likelihood) of|protect(?:ion|ed|s)? (?:against|from)|"
    r"susceptib\w+ to|"
    r"(?:developed|developing|develops?|cause[sd]?|causing|triggered|induced|inducing|complicated by|"
    r"predispos\w+ to)) "
    r"(?:(?!in|for|with|among|after|patients)[\w-]+ (?:and |or )?){0,4}$",
    re.IGNORECASE,
)
# What only its name makes a disease: "infections" under a therapy are its harm.
_NEVER_TREATED: Final = frozenset({"MONDO:0005550"})
_FEARED_AFTER: Final = re.compile(
    r"^(?: \([^)]*\))?(?: (?:risks?|incidence|reactivation|rates?|events?|signals?|onset|occurred|developed)\b|"
    r"-free\b)",
    re.IGNORECASE,
)
# Infections and "malignancy" under a therapy are, in a sentence on safety, its harm.
_REACH: Final = 160  # characters before a disease that say how it is told of
_INFECTION: Final = "MONDO:0005550"
_MALIGNANCY: Final = frozenset({"MONDO:0004992", "MONDO:0005070"})
# MeSH's "Pathologic Processes": inflammation, fibrosis, a scar are what a drug acts on, not whom it is given to.
_PROCESS: Final = "MESH:D010335"
_SAFETY: Final = re.compile(
    r"\b(?:safety|risks?|signals?|adverse|serious|opportunistic|incidence|reassuring|toxicit\w+|complication\w*|"
    r"side effects?)\b",
    re.IGNORECASE,
)
_SIGNAL: Final = re.compile(r"\b(?:signals?|reassuring|incidence of|risks? of)\b", re.IGNORECASE)
_ONLY_OTHERS: Final = re.compile(
    r"\b(?:risks?|incidence|odds|hazard|signals?|activation|protect\w*|"
    r"susceptib\w+|predispos\w+)\b",
    re.IGNORECASE,
)
_SCALE_BEFORE: Final = re.compile(
    r"\b(?:index|score|scale|questionnaire|criteria|register|registry|registries|society|association|network|"
    r"consortium|foundation|"
    r"guidelines?) (?:for|in|of|on) (?:the )?$|\bDisease activity index for $",
    re.IGNORECASE,
)
_SCALE_AFTER: Final = re.compile(
    r"^ (?:disease activity |severity |activity |damage |area and severity |quality of life |"
    r"response )?(?:index|score|scale|questionnaire|"
    r"registry|register|society|foundation|clinic|consortium|network|working group|collaborating clinics)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"(?: (?:therapy|treatment))? (?:for|to treat) (?:(?:active|severe|refractory|the|his|her|their) )*"
)
_VERB: Final = re.compile(
    r",? (?:and|but)? ?[^,;]*\b(?:was|were|is|are|has been|have been|had been|remains?|remained|showed|"
    r"fail(?:ed|s)?|achieved|led)\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE: Final = re.compile(r"(?:,? and|,? but|, while|, whereas|,) (?:the |an? )?$")
_SUBJECT: Final = re.compile(r"^(?: \([^)]*\))? (?:was|were|is|are|has been|have been)\b")
_COMPARED: Final = re.compile(
    r"\b(?:compared|versus|vs|than|superior|inferior|non-inferior|comparable|"
    r"similar)\b",
    re.IGNORECASE,
)
_CAME_UP: Final = re.compile(
    r"\b(?:present(?:ed|ing|s) with|developed|developing|experienced|complicated by|revealed|led to (?:new|"
    r"severe)|manifest\w+ as|"
    r"followed by (?:new|severe)|who had|was diagnosed with|were diagnosed with)\b",
    re.IGNORECASE,
)
_REACTION: Final = re.compile(
    r"\b(?:reactions? to|induced by|caused by|due to|triggered by|attributed to|"
    r"secondary to)\b",
    re.IGNORECASE,
)
_TREATS_IT: Final = re.compile(
    r"\b(?:for|treat(?:s|ed|ing|ment)?(?: of| for)?|therap(?:y|ies) (?:for|of|in)|management of|patients? with|"
    r"(?:wo)?m[ae]n with|children with|adults with|"
    r"cases? of|against|relaps\w+|refractory|trials? in|stud(?:y|ies) in|efficacy in|effective in|used in|use in|in) "
    r"(?:(?!and\b|or\b|with\b)[\w-]+,? ){0,4}(?:[\w'’ -]+(?:,| and| or) ){0,4}$",
    re.IGNORECASE,
)
_TREATED_WITH: Final = re.compile(
    r"\b(?:treat(?:ed|ment)|respon\w+|managed|controlled|resolved|improved|receiv\w+|therapy|after|"
    r"following)\b",
    re.IGNORECASE,
)
_IN_A_PATIENT: Final = re.compile(
    r"^(?: \([^)]*\))? (?:\w+ ){0,3}?in (?:an? |two |three |one |several )?(?:[\w-]+ ){0,4}?(?:patients?|woman|"
    r"man|child|girl|boy|adult|women|men)\b",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(
    r"(?:[A-Z]+: )?(?:In|For|Among) (?:(?:patients|people|adults|children|those|individuals) with )?(?:[\w-]+ ){0,3}$"
)
# Classes whose products differ by their target alone, so that "the CAR-T cells" are those of the record.
_PRODUCTS: Final = ("cartkg:car-t", "cartkg:t-cell-engager")
_HISTORY_GAP: Final = re.compile(r"[^;]{0,90}")
_CASE: Final = re.compile(
    r"\b(?:patient|woman|man|girl|boy|child|female|male|adolescent|infant|patients|women|men|children|"
    r"adults)\b[^.;]{0,60}\bwith (?:[\w-]+ ){0,5}$",
    re.IGNORECASE,
)
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
    diseases = tuple(named for named in sentence.of_type("disease") if not _aside(sentence, named))
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
    if agent.start <= disease.start < agent.end or _nearer(sentence, agent, disease, diseases):
        return None
    text, place = sentence.text, (disease.start, disease.end)
    first, last = sorted((agent.span, place))
    gap = text[first[1] : last[0]]
    if _told_as_event(sentence, agent, disease):
        return None
    found = link.between(text, agent.span, place)
    if found is None:
        found = _of_the_sentence(sentence, agent, disease)
    if found is None and agent.historical and _HISTORY_GAP.fullmatch(gap) is not None:
        found = Link(hypothetical=False, untried=False) if not link.breaks(text, first[1], last[0]) else None
    if found is None and agent.start > disease.start and _ON.fullmatch(gap) and _CASE.search(text[: disease.start]):
        found = Link(hypothetical=False, untried=False)
    if found is not None and _other_clause(sentence, agent, disease, diseases, tried):
        return None
    if found is None or agent.end > disease.start:
        return found
    # "Canakinumab was not available, and adalimumab was given for uveitis": the second is nearer.
    for other in tried:
        if agent.end <= other.start and other.end <= disease.start:
            between = text[agent.end : other.start]
            if _VERB.match(between) and _NEXT_CLAUSE.search(between) and _COMPARED.search(between) is None:
                return None
    return found


def _told_as_event(sentence: Sentence, agent: Agent, disease: Named) -> bool:
    """Whether the disease is what came up under the therapy, not what it was given for.

    What patients of this field are treated for has only to stand clear of "presented with" and "a reaction to"; any
    other condition has to be named as what is treated.
    """
    text, forward = sentence.text, agent.end <= disease.start
    first, last = sorted((agent.span, (disease.start, disease.end)))
    gap = text[first[1] : last[0]]
    if (_CAME_UP if forward else _REACTION).search(gap) is not None:
        return True
    if topic.treated_for(sentence.view, disease.term) or topic.malignant(sentence.view, disease.term):
        return False
    before = text[max(0, disease.start - _REACH) : disease.start]
    if forward:
        return _TREATS_IT.search(before) is None
    return _IN_A_PATIENT.match(gap) is not None or not (_TREATS_IT.search(before) or _TREATED_WITH.search(gap))


def _other_clause(
    sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...], tried: tuple[Agent, ...]
) -> bool:
    """Whether a clause about another disease begins between: "X for psoriasis, and uveitis was treated with Y"."""
    text = sentence.text
    for other in diseases:
        begins = (
            _NEXT_CLAUSE.search(text[max(0, other.start - 16) : other.start]) is not None
            and _SUBJECT.match(text[other.end :]) is not None
        )
        if not begins:
            continue
        if other is disease and agent.end <= disease.start and any(one.start >= disease.end for one in tried):
            return True
        behind = disease.end <= other.start and other.end <= agent.start
        listed = behind and LISTED.fullmatch(text, disease.end, other.start) is not None
        earlier = any(one.end <= disease.start for one in tried)
        if behind and (earlier or not listed) and other.term != disease.term:
            return True
    return False


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


def _aside(sentence: Sentence, disease: Named) -> bool:
    """Whether the disease is one that the patients did not have, had before, feared, or were vaccinated against."""
    before, after = sentence.text[max(0, disease.start - _REACH) : disease.start], sentence.text[disease.end :]
    if _LACKED.search(before) is not None or wording.not_itself(sentence.text, disease.start, disease.end):
        return True
    view = sentence.view
    if view.is_kind_of(disease.term, _PROCESS):
        return True
    patients = topic.treated_for(view, disease.term)
    harm = view.is_kind_of(disease.term, _INFECTION) or disease.term in _MALIGNANCY
    told = _SAFETY if harm else _SIGNAL if topic.malignant(view, disease.term) else None
    if told is not None and told.search(sentence.text) is not None and _CASE.search(before) is None:
        return True
    if _SCALE_BEFORE.search(before) is not None or _SCALE_AFTER.match(after) is not None:
        return True
    feared = _FEARED.search(before)
    if feared is not None and (_ONLY_OTHERS.search(feared.group()) or not patients):
        return True
    return _FEARED_AFTER.match(after) is not None and (not patients or " risk" in after[:40])


def _nearer(sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...]) -> bool:
    """Whether a therapy named behind a disease is another one's: "infection in a patient with RA treated with X",
    "IgAN after X for psoriatic arthritis". Members of a list are equally near."""
    if disease.end > agent.start:
        return False
    for other in diseases:
        if other.term == disease.term:
            continue
        if disease.end <= other.start and other.end <= agent.start:
            between = sentence.text[disease.end : other.start]
            if (
                LISTED.fullmatch(between) is None
                and _PART.fullmatch(between) is None
                and "," not in between
                and not re.search(r"\b(?:and|or|nor)\b", between)
            ):
                return True
        elif agent.end <= other.start and _OWN.fullmatch(sentence.text, agent.end, other.start) is not None:
            return True
    return False
