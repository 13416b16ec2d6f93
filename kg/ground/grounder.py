"""Document, sentences, abbreviations and hits in; each name's term, its type and the reason out.

The order of decision: what the document itself defines; a name that only one term has; the role in the sentence where
terms of two types share a name; the sense its surroundings speak for; else abstain. Every grounding says which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from typing import Protocol

import msgspec

from kg.ground import attributed, proper, roles, senses
from kg.ground.advised import Advice, Advised, Decided, Place
from kg.ground.beside import Beside
from kg.ground.context import Context
from kg.ground.definitions import Definition, Definitions
from kg.ground.gene_filter import Genes
from kg.ground.indexing import CONDITIONS
from kg.ground.indications import indicated
from kg.ground.linking import Linker
from kg.ground.senses import Choice, Senses
from kg.ground.similar import Nearest
from kg.ground.substances import Substances
from kg.lexicon import Entry, Hit, Lexicon, variants
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Alternative, Document, Grounding, Mention, Span, Term


class Qualify(Protocol):
    """What a sentence says of a mention's standing; given: the mention is a treatment."""

    def __call__(self, sentence: str, start: int, end: int, *, given: bool = False) -> tuple[str, ...]: ...


class Judge(Protocol):
    """Takes back what is no human gene."""

    def judge(
        self, document: Document, hits: Sequence[Hit], choices: Sequence[Choice], *, of_field: bool = False
    ) -> list[Choice]: ...


# What an organ suffers and no disease's name: "lung damage". Some injuries are diseases by that name.
_PROCESS = re.compile(
    r"(?!(?:brain|cord|kidney|liver|lung|nerve|head) inj)[\w-]+ (?:damage|dysfunctions?|impairments?|inflammation|"
    r"injur(?:y|ies)|lesions?|involvement)",
    re.IGNORECASE,
)
_MOST_BEFORE = 3  # sentences before one that may tell of the therapy that it goes on about
_GOT = re.compile(
    r"\b(?:received|treated|given|infused|administered|underwent|infusions?|started|initiated)\b", re.IGNORECASE
)
_MOST_NEAR = 20  # therapies of a sentence that are looked at for one mention
_STANDING = frozenset({"disease", "phenotype"})


class _Place(msgspec.Struct, frozen=True):
    """A sentence as its mentions see it: number, offset, words, the part it stands in, where it names therapies."""

    number: int
    start: int
    words: str
    section: str
    label: str
    therapies: tuple[tuple[int, int], ...]
    after: bool = False  # whether one of the sentences before tells that a therapy was given, in a record of the field


class Grounder:
    """Decides what names mean. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon, *, qualify: Qualify, genes: Judge | None = None) -> None:
        """genes: judges what was taken for a gene; the shipped one where none is given."""
        self._lexicon = lexicon
        self._genes = genes or Genes(lexicon)
        self._qualify = qualify
        self._linker = Linker(lexicon, Nearest(lexicon))
        self._advised = Advised(lexicon, self._linker, self._choose)
        self._senses = Senses(lexicon)
        self._beside = Beside(lexicon)
        self._known: dict[Entry, Choice] = {}
        self._referred: dict[tuple[str, str, bool], tuple[str, ...]] = {}

    def ground(
        self,
        document: Document,
        sentences: Sequence[Span],
        abbreviations: Sequence[Abbreviation],
        hits: Sequence[Hit],
        *,
        left_out: Sequence[Hit] = (),
        names: Sequence[Place] = (),
        confirmed: Set[Place] = frozenset(),
        doubted: Set[Place] = frozenset(),
        of_field: bool = True,
        apart: bool = False,
        reads: bool = False,
    ) -> tuple[Grounding, ...]:
        """A grounding for each hit that is a mention, in text order; a sense that is none of ours has no term.

        Of a recogniser, start, end and entity type each: `names`, conditions that are no hits as they stand;
        `confirmed`, hits that it takes for one of that type; `doubted`, those that it takes for none.
        of_field: whether the record is one of this field (`kg.lexicon.field`). In others the recogniser's doubt is
        final. apart: whether a finding is told apart from diseases; in other records it is a condition like any other.
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
            choice = same.get(name)
            if choice is None or definitions.differ_in_case(surface):
                choice = same[name] = self._choose(surface, hit, definitions, context)
            choices.append(choice)
        choices = self._genes.judge(document, hits, choices, of_field=of_field)
        therapies = [
            (hit.start, hit.end)
            for hit, choice in zip(hits, choices, strict=True)
            if choice.term is not None and self._lexicon.type_of(choice.term) == "therapy"
        ]
        substances = Substances(document.text)
        given = sorted({*therapies, *substances.spans})
        treated = bool(therapies) or substances.harm
        enrolled = self._enrolled(document, sentences, starts, hits, choices) if treated else frozenset()
        blamed = self._blamed(document, sentences, hits, choices, given)
        decided = self._advised.decide(
            Advice(
                document.text,
                names,
                confirmed,
                doubted,
                of_field=of_field,
                apart=apart or of_field,
                treated=bool(therapies),
                harmful=substances.harm,
            ),
            hits,
            choices,
            definitions,
            context,
        )
        if not of_field:
            # A recogniser's name takes the place of hits, which may stand inside of it.
            within = (*left_out, *hits) if names else left_out
            for hit in self._beside.inner(document.text, within, decided):
                choice = self._choose(document.text[hit.start : hit.end], hit, definitions, context)
                decided.append(Decided(hit.start, hit.end, "phenotype", choice, "lexicon", finding=True))
            if reads:
                decided += [*self._beside.worded(document.text, sentences, decided)]
        found, place = [], _NOWHERE
        for item in sorted(decided, key=lambda item: (item.start, -item.end)):
            number = bisect_right(starts, item.start) - 1
            if number != place.number:
                after = of_field and _given(document, sentences, number, therapies)
                place = _place(document, sentences[number], number, given, after)
            grounding = self._grounding(
                item, place, treated, enrolled, blamed, of_field=of_field, apart=apart or of_field
            )
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
            if choice.term is None or choice.term in found:
                continue
            term = self._lexicon.term(choice.term)
            if term.type != "disease" and "adverse_event" not in term.also:
                continue
            sentence = sentences[bisect_right(starts, hit.start) - 1]
            words = document.text[sentence.start : sentence.end]
            if indicated(words, hit.start - sentence.start, hit.end - sentence.start):
                found.add(choice.term)
        return frozenset(found)

    def _blamed(
        self,
        document: Document,
        sentences: Sequence[Span],
        hits: Sequence[Hit],
        choices: Sequence[Choice],
        given: Sequence[tuple[int, int]],
    ) -> frozenset[str]:
        """The conditions of the title that it, or the next sentence that names them, lays at a therapy's door."""
        end = len(document.title)
        found, named = set[str](), set[str]()
        for hit, choice in zip(hits, choices, strict=True):
            titled = hit.end <= end
            if not sentences or not (titled or named):
                break
            term = choice.term
            if term is None or (term not in named and not (titled and self._lexicon.type_of(term) in CONDITIONS)):
                continue
            here = next((span for span in sentences if span.start <= hit.start < span.end), sentences[0])
            place = _place(document, here, 0, given)
            start, last = hit.start - here.start, hit.end - here.start
            if titled and not roles.brought(place.words, start, last, place.therapies):
                named.add(term)
                continue
            named.discard(term)
            if titled or attributed.induced(place.words, start, last, therapies=place.therapies):
                found.add(term)
        return frozenset(found)

    def _choose(self, surface: str, hit: Hit, definitions: Definitions, context: Context) -> Choice:
        entries = hit.entries
        definition = definitions.of(surface, hit.start)
        short = all(entry.scope == "abbreviation" for entry in entries)
        if definition is not None and (short or key(surface) != key(definition.long)):
            return definitions.choose(definition, entries)
        if short:
            # SSC where the record defines SSc: another word as likely as the same, so its neighbours are asked first.
            for words in context.near(hit.start, hit.end) if definitions.differ_in_case(surface) else ():
                if (beside := senses.beside(surface, words, self._lexicon)) is not None:
                    return beside
            return self._senses.decide(surface, entries, context)
        if len(entries) == 1 or len({entry.term for entry in entries}) == 1:
            return self._sole(entries[0])
        return self._shared(entries, context)

    def _sole(self, entry: Entry) -> Choice:
        """A full name that one term has; it means the same in every record and is remembered."""
        known = self._known.get(entry)
        if known is None:
            label = self._lexicon.term(entry.term).label
            how = "its name" if entry.scope == "label" else f"a name of {label}"
            known = self._known[entry] = Choice(
                term=entry.term,
                label=label,
                score=1.0 if entry.scope == "label" else 0.97,
                reason=f"only sense: {how}",
            )
        return known

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
        item: Decided,
        place: _Place,
        treated: bool,
        enrolled: frozenset[str],
        blamed: frozenset[str],
        *,
        of_field: bool,
        apart: bool,
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
                therapies=_nearest(place.therapies, start, end),
                treated=treated or bool(place.therapies),
                enrolled=term.id in enrolled,
                blamed=term.id in blamed,
                report=bool(blamed),
                given=place.after,
                label=place.label,
            )
        if type_ is None or (type_ in CONDITIONS and proper.inside(words, start, end)):
            return None
        if (
            apart
            and term is not None
            and type_ in _STANDING
            and variants.is_adjective(words[start:end], (name.text for name in term.names))
        ):
            return None  # "psoriatic patients": an adjective is no name (ANNOTATION), where corpora mark it
        if apart and type_ == "disease" and _PROCESS.fullmatch(words, start, end) is not None:
            type_ = "phenotype"
        if item.finding:
            type_ = "phenotype"
        elif type_ == "phenotype" and not apart:
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
            xrefs=self._xrefs(item, term, words[start:end], of_field=of_field) if term is not None else (),
        )

    def _xrefs(self, item: Decided, term: Term, surface: str, *, of_field: bool) -> tuple[str, ...]:
        """The term's cross-references, and what only this name of it refers to.

        These are the headings of MeSH it is indexed under and, outside of this field, the findings that HPO gives the
        name to among others.
        """
        if item.choice.xrefs:
            return tuple(dict.fromkeys((*term.xrefs, *item.choice.xrefs)))
        if term.type not in CONDITIONS:
            return term.xrefs
        known = self._referred.get((term.id, surface, of_field))
        if known is None:
            more = self._linker.headings(surface, term, broader=not of_field)
            if not of_field:
                more = (*more, *self._beside.loosely(surface))
            known = tuple(dict.fromkeys((*term.xrefs, *(curie for curie in more if curie != term.id))))
            if len(self._referred) >= _REMEMBERED:
                self._referred.clear()
            self._referred[term.id, surface, of_field] = known
        return known


_REMEMBERED = 100_000  # surfaces whose cross-references are kept before all are forgotten


def _given(document: Document, sentences: Sequence[Span], number: int, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the few sentences before names a therapy and tells that somebody got it."""
    if not therapies or number == 0:
        return False
    first, last = sentences[max(0, number - _MOST_BEFORE)].start, sentences[number].start
    at = bisect_left(therapies, (first, 0))
    if at == len(therapies) or therapies[at][0] >= last:
        return False
    return _GOT.search(document.text, first, last) is not None


def _nearest(places: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Those nearest to a mention, in text order: a list of hundreds of drugs says no more of each than a few do."""
    if len(places) <= _MOST_NEAR:
        return places
    near = sorted(places, key=lambda place: max(place[0] - end, start - place[1]))[:_MOST_NEAR]
    return tuple(sorted(near))


_NOWHERE = _Place(-1, 0, "", "", "", ())


def _place(
    document: Document, sentence: Span, number: int, given: Sequence[tuple[int, int]], after: bool = False
) -> _Place:
    section = document.section_at(sentence.start)
    words = document.text[sentence.start : sentence.end]
    start = sentence.start
    first = bisect_left(given, (start, 0))
    last = bisect_left(given, (sentence.end, 0), first)
    told = tuple([(a - start, b - start) for a, b in given[first:last]]) if first < last else ()
    return _Place(
        number=number,
        start=start,
        words=words,
        section=section.kind if section else "",
        label=section.label if section else "",
        therapies=told,
        after=after,
    )
