"""A part asked for and a store in; whether a passage belongs to the part out (`property_graph` says by which rule)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.export._columns import node, text
from kg.export.elements import Passage
from kg.model import Grade
from kg.part import Named, Part

_PAPERS = ("PMID", "DOI", "PMCID", "record", "reference")
_PREDICATES = ("kg", "biolink")


class _Row:
    """One row of an answer, its IDs told apart by their prefixes."""

    def __init__(self, named: Named) -> None:
        self.ids = named.ids
        self.quote = named.quote
        self.grade = named.grade
        self.negated = named.negated
        self.papers = _with(named.ids, _PAPERS)
        self.predicates = _with(named.ids, _PREDICATES)
        # The most particular thing that the row names decides; both ends of a statement do where it names neither.
        self.keys = _with(named.ids, ("evidence",)) or _with(named.ids, ("statement",))

    def names(self, passage: Passage) -> bool:
        if self.keys:
            if passage.id not in self.keys and passage.statement not in self.keys:
                return False
        elif passage.subject not in self.ids or passage.object not in self.ids:
            return False
        return (
            (not self.papers or passage.document in self.papers)
            and (not self.predicates or passage.predicate in self.predicates)
            and (self.quote is None or passage.quote == self.quote)
            and (self.grade is None or passage.grade == self.grade)
            and (self.negated is None or passage.negated == self.negated)
        )


class Selection:
    """Decides over passages."""

    def __init__(self, store: ox.Store, part: Part) -> None:
        self._grades = {grade for grade in Grade if grade.rank <= part.min_grade.rank}
        self._within: set[str] | None = None
        if part.disease is not None:
            quads = store.quads_for_pattern(None, node("kg:within"), node(part.disease))
            self._within = {text(quad.subject) for quad in quads}
        self._rows: dict[str, list[_Row]] | None = None
        if part.answer is not None:
            self._rows = {}
            for row in map(_Row, part.answer):
                for key in row.keys or row.ids:
                    self._rows.setdefault(key, []).append(row)

    def keeps(self, passage: Passage) -> bool:
        """Whether this passage belongs to the part."""
        if passage.grade not in self._grades:
            return False
        if self._within is not None and self._within.isdisjoint(
            (passage.subject, passage.object, passage.context_disease)
        ):
            return False
        if self._rows is None:
            return True
        keys = (passage.id, passage.statement, passage.subject)
        return any(row.names(passage) for key in keys for row in self._rows.get(key, ()))


def _with(ids: frozenset[str], prefixes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one for one in ids if one.partition(":")[0] in prefixes)
