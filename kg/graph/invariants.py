"""A store in, which invariants of DESIGN §5 it breaks out: those that no shape of a single node can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import pyoxigraph as ox

from kg.graph import confidence
from kg.graph._rdf import boolean, node, scrub
from kg.graph.problem import Problem
from kg.graph.statements import SHORTCUT_RANK, name
from kg.model import Annotation, Document, Grade
from kg.namespaces import PREFIXES, curie

_Subject = ox.NamedNode | ox.BlankNode | ox.Triple
# What is quoted, and between which offsets.
_SPANS = (
    ("biolink:supporting_text", "kg:start", "kg:end"),
    ("kg:antecedent", "kg:antecedent_start", "kg:antecedent_end"),
)
_STATEMENTS = """
SELECT ?statement ?subject ?predicate ?object ?negated ?shortcut ?count ?best ?confidence WHERE {
  ?statement a kg:Statement ; biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
    biolink:negated ?negated ; kg:shortcut ?shortcut ; kg:documents_count ?count ; kg:best_grade/kg:rank ?best ;
    kg:confidence ?confidence .
}"""
_EVIDENCE = """
SELECT ?statement ?evidence ?negated ?document ?rank ?direction ?role ?hypothetical ?historical ?reading ?retracted
WHERE {
  ?statement biolink:has_evidence ?evidence ; biolink:negated ?negated .
  ?evidence kg:document ?document ; kg:grade/kg:rank ?rank ; kg:direction ?direction ; kg:role ?role ;
    kg:hypothetical ?hypothetical ; kg:historical ?historical ; kg:confidence ?reading ; kg:retracted ?retracted .
}"""
_TRUE = boolean(True)
_ROUNDING = 0.001  # decimals of the graph have four places


def no_blank_nodes(store: ox.Store) -> Iterator[Problem]:
    """Everything is named, and stands in the default graph."""
    for quad in store:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            yield Problem("Violation", "", f"expected no blank node, got {quad.triple}")
        if quad.graph_name != ox.DefaultGraph():
            yield Problem("Violation", "", f"expected the default graph alone, got a triple in {quad.graph_name}")


def closure(store: ox.Store) -> Iterator[Problem]:
    """`kg:within` is the reflexive, transitive closure of `rdfs:subClassOf` over the terms, no more and no less."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    within: defaultdict[str, set[str]] = defaultdict(set)
    terms = {_value(quad.subject) for quad in store.quads_for_pattern(None, node("rdf:type"), node("owl:Class"), None)}
    for predicate, found in (("rdfs:subClassOf", parents), ("kg:within", within)):
        for quad in store.quads_for_pattern(None, node(predicate), None, None):
            found[_value(quad.subject)].add(_value(quad.object))
    for term in sorted(terms | within.keys()):
        expected: set[str] = set()
        waiting = [term]
        while waiting:
            if (one := waiting.pop()) not in expected:
                expected.add(one)
                waiting.extend(parents[one])
        for difference, what in ((expected - within[term], "lacks"), (within[term] - expected, "has too much")):
            if difference:
                listed = ", ".join(sorted(curie(one) for one in difference))
                yield Problem(
                    "Violation", curie(term), f"kg:within is not the closure of rdfs:subClassOf: {what} {listed}"
                )


class _Said(msgspec.Struct):
    papers: set[str] = msgspec.field(default_factory=set)
    worth: list[tuple[str, float]] = msgspec.field(default_factory=list)
    best: int = 99
    earned: bool = False


def statements(store: ox.Store) -> Iterator[Problem]:
    """A statement's name, best grade, number of papers, confidence and shortcut follow from content and evidence."""
    retracted = {
        _value(quad.subject) for quad in store.quads_for_pattern(None, node("kg:status"), ox.Literal("retracted"), None)
    }
    cited, cohorts = _objects(store, "kg:cited"), _objects(store, "kg:cohort")
    documents = _document_cohorts(store, cohorts)
    grades = tuple(Grade)
    said: defaultdict[str, _Said] = defaultdict(_Said)
    for row in _rows(store, _EVIDENCE):
        one = said[_value(row["statement"])]
        evidence, document = _value(row["evidence"]), _value(row["document"])
        paper = cited.get(evidence, document)
        rank, gone = int(_value(row["rank"])), paper in retracted
        if (row["retracted"] == _TRUE) is not gone:
            yield Problem("Violation", curie(evidence), "expected kg:retracted to follow from its paper, it does not")
        one.papers.add(paper)
        one.best = min(one.best, rank)
        supports = _value(row["direction"]) == "supports"
        doubtful = row["hypothetical"] == _TRUE or row["historical"] == _TRUE
        one.earned |= rank <= SHORTCUT_RANK and supports and not doubtful and document not in retracted
        retold = evidence not in cited and _value(row["role"]) in ("background", "review_synthesis")
        source = cohorts.get(evidence) or documents.get(document, document)
        worth = confidence.weight(
            grades[rank - 1],
            reading=float(_value(row["reading"])),
            hypothetical=row["hypothetical"] == _TRUE,
            historical=row["historical"] == _TRUE,
            retracted=gone,
            counters=not supports and row["negated"] != _TRUE,
        )
        one.worth.append((confidence.RETOLD if retold else source, worth))
    shortcuts: set[tuple[str, str, str]] = set()
    predicates: set[str] = set()
    for row in _rows(store, _STATEMENTS):
        here = curie(_value(row["statement"]))
        whole = said.pop(_value(row["statement"]), _Said())
        triple = (_value(row["subject"]), _value(row["predicate"]), _value(row["object"]))
        negated = row["negated"] == boolean(True)
        predicates.add(triple[1])
        subject, predicate, object_ = (curie(one) for one in triple)
        if here != name(subject, predicate, object_, negated):
            yield Problem("Violation", here, "expected the name that its content gives")
        if int(_value(row["count"])) != len(whole.papers):
            yield Problem(
                "Violation", here, f"expected kg:documents_count {len(whole.papers)}, got {_value(row['count'])}"
            )
        if int(_value(row["best"])) != whole.best:
            yield Problem("Violation", here, f"expected the best grade of its evidence, got rank {_value(row['best'])}")
        if abs(float(_value(row["confidence"])) - confidence.combined(whole.worth)) > _ROUNDING:
            yield Problem(
                "Violation", here, f"expected the confidence of its evidence, got {_value(row['confidence'])}"
            )
        if (row["shortcut"] == boolean(True)) != (whole.earned and not negated):
            yield Problem("Violation", here, "expected kg:shortcut to follow from its evidence, it does not")
        if row["shortcut"] == boolean(True):
            shortcuts.add(triple)
    for statement in sorted(said):
        yield Problem("Violation", curie(statement), "has evidence, but is no whole statement")
    yield from _plain_triples(store, shortcuts, predicates)


def _plain_triples(store: ox.Store, shortcuts: set[tuple[str, str, str]], predicates: set[str]) -> Iterator[Problem]:
    plain = {
        (_value(quad.subject), predicate, _value(quad.object))
        for predicate in predicates | {node("kg:target_tried_in").value}
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
    }
    for triple in sorted(plain - shortcuts):
        yield Problem("Violation", curie(triple[0]), f"no statement earned the plain triple {_shown(triple)}")
    for triple in sorted(shortcuts - plain):
        yield Problem(
            "Violation", curie(triple[0]), f"its statement earned the plain triple {_shown(triple)}, it is missing"
        )


def quotes(store: ox.Store, annotations: Iterable[Annotation]) -> Iterator[Problem]:
    """Every quote, and every antecedent, is what the stored text of its record holds between its offsets.

    No evidence is passed over: one whose record is not among the annotations is a problem too.
    """
    evidence = {quad.subject for quad in store.quads_for_pattern(None, node("rdf:type"), node("kg:Evidence"), None)} | {
        quad.subject for quad in store.quads_for_pattern(None, node("biolink:supporting_text"), None, None)
    }
    for annotation in annotations:
        document = annotation.document
        for quad in store.quads_for_pattern(None, node("kg:document"), node(document.id), None):
            if quad.subject in evidence:
                evidence.discard(quad.subject)
                yield from _misquoted(store, quad.subject, document)
    for left in sorted(evidence, key=str):
        yield Problem("Violation", curie(_value(left)), "expected the stored text of its record, there is none")


def _misquoted(store: ox.Store, subject: _Subject, document: Document) -> Iterator[Problem]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(subject, None, None, None):
        found[curie(quad.predicate.value)].append(_value(quad.object))
    for text, start, end in _SPANS:
        # The quote is never missing; where a passage needs no antecedent, it has no offsets of one either.
        if not (found[text] or found[start] or found[end]) and text != "biolink:supporting_text":
            continue
        stands = _between(document.text, found[start], found[end])
        if found[text] != [stands]:
            told = found[text][0] if len(found[text]) == 1 else found[text]
            message = f"{text} is {told!r}, the text of {document.id} has {stands!r} there"
            yield Problem("Violation", curie(_value(subject)), message)


def _between(text: str, starts: Sequence[str], ends: Sequence[str]) -> str | None:
    """The text between two offsets, as a graph holds it; None where they are no two places of it, in order."""
    if len(starts) != 1 or len(ends) != 1 or not (starts[0].isdecimal() and ends[0].isdecimal()):
        return None
    start, end = int(starts[0]), int(ends[0])
    return scrub(text[start:end]) if start < end <= len(text) else None


def _objects(store: ox.Store, predicate: str) -> dict[str, str]:
    return {_value(q.subject): _value(q.object) for q in store.quads_for_pattern(None, node(predicate), None, None)}


def _document_cohorts(store: ox.Store, cohorts: dict[str, str]) -> dict[str, str]:
    """The cohort that a document's own passages count; a cited title's is another paper's."""
    titles = {_value(quad.subject) for quad in store.quads_for_pattern(None, node("kg:cited"), None, None)}
    documents = _objects(store, "kg:document")
    return {documents[evidence]: cohort for evidence, cohort in cohorts.items() if evidence not in titles}


def _rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    solutions = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return str(term) if term is None or isinstance(term, ox.Triple) else term.value


def _shown(triple: tuple[str, str, str]) -> str:
    return " ".join(curie(one) for one in triple)
