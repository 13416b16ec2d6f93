"""A short form that the document does not define in, the sense its surroundings speak for out, or none.

Evidence is counted in points (below); the best sense is taken where it has enough of them and leads the next by
enough. Otherwise nothing is chosen: a missing edge is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kg.ground.context import Context
from kg.lexicon import Entry, Lexicon, Sense
from kg.lexicon.prepare import key
from kg.model import Alternative

_LONG_FORM = 3.0  # the sense stands in the document under a full name
_HEADING = 3.0  # an indexer gave the record its MeSH heading
_RELATIVE = 1.5  # a term above or below it stands there in full
_WORD = 1.0  # each context word, of the first three
_FIELD = 0.5  # the sense is one of this field's, and so is the document
_ENOUGH = 1.5
_LEAD = 1.0


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """term is None where the sense is none of the vocabulary's (`label` then names it) or nothing was chosen."""

    term: str | None
    label: str
    score: float
    reason: str
    alternatives: tuple[Alternative, ...] = ()


class _Weighed(msgspec.Struct, frozen=True, kw_only=True):
    term: str
    label: str
    points: float
    reasons: tuple[str, ...]


def decide(surface: str, entries: Sequence[Entry], context: Context, lexicon: Lexicon) -> Choice:
    """What an undefined short form means in its document."""
    rivals = lexicon.senses.get(surface) or lexicon.senses.get(surface.removesuffix("s")) or ()
    weighed = sorted(
        _weigh(entries, rivals, context, lexicon), key=lambda sense: (-sense.points, sense.term == "", sense.label)
    )
    best = weighed[0]
    if len(weighed) == 1 and (len(surface) > 2 or best.points >= _FIELD):
        return Choice(term=best.term, label=best.label, score=0.9, reason=_only(best))
    lead = best.points - (weighed[1].points if len(weighed) > 1 else 0.0)
    rejected = weighed[1:]
    if best.points >= _ENOUGH and lead >= _LEAD:
        score = round(best.points / (best.points + (rejected[0].points if rejected else 0.0) + 1.0), 4)
        return Choice(
            term=best.term or None,
            label=best.label,
            score=score,
            reason="; ".join(best.reasons),
            alternatives=_alternatives(rejected, best.points),
        )
    why = "no evidence for any sense" if best.points < _ENOUGH else "evidence for several senses"
    return Choice(
        term=None, label="", score=0.0, reason=f"abstained: {why}", alternatives=_alternatives(weighed, best.points)
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


def _weigh(entries: Sequence[Entry], rivals: Sequence[Sense], context: Context, lexicon: Lexicon) -> list[_Weighed]:
    words: dict[str, list[str]] = {}
    for rival in rivals:
        words.setdefault(rival.id or f"\0{rival.sense}", []).extend(rival.context)
    for entry in entries:
        words.setdefault(entry.term, [])
    labels = {f"\0{rival.sense}": rival.sense for rival in rivals}
    found = []
    for sense, wanted in words.items():
        known = sense in lexicon
        points, reasons = _evidence(sense, wanted, context, lexicon) if known else _words(wanted, context)
        if not known and f" {key(labels.get(sense, ''))} " in f" {context.words([key(labels.get(sense, ''))])} ":
            points, reasons = points + _LONG_FORM, (f"long form in document: {labels[sense]}", *reasons)
        found.append(
            _Weighed(
                term=sense if known else "",
                label=lexicon.term(sense).label if known else labels.get(sense, sense),
                points=points,
                reasons=reasons,
            )
        )
    return found


def _evidence(term: str, wanted: Sequence[str], context: Context, lexicon: Lexicon) -> tuple[float, tuple[str, ...]]:
    points, reasons = _words(wanted, context)
    extra: list[str] = []
    if term in context.named:
        points += _LONG_FORM
        extra.append(f"long form in document: {lexicon.term(term).label}")
    elif term in context.relatives:
        points += _RELATIVE
        extra.append("a wider or narrower term in document")
    if context.has_heading(term):
        points += _HEADING
        extra.append("MeSH heading")
    if context.named:
        points += _FIELD
    return points, (*extra, *reasons)


def _words(wanted: Sequence[str], context: Context) -> tuple[float, tuple[str, ...]]:
    found = context.words(tuple(dict.fromkeys(wanted)))[:3]
    return len(found) * _WORD, (f"context words: {', '.join(found)}",) if found else ()


def _only(sense: _Weighed) -> str:
    return "; ".join(("only sense", *sense.reasons))


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
