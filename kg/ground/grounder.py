"""Document, sentences, abbreviations and hits in; each name's term, its type and the reason out.

The order of decision: what the document itself defines; a name that only one term has; the role in the sentence where
terms of two types share a name; the sense its surroundings speak for; else abstain. Every grounding says which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

import msgspec
from rapidfuzz import fuzz

from kg.ground import proper, roles
from kg.ground.context import Context
from kg.ground.senses import Choice, Senses
from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Alternative, Document, Grounding, Mention, Span, Term


class Qualify(Protocol):
    """What a sentence says of a mention's standing; given: the mention is a treatment."""

    def __call__(self, sentence: str, start: int, end: int, *, given: bool = False) -> tuple[str, ...]: ...


_ALIKE = 88.0  # similarity, in [0, 100], from which a long form is another spelling of a term's name


class _Definition(msgspec.Struct, frozen=True):
    long: str
    terms: tuple[str, ...]


class Grounder:
    """Decides what names mean. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon, *, qualify: Qualify) -> None:
        self._lexicon = lexicon
        self._qualify = qualify
        self._senses = Senses(lexicon)

    def ground(
        self,
        document: Document,
        sentences: Sequence[Span],
        abbreviations: Sequence[Abbreviation],
        hits: Sequence[Hit],
    ) -> tuple[Grounding, ...]:
        """A grounding for each hit that is a mention, in text order; a sense that is none of ours has no term."""
        context = Context(document, hits, self._lexicon)
        definitions = self._definitions(abbreviations)
        starts = [sentence.start for sentence in sentences]
        # A short form means one thing in a document: what it is called by is weighed once.
        same: dict[tuple[str, tuple[Entry, ...]], Choice] = {}
        choices = []
        for hit in hits:
            name = (document.text[hit.start : hit.end], hit.entries)
            if name not in same:
                same[name] = self._choose(*name, definitions, context)
            choices.append(same[name])
        therapies = [
            (hit.start, hit.end)
            for hit, choice in zip(hits, choices, strict=True)
            if choice.term is not None and self._lexicon.term(choice.term).type == "therapy"
        ]
        found = []
        for hit, choice in zip(hits, choices, strict=True):
            number = bisect_right(starts, hit.start) - 1
            grounding = self._grounding(document, sentences[number], number, hit, choice, therapies)
            if grounding is not None:
                found.append(grounding)
        return tuple(found)

    def _definitions(self, abbreviations: Sequence[Abbreviation]) -> dict[str, _Definition]:
        found: dict[str, _Definition] = {}
        for item in abbreviations:
            terms = tuple(dict.fromkeys(entry.term for entry in self._lexicon.head_of(item.long)))
            definition = _Definition(item.long, terms)
            for short in {item.short, item.short.removesuffix("s")}:
                # The first definition holds, but one that the vocabulary knows beats one that it does not.
                if short not in found or (terms and not found[short].terms):
                    found[short] = definition
        return found

    def _choose(
        self, surface: str, entries: tuple[Entry, ...], definitions: dict[str, _Definition], context: Context
    ) -> Choice:
        definition = definitions.get(surface) or definitions.get(surface.removesuffix("s"))
        short = all(entry.scope == "abbreviation" for entry in entries)
        if definition is not None and (short or key(surface) != key(definition.long)):
            return self._by_definition(definition, entries)
        terms = tuple(dict.fromkeys(entry.term for entry in entries))
        if short:
            return self._senses.decide(surface, entries, context)
        if len(terms) == 1:
            entry = entries[0]
            label = self._lexicon.term(entry.term).label
            how = "its name" if entry.scope == "label" else f"a name of {label}"
            return Choice(
                term=entry.term,
                label=label,
                score=1.0 if entry.scope == "label" else 0.97,
                reason=f"only sense: {how}",
            )
        return self._shared(entries, context)

    def _by_definition(self, definition: _Definition, entries: Sequence[Entry]) -> Choice:
        candidates = [entry.term for entry in entries]
        rejected = tuple(
            Alternative(
                term=term, label=self._lexicon.term(term).label, score=0.0, reason="not the document's long form"
            )
            for term in dict.fromkeys(candidates)
            if term not in definition.terms
        )
        if definition.terms:
            term = next((term for term in candidates if term in definition.terms), definition.terms[0])
            return Choice(
                term=term,
                label=self._lexicon.term(term).label,
                score=0.99,
                reason=f"long form in document: {definition.long}",
                alternatives=rejected,
            )
        for term in candidates:
            names = [key(name.text) for name in self._lexicon.term(term).names if name.scope != "abbreviation"]
            if any(fuzz.token_sort_ratio(key(definition.long), name) >= _ALIKE for name in names):
                return Choice(
                    term=term,
                    label=self._lexicon.term(term).label,
                    score=0.9,
                    reason=f"long form in document, spelled otherwise: {definition.long}",
                )
        return Choice(
            term=None,
            label=definition.long,
            score=0.99,
            reason=f"long form in document: {definition.long}, which is none of the vocabulary's",
            alternatives=rejected,
        )

    def _shared(self, entries: Sequence[Entry], context: Context) -> Choice:
        """A full name that several terms have: the one named elsewhere, a label before a synonym, a disease first."""
        order = {"disease": 0, "therapy": 1, "target": 2, "adverse_event": 3}

        def rank(entry: Entry) -> tuple[bool, bool, int, str]:
            term = self._lexicon.term(entry.term)
            return (entry.term not in context.named, entry.scope != "label", order.get(term.type, 9), entry.term)

        best, *others = sorted({entry.term: entry for entry in entries}.values(), key=rank)
        return Choice(
            term=best.term,
            label=self._lexicon.term(best.term).label,
            score=0.8,
            reason="its name, which other terms have too",
            alternatives=tuple(
                Alternative(term=other.term, label=self._lexicon.term(other.term).label, score=0.2, reason=other.name)
                for other in others
            ),
        )

    def _grounding(
        self,
        document: Document,
        sentence: Span,
        number: int,
        hit: Hit,
        choice: Choice,
        therapies: Sequence[tuple[int, int]],
    ) -> Grounding | None:
        words = document.text[sentence.start : sentence.end]
        start, end = hit.start - sentence.start, hit.end - sentence.start
        type_: str | None
        term: Term | None = None
        if choice.term is not None:
            term = self._lexicon.term(choice.term)
            here = [
                (a - sentence.start, b - sentence.start) for a, b in therapies if sentence.start <= a < sentence.end
            ]
            type_ = roles.role(term, words, start, end, therapies=here, treated=bool(therapies))
        else:
            type_ = self._lexicon.term(hit.entries[0].term).type
        if type_ is None or (type_ in ("disease", "adverse_event") and proper.inside(words, start, end)):
            return None
        section = document.section_at(hit.start)
        return Grounding(
            mention=Mention(
                start=hit.start,
                end=hit.end,
                text=document.text[hit.start : hit.end],
                type=type_,
                section=section.kind if section else "",
                sentence=number,
                qualifiers=self._qualify(words, start, end, given=type_ == "therapy"),
            ),
            term=choice.term,
            label=choice.label,
            score=choice.score,
            reason=choice.reason,
            alternatives=choice.alternatives,
            xrefs=term.xrefs if term is not None else (),
        )
