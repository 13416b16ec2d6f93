"""Document, sentences, abbreviations and hits in; each name's term, its type and the reason out.

The order of decision: what the document itself defines; a name that only one term has; the role in the sentence where
terms of two types share a name; the sense its surroundings speak for; else abstain. Every grounding says which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import Protocol

import msgspec
from rapidfuzz import fuzz

from kg.ground import proper, roles, similar, species
from kg.ground.context import Context
from kg.ground.senses import Choice, Senses
from kg.ground.similar import Nearest
from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Alternative, Document, Grounding, Mention, Span, Term


class Qualify(Protocol):
    """What a sentence says of a mention's standing; given: the mention is a treatment."""

    def __call__(self, sentence: str, start: int, end: int, *, given: bool = False) -> tuple[str, ...]: ...


_ALIKE = 88.0  # similarity, in [0, 100], from which a long form is another spelling of a term's name


# Heads that a definition leaves behind its bracket.
_HEADS = ("disease", "syndrome", "disorder")
# Words that many names share, so that they tell nothing of which one is meant.
_COMMON = frozenset(
    {
        "disease",
        "disorder",
        "syndrome",
        "protein",
        "receptor",
        "factor",
        "kinase",
        "chronic",
        "severe",
        "primary",
        "related",
        "associated",
        "cancer",
        "deficiency",
        "binding",
        "domain",
        "family",
        "member",
        "activated",
        "inhibitor",
        "growth",
        "system",
        "factors",
        "tumour",
        "genetic",
        "inherited",
    }
)


class _Definition(msgspec.Struct, frozen=True):
    long: str
    terms: tuple[str, ...]


def _telling(phrase: str) -> frozenset[str]:
    """The words that say which one is meant: no short ones, none that many names have."""
    return frozenset(word for word in key(phrase).split() if len(word) >= 6 and word not in _COMMON)


class _Decided(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str
    choice: Choice
    found_by: str


class Grounder:
    """Decides what names mean. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon, *, qualify: Qualify) -> None:
        self._lexicon = lexicon
        self._qualify = qualify
        self._nearest = Nearest(lexicon)
        self._senses = Senses(lexicon)

    def ground(
        self,
        document: Document,
        sentences: Sequence[Span],
        abbreviations: Sequence[Abbreviation],
        hits: Sequence[Hit],
        *,
        unlisted: Sequence[tuple[int, int, str]] = (),
        wider: Sequence[tuple[int, int, str]] = (),
        doubted: Set[tuple[int, int, str]] = frozenset(),
    ) -> tuple[Grounding, ...]:
        """A grounding for each hit that is a mention, in text order; a sense that is none of ours has no term.

        Of a recogniser, start, end and entity type each: `unlisted`, names that touch no hit; `wider`, names that hold
        hits; `doubted`, hits of short names that it took for none of that type.
        """
        context = Context(document, hits, self._lexicon)
        animals = species.of_animals(document.text)
        definitions = self._definitions(abbreviations)
        starts = [sentence.start for sentence in sentences]
        # A short form means one thing in a document: what it is called by is weighed once.
        same: dict[tuple[str, tuple[Entry, ...]], Choice] = {}
        choices = []
        for hit in hits:
            name = (document.text[hit.start : hit.end], hit.entries)
            if name not in same:
                same[name] = self._human(name[0], self._choose(*name, definitions, context), animals=animals)
            choices.append(same[name])
        therapies = [
            (hit.start, hit.end)
            for hit, choice in zip(hits, choices, strict=True)
            if choice.term is not None and self._lexicon.term(choice.term).type == "therapy"
        ]
        treated = bool(therapies) or roles.tells_of_harm(document.text)
        places = {(start, end) for start, end, _ in doubted}
        in_full = {e.term for hit in hits if (hit.start, hit.end) not in places for e in hit.entries[:1]}
        decided = []
        for hit, choice in zip(hits, choices, strict=True):
            kind = self._lexicon.term(hit.entries[0].term).type
            believed = self._believed(document.text, hit, choice, definitions, context, doubted, in_full)
            decided.append(_Decided(hit.start, hit.end, kind, believed, "lexicon"))
        for start, end, kind in wider:
            choice = self._similar(document.text[start:end], kind, definitions, at_least=similar.SAME)
            if choice.term is not None:
                # The whole of it is a name: what was found inside is a part of that name.
                decided = [item for item in decided if not (start <= item.start and item.end <= end)]
                decided.append(_Decided(start, end, kind, choice, "recogniser"))
        for start, end, kind in unlisted:
            choice = self._similar(document.text[start:end], kind, definitions, at_least=similar.THRESHOLD[kind])
            decided.append(_Decided(start, end, kind, choice, "recogniser"))
        found = []
        for item in sorted(decided, key=lambda item: (item.start, -item.end)):
            number = bisect_right(starts, item.start) - 1
            grounding = self._grounding(document, sentences[number], number, item, therapies, treated)
            if grounding is not None:
                found.append(grounding)
        return tuple(found)

    def _human(self, surface: str, choice: Choice, *, animals: bool) -> Choice:
        """The choice, or none where the record means another species' gene; a therapy's target is meant as such."""
        if choice.term is None:
            return choice
        term = self._lexicon.term(choice.term)
        if term.type != "target" or term.id in self._lexicon.treated:
            return choice
        if not animals and not species.rodent_symbol(surface, term.label):
            return choice
        return Choice(term=None, label=term.label, score=0.9, reason="the gene of an animal, not the human one")

    def _similar(self, surface: str, kind: str, definitions: dict[str, _Definition], *, at_least: float) -> Choice:
        definition = definitions.get(surface)
        return similar.decide(definition.long if definition else surface, kind, self._nearest, at_least=at_least)

    def _believed(
        self,
        text: str,
        hit: Hit,
        choice: Choice,
        definitions: dict[str, _Definition],
        context: Context,
        doubted: Set[tuple[int, int, str]],
        in_full: Set[str],
    ) -> Choice:
        """The choice, or the one among the readings that a recogniser leaves, or none where it leaves none.

        A label, a form the document defines, a term it names in full besides and an acronym whose senses were weighed
        stay what they are. in_full: terms named by hits that nobody doubts.
        """
        surface = text[hit.start : hit.end]
        left = tuple(e for e in hit.entries if (hit.start, hit.end, self._lexicon.term(e.term).type) not in doubted)
        if (
            len(left) == len(hit.entries)
            or choice.term is None
            or choice.term in in_full
            or surface in definitions
            or surface in self._lexicon.senses
            or any(entry.term == choice.term and entry.scope == "label" for entry in hit.entries)
        ):
            return choice
        return self._choose(surface, left, definitions, context) if left else _doubt(choice)

    def _definitions(self, abbreviations: Sequence[Abbreviation]) -> dict[str, _Definition]:
        found: dict[str, _Definition] = {}
        for item in abbreviations:
            entries = self._lexicon.head_of(item.long)
            # The head may stand behind the bracket, as in "von Hippel-Lindau (VHL) disease".
            entries = entries or next((e for head in _HEADS if (e := self._lexicon.named(f"{item.long} {head}"))), ())
            terms = tuple(dict.fromkeys(entry.term for entry in entries))
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
        # The vocabulary has the short form but not these words for it: enough, where they share a telling one.
        for term in dict.fromkeys(candidates):
            if self._lexicon.type_of(term) == "therapy":
                continue  # "combination antiretroviral therapy (cART)" shares a word with every therapy
            names = [key(name.text) for name in self._lexicon.term(term).names if name.scope != "abbreviation"]
            shared = next(
                (word for word in sorted(_telling(definition.long)) if any(word in name for name in names)), ""
            )
            if shared:
                return Choice(
                    term=term,
                    label=self._lexicon.term(term).label,
                    score=0.8,
                    reason=f"long form in document: {definition.long}, which shares {shared!r} with its names",
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
        item: _Decided,
        therapies: Sequence[tuple[int, int]],
        treated: bool,
    ) -> Grounding | None:
        words = document.text[sentence.start : sentence.end]
        start, end = item.start - sentence.start, item.end - sentence.start
        choice = item.choice
        type_: str | None = item.kind
        term: Term | None = None
        if choice.term is not None:
            term = self._lexicon.term(choice.term)
            here = [
                (a - sentence.start, b - sentence.start) for a, b in therapies if sentence.start <= a < sentence.end
            ]
            type_ = roles.role(term, words, start, end, therapies=here, treated=treated)
        if type_ is None or (type_ in ("disease", "adverse_event", "phenotype") and proper.inside(words, start, end)):
            return None
        section = document.section_at(item.start)
        return Grounding(
            mention=Mention(
                start=item.start,
                end=item.end,
                text=document.text[item.start : item.end],
                type=type_,
                section=section.kind if section else "",
                sentence=number,
                qualifiers=self._qualify(words, start, end, given=type_ == "therapy"),
                found_by=item.found_by,
            ),
            term=choice.term,
            label=choice.label,
            score=choice.score,
            reason=choice.reason,
            alternatives=choice.alternatives,
            xrefs=term.xrefs if term is not None else (),
        )


def _doubt(choice: Choice) -> Choice:
    """The same choice, not made."""
    return Choice(
        term=None,
        label="",
        score=0.0,
        reason="abstained: the recogniser sees no such name here",
        alternatives=(
            Alternative(term=choice.term or "", label=choice.label, score=choice.score, reason=choice.reason),
            *choice.alternatives,
        ),
    )
