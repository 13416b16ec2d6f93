"""A document and its hits in, what speaks for one sense or another out: names in full, headings, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.lexicon import Hit, Lexicon
from kg.lexicon.prepare import Squeezed, key
from kg.model import Document

_NEAR = (20, 50)  # characters to each side


class Context:
    """What one document offers as evidence for the sense of a short form in it."""

    def __init__(self, document: Document, hits: Sequence[Hit], lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        # A term is sure of itself where it stands under a full name that only it has.
        self.named: frozenset[str] = frozenset(
            hit.entries[0].term
            for hit in hits
            if len({entry.term for entry in hit.entries}) == 1 and hit.entries[0].scope != "abbreviation"
        )

    @cached_property
    def relatives(self) -> frozenset[str]:
        """The direct parents, children and siblings of the terms named in full."""
        found: set[str] = set()
        for term in self.named:
            found.update(self._lexicon.ancestors(term) | self._lexicon.descendants(term))
        return frozenset(found)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The record's MeSH descriptors, as CURIEs and as prepared names."""
        return frozenset(part for heading in self._document.mesh for part in (f"MESH:{heading.ui}", key(heading.name)))

    def has_heading(self, term: str) -> bool:
        """Whether an indexer gave the record the heading of this term."""
        known = self._lexicon.term(term)
        return bool(self.headings & {*known.xrefs, key(known.label)})

    def words(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Those of the words and phrases that stand in the document, or in its journal's name."""
        return tuple(word for word in wanted if f" {word} " in self._words)

    def near(self, start: int, end: int) -> Iterator[str]:
        """The prepared words around a place: those right beside it, then those of the phrase."""
        for reach in _NEAR:
            yield Squeezed(self._document.text[max(0, start - reach) : end + reach]).text

    @cached_property
    def _words(self) -> str:
        return Squeezed(f"{self._document.text} . {self._document.journal or ''}").text
