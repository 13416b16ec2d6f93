"""Terms in; names found in text, names and IDs resolved, hierarchy and cross-references out.

Matching is one native pass of a double-array automaton over prepared text, word boundaries inside the patterns, all
overlapping hits; the choice among them is the caller's (DESIGN §9).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Self

import daachorse
import msgspec
from rapidfuzz import fuzz, process

from kg import resources
from kg.errors import UnknownName
from kg.lexicon import overlay, variants
from kg.lexicon.hierarchy import Hierarchy
from kg.lexicon.overlay import Exclusion, Overlay, Sense
from kg.lexicon.prepare import Squeezed, key
from kg.model import Scope, Term

# What no name reaches across: the end of a sentence or of a clause.
_BREAK = re.compile(r"[.!?;:]\s|\n\s*\n|[\[\]{}<>|=]")
# A name of these scopes may ground a mention; related, broad and narrow ones only help a user's search (DESIGN §6).
_GROUNDING: frozenset[Scope] = frozenset({"label", "exact", "abbreviation"})


class Entry(msgspec.Struct, frozen=True):
    """One reading of a pattern: the term, the name as the vocabulary writes it, its scope.

    inverted: the pattern is the catalogue form ("sclerosis, systemic") and counts only where the text has the comma.
    """

    term: str
    name: str
    scope: Scope
    inverted: bool = False


class Hit(msgspec.Struct, frozen=True):
    """A pattern found in a text at `start:end` (code points), with all its readings."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Lexicon:
    """The vocabulary, ready to be asked. Immutable; share one between threads or open one a process."""

    def __init__(
        self,
        terms: Iterable[Term],
        *,
        senses: Iterable[Sense] = (),
        exclusions: Iterable[Exclusion] = (),
        categories: Mapping[str, str] | None = None,
    ) -> None:
        self._terms = {term.id: term for term in terms}
        self._categories = dict(categories or {})
        self.senses: Mapping[str, tuple[Sense, ...]] = _grouped(senses)
        self._excluded = frozenset((key(item.name), item.id) for item in exclusions)
        # Inside an excluded phrase its words name nothing of this ID either: no lupus in "lupus anticoagulant".
        self._barred: dict[str, set[str]] = {}
        for name, curie in self._excluded:
            self._barred.setdefault(name, set()).add(curie)
        self._hierarchy = Hierarchy({term.id: term.parents for term in self._terms.values()})
        self._entries: dict[str, list[Entry]] = {}
        for term in self._terms.values():
            self._add(term)
        # An automaton needs a pattern; a vocabulary without names gets one that no prepared text holds.
        self._patterns = sorted({*self._entries, *self._barred}) or ["\0"]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick([f" {pattern} " for pattern in self._patterns])

    @classmethod
    def open(cls) -> Self:
        """The vocabulary that is shipped.

        >>> Lexicon.open().resolve("disease", "SSc")
        'MONDO:0005100'
        """
        return cls.from_overlay(overlay.read(resources.folder("ontologies") / "overlay"))

    @classmethod
    def from_overlay(cls, read: Overlay) -> Self:
        """A vocabulary of hand-written rows alone."""
        return cls(read.terms, senses=read.senses, exclusions=read.exclusions, categories=read.categories)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, curie: object) -> bool:
        return curie in self._terms

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    @property
    def types(self) -> tuple[str, ...]:
        """The entity types, in name order."""
        return tuple(sorted({*self._categories, *(term.type for term in self._terms.values())}))

    @cached_property
    def digest(self) -> str:
        """sha256 over everything that can change an annotation."""
        parts = (
            sorted(self._terms.values(), key=lambda term: term.id),
            sorted(self.senses.items()),
            sorted(self._excluded),
            sorted(self._categories.items()),
        )
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    def term(self, curie: str) -> Term:
        """The term of this ID.

        Raises:
            UnknownName: no term has it.
        """
        try:
            return self._terms[curie]
        except KeyError:
            raise UnknownName("term", curie) from None

    def category(self, type_: str) -> str:
        """The Biolink class of an entity type.

        Raises:
            UnknownName: no overlay file is named so.
        """
        try:
            return self._categories[type_]
        except KeyError:
            raise UnknownName("entity type", type_, nearest=self.types) from None

    def ancestors(self, curie: str) -> frozenset[str]:
        """All terms above this one, itself left out."""
        return self._hierarchy.ancestors(curie)

    def descendants(self, curie: str) -> frozenset[str]:
        """All terms below this one, itself left out."""
        return self._hierarchy.descendants(curie)

    def find(self, text: str) -> list[Hit]:
        """Every name in the text, overlapping ones too, in text order; case is not looked at yet.

        >>> text = "Systemic sclerosis (SSc)"
        >>> [text[hit.start:hit.end] for hit in Lexicon.open().find(text)]
        ['Systemic sclerosis', 'SSc']
        """
        found: list[Hit] = []
        barred: list[tuple[int, int, set[str]]] = []
        squeezed = Squeezed(text)
        for first, last, pattern in self._automaton.find_overlapping(squeezed.text):
            # The pattern's own blanks stand at both ends.
            start, end = squeezed.original(first + 1), squeezed.original(last - 2) + 1
            surface = text[start:end]
            if _BREAK.search(surface):
                continue
            name = self._patterns[pattern]
            if name in self._barred:
                barred.append((start, end, self._barred[name]))
            comma = "," in surface
            entries = tuple(e for e in self._entries.get(name, ()) if comma == (e.inverted or "," in e.name))
            if entries:
                found.append(Hit(start, end, entries))
        if barred:
            found = [kept for hit in found if (kept := _without(hit, barred)) is not None]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def named(self, name: str) -> tuple[Entry, ...]:
        """All readings of a name given alone, case not looked at."""
        return tuple(self._entries.get(key(name), ()))

    def head_of(self, phrase: str) -> tuple[Entry, ...]:
        """The readings of the longest full name that a phrase ends with ("active systemic sclerosis").

        Empty where the name is less than half of the phrase.
        """
        exact = tuple(entry for entry in self.named(phrase) if not entry.inverted)
        if exact:
            return exact
        ending = [hit for hit in self.find(phrase) if hit.end == len(phrase.rstrip(" .,;"))]
        longest = min(ending, key=lambda hit: hit.start, default=None)
        if longest is None or (longest.end - longest.start) * 2 < len(phrase):
            return ()
        return tuple(entry for entry in longest.entries if entry.scope != "abbreviation")

    def with_targets(self, targets: Iterable[str], *, within: str) -> Term | None:
        """The most general therapy below `within` that is directed at exactly these targets, or None.

        >>> Lexicon.open().with_targets(["HGNC:1633"], within="cartkg:car-t").label
        'CD19 CAR-T cell therapy'
        """
        wanted = frozenset(targets)
        matching = [
            self._terms[curie] for curie in self.descendants(within) if frozenset(self._terms[curie].targets) == wanted
        ]
        depth = {term.id: len(self.ancestors(term.id)) for term in matching}
        return min(matching, key=lambda term: (depth[term.id], -len(self.descendants(term.id)), term.id), default=None)

    def resolve(self, kind: str, text: str) -> str:
        """The ID a user means by a name, an abbreviation, an ID or a cross-reference; kind: an entity type or `term`.

        Raises:
            UnknownName: nothing is called so; carries the nearest names.
        """
        return self.candidates(kind, text)[0].id

    def candidates(self, kind: str, text: str) -> tuple[Term, ...]:
        """All terms a user may mean, the likeliest first.

        Raises:
            UnknownName: nothing is called so; carries the nearest names.
        """
        given = text.strip()
        if (by_id := self._by_id.get(given.lower())) is not None:
            found = [self._terms[curie] for curie in by_id]
        else:
            wanted = key(given)
            ranked = sorted(
                (not _same_case(entry, given), _ORDER[entry.scope], entry.term)
                for entry in (*self._entries.get(wanted, ()), *self._related.get(wanted, ()))
            )
            found = list(dict.fromkeys(self._terms[curie] for _, _, curie in ranked))
        fitting = tuple(term for term in found if kind == "term" or kind == term.type or kind in term.also)
        if not fitting:
            raise UnknownName(kind, given, nearest=self.nearest(kind, given))
        return fitting

    def nearest(self, kind: str, text: str, *, limit: int = 5) -> tuple[str, ...]:
        """The names most like this one, by edit similarity of prepared names, at most one a term."""
        names = {
            pattern: entry
            for pattern, entries in self._entries.items()
            for entry in entries
            if kind == "term" or kind == self._terms[entry.term].type or kind in self._terms[entry.term].also
        }
        best = process.extract(key(text), list(names), scorer=fuzz.WRatio, limit=limit * 8)
        chosen: dict[str, str] = {}
        for pattern, _, _ in sorted(best, key=lambda item: (-item[1], item[0])):
            entry = names[pattern]
            chosen.setdefault(entry.term, entry.name)
        return tuple(list(chosen.values())[:limit])

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self._terms.values():
            for curie in term.xrefs:
                found.setdefault(curie.lower(), []).append(term.id)
        return found | {curie.lower(): [curie] for curie in self._terms}

    @cached_property
    def _related(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for term in self._terms.values():
            for name in term.names:
                if name.scope not in _GROUNDING:
                    found.setdefault(key(name.text), []).append(Entry(term.id, name.text, name.scope))
        return found

    def _add(self, term: Term) -> None:
        for name in term.names:
            if name.scope not in _GROUNDING:
                continue
            short = name.scope == "abbreviation"
            for form in variants.short_spellings(name.text) if short else variants.spellings(name.text):
                self._put(form, Entry(term.id, name.text, name.scope))
            if not short and term.type == "disease":
                for form in variants.inverted(name.text):
                    self._put(form, Entry(term.id, name.text, name.scope, inverted=True))

    def _put(self, form: str, entry: Entry) -> None:
        if (form, entry.term) in self._excluded or (form, "*") in self._excluded:
            return
        readings = self._entries.setdefault(form, [])
        if not any(other.term == entry.term and other.inverted == entry.inverted for other in readings):
            readings.append(entry)


_ORDER: Mapping[Scope, int] = {"label": 0, "exact": 1, "abbreviation": 1, "related": 2, "broad": 3, "narrow": 3}


def _outside(hit: Hit, start: int, end: int, curies: set[str]) -> Hit | None:
    """The hit without the readings that an excluded phrase at `start:end` bars inside of it."""
    if not (start <= hit.start and hit.end <= end):
        return hit
    if "*" in curies:
        return None
    entries = tuple(entry for entry in hit.entries if entry.term not in curies)
    return Hit(hit.start, hit.end, entries) if entries else None


def _without(hit: Hit, barred: Iterable[tuple[int, int, set[str]]]) -> Hit | None:
    """The hit without the readings that an excluded phrase around it rules out; None where no reading is left."""
    ruled_out: set[str] = set()
    for start, end, curies in barred:
        if start <= hit.start and hit.end <= end:
            ruled_out |= curies
    if not ruled_out:
        return hit
    entries = tuple(entry for entry in hit.entries if entry.term not in ruled_out and "*" not in ruled_out)
    return Hit(hit.start, hit.end, entries) if entries else None


def _same_case(entry: Entry, given: str) -> bool:
    return entry.name == given


def _grouped(senses: Iterable[Sense]) -> Mapping[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for sense in senses:
        found.setdefault(sense.acronym, []).append(sense)
    return {acronym: tuple(rows) for acronym, rows in found.items()}


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The shipped vocabulary, opened once a process."""
    return Lexicon.open()
