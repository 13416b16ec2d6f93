"""What a user asks of an export, as types: which part of a graph, and which kinds of edges."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

from kg.model import Grade

EdgeKind = Literal["statement", "mentions", "cites", "subclass_of", "has_target"]
EDGE_KINDS: Final[tuple[EdgeKind, ...]] = get_args(EdgeKind)


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What one row of a query's answer names: IDs of terms, papers, statements, evidence and predicates, and a quote.

    grade: the quote's. negated: None where the row does not tell.
    """

    ids: frozenset[str]
    quote: str | None = None
    grade: Grade | None = None
    negated: bool | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a graph to export; what is given narrows it, all of it together. Without anything: the whole.

    min_grade: the weakest grade of evidence. disease: a CURIE; what lies below it counts too. answer: the rows of a
    query's answer. edges: the kinds of edges wanted; papers are left out where neither `mentions` nor `cites` is.
    """

    min_grade: Grade = Grade.REFERENCE_TITLE
    disease: str | None = None
    answer: tuple[Named, ...] | None = None
    edges: tuple[EdgeKind, ...] = EDGE_KINDS

    @property
    def whole(self) -> bool:
        """Whether every statement with all its evidence belongs to it.

        >>> Part(edges=("statement",)).whole, Part(min_grade=Grade.SENTENCE_ASSERTION).whole
        (True, False)
        """
        return self.min_grade is Grade.REFERENCE_TITLE and self.disease is None and self.answer is None
