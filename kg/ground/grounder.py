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

from kg.ground import proper, roles, senses, species
from kg.ground.context import Context
from kg.ground.senses import Choice
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
    start: int
    end: int  # where it ceases to hold


def _telling(phrase: str) -> frozenset[str]:
    """The words that say which one is meant: no short ones, none that many names have."""
    return frozenset(word for word in key(phrase).split() if len(word) >= 6 and word not in _COMMON)


class Grounder:
    """Decides what names mean. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon, *, qualify: Qualify) -> None:
        self._lexicon = lexicon
        self._qualify = qualify

    def ground(
        self,
        document: Document,
        sentences: Sequence[Span],
        abbreviations: Sequence[Abbreviation],
        hits: Sequence[Hit],
    ) -> tuple[Grounding, ...]:
        """A grounding for each hit that is a mention, in text order; a sense that is none of ours has no term."""
        context = Context(document, hits, self._lexicon)
        animals = species.of_animals(document.text)
        definitions = self._definitions(document, abbreviations)
        starts = [sentence.start for sentence in sentences]
        choices = [
            self._human(surface, self._choose(surface, hit, definitions, context), animals=animals)
            for hit in hits
            for surface in (document.text[hit.start : hit.end],)
        ]
        therapies = [
            (hit.start, hit.end)
            for hit, choice in zip(hits, choices, strict=True)
            if choice.term is not None and self._lexicon.term(choice.term).type == "therapy"
        ]
        treated = bool(therapies) or roles.tells_of_harm(document.text)
        enrolled = self._enrolled(document, sentences, starts, hits, choices) if treated else frozenset()
        found = []
        for hit, choice in zip(hits, choices, strict=True):
            number = bisect_right(starts, hit.start) - 1
            grounding = self._grounding(document, sentences[number], number, hit, choice, therapies, treated, enrolled)
            if grounding is not None:
                found.append(grounding)
        return tuple(found)

    def _enrolled(
        self,
        document: Document,
        sentences: Sequence[Span],
        starts: Sequence[int],
        hits: Sequence[Hit],
        choices: Sequence[Choice],
    ) -> frozenset[str]:
        """The conditions that may be harms and that the record tells of as what its patients have."""
        found = set()
        for hit, choice in zip(hits, choices, strict=True):
            if (
                choice.term is None
                or choice.term in found
                or "adverse_event" not in self._lexicon.term(choice.term).also
            ):
                continue
            sentence = sentences[bisect_right(starts, hit.start) - 1]
            words = document.text[sentence.start : sentence.end]
            if roles.indicated(words, hit.start - sentence.start, hit.end - sentence.start):
                found.add(choice.term)
        return frozenset(found)

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

    def _definitions(
        self, document: Document, abbreviations: Sequence[Abbreviation]
    ) -> dict[str, tuple[_Definition, ...]]:
        """What each short form is defined as, in text order."""
        found: dict[str, tuple[_Definition, ...]] = {}
        for item in abbreviations:
            entries = self._lexicon.head_of(item.long)
            # The head may stand behind the bracket, as in "von Hippel-Lindau (VHL) disease".
            entries = entries or next((e for head in _HEADS if (e := self._lexicon.named(f"{item.long} {head}"))), ())
            terms = tuple(dict.fromkeys(entry.term for entry in entries))
            section = document.section_at(item.start)
            end = section.end if section is not None and section.kind == "reference" else len(document.text)
            definition = _Definition(item.long, terms, item.start, end)
            for short in {item.short, item.short.removesuffix("s")}:
                found[short] = (*found.get(short, ()), definition)
        return {short: tuple(sorted(several, key=lambda one: one.start)) for short, several in found.items()}

    @staticmethod
    def _defined(surface: str, start: int, definitions: dict[str, tuple[_Definition, ...]]) -> _Definition | None:
        """The nearest definition before a use, the first one for a use before any; a cited title defines for itself."""
        several = definitions.get(surface) or definitions.get(surface.removesuffix("s")) or ()
        before = [one for one in several if one.start <= start < one.end]
        return before[-1] if before else next(iter(several), None)

    def _choose(
        self, surface: str, hit: Hit, definitions: dict[str, tuple[_Definition, ...]], context: Context
    ) -> Choice:
        entries = hit.entries
        definition = self._defined(surface, hit.start, definitions)
        short = all(entry.scope == "abbreviation" for entry in entries)
        if definition is not None and (short or key(surface) != key(definition.long)):
            return self._by_definition(definition, entries)
        terms = tuple(dict.fromkeys(entry.term for entry in entries))
        if short:
            # SSC where the record defines SSc: another word as likely as the same, so its neighbours are asked first.
            other_case = surface.isupper() and any(
                form != surface and form.casefold() == surface.casefold() for form in definitions
            )
            for words in context.near(hit.start, hit.end) if other_case else ():
                if (beside := senses.beside(surface, words, self._lexicon)) is not None:
                    return beside
            return senses.decide(surface, entries, context, self._lexicon)
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
        hit: Hit,
        choice: Choice,
        therapies: Sequence[tuple[int, int]],
        treated: bool,
        enrolled: frozenset[str],
    ) -> Grounding | None:
        section = document.section_at(hit.start)
        words = document.text[sentence.start : sentence.end]
        start, end = hit.start - sentence.start, hit.end - sentence.start
        type_: str | None
        term: Term | None = None
        if choice.term is not None:
            term = self._lexicon.term(choice.term)
            here = [
                (a - sentence.start, b - sentence.start) for a, b in therapies if sentence.start <= a < sentence.end
            ]
            type_ = roles.role(
                term,
                words,
                start,
                end,
                therapies=here,
                treated=treated,
                enrolled=term.id in enrolled,
                label=section.label if section else "",
            )
        else:
            type_ = self._lexicon.term(hit.entries[0].term).type
        if type_ is None or (type_ in ("disease", "adverse_event", "phenotype") and proper.inside(words, start, end)):
            return None
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
