"""Two releases in; the documents, statements, plain triples and passages that came and fell out, with why.

Nodes are named by content, so that a node of one release is the same thing in another. Why something came or fell is
told from what the releases say of its record (there, changed, retracted) and of the annotator; where neither tells,
that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import msgspec
import pyoxigraph as ox

from kg.graph._rdf import TYPE, boolean, node
from kg.namespaces import curie

Why = Literal[
    "record came",
    "record gone",
    "record joined another",
    "record changed",
    "retracted",
    "no longer retracted",
    "status changed",
    "annotator changed",
    "not told",
]
_Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class Paper(msgspec.Struct, frozen=True, order=True):
    """A document that came, fell or changed."""

    id: str
    title: str
    why: Why


class Said(msgspec.Struct, frozen=True, order=True):
    """A statement, or the plain triple that it earned, that came or fell; the best graded first."""

    rank: int
    subject_label: str
    predicate: str
    object_label: str
    negated: bool
    grade: str
    id: str
    subject: str
    object: str
    why: tuple[Why, ...]


class Passage(msgspec.Struct, frozen=True, order=True):
    """An evidence node that came or fell."""

    document: str
    start: int
    statement: str
    id: str
    quote: str
    why: Why


class Papers(msgspec.Struct, frozen=True):
    """Documents by what became of them; `changed` holds what is in both and not the same."""

    came: tuple[Paper, ...]
    fell: tuple[Paper, ...]
    changed: tuple[Paper, ...]


class Statements(msgspec.Struct, frozen=True):
    """Statements, or plain triples, by what became of them."""

    came: tuple[Said, ...]
    fell: tuple[Said, ...]


class Passages(msgspec.Struct, frozen=True):
    """Evidence by what became of it."""

    came: tuple[Passage, ...]
    fell: tuple[Passage, ...]


class Difference(msgspec.Struct, frozen=True):
    """What a release has that another has not. derived: the plain triples of the shortcut layer."""

    old: str
    new: str
    documents: Papers
    statements: Statements
    derived: Statements
    evidence: Passages

    @property
    def is_empty(self) -> bool:
        """Whether both say the same of everything that is compared."""
        groups = (self.documents, self.statements, self.derived, self.evidence)
        return not any(part for group in groups for part in msgspec.structs.astuple(group))


class Side:
    """One release to compare: its store, and what its manifest says it was made with."""

    def __init__(self, name: str, store: ox.Store, manifest: Mapping[str, object]) -> None:
        self.name, self.store = name, store
        self.annotator = manifest.get("annotator")

    @cached_property
    def documents(self) -> dict[ox.NamedNode, str]:
        """The sha256 of what each record was read from."""
        found = self.store.quads_for_pattern(None, node("kg:source_sha256"), None, None)
        records = self.instances("kg:Record")
        return {
            quad.subject: quad.object.value
            for quad in found
            if isinstance(quad.subject, ox.NamedNode)
            and quad.subject in records
            and isinstance(quad.object, ox.Literal)
        }

    @cached_property
    def statements(self) -> frozenset[ox.NamedNode]:
        return self.instances("kg:Statement")

    @cached_property
    def derived(self) -> frozenset[ox.NamedNode]:
        """The statements that earned a plain triple."""
        return _subjects(self.store.quads_for_pattern(None, node("kg:shortcut"), boolean(True), None))

    @cached_property
    def evidence(self) -> frozenset[ox.NamedNode]:
        return self.instances("kg:Evidence")

    @cached_property
    def retracted(self) -> frozenset[ox.NamedNode]:
        """Records, and evidence, marked as retracted."""
        by_status = self.store.quads_for_pattern(None, node("kg:status"), ox.Literal("retracted"), None)
        marked = self.store.quads_for_pattern(None, node("kg:retracted"), boolean(True), None)
        return _subjects(by_status) | _subjects(marked)

    def instances(self, kind: str) -> frozenset[ox.NamedNode]:
        return _subjects(self.store.quads_for_pattern(None, TYPE, node(kind), None))

    def where(self, document: ox.NamedNode) -> Why:
        """What became of a record that this release does not have: gone, or one version of another."""
        same = self.store.quads_for_pattern(None, node("skos:exactMatch"), document, None)
        return "record joined another" if _subjects(same) & self.documents.keys() else "record gone"

    def status(self, document: ox.NamedNode) -> frozenset[str]:
        return frozenset(_texts(self.store, document, "kg:status"))

    def evidence_of(self, statement: ox.NamedNode) -> frozenset[ox.NamedNode]:
        found = self.store.quads_for_pattern(statement, node("biolink:has_evidence"), None, None)
        return frozenset(quad.object for quad in found if isinstance(quad.object, ox.NamedNode))


def compare(old: Side, new: Side) -> Difference:
    """What came and what fell from the old to the new."""
    documents = Papers(
        came=_papers(new, new.documents.keys() - old.documents.keys(), "record came"),
        fell=tuple(
            sorted(
                Paper(paper.id, paper.title, new.where(node(paper.id)))
                for paper in _papers(old, old.documents.keys() - new.documents.keys(), "record gone")
            )
        ),
        changed=_changed(old, new),
    )
    return Difference(
        old=old.name,
        new=new.name,
        documents=documents,
        statements=Statements(
            came=_said(new, old, new.statements - old.statements, came=True),
            fell=_said(old, new, old.statements - new.statements, came=False),
        ),
        derived=Statements(
            came=_said(new, old, new.derived - old.derived, came=True),
            fell=_said(old, new, old.derived - new.derived, came=False),
        ),
        evidence=Passages(
            came=_passages(new, old, new.evidence - old.evidence, came=True),
            fell=_passages(old, new, old.evidence - new.evidence, came=False),
        ),
    )


def _papers(side: Side, found: Iterable[ox.NamedNode], why: Why) -> tuple[Paper, ...]:
    return tuple(sorted(Paper(curie(one.value), _text(side.store, one, "dcterms:title"), why) for one in found))


def _changed(old: Side, new: Side) -> tuple[Paper, ...]:
    found: list[Paper] = []
    for document in old.documents.keys() & new.documents.keys():
        before, after = old.status(document), new.status(document)
        why: Why | None = None
        if "retracted" in after - before:
            why = "retracted"
        elif "retracted" in before - after:
            why = "no longer retracted"
        elif old.documents[document] != new.documents[document]:
            why = "record changed"
        elif before != after:
            why = "status changed"
        if why is not None:
            found.extend(_papers(new, (document,), why))
    return tuple(sorted(found))


def _said(side: Side, other: Side, found: Iterable[ox.NamedNode], *, came: bool) -> tuple[Said, ...]:
    rows = []
    for one in found:
        subject, predicate, object_, grade = (
            _value(side.store, one, name)
            for name in ("biolink:subject", "biolink:predicate", "biolink:object", "kg:best_grade")
        )
        rows.append(
            Said(
                rank=int(_text(side.store, grade, "kg:rank") or 0),
                subject_label=_text(side.store, subject, "skos:prefLabel"),
                predicate=_curie(predicate),
                object_label=_text(side.store, object_, "skos:prefLabel"),
                negated=_text(side.store, one, "biolink:negated") == "true",
                grade=_curie(grade).removeprefix("kg:"),
                id=curie(one.value),
                subject=_curie(subject),
                object=_curie(object_),
                why=_reasons(side, other, one, came=came),
            )
        )
    return tuple(sorted(rows))


def _reasons(side: Side, other: Side, statement: ox.NamedNode, *, came: bool) -> tuple[Why, ...]:
    """Why a statement, or its plain triple, came or fell: what became of its passages."""
    reasons = {_reason(side, other, one, came=came) for one in side.evidence_of(statement)}
    return tuple(sorted(reasons - {"not told"})) or ("not told",)


def _passages(side: Side, other: Side, found: Iterable[ox.NamedNode], *, came: bool) -> tuple[Passage, ...]:
    statements = {
        quad.object: quad.subject
        for one in found
        for quad in side.store.quads_for_pattern(None, node("biolink:has_evidence"), one, None)
    }
    return tuple(
        sorted(
            Passage(
                document=_curie(_value(side.store, one, "kg:document")),
                start=int(_text(side.store, one, "kg:start") or 0),
                statement=_curie(statements.get(one)),
                id=curie(one.value),
                quote=_text(side.store, one, "biolink:supporting_text"),
                why=_reason(side, other, one, came=came),
            )
            for one in found
        )
    )


def _reason(side: Side, other: Side, evidence: ox.NamedNode, *, came: bool) -> Why:
    """Why a passage came or fell, or, where both releases have it, what else became of it."""
    document = _value(side.store, evidence, "kg:document")
    if not isinstance(document, ox.NamedNode):
        return "not told"
    if document not in other.documents:
        return "record came" if came else other.where(document)
    kept = evidence in other.evidence
    for paper in (evidence, document):
        before, after = (paper in (other if came else side).retracted, paper in (side if came else other).retracted)
        if before != after and (kept or (paper == document and after != came)):
            return "retracted" if after else "no longer retracted"
    if kept:
        return "not told"
    if side.documents.get(document) != other.documents[document]:
        return "record changed"
    return "annotator changed" if side.annotator != other.annotator else "not told"


def _subjects(quads: Iterable[ox.Quad]) -> frozenset[ox.NamedNode]:
    return frozenset(quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _texts(store: ox.Store, subject: _Subject, predicate: str) -> list[str]:
    found = store.quads_for_pattern(subject, node(predicate), None, None)
    return sorted(quad.object.value for quad in found if isinstance(quad.object, ox.Literal))


def _text(store: ox.Store, subject: object, predicate: str) -> str:
    return next(iter(_texts(store, subject, predicate)), "") if isinstance(subject, ox.NamedNode) else ""


def _value(store: ox.Store, subject: _Subject, predicate: str) -> object:
    return next((quad.object for quad in store.quads_for_pattern(subject, node(predicate), None, None)), None)


def _curie(value: object) -> str:
    return curie(value.value) if isinstance(value, ox.NamedNode) else ""
