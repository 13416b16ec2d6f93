"""A document's abbreviations in, what each use of a short form is defined as out, and the reading that follows.

A definition holds from where it stands to the next one of the same form; one in a cited title holds in that title.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz

from kg.ground.senses import Choice
from kg.lexicon import Entry, Lexicon
from kg.lexicon.definition import readings
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Alternative, Document

_ALIKE = 88.0  # similarity, in [0, 100], from which a long form is another spelling of a term's name
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


class Definition(msgspec.Struct, frozen=True):
    """The long form of a short one, the terms that have it as a name, and where it holds."""

    long: str
    terms: tuple[str, ...]
    start: int
    end: int  # where it ceases to hold


class Definitions:
    """The short forms that one document defines."""

    def __init__(self, document: Document, abbreviations: Sequence[Abbreviation], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        found: dict[str, tuple[Definition, ...]] = {}
        for item in abbreviations:
            entries = readings(item, document.text, abbreviations, lexicon)
            terms = tuple(dict.fromkeys(entry.term for entry in entries))
            section = document.section_at(item.start)
            end = section.end if section is not None and section.kind == "reference" else len(document.text)
            definition = Definition(item.long, terms, item.start, end)
            for short in {item.short, item.short.removesuffix("s")}:
                found[short] = (*found.get(short, ()), definition)
        self._found = {short: tuple(sorted(several, key=lambda one: one.start)) for short, several in found.items()}

    def __contains__(self, surface: object) -> bool:
        return surface in self._found

    def of(self, surface: str, start: int) -> Definition | None:
        """The nearest definition before a use, the first one for a use before any; a cited title defines for itself."""
        several = self._found.get(surface) or self._found.get(surface.removesuffix("s"))
        if not several:
            return None
        before = [one for one in several if one.start <= start < one.end]
        return before[-1] if before else several[0]

    def differ_in_case(self, surface: str) -> bool:
        """Whether a form in capitals differs only so from one that the record defines: SSC, where SSc is defined."""
        if not surface.isupper() or surface in self._found:
            return False
        return any(form.casefold() == surface.casefold() for form in self._found)

    def choose(self, definition: Definition, entries: Sequence[Entry]) -> Choice:
        """The reading that a definition leaves; none where it means what no term of the vocabulary does."""
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
        long = key(definition.long)
        for term in candidates:
            names = [key(name.text) for name in self._lexicon.term(term).names if name.scope != "abbreviation"]
            if any(fuzz.token_sort_ratio(long, name, score_cutoff=_ALIKE) >= _ALIKE for name in names):
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


def _telling(phrase: str) -> frozenset[str]:
    """The words that say which one is meant: no short ones, none that many names have."""
    return frozenset(word for word in key(phrase).split() if len(word) >= 6 and word not in _COMMON)
