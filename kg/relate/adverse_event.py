"""Tagged document in; which therapy was followed by which adverse event out, with numbers, grade and negation.

"No ICANS was observed" is a statement with a zero, not a missing one. The relation is `has_adverse_event`: the text
tells of an event under a therapy, it does not prove the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.model import Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import limits, numbers, passage
from kg.relate.anaphora import Antecedent
from kg.relate.numbers import Counts
from kg.relate.view import Named, Sentence, View
from kg.wording import without_months

METHOD = "cartkg.relate.adverse_event"
HAS_ADVERSE_EVENT = "biolink:has_adverse_event"

_MANAGED_BEFORE = re.compile(
    r"\b(?:for|against|to (?:treat|manage|prevent|"
    r"control))\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_MANAGED = re.compile(
    r"\b(?:treated|managed|resolved|controlled|improved|responded|relieved|reversed|required|requiring|"
    r"prevented|mitigated)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
# What a patient came with, and what kept others out, is no harm of the therapy.
_BEFORE_IT = re.compile(
    r"\b(?:history of|pre-?existing|previous|prior|baseline|known|underlying|exclu\w+|ineligible|"
    r"screened for)\W+(?:[\w-]+\W+){0,3}$",
    re.IGNORECASE,
)
_PREVENTED = re.compile(
    r"\b(?:prevent\w*|avoid\w*|mitigat\w*|suppress\w*|ameliorat\w*|alleviat\w*|attenuat\w*|"
    r"prophyla\w+(?: against| for)?|"
    r"reduc(?:ed?|es|ing|tion (?:of|in))|lower(?:ed|s|ing)?|decreas(?:ed|es|ing)|despite) (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:objectives?|end ?points?|outcomes? (?:was|were|is|are|included?)|aim(?:s|ed)?|we (?:sought|"
    r"assessed|evaluated|examined)|"
    r"to (?:assess|evaluate|investigate|determine|examine|compare|characteri[sz]e))\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:occurr\w+|develop\w*|experienc\w+|observ\w+|report\w*|noted|seen|had|grades?|adverse|toxicit\w+|events?|"
    r"complicat\w+|safety|tolera\w+|infus\w+|no|not|without|none|neither|cases? of|rates? of|incidence|suffered|died|"
    r"deaths?|in \d+|associated|possibility|difficult\w+|challeng\w+|limit\w+|patients?|subjects?)\b",
    re.IGNORECASE,
)
_ADVERSE = re.compile(
    r"\b(?:adverse|side[- ]effects?|toxicit\w+|TEAEs?|AEs?|safety|tolera\w+|complications?|induced|"
    r"(?:treatment|drug|therapy|infusion|CAR-T)"
    r"[- ](?:related|associated|emergent)|risks? of|associated with|grades? ?[1-5≥]|due to|caused by|secondary to)\b"
)
_OCCURRED = re.compile(
    r"[^.;]{0,40}\b(?:occurr\w+|develop(?:ed)?|suffered|contracted|(?:died|deaths?) (?:of|from|due to)|experienced|"
    r"observed|recorded|reported|noted|documented|seen|detected|recurred)\b",
    re.IGNORECASE,
)
# What a patient came with tells of the disease, not of the therapy.
_PRESENTED = re.compile(
    r"\b(?:present(?:ed|ing|s)?|admitted|manifest\w*|symptoms?|hospitali[sz]ed|complain\w*|characteri[sz]ed|"
    r"diagnos\w+|"
    r"worsen\w*|consistent|suggestive|findings?|revealed|showed|such as)\b[^.;]*$",
    re.IGNORECASE,
)
_LED_TO = re.compile(
    r"\b(?:develop\w*|experienc\w+|follow(?:ed)? by|occurr\w+|result\w+ in|led to|leading to|caus\w+|"
    r"induc\w+|complicat\w+|"
    r"suffered|increas\w+|incidence|rates? of|higher|lower|no|without|free of|neither|none)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:after|following|during|under|while|related to|attribut\w+ to|in patients (?:on|receiving|treated)|"
    r"receiving|reported (?:with|for))\b(?!.*\bdespite\b)",
    re.IGNORECASE,
)
_ADVERSE_EVENT = "OAE:0000001"
# Cytokine release, neurotoxicity and the like have no place below the class in any vocabulary.
_HARMS = frozenset({"MONDO:0600008", "NCIT:C162909", "NCIT:C188397", "cartkg:icaht", "cartkg:licats"})
_UNRELATED = re.compile(
    r"\b(?:unrelated to|not (?:considered |deemed )?(?:related|attributed) to|judged unrelated)\b", re.IGNORECASE
)
_POSSIBLE = re.compile(r"\b(?:may|might|could|can|potential(?:ly)?|possib\w+|risks? of|likely)\b", re.IGNORECASE)
_SUPPORTIVE = re.compile(
    r"tocilizumab|siltuximab|anakinra|corticosteroid|glucocorticoid|dexamethasone|methylprednisolone|prednis|steroid|"
    r"immunoglobulin|levetiracetam|g-csf|granulocyte|antibiotic|acetaminophen",
    re.IGNORECASE,
)


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """The adverse-event statements of one document."""
    view = View.of(tagged, vocabulary)
    return passage.merged(statement for sentence in view.sentences for statement in _of(sentence))


def _of(sentence: Sentence) -> Iterator[Statement]:
    if sentence.section == "keywords" or _UNRELATED.search(sentence.text):
        return
    events = _once(sentence, sentence.of_type("adverse_event"))
    for index, event in enumerate(events):
        therapy, named, antecedent = _therapy(sentence, event)
        if therapy is None or not _told(sentence, named, event):
            continue
        highest = limits.highest(sentence.text, event.start, event.end)
        grade = Grade.SENTENCE_ASSERTION if antecedent is None else Grade.DOCUMENT_ASSERTION
        negated = "negated" in event.qualifiers and highest is None
        stretch = _stretch(sentence, events, index)
        told = numbers.counts(_counting(sentence, event, stretch))
        if highest is not None:
            told = Counts()
        counted = Counts(n=0, total=told.total) if negated else told
        yield Statement(
            subject=therapy,
            predicate=HAS_ADVERSE_EVENT,
            object=event.term,
            negated=negated,
            evidence=(
                passage.evidence(
                    sentence,
                    grade,
                    method=METHOD,
                    antecedent=antecedent,
                    direction="refutes" if negated else "supports",
                    hypothetical=not negated
                    and _POSSIBLE.search(without_months(sentence.text[: event.end])[: event.start]) is not None,
                    context_disease=_context(sentence),
                    counted=counted,
                    toxicity=None if negated else stretch,
                    highest=None if negated else highest,
                ),
            ),
        )


def _once(sentence: Sentence, events: tuple[Named, ...]) -> tuple[Named, ...]:
    """The events with a name and the short form in brackets behind it taken as one."""
    doubled = {
        index
        for index, (one, other) in enumerate(pairwise(events))
        if one.term == other.term and sentence.text[one.end : other.start].strip() == "("
    }
    return tuple(event for index, event in enumerate(events) if index not in doubled)


def _told(sentence: Sentence, therapy: Named | None, event: Named) -> bool:
    """Whether the sentence tells of the event as something that happened, or did not, under a therapy.

    therapy: None where it stands in the title only, so that the sentence has to tell of an event by itself.
    """
    text = sentence.text
    before = text[: event.start]
    if limits.open_ended(text, event.start, event.end) or _BEFORE_IT.search(before) or _PREVENTED.search(before):
        return False
    if _AIM.search(text) is not None:
        return False
    if _toxicity(sentence, event):
        return therapy is not None or _EVENT.search(text) is not None
    if _ADVERSE.search(text) is not None:
        return True
    if _PRESENTED.search(before[-80:]) is not None:
        return False
    if therapy is None:
        return _OCCURRED.search(text) is not None
    if therapy.end <= event.start:
        return (
            _LED_TO.search(text[therapy.end : event.start]) is not None
            or _OCCURRED.match(text[event.end :]) is not None
        )
    return _UNDER.search(text[event.end : therapy.start]) is not None


def _toxicity(sentence: Sentence, event: Named) -> bool:
    """Whether the event is a harm by its very name, so that no word has to say so."""
    view = sentence.view
    return event.term in _HARMS or view.is_kind_of(event.term, _ADVERSE_EVENT)


def _stretch(sentence: Sentence, events: tuple[Named, ...], index: int) -> str:
    """The words that count and grade this event: from the event before it to the event behind it."""
    text = sentence.text
    start = events[index - 1].end if index else 0
    end = events[index + 1].start if index + 1 < len(events) else len(text)
    if index:
        # "CRS in 5 of 8 (62.5%) and ICANS in 1": what stands before the "and" belongs to the event before.
        joint = re.search(r"(?:,|;|\band\b|\bor\b)(?![^(]*\))", text[start : events[index].start])
        start += joint.end() if joint else 0
    if index + 1 < len(events):
        gap = text[events[index].end : end]
        joint = next(reversed(list(re.finditer(r"(?:,|;|\band\b|\bor\b)(?![^(]*\))", gap))), None)
        end = events[index].end + joint.start() if joint else end
    return text[start:end]


def _counting(sentence: Sentence, event: Named, stretch: str) -> str:
    """The part of the stretch that counts the event, and not those who got something against it."""
    for therapy in sentence.of_type("therapy"):
        first, last = sorted((therapy, event), key=lambda named: named.start)
        gap = sentence.text[first.end : last.start]
        if ";" in gap:
            continue
        if first is therapy and _MANAGED_BEFORE.search(gap) is not None:
            return ""
        if first is event and _MANAGED.search(gap) is not None:
            return stretch.partition(sentence.text[therapy.start : therapy.end])[0]
    return stretch


def _therapy(sentence: Sentence, event: Named) -> tuple[str | None, Named | None, Antecedent | None]:
    """The therapy under which an event is told: the sentence's own, else the title's."""
    causes = [named for named in sentence.of_type("therapy") if not _manages(sentence, named, event)]
    if causes:
        nearest = min(causes, key=lambda named: (abs(named.start - event.start), named.start))
        return nearest.term, nearest, None
    if not sentence.own:
        return None, None, None
    for title in (s for s in sentence.view.sentences if s.section == "title"):
        if (named := next(iter(title.of_type("therapy")), None)) is not None:
            start = title.span.start
            return named.term, None, Antecedent((), start + named.start, start + named.end)
    return None, None, None


def _manages(sentence: Sentence, therapy: Named, event: Named) -> bool:
    """Whether the therapy was given against the event, or is told of in a clause of its own."""
    first, last = sorted((therapy, event), key=lambda named: named.start)
    gap = sentence.text[first.end : last.start]
    if ";" in gap:
        return True
    label = sentence.view.vocabulary.term(therapy.term).label
    supportive = _SUPPORTIVE.search(label) is not None
    if supportive and event.term in _HARMS:
        return True
    if first is therapy:
        return _MANAGED_BEFORE.search(gap) is not None
    return _MANAGED.search(gap) is not None or (supportive and "with" in gap)


def _context(sentence: Sentence) -> str | None:
    """The disease whose patients the event is told of: the sentence's only one, else the title's only one."""
    here = {named.term for named in sentence.of_type("disease")}
    if len(here) == 1:
        return here.pop()
    if here or not sentence.own:
        return None
    title = {named.term for named in sentence.view.title() if named.grounding.mention.type == "disease"}
    return title.pop() if len(title) == 1 else None
