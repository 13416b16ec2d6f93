"""Terms in; names found in text, names and IDs resolved, hierarchy and cross-references out.

Matching is one native pass of a double-array automaton over prepared text, word boundaries inside the patterns, all
overlapping hits; the choice among them is the caller's (DESIGN §9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

import msgspec
from rapidfuzz import fuzz, process

from kg import resources
from kg.config import Vocabulary
from kg.errors import UnknownName, UsageError
from kg.lexicon import overlay, shelf
from kg.lexicon.entry import Entry, Hit
from kg.lexicon.exclusion import Barred, Exclusions, allowed
from kg.lexicon.hierarchy import Hierarchy
from kg.lexicon.identifier import as_curie, is_identifier
from kg.lexicon.image import GROUNDING, Image
from kg.lexicon.overlay import Exclusion, Overlay, Sense
from kg.lexicon.prepare import Squeezed, key
from kg.model import Scope, Term

# What no name reaches across: the end of a sentence or of a clause.
_BREAK = re.compile(r"[.!?;:]\s|\n\s*\n|[\[\]{}<>|=]")


_HEAD_BEHIND = re.compile(r"[)\]]? (disease|syndrome|disorder)s?\b")
_REMEMBERED = 100_000  # surfaces whose readings are kept before all are forgotten
_ALIKE = 45.0  # similarity, in [0, 100], below which a name is no help


class _Readings(msgspec.Struct, frozen=True):
    """What a pattern means where it is written in one way, and the terms that it rules out for what stands in it."""

    entries: tuple[Entry, ...]
    barred: frozenset[str]


_NO_READINGS = _Readings((), frozenset())


class Lexicon:
    """The vocabulary, ready to be asked. Immutable but for what it remembers; open one a process."""

    def __init__(
        self,
        terms: Iterable[Term],
        *,
        senses: Iterable[Sense] = (),
        exclusions: Iterable[Exclusion] = (),
        categories: Mapping[str, str] | None = None,
    ) -> None:
        read = Overlay(
            terms=tuple(terms), senses=tuple(senses), exclusions=tuple(exclusions), categories=dict(categories or {})
        )
        self._take(Image(shelf.image(read.terms, read)))

    @classmethod
    def open(cls, vocabulary: Vocabulary = "overlay", *, own: Path | None = None) -> Self:
        """A vocabulary that is shipped: the hand-written overlay, or all of MONDO, HGNC, HPO and MeSH below it.

        The full one is spelled out at its first start after a change, in some seconds, and kept in the user's cache
        folder; the overlay is opened as it is, and nothing is written.

        >>> Lexicon.open().resolve("disease", "SSc")
        'MONDO:0005100'

        own: a folder with files in the overlay's form, whose rows are added to the overlay's.

        Raises:
            UsageError: rows of your own were given for the full one, which is compiled.
            BadVocabulary: a row of your own is not of the format.
        """
        if vocabulary == "full":
            if own is not None:
                raise UsageError("vocabulary: expected the overlay with rows of your own, got the full one")
            return cls.from_image(shelf.shipped())
        read = overlay.read(resources.folder("ontologies") / "overlay")
        return cls.from_overlay(read if own is None else overlay.merge(read, overlay.read(own)))

    @classmethod
    def from_overlay(cls, read: Overlay) -> Self:
        """A vocabulary of hand-written rows alone."""
        return cls(read.terms, senses=read.senses, exclusions=read.exclusions, categories=read.categories)

    @classmethod
    def from_image(cls, image: Image) -> Self:
        """A vocabulary that was built before."""
        made = cls.__new__(cls)
        made._take(image)
        return made

    def _take(self, image: Image) -> None:
        self._image = image
        self._readings: dict[tuple[int, str], _Readings] = {}
        self._heads: dict[str, tuple[Entry, ...]] = {}
        kept = shelf.kept(image)
        self._categories: Mapping[str, str] = kept.categories
        self.digest: str = kept.digest  # sha256 over everything that can change an annotation
        self.senses: Mapping[str, tuple[Sense, ...]] = _grouped(kept.senses)

    @cached_property
    def _hierarchy(self) -> Hierarchy:
        return Hierarchy(self._image.parents)

    def __len__(self) -> int:
        return len(self._image.ids)

    @property
    def patterns(self) -> int:
        """How many spellings are looked for."""
        return self._image.size

    def __contains__(self, curie: object) -> bool:
        return curie in self._image.index

    def __iter__(self) -> Iterator[Term]:
        return self._image.terms()

    @property
    def types(self) -> tuple[str, ...]:
        """The entity types, in name order."""
        return tuple(sorted({*self._categories, *self._image.types}))

    def term(self, curie: str) -> Term:
        """The term of this ID.

        Raises:
            UnknownName: no term has it.
        """
        try:
            return self._image.by_id[curie]
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

    def type_of(self, curie: str) -> str:
        """The entity type of a term, without reading the term.

        Raises:
            UnknownName: no term has this ID.
        """
        try:
            return self._image.type_by_id[curie]
        except KeyError:
            raise UnknownName("term", curie) from None

    @cached_property
    def treated(self) -> frozenset[str]:
        """The targets that some therapy of the vocabulary is directed at."""
        therapies = (curie for curie in self._image.index if self.type_of(curie) == "therapy")
        return frozenset(target for curie in therapies for target in self.term(curie).targets)

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
        return self.find_in(text, Squeezed(text))

    def find_in(self, text: str, squeezed: Squeezed) -> list[Hit]:
        """The same for a text that was squeezed before."""
        found: list[Hit] = []
        barred: list[Barred] = []
        known, place = self._readings, squeezed.place
        for first, last, pattern in self._image.automaton.find_overlapping(squeezed.text):
            # The pattern's own blanks stand at both ends.
            start, end = place(first + 1, last - 1)
            surface = text[start:end]
            readings = known.get((pattern, surface))
            if readings is None:
                readings = self._read(pattern, surface)
            if readings.barred:
                barred.append((start, end, readings.barred))
            if readings.entries:
                found.append(Hit(start, end, readings.entries))
        if barred:
            found = allowed(found, barred)
        found.sort(key=_place)
        return found

    @cached_property
    def exclusions(self) -> Exclusions:
        """What names must not mean, and where names are none (`overlay/exclude.tsv`)."""
        return Exclusions(self._image)

    def _read(self, pattern: int, surface: str) -> _Readings:
        """What a pattern may mean where it is written so; names repeat, so what was found is remembered."""
        if _BREAK.search(surface):
            readings = _NO_READINGS
        else:
            comma = "," in surface
            entries = self._image.entries(pattern)
            readings = _Readings(
                tuple(e for e in entries if comma == (e.inverted or "," in e.name)),
                self._image.barred.get(pattern, frozenset()),
            )
        if len(self._readings) >= _REMEMBERED:
            self._readings.clear()
        self._readings[pattern, surface] = readings
        return readings

    def named(self, name: str) -> tuple[Entry, ...]:
        """All readings of a name given alone, case not looked at."""
        wanted = f" {key(name)} "
        for first, last, pattern in self._image.automaton.find_overlapping(wanted):
            if first == 0 and last == len(wanted):
                return self._image.entries(pattern)
        return ()

    def head_of(self, phrase: str) -> tuple[Entry, ...]:
        """The readings of the longest full name that a phrase ends with ("active systemic sclerosis").

        Empty where the name is less than half of the phrase.
        """
        found = self._heads.get(phrase)
        if found is None:
            if len(self._heads) >= _REMEMBERED:
                self._heads.clear()
            found = self._heads[phrase] = self._head(phrase)
        return found

    def defined_by(self, long: str, behind: str) -> tuple[Entry, ...]:
        """The readings of a long form; behind: the text that follows the short one, bracket and all.

        "von Hippel-Lindau (VHL) disease" has its last word there; "lymph node (LN) metastases" is no disease of nodes.
        """
        found = self.head_of(long)
        if not found and (head := _HEAD_BEHIND.match(behind)) is not None:
            found = self.named(f"{long} {head[1]}")
        return found

    def _head(self, phrase: str) -> tuple[Entry, ...]:
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
            term
            for term in map(self.term, sorted(self.descendants(within) & self._image.index.keys()))
            if frozenset(term.targets) == wanted
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
        found = self._called(as_curie(given))
        fitting = tuple(term for term in found if kind == "term" or kind == term.type or kind in term.also)
        if not fitting:
            raise UnknownName(kind, given, nearest=self.nearest(kind, given))
        return fitting

    def _called(self, given: str) -> list[Term]:
        """The terms of an ID, a cross-reference or a name; what needs all terms decoded comes last."""
        if given in self._image.index:
            return [self.term(given)]
        if ":" in given and (by_id := self._by_id.get(given.lower())) is not None:
            return [self.term(curie) for curie in by_id]
        entries = self.named(given) or tuple(self._related.get(key(given), ()))
        ranked = sorted((not _same_case(entry, given), _ORDER[entry.scope], entry.term) for entry in entries)
        return list(dict.fromkeys(self.term(curie) for _, _, curie in ranked))

    def nearest(self, kind: str, text: str, *, limit: int = 5) -> tuple[str, ...]:
        """The names most like this one, by edit similarity of prepared names, one a term, each once; none for an ID.

        >>> Lexicon.open().nearest("disease", "systemic sclerodermma")[0]
        'systemic scleroderma'
        """
        if is_identifier(text):
            return ()
        image, spelled = self._image, self._spelled(kind)
        best = process.extract(key(text), spelled, scorer=fuzz.token_sort_ratio, limit=limit * 8, score_cutoff=_ALIKE)
        chosen: dict[str, str] = {}
        for _, _, number in sorted(best, key=lambda item: (-item[1], item[0])):
            for entry in image.entries(number):
                if self._is(entry.term, kind):
                    chosen.setdefault(entry.term, entry.name)
        return tuple(dict.fromkeys(chosen.values()))[:limit]

    def _is(self, curie: str, kind: str) -> bool:
        term = self.term(curie)
        return kind in ("term", term.type) or kind in term.also

    def _spelled(self, kind: str) -> dict[int, str]:
        """Number -> spelling of what a user may mean; a term that is also of this kind has another type."""
        image = self._image
        also = {number for number, term in enumerate(image.terms()) if kind in term.also}
        fits = [kind in ("term", image.type_of(number)) or number in also for number in range(len(image.ids))]
        return {
            number: image.pattern(number)
            for number in range(image.size)
            if any(fits[owner] for owner in image.owners(number))
        }

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self:
            for curie in term.xrefs:
                found.setdefault(curie.lower(), []).append(term.id)
        return found | {curie.lower(): [curie] for curie in self._image.ids}

    @cached_property
    def _related(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for term in self:
            for name in term.names:
                if name.scope not in GROUNDING:
                    found.setdefault(key(name.text), []).append(Entry(term.id, name.text, name.scope))
        return found


_ORDER: Mapping[Scope, int] = {"label": 0, "exact": 1, "abbreviation": 1, "related": 2, "broad": 3, "narrow": 3}


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _same_case(entry: Entry, given: str) -> bool:
    return entry.name == given


def _grouped(senses: Iterable[Sense]) -> Mapping[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for sense in senses:
        found.setdefault(sense.acronym, []).append(sense)
    return {acronym: tuple(rows) for acronym, rows in found.items()}


@lru_cache(maxsize=2)
def shipped(vocabulary: Vocabulary = "overlay") -> Lexicon:
    """A shipped vocabulary, opened once a process."""
    return Lexicon.open(vocabulary)
