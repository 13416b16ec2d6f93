"""A document and its hits in, what speaks for one sense or another out: names in full, headings, words and neighbours.

Words are compared prepared and without the plural's "s". How near a word stands to the short form counts: a word in
its surroundings weighs more than one elsewhere in the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.lexicon import Hit, Lexicon
from kg.lexicon.prepare import Squeezed, key, squeezed
from kg.model import Document

_REACH = 100  # characters on either side that the surroundings are taken from
_NEAR = 12  # tokens between a word and the short form within which the word is of its surroundings
_WIDE = 12  # terms below one that make it too wide to tell
_NUMBER = re.compile(r" \d+(?= )")
_PEOPLE = (
    r"(?:patient|people|person|subject|individual|participant|adult|child|children|women|men|woman|man|girl|boy|"
    r"infant|case|those|survivor|carer)"
)
_BEFORE = re.compile(
    rf" (?:{_PEOPLE} (?:\w+ ){{0,3}}(?:with|who have|who had|having|suffering from|diagnosed with)|diagnosed with|"
    r"diagnosis of|treatment of|prevalence of|onset of|relapsing|refractory|severe|active|early|suspected|"
    r"risk of|pathogenesis of|remission of|flare of|incidence of|history of|episodes of) (?:\w+ ){0,2}$"
)
_AFTER = re.compile(rf"^ (?:{_PEOPLE}|flare|relapse|remission|diagnosis|prevalence|cohort|severity|onset|progression) ")
_BESIDE = (20, 50)  # characters to each side that stand right by a place


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

    def has_relative(self, term: str) -> bool:
        """Whether a term stands above or below one that is named in full; below no very wide one."""
        above = self._lexicon.ancestors(term)
        # "Disease" and "autoimmune disease" stand in half of all records and are above every sense.
        return any(
            term in self._lexicon.ancestors(named)
            or (named in above and len(self._lexicon.descendants(named)) <= _WIDE)
            for named in self.named
        )

    @cached_property
    def headings(self) -> frozenset[str]:
        """The record's MeSH descriptors, as CURIEs and as prepared names."""
        return frozenset(part for heading in self._document.mesh for part in (f"MESH:{heading.ui}", key(heading.name)))

    def has_heading(self, term: str) -> bool:
        """Whether an indexer gave the record the heading of this term."""
        if not self.headings:
            return False
        known = self._lexicon.term(term)
        return bool(self.headings & {*known.xrefs, *(key(name.text) for name in known.names)})

    def surroundings(self, surface: str) -> Surroundings:
        """What stands around the uses of a short form."""
        return Surroundings(self._text, self._document.text, surface)

    def near(self, start: int, end: int) -> Iterator[str]:
        """The prepared words around a place: those right beside it, then those of the phrase."""
        for reach in _BESIDE:
            yield Squeezed(self._document.text[max(0, start - reach) : end + reach]).text

    @cached_property
    def _text(self) -> str:
        """Title, abstract and all else of the record, then its journal and headings, prepared and in the singular."""
        # Either part has a blank at both ends.
        headings = " . ".join(heading.name for heading in self._document.mesh)
        besides = Squeezed(f"{self._document.journal or ''} . {headings}").text
        return singular(squeezed(self._document.text).text + besides[1:])


class Surroundings:
    """The words of a document as seen from the places where it uses one short form."""

    def __init__(self, text: str, original: str, surface: str) -> None:
        bare = surface[:-1] if surface.endswith("s") and surface[:-1].isupper() else surface
        self._own = key(bare)
        self._text = text.replace(f" {self._own}s ", f" {self._own} ")
        self._original = original
        self._surface = surface

    def find(self, phrase: str) -> float | None:
        """How much nearness makes of a phrase, in [1, 1.5]; None where it is not in the record.

        Any number reads as `0`, too: "0 mg" is in "took 50 mg".
        """
        wanted = f" {phrase} "
        if wanted not in self._text and not (" 0 " in wanted and wanted in self._numbered):
            return None
        return 1.5 if any(wanted in window for window in self._windows) else 1.0

    def beside(self, phrase: str) -> bool:
        """Whether a phrase holds the short form itself, so that it tells what stands beside it: "lc ms"."""
        return f" {self._own} " in f" {phrase} "

    @cached_property
    def _numbered(self) -> str:
        return _NUMBER.sub(" 0", self._text)

    @cached_property
    def is_somebodys(self) -> bool:
        """Whether the text tells of people who have it, or of its course."""
        return any(
            _BEFORE.search(before) is not None or _AFTER.match(after) is not None for before, after in self._sides
        )

    @cached_property
    def is_shouted(self) -> bool:
        """Whether a line uses the short form among words that are all in capitals."""
        for line in self._original.split("\n"):
            words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 2]
            if self._surface in words and len(words) > 2 and all(word.isupper() for word in words):
                return True
        return False

    @cached_property
    def _windows(self) -> tuple[str, ...]:
        return tuple(
            f"{' '.join(before.split(' ')[-_NEAR:])}{self._own}{' '.join(after.split(' ')[:_NEAR])}"
            for before, after in self._sides
        )

    @cached_property
    def _sides(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        at = self._text.find(f" {self._own} ")
        while at >= 0 and len(found) < 12:
            end = at + 1 + len(self._own)
            found.append((self._text[max(0, at - _REACH) : at + 1], self._text[end : end + _REACH]))
            at = self._text.find(f" {self._own} ", end)
        return tuple(found)


def singular(text: str) -> str:
    """Prepared text with the plural's "s" taken from its words; made for comparing, not for reading.

    >>> singular(" aav vectors of mice with sclerosis ")
    ' aav vector of mice with sclerosis '
    """
    return _PLURAL.sub("", text)


# Not in "virus", "basis", "abscess", and in no word of up to four letters: "APS", "CNS" are no plurals.
# It begins with its one sure letter, which the engine looks for twenty times faster than for any of a class.
_PLURAL = re.compile(r"s(?= )(?<=[^\W\d_]{3}[bcdefghklmnpqrtvwyzo]s)")
