"""A name that no list holds in, the vocabulary's terms with the most similar names out.

Trigrams find candidates among the names' canonical words (`kg.ground.canonical`); what ranks them is how much of either
name the other one holds, rare words counting more. A word that only the candidate has makes it another, narrower thing;
one that only the text has is often a mere modifier, so it costs less.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Self

import msgspec
from rapidfuzz import fuzz

from kg.ground import canonical
from kg.ground.kept import kept
from kg.ground.packed import Packed
from kg.ground.senses import Choice
from kg.lexicon import Lexicon
from kg.model import Alternative

Words = Callable[[str], tuple[str, ...]]

# Entity type a recogniser tells -> types whose names are searched: a finding is written of like a disease.
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "disease": frozenset({"disease", "adverse_event"}),
    "target": frozenset({"target"}),
}
# Measured (docs/recogniser.md): from here on most of the terms chosen are right; genes' names are told apart by little.
THRESHOLD: Final[Mapping[str, float]] = {"disease": 0.72, "target": 0.9}
_SCOPES = frozenset({"label", "exact"})
_CANDIDATES = 30
_MODIFIER = 0.6  # what an unmatched word of the text costs, against 1 for one of the candidate
_GENERAL = 0.5  # what "disease" costs, on either side
# What puts the names together.
FILES: Final = tuple(
    Path(__file__).with_name(name) for name in ("similar.py", "canonical.py", "packed.py", "trigrams.py")
)
_TYPING = 90.0  # similarity, in [0, 100], from which one word is the other misspelt


class Similar(msgspec.Struct, frozen=True):
    """A term whose name is like the one asked for. score: in [0, 1], 1 where the canonical words are the same."""

    term: str
    name: str
    score: float


class Nearest:
    """The names of a vocabulary, ready to be searched. An index is built when its kind is first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._indexes: dict[str, _Kind] = {}
        self._found = lru_cache(maxsize=65_536)(self._search)

    def search(self, name: str, kind: str) -> tuple[Similar, ...]:
        """The most similar terms, the best first, at most one name of each; empty where nothing is like it at all.

        >>> from kg.lexicon import shipped
        >>> [found.term for found in Nearest(shipped()).search("systemic form of scleroses", "disease")][:1]
        ['MONDO:0005100']
        """
        return self._found(name, kind)

    def same(self, name: str, kind: str) -> tuple[str, ...]:
        """The terms that a name has the canonical words of, in any order, the one whose name looks most like it first.

        >>> from kg.lexicon import shipped
        >>> Nearest(shipped()).same("sclerosis, systemic", "disease")
        ('MONDO:0005100',)
        """
        return self._kind(kind).same(name)

    def label(self, curie: str) -> str:
        """The label of a term."""
        return self._lexicon.term(curie).label

    def _search(self, name: str, kind: str) -> tuple[Similar, ...]:
        return self._kind(kind).search(name)

    def _kind(self, kind: str) -> _Kind:
        if kind not in self._indexes:
            self._indexes[kind] = _Kind.of(self._lexicon, kind)
        return self._indexes[kind]


def decide(name: str, kind: str, nearest: Nearest, *, at_least: float | None = None) -> Choice:
    """The term that a name most likely means, or none: abstaining where nothing is similar enough.

    at_least: the score it takes; by default the kind's `THRESHOLD`.

    >>> from kg.lexicon import shipped
    >>> decide("zebra unicorn disease", "disease", Nearest(shipped())).term is None
    True
    """
    found = nearest.search(name, kind)[:4]
    best = found[0] if found and found[0].score >= (THRESHOLD[kind] if at_least is None else at_least) else None
    rivals = tuple(
        Alternative(
            term=other.term, label=nearest.label(other.term), score=other.score, reason=f"similar to {other.name}"
        )
        for other in found
        if other is not best
    )
    if best is None:
        told = f"the nearest name is {found[0].name} ({found[0].score:.2f})" if found else "no name is similar"
        return Choice(term=None, label="", score=0.0, reason=f"abstained: {told}", alternatives=rivals)
    return Choice(
        term=best.term,
        label=nearest.label(best.term),
        # Of two names as alike as can be, one that the vocabulary holds word for word is the surer.
        score=round(0.9 * best.score, 4),
        reason=f"similar to {best.name} ({best.score:.2f})",
        alternatives=rivals,
    )


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The names of one kind as they are kept: canonical form -> whether a synonym, the name, the term."""

    named: dict[str, tuple[tuple[bool, str, str], ...]]
    index: Packed


class _Kind:
    """The names of the terms of one kind."""

    def __init__(self, names: _Kept, words: Words) -> None:
        from kg.ground.trigrams import Index  # numpy; the vocabulary alone needs none

        self._words, self._named = words, names.named
        frequency = Counter(word for form in self._named for word in form.split())
        self._idf = {word: math.log((1 + len(self._named)) / (1 + n)) + 1 for word, n in frequency.items()}
        self._rare = math.log(1 + len(self._named)) + 1
        self._index = Index.from_packed(names.index)

    @classmethod
    def of(cls, lexicon: Lexicon, kind: str) -> Self:
        """Those of a vocabulary; of a large one kept between starts, for they take seconds to put together."""
        words: Words = canonical.symbol_words if kind == "target" else canonical.words
        return cls(kept(lexicon, f"similar-{kind}", _Kept, lambda: _built(lexicon, kind, words), *FILES), words)

    def search(self, name: str) -> tuple[Similar, ...]:
        wanted = self._words(name)
        found: dict[str, tuple[float, float, str, str]] = {}
        for near in self._index.search(" ".join(wanted), limit=_CANDIDATES):
            score = self._alike(wanted, near.name.split())
            for synonym, text, term in self._named[near.name]:
                if canonical.distinct(name, text):
                    continue
                # Of terms whose names say the same, the one whose name looks most like it; a label before a synonym.
                rank = (-score, -fuzz.ratio(name.lower(), text.lower()) + 5 * synonym, text, term)
                found[term] = min(rank, found.get(term, rank))
        return tuple(
            Similar(term, text, round(-score, 4)) for score, _, text, term in sorted(found.values()) if score < 0
        )

    def same(self, name: str) -> tuple[str, ...]:
        """The terms with a name of the same words."""
        ranked = sorted(
            (-fuzz.ratio(name.lower(), text.lower()) + 5 * synonym, text, term)
            for synonym, text, term in self._unordered.get(tuple(sorted(self._words(name))), ())
            if not canonical.distinct(name, text)
        )
        return tuple(dict.fromkeys(term for _, _, term in ranked))

    @cached_property
    def _unordered(self) -> Mapping[tuple[str, ...], tuple[tuple[bool, str, str], ...]]:
        found: dict[tuple[str, ...], tuple[tuple[bool, str, str], ...]] = {}
        for form, names in self._named.items():
            words = tuple(sorted(form.split()))
            found[words] = found.get(words, ()) + names
        return found

    def _alike(self, wanted: Iterable[str], offered: Iterable[str]) -> float:
        left = list(offered)
        shared = missing = 0.0
        for word in wanted:
            same, other = max(((_alike(word, other), other) for other in left), default=(0.0, ""))
            if same:
                shared += self._weight(other) * same
                left.remove(other)
            else:
                missing += self._weight(word)
        if not shared:
            return 0.0
        return shared / (shared + _MODIFIER * missing + sum(self._weight(word) for word in left))

    def _weight(self, word: str) -> float:
        return self._idf.get(word, self._rare) * (_GENERAL if word == "disease" else 1.0)


def _alike(word: str, other: str) -> float:
    """1 for the same word, a little less for a misspelt one, else 0: "cytotoxicity" is no myotoxicity."""
    if word == other:
        return 1.0
    if min(len(word), len(other)) < 6 or word[0] != other[0]:
        return 0.0
    ratio = fuzz.ratio(word, other, score_cutoff=_TYPING)
    return ratio / 100.0


def _built(lexicon: Lexicon, kind: str, words: Words) -> _Kept:
    from kg.ground.trigrams import Index  # numpy; the vocabulary alone needs none

    named: dict[str, list[tuple[bool, str, str]]] = {}
    for term in lexicon:
        if KINDS[kind] & {term.type, *term.also}:
            for name in term.names:
                if name.scope in _SCOPES:
                    form = " ".join(words(name.text))
                    named.setdefault(form, []).append((name.scope != "label", name.text, term.id))
    ordered = {form: tuple(sorted(names)) for form, names in sorted(named.items())}
    return _Kept(named=ordered, index=Index(ordered).packed())
