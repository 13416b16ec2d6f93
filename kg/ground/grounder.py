"""Document, sentences, abbreviations and hits in; each name's term, its type and the reason out.

The order of decision: what the document itself defines; a name that only one term has; the role in the sentence where
terms of two types share a name; the sense its surroundings speak for; else abstain. Every grounding says which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import Protocol

import msgspec

from kg.ground import proper, roles, senses, species
from kg.ground.context import Context
from kg.ground.definitions import Definition, Definitions
from kg.ground.linking import Linker
from kg.ground.senses import Choice, Senses
from kg.ground.similar import Nearest
from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.field import Field
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Alternative, Document, Grounding, Mention, Span, Term


Place = tuple[int, int, str]
_CONDITIONS = frozenset({"disease", "adverse_event", "phenotype"})
_HARM = "OAE:0000001"  # "adverse event", above the classes of harm
_SHORT = 6  # characters; in a record of the field only names up to these are doubted


class Qualify(Protocol):
    """What a sentence says of a mention's standing; given: the mention is a treatment."""

    def __call__(self, sentence: str, start: int, end: int, *, given: bool = False) -> tuple[str, ...]: ...


class _Decided(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str
    choice: Choice
    found_by: str


class _Place(msgspec.Struct, frozen=True):
    """A sentence as its mentions see it: number, offset, words, the part it stands in, where it names therapies."""

    number: int
    start: int
    words: str
    section: str
    label: str
    therapies: tuple[tuple[int, int], ...]


class Grounder:
    """Decides what names mean. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon, *, qualify: Qualify) -> None:
        self._lexicon = lexicon
        self._qualify = qualify
        self._field = Field(lexicon)
        self._linker = Linker(lexicon, Nearest(lexicon))
        self._senses = Senses(lexicon)

    def ground(
        self,
        document: Document,
        sentences: Sequence[Span],
        abbreviations: Sequence[Abbreviation],
        hits: Sequence[Hit],
        *,
        names: Sequence[Place] = (),
        confirmed: Set[Place] = frozenset(),
        doubted: Set[Place] = frozenset(),
        of_field: bool = True,
    ) -> tuple[Grounding, ...]:
        """A grounding for each hit that is a mention, in text order; a sense that is none of ours has no term.

        Of a recogniser, start, end and entity type each: `names`, conditions that are no hits as they stand;
        `confirmed`, hits that it takes for one of that type; `doubted`, those that it takes for none.
        of_field: whether the record is one of this field (`kg.lexicon.field`). In others the recogniser's doubt is
        final, and a finding is a condition like any other.
        """
        context = Context(document, hits, self._lexicon)
        definitions = Definitions(document, abbreviations, self._lexicon)
        starts = [sentence.start for sentence in sentences]
        # Under one definition a short form means one thing: what it is called by is weighed once.
        same: dict[tuple[str, tuple[Entry, ...], Definition | None], Choice] = {}
        choices = []
        for hit in hits:
            surface = document.text[hit.start : hit.end]
            name = (surface, hit.entries, definitions.of(surface, hit.start))
            if name not in same or definitions.differ_in_case(surface):
                same[name] = self._human(surface, self._choose(surface, hit, definitions, context), context)
            choices.append(same[name])
        therapies = [
            (hit.start, hit.end)
            for hit, choice in zip(hits, choices, strict=True)
            if choice.term is not None and self._lexicon.type_of(choice.term) == "therapy"
        ]
        told = roles.tells_of_harm(document.text)
        treated = bool(therapies) or told
        harmful = told and not of_field
        enrolled = self._enrolled(document, sentences, starts, hits, choices) if treated else frozenset()
        places = {(start, end) for start, end, _ in doubted}
        in_full = {e.term for hit in hits if (hit.start, hit.end) not in places for e in hit.entries[:1]}
        decided = []
        for hit, choice in zip(hits, choices, strict=True):
            kind = self._lexicon.type_of(hit.entries[0].term)
            if doubted:
                choice = self._believed(document.text, hit, choice, definitions, context, doubted, in_full, of_field=of_field, treated=bool(therapies))
            if confirmed and not of_field:
                choice = self._affirmed(document.text, hit, choice, definitions, context, confirmed)
            if harmful and kind in _CONDITIONS:
                choice = self._linker.in_records_of_harm(document.text[hit.start : hit.end], choice)
            decided.append(_Decided(hit.start, hit.end, kind, choice, "lexicon"))
        decided = self._joined(document.text, decided, names, definitions, of_field=of_field)
        found, place = [], _NOWHERE
        for item in sorted(decided, key=lambda item: (item.start, -item.end)):
            number = bisect_right(starts, item.start) - 1
            if number != place.number:
                place = _place(document, sentences[number], number, therapies)
            grounding = self._grounding(item, place, treated, enrolled, of_field=of_field)
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

    def _human(self, surface: str, choice: Choice, context: Context) -> Choice:
        """The choice, or none where the record means another species' gene; a therapy's target is meant as such."""
        if choice.term is None:
            return choice
        if self._lexicon.type_of(choice.term) != "target" or choice.term in self._lexicon.treated:
            return choice
        term = self._lexicon.term(choice.term)
        if not context.of_animals and not species.rodent_symbol(surface, term.label):
            return choice
        return Choice(term=None, label=term.label, score=0.9, reason="the gene of an animal, not the human one")

    def _joined(
        self,
        text: str,
        decided: Sequence[_Decided],
        names: Sequence[Place],
        definitions: Definitions,
        *,
        of_field: bool,
    ) -> list[_Decided]:
        """What the hits mean and what the recogniser's names do; a name takes the place of the hits that it overlaps.

        A therapy inside of a name stays, and in a record of the field the longer name that was curated.
        """
        kept = list(decided)
        for start, end, kind in names:
            over = [item for item in kept if item.start < end and start < item.end and item.kind != "therapy"]
            if of_field and any(
                item.choice.term is not None
                and item.kind in _CONDITIONS
                and (item.start < start or end < item.end)
                for item in over
            ):
                continue
            definition = definitions.of(text[start:end], start)
            long = definition.long if definition is not None else ""
            choices = self._linker.link(text[start:end], long=long, same=of_field)
            if choices[0].term is not None:
                kept = [item for item in kept if item not in over]
            elif any(item.choice.term is not None for item in over):
                continue
            kept += [_Decided(start, end, kind, choice, "recogniser") for choice in choices]
        return kept

    def _is_harm(self, curie: str) -> bool:
        """Whether a term is one of the classes of harm: "adverse events", "toxicity"."""
        return curie == _HARM or (curie in self._lexicon and _HARM in self._lexicon.ancestors(curie))

    def _affirmed(
        self,
        text: str,
        hit: Hit,
        choice: Choice,
        definitions: Definitions,
        context: Context,
        confirmed: Set[Place],
    ) -> Choice:
        """The choice, or the condition where a recogniser saw one and something else, or nothing, was chosen."""
        surface = text[hit.start : hit.end]
        if choice.term is not None and self._lexicon.type_of(choice.term) in _CONDITIONS:
            return choice
        left = tuple(e for e in hit.entries if (hit.start, hit.end, self._lexicon.type_of(e.term)) in confirmed)
        if not left or (choice.term is not None and surface in self._lexicon.senses):
            return choice
        if len({entry.term for entry in left}) > 1:
            return self._choose(surface, Hit(hit.start, hit.end, left), definitions, context)
        label = self._lexicon.term(left[0].term).label
        return Choice(term=left[0].term, label=label, score=0.7, reason="the recogniser sees a condition here")

    def _believed(
        self,
        text: str,
        hit: Hit,
        choice: Choice,
        definitions: Definitions,
        context: Context,
        doubted: Set[Place],
        in_full: Set[str],
        *,
        of_field: bool,
        treated: bool,
    ) -> Choice:
        """The choice, or the one among the readings that a recogniser leaves, or none where it leaves none.

        A label, a form the document defines, a term it names in full besides and an acronym whose senses were weighed
        stay what they are. in_full: terms named by hits that nobody doubts.
        """
        surface = text[hit.start : hit.end]
        left = tuple(e for e in hit.entries if (hit.start, hit.end, self._lexicon.type_of(e.term)) not in doubted)
        if len(left) == len(hit.entries) or choice.term is None:
            return choice
        if self._field.curated(choice.term) or (treated and self._is_harm(choice.term)):
            return choice
        if not of_field and (hit.start, hit.end, self._lexicon.type_of(choice.term)) in doubted:
            return self._choose(surface, Hit(hit.start, hit.end, left), definitions, context) if left else _doubt(choice)
        if (
            hit.end - hit.start > _SHORT
            or choice.term in in_full
            or surface in definitions
            or surface in self._lexicon.senses
            or any(entry.term == choice.term and entry.scope == "label" for entry in hit.entries)
        ):
            return choice
        return self._choose(surface, Hit(hit.start, hit.end, left), definitions, context) if left else _doubt(choice)

    def _choose(self, surface: str, hit: Hit, definitions: Definitions, context: Context) -> Choice:
        entries = hit.entries
        definition = definitions.of(surface, hit.start)
        short = all(entry.scope == "abbreviation" for entry in entries)
        if definition is not None and (short or key(surface) != key(definition.long)):
            return definitions.choose(definition, entries)
        terms = tuple(dict.fromkeys(entry.term for entry in entries))
        if short:
            # SSC where the record defines SSc: another word as likely as the same, so its neighbours are asked first.
            for words in context.near(hit.start, hit.end) if definitions.differ_in_case(surface) else ():
                if (beside := senses.beside(surface, words, self._lexicon)) is not None:
                    return beside
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
        self, item: _Decided, place: _Place, treated: bool, enrolled: frozenset[str], *, of_field: bool
    ) -> Grounding | None:
        start, end, words = item.start - place.start, item.end - place.start, place.words
        choice = item.choice
        type_: str | None = item.kind
        term: Term | None = None
        if choice.term is not None:
            term = self._lexicon.term(choice.term)
            type_ = roles.role(
                term,
                words,
                start,
                end,
                therapies=place.therapies,
                treated=treated,
                enrolled=term.id in enrolled,
                label=place.label,
            )
        if type_ is None or (type_ in _CONDITIONS and proper.inside(words, start, end)):
            return None
        if type_ == "phenotype" and not of_field:
            type_ = "disease"  # only this field's guideline tells findings from diseases; no corpus does
        return Grounding(
            mention=Mention(
                start=item.start,
                end=item.end,
                text=words[start:end],
                type=type_,
                section=place.section,
                sentence=place.number,
                qualifiers=self._qualify(words, start, end, given=type_ == "therapy"),
                found_by=item.found_by,
            ),
            term=choice.term,
            label=choice.label,
            score=choice.score,
            reason=choice.reason,
            alternatives=choice.alternatives,
            xrefs=self._xrefs(item, term, words[start:end]) if term is not None else (),
        )

    def _xrefs(self, item: _Decided, term: Term, surface: str) -> tuple[str, ...]:
        """The term's cross-references, and the headings of MeSH it is indexed under where it has none."""
        more = item.choice.xrefs
        if not more and term.type in _CONDITIONS:
            more = self._linker.headings(surface, term)
        return tuple(dict.fromkeys((*term.xrefs, *more))) if more else term.xrefs


_NOWHERE = _Place(-1, 0, "", "", "", ())


def _place(document: Document, sentence: Span, number: int, therapies: Sequence[tuple[int, int]]) -> _Place:
    section = document.section_at(sentence.start)
    return _Place(
        number=number,
        start=sentence.start,
        words=document.text[sentence.start : sentence.end],
        section=section.kind if section else "",
        label=section.label if section else "",
        therapies=tuple(
            (start - sentence.start, end - sentence.start)
            for start, end in therapies
            if sentence.start <= start < sentence.end
        ),
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
