"""An event in its sentence in, the therapies under which it is told out: the sentence's own, else the document's.

A drug against a harm is no cause of it, nor is what was given to make room for engineered cells, nor what had failed
before. Members of a list ("methotrexate and cytarabine") are causes together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from kg.relate import harm, relief
from kg.relate.anaphora import Antecedent
from kg.relate.harm import Link
from kg.relate.view import Named, Sentence, View

# Harms that only engineered cells, engagers and the like are told to cause: cytokine release, neurotoxicity.
CELLULAR = frozenset({"MONDO:0600008", "NCIT:C162909", "NCIT:C188397", "cartkg:icaht", "cartkg:licats"})
ADVERSE_EVENT = "OAE:0000001"
_SUPPORTIVE = re.compile(
    r"tocilizumab|siltuximab|anakinra|ruxolitinib|corticosteroid|glucocorticoid|dexamethasone|methylprednisolone|"
    r"prednis|"
    r"steroid|immunoglobulin|levetiracetam|g-csf|granulocyte|filgrastim|antibiotic|acetaminophen|paracetamol|plasma|"
    r"antihistamine|trimethoprim|acyclovir|antiviral|antifungal",
    re.IGNORECASE,
)
_CONDITIONING = re.compile(
    r"cyclophosphamide|fludarabine|bendamustine|lymphodepleti|conditioning|leukapheresis", re.IGNORECASE
)
_CELLS = re.compile(r"CAR\b|CAR-|chimeric|-cel\b|engager|bispecific|blinatumomab|teclistamab|transplant", re.IGNORECASE)
# Classes too wide to be what a document is about.
_VAGUE = re.compile(
    r"^(?:immunosuppressi|immunotherap|biologic|immunomodulat|.*disease-modifying antirheumatic drug|"
    r"monoclonal antibod|"
    r"targeted therap|stem cell therapy$|cell therapy$|chemotherapy$)",
    re.IGNORECASE,
)
_BACK = 2  # sentences back to the therapy of a finding that may be the disease's
_GAVE = re.compile(
    r"\b(?:treat\w*|receiv\w+|infus\w+|administ\w+|given|underwent|therapy|dos(?:ed|ing)|trial|study|safety|"
    r"enrol\w+|efficacy|evaluat\w+|assess\w+|investigat\w+)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:\b(?:refractory|resistant|intoleran\w+|inadequate response|unresponsive|non-?respon\w+|not respond(?:ed|"
    r"ing)?) to|"
    r"\bfail(?:ed|ing)(?: (?:of|to|on|with))?(?: \w+ to)?|"
    r"(?<!renal )(?<!heart )(?<!liver )(?<!hepatic )(?<!kidney )(?<!organ )(?<!respiratory )\bfailures? (?:of|to|"
    r"on)(?: \w+ to)?|\b(?:previous(?:ly)?|prior|despite)"
    r"(?: (?:received|treated with|exposed to|use of|treatment with|therapy with|exposure to))?)"
    r" (?:(?!received|given|underwent|infused|treated|were|was|had)[\w≥-]+[,/ ]+(?:and |or )?){0,6}$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r"^[- ](?:failures?|refractory|resistan\w+|na[iï]ve|experienced|intoleran\w+|non-?respon\w+|had failed)\b",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(?:versus|vs\.?|or|compar\w+|rather than|instead of|against|switch\w*)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"^\)?(?: \([^)]*\))?(?:\s*(?:,|/|\+|-|–|&|;)\s*|\s+)?(?:(?:and/or|and|or|plus|with|then|combined with|"
    r"in combination with|along with|together with|as well as|followed by|in addition to|added to|concomitant|"
    r"combination)\s+|\s*)(?:(?:the|a|an|both|either|concomitant|subsequent|oral|intravenous|low-dose|high-dose|"
    r"anti-\w+|"
    r"intrathecal|weekly|\w+ine|\w+tic|\w+ant|\w+or)\s+){0,3}$",
    re.IGNORECASE,
)


# "4 of 20 on rituximab and 9 of 21 on cyclophosphamide": each with its own number.
_EACH = re.compile(
    r"^\)?(?: \([^)]*\))?(?: (?:group|arm))?,? (?:and|vs\.?|versus|or|compared with) (?:in |"
    r"by )?[\d.,/%() of]*\d[\d.,/%() of]*(?:(?:of )?(?:the )?patients )?"
    r"(?:on|with|in|receiving|given|under)?(?: the)? ?\(?$",
    re.IGNORECASE,
)


_BUT_NOT = re.compile(
    r"^(?: \([^)]*\))?(?: therapy| treatment| use)?,? but not (?:with |by |to |the ){0,2}$", re.IGNORECASE
)


# "A, B and C, developing E related to the latter".
_LATTER = re.compile(
    r"^[^.;,]{0,40}\b(?:related|attributed|due|secondary|linked|ascribed|attributable) to the (?:latter|last)\b",
    re.IGNORECASE,
)


class Cause(msgspec.Struct, frozen=True):
    """A therapy, where the sentence names it, and else the words elsewhere that do."""

    therapy: str
    named: Named | None
    antecedent: Antecedent | None
    link: Link


def causes(sentence: Sentence, event: Named, around: Sequence[Named]) -> tuple[Cause, ...]:
    """The therapies under which the sentence tells of the event; empty where none is sure.

    around: the list that the event is a member of; what links the list links each.
    """
    here = [named for named in sentence.of_type("therapy") if not _aside(sentence, named, event)]
    linked = [(harm.between(sentence, named, _nearest(named, event, around)), named) for named in here]
    if _LATTER.match(sentence.text[event.end :]) is not None and (before := [n for n in here if n.end <= event.start]):
        return (Cause(before[-1].term, before[-1], None, Link.CAUSED),)
    best = max((link for link, _ in linked), default=Link.NONE)
    # Where the sentence names one therapy alone, what it tells as a harm needs no word that links it to that one.
    alone = len({named.term for named in sentence.of_type("therapy")}) == 1
    enough = Link.NEAR if alone or sure(sentence, event) or harm.called(sentence, event) else Link.TOLD
    if best < enough:
        return ()
    nearest = min((named for link, named in linked if link is best), key=lambda named: _distance(named, event))
    return tuple(Cause(named.term, named, None, best) for named in _with(sentence, nearest, here))


def spared(sentence: Sentence, event: Named, cause: Cause) -> tuple[Cause, ...]:
    """The therapies that the sentence sets apart from the cause: of "A but not B increased E", B."""
    blamed = cause.named
    if blamed is None or cause.link is not Link.CAUSED:
        return ()
    text = sentence.text
    others = [n for n in sentence.of_type("therapy") if n.start >= blamed.end and n.term != blamed.term]
    return tuple(
        Cause(other.term, other, None, cause.link)
        for other in others
        if _BUT_NOT.match(text[blamed.end : other.start]) is not None
        and (other.end <= event.start or event.end <= blamed.start)
    )


def sure(sentence: Sentence, event: Named) -> bool:
    """Whether the event is a harm by its very name, so that no word has to link it to the therapy beside it."""
    return event.term in CELLULAR or sentence.view.is_kind_of(event.term, ADVERSE_EVENT)


def elsewhere(sentence: Sentence, event: Named) -> tuple[Cause, ...]:
    """The therapy that the document tells of, for a sentence that names none of its own."""
    if (
        not sentence.own
        or relief.relieved(sentence.text, event.start)
        or any(not _aside(sentence, named, event) for named in sentence.of_type("therapy"))
    ):
        return ()
    return tuple(
        Cause(
            named.term,
            None,
            Antecedent((), at.span.start + named.start, at.span.start + named.end),
            Link.TOLD,
        )
        for at, named in _subject(sentence, event)
    )


def _subject(sentence: Sentence, event: Named) -> tuple[tuple[Sentence, Named], ...]:
    """What the title, else the nearest sentence before, tells of as given."""
    view = sentence.view
    for place in _places(view, sentence, event):
        named = [n for n in place.of_type("therapy") if _subject_of(place, n, event)]
        if not named:
            continue
        terms = {n.term for n in named}
        first = named[0]
        cells = [n for n in named if _is(view, n, _CELLS)]
        if cells and (event.term in CELLULAR or len({n.term for n in cells}) < len(terms)):
            return ((place, cells[0]),)
        if len(terms) == 1:
            return ((place, first),)
        group = _with(place, first, named)
        if {n.term for n in group} == terms and not _VERSUS.search(place.text[first.start : group[-1].end]):
            return tuple((place, n) for n in group)
        return ()
    return ()


def _places(view: View, sentence: Sentence, event: Named) -> list[Sentence]:
    """Where to look: in the title and in what was told before; right before, for what may be the disease's."""
    own = [s for s in view.sentences if s.section in ("title", "abstract")]
    titles = [s for s in own if s.section == "title" and s is not sentence]
    before = [s for s in own if s.section == "abstract" and s.number < sentence.number and _GAVE.search(s.text)]
    if not sure(sentence, event) and not _only(view):
        before = [s for s in before if sentence.number - s.number <= _BACK]
    return [*titles, *reversed(before)]


def _only(view: View) -> bool:
    """Whether the document tells of one therapy alone."""
    named = (n for s in view.sentences if s.own for n in s.of_type("therapy"))
    return len({n.term for n in named if not _is(view, n, _VAGUE) and not _is(view, n, _SUPPORTIVE)}) == 1


def _subject_of(place: Sentence, named: Named, event: Named) -> bool:
    before, after = place.text[: named.start], place.text[named.end :]
    if _FORMER.search(before) or _FORMER_AFTER.match(after) or "negated" in named.qualifiers:
        return False
    view = place.view
    if _is(view, named, _VAGUE):
        return False
    if place.section == "title":
        others = [n for n in place.of_type("therapy") if n.term != named.term]
        return not (others and (_is(view, named, _SUPPORTIVE) or _is(view, named, _CONDITIONING)))
    return not _is(view, named, _SUPPORTIVE) and not (_is(view, named, _CONDITIONING) and event.term in CELLULAR)


def _with(sentence: Sentence, first: Named, others: Sequence[Named]) -> tuple[Named, ...]:
    """A therapy with those it is listed with."""
    line = sorted({*others, first}, key=lambda named: named.start)
    place = line.index(first)
    gaps = [sentence.text[one.end : other.start] for one, other in pairwise(line)]
    joined = [_TOGETHER.match(gap) is not None or _EACH.match(gap) is not None for gap in gaps]
    start = end = place
    while start > 0 and joined[start - 1]:
        start -= 1
    while end < len(joined) and joined[end]:
        end += 1
    group = line[start : end + 1]
    return tuple({named.term: named for named in reversed(group)}.values())[::-1]


def _aside(sentence: Sentence, therapy: Named, event: Named) -> bool:
    """Whether the therapy is no possible cause: given against the harm, before the cells, or formerly."""
    before, after = sentence.text[: therapy.start], sentence.text[therapy.end :]
    if harm.conceded(sentence.text, therapy, event):
        return False
    if (
        "negated" in therapy.qualifiers
        or before.lower().endswith(
            (
                " but not ",
                " and not ",
                " not with ",
                "non-use of ",
                "compared with ",
                "compared to ",
                "unlike ",
                "in contrast to ",
            )
        )
        or _FORMER.search(before)
        or _FORMER_AFTER.match(after)
    ):
        return True
    view = sentence.view
    if event.term in CELLULAR:
        return _is(view, therapy, _SUPPORTIVE) or _is(view, therapy, _CONDITIONING)
    if _is(view, therapy, _CONDITIONING):
        return any(_is(view, other, _CELLS) for other in sentence.of_type("therapy"))
    return False


def _is(view: View, named: Named, kind: re.Pattern[str]) -> bool:
    return kind.search(view.vocabulary.term(named.term).label) is not None


def _nearest(therapy: Named, event: Named, around: Sequence[Named]) -> Named:
    """The member of the event's list that is nearest to the therapy, where the therapy stands outside of the list."""
    if therapy.end <= around[0].start:
        return around[0]
    return around[-1] if around[-1].end <= therapy.start else event


def _distance(named: Named, event: Named) -> tuple[int, int]:
    return max(named.start - event.end, event.start - named.end), named.start
