"""What a property graph is made of, as every export sees it: nodes, edges, and the passages behind an edge.

IDs are CURIEs; texts hold no character that XML 1.0 forbids, since the graph holds none. What is not there is None, or
an empty tuple; tuples are sorted but where another order is told.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.model import Grade
from kg.part import EdgeKind

NodeKind = Literal["term", "record", "cited_paper"]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A term of the vocabulary, a paper whose record was read, or a paper known from reference lists alone.

    label: the name people use; a paper's title, or its citation, or its ID. official: a term's name in its vocabulary.
    categories: Biolink classes as CURIEs, the first in the order of their names first. entity_types: a term's, the
    one that most records name it as first.
    synonyms: a term's exact names; abbreviations are among them. related: its other names, looser or tighter.
    xrefs: other IDs of the same thing. documents: records that mention it (a term) or cite it (a paper). first_year,
    last_year: of those that mention the term; of a paper, its own year. publication_types: as PubMed names them.
    status: `retracted` and the like.
    """

    id: str
    kind: NodeKind
    label: str
    categories: tuple[str, ...]
    documents: int
    official: str | None = None
    entity_types: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    source: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    authors: str | None = None
    journal: str | None = None
    publication_types: tuple[str, ...] = ()
    status: tuple[str, ...] = ()


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, or a plain link of another kind.

    predicate: as in the RDF. documents: papers that it rests on; publications: which. first_year, last_year: of these.
    Of statements alone: grade is the best among its passages; passages and refuting count all and those that speak
    against it; patients: those treated, each cohort once, by the passage that tells of most; n of total: the patients
    of the one passage that tells of most (not summed, since passages may tell of the same patients); hypothetical and
    retracted say that all its passages are; shortcut, that the graph holds it as a plain triple. Of mentions alone:
    count and sections.
    """

    id: str
    kind: EdgeKind
    subject: str
    predicate: str
    object: str
    knowledge_level: str
    agent_type: str
    negated: bool = False
    grade: Grade | None = None
    documents: int = 0
    publications: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    passages: int = 0
    refuting: int = 0
    patients: int | None = None
    n: int | None = None
    total: int | None = None
    hypothetical: bool = False
    retracted: bool = False
    shortcut: bool = False
    count: int | None = None
    sections: tuple[str, ...] = ()


def weight(*, count: int | None, documents: int) -> int:
    """How heavy an edge is drawn: mentions in a paper, papers behind a statement, 1 for other links.

    >>> weight(count=None, documents=3), weight(count=None, documents=0)
    (3, 1)
    """
    return count or documents or 1


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One evidence of a statement, with the statement's own parts beside it; the fields are those of `kg.model`.

    Offsets are code points, half open.
    """

    id: str
    statement: str
    subject: str
    predicate: str
    object: str
    negated: bool
    document: str
    year: int | None
    retracted: bool
    grade: Grade
    direction: str
    hypothetical: bool
    quote: str = ""
    section: str = ""
    start: int = 0
    end: int = 0
    role: str = ""
    setting: str = ""
    design: str | None = None
    phase: str | None = None
    n: int | None = None
    total: int | None = None
    percent: float | None = None
    max_grade: int | None = None
    grading_system: str | None = None
    onset_days: float | None = None
    treated: int | None = None
    responders: int | None = None
    evaluable: int | None = None
    follow_up_months: float | None = None
    efficacy: str | None = None
    species: str | None = None
    model: str | None = None
    trial: tuple[str, ...] = ()
    cohort: str | None = None
    historical: bool = False
    context_disease: str | None = None
    antecedent: str | None = None
    antecedent_start: int | None = None
    antecedent_end: int | None = None
    via: tuple[str, ...] = ()
    cited: str | None = None
    method: str = ""
    confidence: float = 1.0
