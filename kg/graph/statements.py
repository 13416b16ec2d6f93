"""Annotations in, association and evidence nodes out, and the plain shortcut triples that the best evidence allows.

Evidence is streamed as it comes. A statement said by many documents is one node, told at the end: what is kept for
it meanwhile is its best grade, its number of documents and whether it earned its shortcut.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from pyoxigraph import Triple

from kg.errors import BadGraph
from kg.graph._rdf import TYPE, about, boolean, decimal, digest, integer, node, string
from kg.graph.references import Citations, key
from kg.model import Annotation, Document, Evidence, Grade, Statement

CO_MENTION = "biolink:occurs_together_in_literature_with"
# DESIGN §5: the shortcut layer holds what is said outright, or through the document's own anaphora.
SHORTCUT_RANK = 2

_COUNTS = ("n", "total", "treated", "responders", "evaluable")

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


class _Summary(msgspec.Struct):
    rank: int
    documents: int = 0
    shortcut: bool = False


class Statements:
    """Merges statements over documents. `citations` tells, at the end, which paper each reference title is of."""

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        self._found: dict[Key, _Summary] = {}
        self._quoted_titles: list[tuple[str, str]] = []

    def add(self, annotation: Annotation) -> Iterator[Triple]:
        """The evidence of one document; documents come once each.

        Raises:
            BadGraph: an evidence is of another document than the annotation.
        """
        document = annotation.document
        seen: set[Key] = set()
        told: set[str] = set()
        for statement in annotation.statements:
            here = name(*statement.key)
            summary = self._found.setdefault(statement.key, _Summary(rank=len(Grade)))
            summary.documents += statement.key not in seen
            seen.add(statement.key)
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
                yield from _describe(identifier, evidence)
                if cited := _cited(document, evidence):
                    self._quoted_titles.append((identifier, cited))

    def triples(self) -> Iterator[Triple]:
        """Statements, shortcuts and the cited papers of reference titles; after the last `add`."""
        grades = tuple(Grade)
        for (subject, predicate, object_, negated), summary in self._found.items():
            here = node(name(subject, predicate, object_, negated))
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
                    ("kg:documents_count", integer(summary.documents)),
                    ("kg:shortcut", boolean(summary.shortcut)),
                ),
            )
            if summary.shortcut:
                yield Triple(node(subject), node(predicate), node(object_))
        for evidence, cited in self._quoted_titles:
            yield Triple(node(evidence), node("kg:cited"), node(self._citations.resolve(cited)))


def _knowledge_level(predicate: str) -> str:
    # Biolink 4, KnowledgeLevelEnum: what a text-mined sentence's author meant is not provided.
    return "text_co_occurrence" if predicate == CO_MENTION else "not_provided"


def _cited(document: Document, evidence: Evidence) -> str | None:
    if evidence.grade is not Grade.REFERENCE_TITLE:
        return evidence.cited
    holding = (r for r in document.references if r.start <= evidence.start < r.end)
    return next((key(reference) for reference in holding), evidence.cited)


def _describe(identifier: str, evidence: Evidence) -> Iterator[Triple]:
    here = node(identifier)
    yield Triple(here, TYPE, node("kg:Evidence"))
    yield Triple(here, node("prov:wasDerivedFrom"), node(evidence.document))
    yield from about(
        here,
        (
            ("kg:document", node(evidence.document)),
            ("biolink:supporting_text", string(evidence.quote)),
            ("kg:section", string(evidence.section)),
            ("kg:start", integer(evidence.start)),
            ("kg:end", integer(evidence.end)),
            ("kg:grade", node(f"kg:{evidence.grade}")),
            ("kg:method", string(evidence.method)),
            ("kg:direction", string(evidence.direction)),
            ("kg:role", string(evidence.role)),
            ("kg:setting", string(evidence.setting)),
            ("kg:hypothetical", boolean(evidence.hypothetical)),
            ("kg:historical", boolean(evidence.historical)),
            ("kg:confidence", decimal(evidence.confidence)),
            ("kg:percent", None if evidence.percent is None else decimal(evidence.percent)),
            ("kg:follow_up_months", None if evidence.follow_up is None else decimal(evidence.follow_up)),
            ("kg:onset_days", None if evidence.onset is None else decimal(evidence.onset)),
            ("kg:context_disease", node(evidence.context_disease) if evidence.context_disease else None),
            ("kg:cohort", node(evidence.cohort) if evidence.cohort else None),
        ),
    )
    for predicate in ("design", "phase", "grading_system", "antecedent", "species", "model", "efficacy"):
        if text := getattr(evidence, predicate):
            yield Triple(here, node(f"kg:{predicate}"), string(text))
    for predicate in (*_COUNTS, "max_grade", "antecedent_start", "antecedent_end"):
        if (value := getattr(evidence, predicate)) is not None:
            yield Triple(here, node(f"kg:{predicate}"), integer(value))
    for trial in evidence.trials:
        yield Triple(here, node("kg:trial"), node(f"NCT:{trial}"))
    for therapy in evidence.via:
        yield Triple(here, node("kg:via"), node(therapy))
