"""A condition's name that the vocabulary does not list as it stands in, the terms it means out, with the reason.

In order: another name of the vocabulary once the words are brought to one form; a name that annotators of corpora gave
an ID; the parts of a coordination ("breast and ovarian cancer"); the most similar name; the name without its leading
modifiers ("familial gastric cancer" is a gastric cancer). Else it is left open, with the nearest name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kg.ground import attested as attested_names
from kg.ground import coordination, similar
from kg.ground.attested import Attested, Names
from kg.ground.indexing import Indexing, headings_of
from kg.ground.senses import Choice
from kg.ground.similar import Nearest
from kg.lexicon import Entry, Lexicon
from kg.model import Term

_KINDS = frozenset({"disease", "adverse_event", "phenotype"})
_SAME = 0.999  # the canonical words of two names are the same
_DEFICIENT = re.compile(r"([A-Za-z][\w-]{0,9})[ -]defici(?:ency|encies|ent)$")
_FINDING = re.compile(r"\b(?:symptom|sign|lesion|complication|manifestation)s?\b", re.IGNORECASE)
_MODIFIERS = 3  # words taken away at most
_DRUG_CORPUS = "bc5cdr"  # abstracts on what drugs do to people
_AGREED = 0.9  # of a name's mentions
_DOCUMENTS = 3


class Linker:
    """Decides what names of conditions mean that no list holds. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon, nearest: Nearest, names: Names | None = None) -> None:
        """names: by default those that are shipped, read when they are first asked."""
        self._lexicon, self._nearest, self._given = lexicon, nearest, names
        self._found: dict[str, tuple[Choice, ...]] = {}
        self._indexing = Indexing(lexicon, nearest)

    def link(self, name: str, *, long: str = "", same: bool = False) -> tuple[Choice, ...]:
        """The terms a name means, nearly always one; one choice without a term where nothing is near enough.

        long: what the document defines the name to be short for. same: whether only another wording of a disease's
        name will do, nothing attested, similar or broader.
        """
        asked = " ".join((long or name).split())
        if same:
            return (self._allowed(asked, self._same(asked)),)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = tuple(self._allowed(asked, choice) for choice in self._link(asked))
        if long and found[0].term is None and (broader := self._broader(asked)) is not None:
            found = (broader,)
        if long:
            return tuple(
                msgspec.structs.replace(choice, reason=f"short for {asked}: {choice.reason}") for choice in found
            )
        return found

    def headings(self, name: str, term: Term, *, broader: bool = False) -> tuple[str, ...]:
        """MeSH's headings that stand with a mention beside its term's own (`kg.ground.indexing`).

        broader: whether also those of the name in other words, and of what stands above the term, where it has none.
        """
        return self._indexing.of(name, term, self._names, broader=broader)

    def in_records_of_harm(self, name: str, choice: Choice) -> Choice:
        """What a listed name means in a record on harm by drugs, where annotators of such records mean another thing.

        "Hepatitis" is drug-induced there, "dyskinesia" is: so nearly all of BC5CDR's annotations have it.
        """
        attested = self._names.of(name)
        if (
            attested is None
            or choice.term is None
            or _DRUG_CORPUS not in attested.corpora
            or attested.share < _AGREED
            or attested.documents < _DOCUMENTS
            or not attested.headings
        ):
            return choice
        term = self._lexicon.term(choice.term)
        if not set(attested.headings).isdisjoint((term.id, *term.xrefs)):
            return choice
        if not headings_of(term):
            return choice  # the heading is added to it
        found = self._attested(attested)
        return found[0] if found else choice

    @property
    def _names(self) -> Names:
        return self._given if self._given is not None else attested_names.shipped()

    def _link(self, name: str) -> tuple[Choice, ...]:
        if (entry := self._listed(name)) is not None:
            return (self._choice(entry, f"a name of {self._label(entry)}", 0.95),)
        if (attested := self._names.of(name)) is not None and (found := self._attested(attested)):
            return found
        if parts := self._parts(name):
            return parts
        nearest = similar.decide(name, "disease", self._nearest)
        if nearest.term is not None and nearest.score >= 0.9 * _SAME:
            return (nearest,)
        if (attested := self._names.worded(name)) is not None and (found := self._attested(attested)):
            return found
        if (entry := self._lacking(name)) is not None:
            return (self._choice(entry, f"the gene's name in full: {entry.name}", 0.85),)
        return self._parts(name, loose=True) or (nearest,)

    def _allowed(self, name: str, choice: Choice) -> Choice:
        if choice.term is not None and self._lexicon.exclusions.bars(name, choice.term):
            return Choice(term=None, label="", score=0.0, reason=f"{name} is excluded as a name of {choice.label}")
        return choice

    def _same(self, name: str) -> Choice:
        if _FINDING.search(name) is not None:
            return Choice(term=None, label="", score=0.0, reason="a finding, not a disease")
        if (entry := self._listed(name)) is not None:
            found = self._choice(entry, f"a name of {self._label(entry)}", 0.95)
        else:
            found = similar.decide(name, "disease", self._nearest, at_least=_SAME)
        if found.term is not None and self._lexicon.type_of(found.term) != "disease":
            return Choice(term=None, label=found.label, score=found.score, reason="a finding, not a disease")
        return found

    def _listed(self, name: str) -> Entry | None:
        found = [entry for entry in self._lexicon.named(name) if self._is_condition(entry)]
        return min(found, key=lambda entry: (entry.scope != "label", entry.term), default=None)

    def _attested(self, attested: Attested) -> tuple[Choice, ...]:
        terms = [term for term in attested.terms if term in self._lexicon]
        told = f"annotators call it {', '.join(attested.headings)} ({attested.mentions} in public corpora)"
        return tuple(
            Choice(
                term=term,
                label=self._lexicon.term(term).label,
                score=round(0.9 * attested.share, 4),
                reason=told,
                xrefs=attested.headings if len(terms) == 1 else (),
            )
            for term in terms
        )

    def _lacking(self, name: str) -> Entry | None:
        """The deficiency of a gene product that the text calls by its symbol: "C7 deficiency"."""
        symbol = _DEFICIENT.search(name)
        if symbol is None:
            return None
        for gene in self._lexicon.named(symbol[1]):
            if self._lexicon.type_of(gene.term) == "target":
                for other in self._lexicon.term(gene.term).names:
                    if other.scope != "abbreviation" and (entry := self._listed(f"{other.text} deficiency")):
                        return entry
        return None

    def _parts(self, name: str, *, loose: bool = False) -> tuple[Choice, ...]:
        """The members of a coordination with one head, where each is a name of the vocabulary.

        loose: or one that was attested, or says the same in other words.
        """
        for full in coordination.members(name):
            found = [self._member(one, name, loose=loose) for one in full]
            if all(choice is not None for choice in found):
                return tuple({choice.term: choice for choice in found if choice is not None}.values())
        return ()

    def _member(self, name: str, whole: str, *, loose: bool) -> Choice | None:
        reason = f"one of those that {whole!r} joins"
        if (entry := self._listed(name)) is not None:
            return self._choice(entry, reason, 0.85)
        if not loose:
            return None
        attested = self._names.of(name) or self._names.worded(name)
        if attested is not None and len(found := self._attested(attested)) == 1:
            return msgspec.structs.replace(found[0], reason=f"{reason}; {found[0].reason}")
        same = similar.decide(name, "disease", self._nearest, at_least=_SAME)
        return msgspec.structs.replace(same, reason=f"{reason}; {same.reason}") if same.term is not None else None

    def before(self, text: str, start: int, end: int) -> tuple[int, tuple[Choice, ...]]:
        """Where the coordination begins that ends with the name at a place, and what its members mean; else none.

        The widest one whose members are all names of the vocabulary: "branchial, otic and renal anomalies".
        """
        for begin in coordination.beginnings(text, start, end):
            if parts := self._parts(text[begin:end]):
                return begin, parts
        return start, ()

    def _broader(self, name: str) -> Choice | None:
        for rest in _without_modifiers(name):
            if (entry := self._listed(rest)) is not None and entry.scope != "abbreviation":
                return self._choice(entry, f"a kind of {entry.name}", 0.6)
            if (attested := self._names.of(rest)) is not None and (found := self._attested(attested)):
                return msgspec.structs.replace(found[0], score=0.55, reason=f"a kind of {rest}: {found[0].reason}")
        return None

    def _choice(self, entry: Entry, reason: str, score: float) -> Choice:
        return Choice(term=entry.term, label=self._label(entry), score=score, reason=reason)

    def _label(self, entry: Entry) -> str:
        return self._lexicon.term(entry.term).label

    def _is_condition(self, entry: Entry) -> bool:
        if entry.inverted or entry.scope == "abbreviation":
            return False
        term = self._lexicon.term(entry.term)
        return not _KINDS.isdisjoint((term.type, *term.also))


def _without_modifiers(name: str) -> Iterator[str]:
    """The name without its first word, its first two, its first three; a hyphen counts as a blank.

    >>> list(_without_modifiers("X-linked gastric cancer"))
    ['linked gastric cancer', 'gastric cancer', 'cancer']
    """
    rest = name
    for _ in range(_MODIFIERS):
        cut = re.search(r"[\s-]+", rest)
        if cut is None:
            return
        rest = rest[cut.end() :]
        yield rest
