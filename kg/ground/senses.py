"""A short form that the document does not define in, the sense its surroundings speak for out, or none.

Evidence is counted in points (below); the best sense is taken where it has enough of them and leads the next by
enough. Otherwise nothing is chosen: a missing edge is better than a wrong one. How the points were set is told in
`docs/acronyms.md`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from kg.ground.context import Context, Surroundings, singular
from kg.lexicon import Entry, Lexicon, Sense
from kg.lexicon.prepare import key
from kg.model import Alternative

_LONG_FORM = 3.0  # the sense stands in the document under a full name
_HEADING = 3.0  # an indexer gave the record its MeSH heading
_BESIDE = 3.0  # a neighbour that only this sense has: "vector" behind AAV, "LC-" before MS
_RELATIVE = 1.0  # a term above or below it stands there in full
_WORD = 1.0  # a context word that one sense alone lists
_NAME = 0.5  # a word of the sense's own name
_COMMON = 0.5  # this much of a word that many records hold
_PHRASE = 1.25  # by how much more one of several words says
_FADING = 0.85  # each further word says this much of what it would have said alone
_FIELD = 0.5  # the sense is one of this field's, and so is the document
_CONDITION = 0.75  # people have it, and the sense is something people have
_ENOUGH = 1.2
_LEAD = 0.7
_SURE = 0.75  # of the points, this many have to tell of the sense itself, not only of somebody being ill
ABSTAINED = "abstained"

_CONDITIONS = re.compile(
    r"syndrome|disease|disorder|arthritis|sclerosis|lupus|vasculitis|itis\b|osis\b|emia\b|oma\b|opathy\b|dystrophy|"
    r"cancer|metasta|infarct|stenosis|hypertension|diabetes|gravis|thrombo|purpura|pemphig|vera\b|\bdementia|areata|"
    r"nodosa|lymphedema|dysfunction|embolism|eclampsia|anemia|toxicity|psoriasis|vulgaris|angiitis|rheumatica|fibrosis"
)
# The context words that stand in more than 3 in 100 of 34,526 PubMed abstracts (docs/acronyms.md), counted once.
_OFTEN_WORDS = (
    "acid affected are binding blood brain cancer cells children cohort concentrations controls covid death "
    "distribution dna dose drug enzyme exposure expression gene healthy heart hospital infection inflammatory kg "
    "lesions light liver lower mass may median membrane methods mg mice months mortality patients pressure progression "
    "protein rat ratio rats receptor regression resistance response results score size stage stress surgery survival "
    "synthesis systemic tumor women"
)
_OFTEN = frozenset(_OFTEN_WORDS.split())
# Words of names that say nothing of their own.
_BARE_WORDS = (
    "disease syndrome disorder acute chronic primary secondary systemic type cell factor associated system protein "
    "ratio score scale group index test total status response effect national with of the and to in capital month "
    "word length time body blood patient human growth single rate high free usual care"
)
_BARE = frozenset(_BARE_WORDS.split())


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """term is None where the sense is none of the vocabulary's (`label` then names it) or nothing was chosen.

    xrefs: IDs of other vocabularies for the name itself, beside the term's own.
    """

    term: str | None
    label: str
    score: float
    reason: str
    alternatives: tuple[Alternative, ...] = ()
    xrefs: tuple[str, ...] = ()


class _Weighed(msgspec.Struct, frozen=True, kw_only=True):
    term: str
    label: str
    points: float
    sure: bool
    reasons: tuple[str, ...]


class _Word(msgspec.Struct, frozen=True):
    """A context word as it is listed, as it is looked for, and what it counts alone."""

    listed: str
    sought: str
    weight: float


class _Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A sense with all that speaks for it. term: empty for one that no term has."""

    term: str
    label: str
    condition: bool
    words: tuple[_Word, ...]
    names: tuple[str, ...]


class Senses:
    """Decides what undefined short forms mean. Immutable after its birth."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        # A word that the senses of many short forms list ("children", "grade") tells little.
        counts = Counter(
            word for rows in lexicon.senses.values() for word in {word for row in rows for word in row.context}
        )
        self._weights = {
            word: _WORD
            * (_PHRASE if " " in word else _COMMON if word in _OFTEN else 1.0)
            / (1.0 + 0.2 * math.log2(count))
            for word, count in counts.items()
        }
        self._known: dict[tuple[str, tuple[str, ...]], tuple[_Candidate, ...]] = {}

    def decide(self, surface: str, entries: Sequence[Entry], context: Context) -> Choice:
        """What an undefined short form means in its document."""
        around = context.surroundings(surface)
        weighed = sorted(
            (self._weigh(candidate, context, around) for candidate in self._candidates(surface, entries)),
            key=lambda sense: (-sense.points, sense.term == "", sense.label),
        )
        best = weighed[0]
        if len(weighed) == 1 and (len(surface) > 2 or best.points >= _FIELD):
            return Choice(term=best.term, label=best.label, score=0.9, reason="; ".join(("only sense", *best.reasons)))
        rejected = weighed[1:]
        lead = best.points - (rejected[0].points if rejected else 0.0)
        if best.sure and best.points >= _ENOUGH and lead >= _LEAD:
            score = round(best.points / (best.points + (rejected[0].points if rejected else 0.0) + 1.0), 4)
            return Choice(
                term=best.term or None,
                label=best.label,
                score=score,
                reason="; ".join(best.reasons),
                alternatives=_alternatives(rejected, best.points),
            )
        why = "no evidence for any sense" if best.points < _ENOUGH or not best.sure else "evidence for several senses"
        return Choice(
            term=None,
            label="",
            score=0.0,
            reason=f"{ABSTAINED}: {why}",
            alternatives=_alternatives(weighed, best.points),
        )

    def _candidates(self, surface: str, entries: Sequence[Entry]) -> tuple[_Candidate, ...]:
        terms = tuple(dict.fromkeys(entry.term for entry in entries))
        known = self._known.get((surface, terms))
        if known is None:
            rows = self._lexicon.senses.get(surface) or self._lexicon.senses.get(surface.removesuffix("s")) or ()
            known = self._known[surface, terms] = self._prepared(key(surface), terms, rows)
        return known

    def _prepared(self, own: str, terms: Iterable[str], rows: Sequence[Sense]) -> tuple[_Candidate, ...]:
        listed: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            known = row.id in self._lexicon
            listed.setdefault((row.id, "") if known else ("", row.sense), []).extend(row.context)
        for term in terms:
            listed.setdefault((term, ""), [])
        return tuple(self._candidate(own, term, label, words) for (term, label), words in listed.items())

    def _candidate(self, own: str, term: str, label: str, words: Iterable[str]) -> _Candidate:
        full = [label]
        if term:
            row = self._lexicon.term(term)
            label = row.label
            full = [name.text for name in row.names if name.scope in ("label", "exact") and " " in name.text]
        sought = {(plain := _plain(word)): _Word(word, plain, self._weights.get(word, _WORD)) for word in words}
        for word in key(label).split() if not term else ():
            # "The month April" is not said by APRIL itself.
            if len(word) > 3 and word not in _BARE and word != own:
                sought.setdefault(_plain(word), _Word(word, _plain(word), _NAME))
        return _Candidate(
            term=term,
            label=label,
            condition=self._lexicon.term(term).type in ("disease", "adverse_event")
            if term
            else _CONDITIONS.search(label.lower()) is not None,
            words=tuple(sought.values()),
            names=tuple(_plain(key(name)) for name in full),
        )

    def _weigh(self, sense: _Candidate, context: Context, around: Surroundings) -> _Weighed:
        points, reasons = 0.0, list[str]()
        if sense.term in context.named or any(around.find(name) is not None for name in sense.names):
            points += _LONG_FORM
            reasons.append(f"long form in document: {sense.label}")
        elif context.has_relative(sense.term):
            points += _RELATIVE
            reasons.append("a wider or narrower term in document")
        if context.has_heading(sense.term) if sense.term else context.headings & set(sense.names):
            points += _HEADING
            reasons.append("MeSH heading")
        if sense.label.startswith("the ") and around.is_shouted:
            points += _BESIDE
            reasons.append("in capitals among capitals")
        said, words = _words(sense.words, around)
        points += said
        sure = points >= _SURE
        if sense.condition and around.is_somebodys:
            points += _CONDITION
            reasons.append("somebody has it")
        if sense.term and context.named:
            points += _FIELD
        return _Weighed(
            term=sense.term, label=sense.label, points=round(points, 6), sure=sure, reasons=(*reasons, *words)
        )


def _words(wanted: Iterable[_Word], around: Surroundings) -> tuple[float, tuple[str, ...]]:
    found = [(word, near) for word in wanted if (near := around.find(word.sought)) is not None]
    # "12 MS patients" are no milliseconds.
    beside = [
        word.listed
        for word, _ in found
        if around.beside(word.sought) and not (around.is_somebodys and word.sought.startswith("0 "))
    ]
    others = [(word.listed, word.weight * near) for word, near in found if not around.beside(word.sought)]
    ranked = sorted((points for _, points in others), reverse=True)
    points = _BESIDE * bool(beside) + sum(each * _FADING**number for number, each in enumerate(ranked))
    reasons = []
    if beside:
        reasons.append(f"beside: {', '.join(beside)}")
    if others:
        reasons.append(f"context words: {', '.join(word for word, _ in others)}")
    return points, tuple(reasons)


def _plain(phrase: str) -> str:
    return singular(f" {phrase} ").strip()


def _alternatives(senses: Sequence[_Weighed], best: float) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(
            term=sense.term,
            label=sense.label,
            score=round(sense.points / (sense.points + best + 1.0), 4),
            reason="; ".join(sense.reasons),
        )
        for sense in senses
    )


def beside(surface: str, near: str, lexicon: Lexicon) -> Choice | None:
    """The sense from outside of the vocabulary for which alone the words right beside a short form speak."""
    told: dict[str, list[str]] = {}
    for rival in lexicon.senses.get(surface, ()):
        words = [word for word in rival.context if f" {word} " in f" {near} "]
        if words:
            told[rival.id or f"\0{rival.sense}"] = words
    if len(told) != 1:
        return None
    sense, words = next(iter(told.items()))
    if not sense.startswith("\0"):
        return None
    return Choice(term=None, label=sense[1:], score=0.9, reason=f"words beside it: {', '.join(words)}")
