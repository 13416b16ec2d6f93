"""Annotations in, association and evidence nodes out, and the plain shortcut triples that the best evidence allows.

Evidence is streamed as it comes. A statement said by many documents is one node, told at the end: what is kept for
it meanwhile is its best grade, the papers that say it, what each is worth, and whether it earned its shortcut. Which
paper a cited title is of, and whose patients a passage counts, is known at the end too.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from pyoxigraph import Triple

from kg.errors import BadGraph
from kg.graph import confidence
from kg.graph._rdf import TYPE, about, boolean, decimal, digest, integer, node, string
from kg.graph.cohorts import Cohorts
from kg.graph.evidence import describe
from kg.graph.references import Citations, key
from kg.model import Annotation, Document, Evidence, Grade, Statement

CO_MENTION = "biolink:occurs_together_in_literature_with"
# DESIGN §5: the shortcut layer holds what is said outright, or through the document's own anaphora.
SHORTCUT_RANK = 2

Key = tuple[str, str, str, bool]


def name(subject: str, predicate: str, object_: str, negated: bool) -> str:
    """A statement's CURIE: the first 32 hexadecimal digits of the sha256 of its parts as a JSON array.

    >>> import hashlib
    >>> parts = b'["HGNC:1633","kg:target_tried_in","MONDO:0005100",false]'
    >>> name("HGNC:1633", "kg:target_tried_in", "MONDO:0005100", False) == (
    ...     "statement:" + hashlib.sha256(parts).hexdigest()[:32]
    ... )
    True
    """
    return "statement:" + digest(subject, predicate, object_, negated)


def earns_shortcut(document: Document, statement: Statement, evidence: Evidence) -> bool:
    """Whether this evidence puts its statement into the shortcut layer (DESIGN §4 and §5)."""
    return (
        not statement.negated
        and evidence.direction == "supports"
        and not evidence.hypothetical
        and not evidence.historical
        and evidence.grade.rank <= SHORTCUT_RANK
        and "retracted" not in document.status
    )


class _Late(msgspec.Struct, frozen=True):
    """A passage of which only the whole graph knows the paper or the cohort. worth: unless that paper was retracted."""

    identifier: str
    cited: str | None
    cohort: str | None
    retold: bool
    retracted: bool
    worth: float


class _Summary(msgspec.Struct):
    """worth: of each source whose name is known. A source is a document or all who retell."""

    rank: int
    shortcut: bool = False
    papers: set[str] = msgspec.field(default_factory=set)
    worth: dict[str, float] = msgspec.field(default_factory=dict)
    late: list[_Late] = msgspec.field(default_factory=list)


class Statements:
    """Merges statements over documents. `citations` tells, at the end, which paper each reference title is of."""

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        self._cohorts = Cohorts(citations)
        self._found: dict[Key, _Summary] = {}

    def add(self, annotation: Annotation) -> Iterator[Triple]:
        """The evidence of one document; documents come once each.

        Raises:
            BadGraph: an evidence is of another document than the annotation.
        """
        document = annotation.document
        self._cohorts.add(annotation)
        told: set[str] = set()
        for statement in annotation.statements:
            here = name(*statement.key)
            summary = self._found.setdefault(statement.key, _Summary(rank=len(Grade)))
            for evidence in statement.evidence:
                if evidence.document != document.id:
                    raise BadGraph(f"document {document.id}: expected its own evidence, got {evidence.document}'s")
                summary.rank = min(summary.rank, evidence.grade.rank)
                summary.shortcut |= earns_shortcut(document, statement, evidence)
                identifier = "evidence:" + digest(here, evidence)
                if identifier in told:
                    continue
                told.add(identifier)
                yield Triple(node(here), node("biolink:has_evidence"), node(identifier))
                yield from describe(identifier, evidence)
                yield from self._weigh(identifier, document, statement, evidence)

    def _weigh(self, identifier: str, document: Document, statement: Statement, evidence: Evidence) -> Iterator[Triple]:
        """Takes note of what a passage is worth, at once or, where its paper or cohort is not known yet, for later."""
        summary = self._found[statement.key]
        cited = _cited(document, evidence)
        retracted = cited is None and "retracted" in document.status
        retold = cited is None and evidence.role in ("background", "review_synthesis")
        worth = confidence.weight(
            evidence.grade,
            reading=evidence.confidence,
            hypothetical=evidence.hypothetical,
            historical=evidence.historical,
            retracted=retracted,
            counters=evidence.direction == "refutes" and not statement.negated,
        )
        if cited is None:
            summary.papers.add(document.id)
        if cited is not None or evidence.cohort is not None:
            # A title counts the patients of the paper that it is the title of.
            summary.late.append(
                _Late(
                    identifier=identifier,
                    cited=cited,
                    cohort=cited or evidence.cohort,
                    retold=retold,
                    retracted=retracted,
                    worth=worth,
                )
            )
            return
        source = confidence.RETOLD if retold else document.id
        summary.worth[source] = max(worth, summary.worth.get(source, 0.0))
        yield Triple(node(identifier), node("kg:retracted"), boolean(retracted))

    def triples(self) -> Iterator[Triple]:
        """Statements, shortcuts, and what only the whole graph knows of their evidence; after the last `add`."""
        grades = tuple(Grade)
        for (subject, predicate, object_, negated), summary in self._found.items():
            here = node(name(subject, predicate, object_, negated))
            worth = [(self._source(source), value) for source, value in summary.worth.items()]
            papers = set(summary.papers)
            for passage in summary.late:
                paper = self._citations.resolve(passage.cited) if passage.cited else None
                cohort = self._cohorts.resolve(passage.cohort) if passage.cohort else None
                retracted = passage.retracted or (paper is not None and self._citations.retracted(paper))
                papers |= {paper} if paper else set()
                source = confidence.RETOLD if passage.retold or cohort is None else cohort
                worth.append((source, 0.0 if retracted else passage.worth))
                yield from about(
                    node(passage.identifier),
                    (
                        ("kg:cited", node(paper) if paper else None),
                        ("kg:cohort", node(cohort) if cohort else None),
                        ("kg:retracted", boolean(retracted)),
                    ),
                )
            yield Triple(here, TYPE, node("biolink:Association"))
            yield Triple(here, TYPE, node("kg:Statement"))
            yield from about(
                here,
                (
                    ("biolink:subject", node(subject)),
                    ("biolink:predicate", node(predicate)),
                    ("biolink:object", node(object_)),
                    ("biolink:negated", boolean(negated)),
                    ("biolink:knowledge_level", string(_knowledge_level(predicate))),
                    ("biolink:agent_type", string("text_mining_agent")),
                    ("kg:best_grade", node(f"kg:{grades[summary.rank - 1]}")),
                    ("kg:documents_count", integer(len(papers))),
                    ("kg:confidence", decimal(confidence.combined(worth))),
                    ("kg:shortcut", boolean(summary.shortcut)),
                ),
            )
            if summary.shortcut:
                yield Triple(node(subject), node(predicate), node(object_))

    def _source(self, name: str) -> str:
        return name if name == confidence.RETOLD else self._cohorts.resolve(name)


def _knowledge_level(predicate: str) -> str:
    # Biolink 4, KnowledgeLevelEnum: what a text-mined sentence's author meant is not provided.
    return "text_co_occurrence" if predicate == CO_MENTION else "not_provided"


def _cited(document: Document, evidence: Evidence) -> str | None:
    if evidence.grade is not Grade.REFERENCE_TITLE:
        return evidence.cited
    holding = (r for r in document.references if r.start <= evidence.start < r.end)
    return next((key(reference) for reference in holding), evidence.cited)
