"""A mention's name and term in, the headings of MeSH beside the term's own out: what a literature index files it under.

MeSH holds fewer conditions than MONDO and HPO. Records on one that it lacks are indexed under the heading above it, and
what annotators of corpora called a name need not be what a mapping gives its term. Such headings may be broader than
the term or beside it, so they stand with the mention and never with the term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.ground import similar
from kg.ground.attested import Names
from kg.ground.kept import kept
from kg.ground.similar import Nearest
from kg.lexicon import Lexicon
from kg.model import Term

CONDITIONS: Final = frozenset({"disease", "adverse_event", "phenotype"})
_FORM = re.compile(r"\b(?:morphology|physiology)\b")  # HPO: "Abnormal heart morphology"


class Indexing:
    """Knows the headings of a vocabulary's terms. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon, nearest: Nearest) -> None:
        self._lexicon, self._nearest = lexicon, nearest

    def of(self, name: str, term: Term, names: Names, *, broader: bool) -> tuple[str, ...]:
        """Those that annotators gave the name; they are asked for a term with a heading of its own only if `broader`.

        broader: also what they gave the name in other words or the term's label, and, where the term has no heading
        and they gave none, that of the term of the same words, or of the nearest one above it.
        """
        headed = bool(headings_of(term))
        if headed and not broader:
            return ()
        attested = names.of(name)
        if attested is None and broader:
            attested = names.worded(name) or names.of(term.label)
        if attested is not None:
            return attested.headings
        return self._indexed.get(term.id, ()) if broader and not headed else ()

    @cached_property
    def _indexed(self) -> Mapping[str, tuple[str, ...]]:
        """Term without headings -> those beside it."""
        made_by = (Path(__file__), *similar.FILES)
        return kept(self._lexicon, "headings", dict[str, tuple[str, ...]], self._built, *made_by)

    def _built(self) -> dict[str, tuple[str, ...]]:
        known: dict[str, tuple[str, ...]] = {}

        def near(term: Term) -> tuple[str, ...]:
            if term.id not in known:
                known[term.id] = headings_of(term) or self._worded(term)
            return known[term.id]

        bare = (term for term in self._lexicon if term.type in CONDITIONS and not headings_of(term))
        return {term.id: found for term in bare if (found := near(term) or self._above(term, near))}

    def _worded(self, term: Term) -> tuple[str, ...]:
        """The headings of a term of the same words: HPO's "Abnormality of the eye" is a disorder of the eye."""
        for curie in self._nearest.same(_FORM.sub("", term.label), "disease"):
            if same := headings_of(self._lexicon.term(curie)):
                return same
        return ()

    def _above(self, term: Term, near: Callable[[Term], tuple[str, ...]]) -> tuple[str, ...]:
        """The heading of the nearest term above; of several as near, of the one that stands lowest."""
        seen, here = {term.id}, [term]
        while here:
            above = dict.fromkeys(parent for one in here for parent in one.parents if parent in self._lexicon)
            here = [self._lexicon.term(curie) for curie in above if curie not in seen]
            seen |= above.keys()
            headed = {one.id: found for one in here if (found := near(one))}
            if headed:
                return headed[max(headed, key=lambda curie: (len(self._lexicon.ancestors(curie)), curie))]
        return ()


def headings_of(term: Term) -> tuple[str, ...]:
    """The headings of MeSH that a term has.

    >>> headings_of(Term(id="X:1", type="disease", label="a", xrefs=("MESH:D1", "OMIM:1")))
    ('MESH:D1',)
    """
    return tuple(curie for curie in (term.id, *term.xrefs) if curie.startswith("MESH:"))
