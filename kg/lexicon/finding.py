"""A term's ID in, whether it is a finding out: whether HPO lists it, be it under another vocabulary's ID."""

from __future__ import annotations

from kg.lexicon.lexicon import Lexicon
from kg.model import Term

_PREFIX = "HP:"


def codes(term: Term) -> tuple[str, ...]:
    """HPO's IDs of a term, its own or those it refers to.

    >>> codes(Term(id="MONDO:0005353", type="disease", label="Proteinuria", names=(), xrefs=("HP:0000093",)))
    ('HP:0000093',)
    """
    return tuple(curie for curie in (term.id, *term.xrefs) if curie.startswith(_PREFIX))


class Findings:
    """Tells findings from other conditions. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, bool] = {}

    def holds(self, curie: str) -> bool:
        """Whether a term is one that HPO lists.

        >>> from kg.lexicon import shipped
        >>> Findings(shipped()).holds("MONDO:0005100")
        False
        """
        known = self._known.get(curie)
        if known is None:
            known = self._known[curie] = bool(codes(self._lexicon.term(curie)))
        return known
