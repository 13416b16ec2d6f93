"""A release's store in, a networkx MultiDiGraph out: terms as nodes, statements as edges with what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from kg.errors import QueryFailed
from kg.model import Grade
from kg.namespaces import PREFIXES
from kg.query import cell

if TYPE_CHECKING:
    import networkx as nx

CO_MENTION: Final = "biolink:occurs_together_in_literature_with"
# An evidence a row; the query orders nothing, since what is made of it is sorted.
_EVIDENCE: Final = """
SELECT ?statement ?subject ?predicate ?object ?negated ?rank ?document ?year ?hypothetical ?direction ?retracted
WHERE {
  ?statement a kg:Statement ;
             biolink:subject ?subject ;
             biolink:predicate ?predicate ;
             biolink:object ?object ;
             biolink:negated ?negated ;
             biolink:has_evidence ?evidence .
  ?evidence kg:grade/kg:rank ?rank ;
            kg:document ?document ;
            kg:hypothetical ?hypothetical ;
            kg:direction ?direction .
  OPTIONAL { ?document kg:year ?year }
  BIND(EXISTS { ?document kg:status "retracted" } AS ?retracted)
}
"""
_TERMS: Final = """
SELECT ?term ?label (MIN(?any_type) AS ?type)
WHERE {
  ?term a owl:Class ;
        skos:prefLabel ?label ;
        kg:entity_type ?any_type .
}
GROUP BY ?term ?label
"""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """What an edge holds, each field an attribute of it.

    grade: the best among the evidence kept. rank: its number, 1 to 6. documents, evidence: how many different papers
    and passages. first_year: of the earliest paper with a year. hypothetical: every passage only says that it could be
    so. refuted: some passage speaks against it; of a negated statement, none does.
    """

    statement: str
    predicate: str
    negated: bool
    grade: str
    rank: int
    documents: int
    evidence: int
    first_year: int | None
    hypothetical: bool
    refuted: bool


def build(
    store: ox.Store,
    *,
    min_grade: Grade = Grade.REFERENCE_TITLE,
    predicates: frozenset[str] | None = None,
    retracted: bool = False,
) -> nx.MultiDiGraph[str]:
    """The statements of a graph as a network, the same each time: nodes and edges are added in sorted order.

    A node is a term's CURIE with `label` and `type` (disease, target, therapy …; of a term that serves as several, the
    first in name order). Only ends of kept edges are nodes. An edge's key is its statement's ID and its attributes are
    the fields of `Edge`.

    Args:
        store: of a release.
        min_grade: the weakest evidence that counts.
        predicates: CURIEs of those to keep; all unless given.
        retracted: whether papers that were retracted count too.

    Raises:
        QueryFailed: the store cannot answer.
    """
    import networkx as nx

    rows: dict[tuple[str, str, str, str, bool], list[_Row]] = {}
    for solution in _evidence(store):
        if solution.rank > min_grade.rank or (solution.retracted and not retracted):
            continue
        if predicates is None or solution.predicate in predicates:
            key = (solution.subject, solution.object, solution.statement, solution.predicate, solution.negated)
            rows.setdefault(key, []).append(solution)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ends = {end for key in rows for end in key[:2]}
    for term, label, type_ in sorted(_terms(store)):
        if term in ends:
            network.add_node(term, label=label, type=type_)
    for key in sorted(rows):
        subject, object_, statement, predicate, negated = key
        edge = _edge(statement, predicate, negated, rows[key])
        network.add_edge(subject, object_, key=statement, **msgspec.structs.asdict(edge))
    return network


class _Row(msgspec.Struct, frozen=True, array_like=True):
    statement: str
    subject: str
    predicate: str
    object: str
    negated: bool
    rank: int
    document: str
    year: int | None
    hypothetical: bool
    direction: str
    retracted: bool


def _edge(statement: str, predicate: str, negated: bool, rows: list[_Row]) -> Edge:
    rank = min(row.rank for row in rows)
    return Edge(
        statement=statement,
        predicate=predicate,
        negated=negated,
        grade=list(Grade)[rank - 1].value,
        rank=rank,
        documents=len({row.document for row in rows}),
        evidence=len(rows),
        first_year=min((row.year for row in rows if row.year is not None), default=None),
        hypothetical=all(row.hypothetical for row in rows),
        refuted=not negated and any(row.direction == "refutes" for row in rows),
    )


def _evidence(store: ox.Store) -> list[_Row]:
    names = _Row.__struct_fields__
    return [msgspec.convert([cell(one[name]) for name in names], _Row) for one in _solutions(store, _EVIDENCE)]


def _terms(store: ox.Store) -> list[tuple[str, str, str]]:
    names = ("term", "label", "type")
    return [
        msgspec.convert([cell(one[name]) for name in names], tuple[str, str, str]) for one in _solutions(store, _TERMS)
    ]


def _solutions(store: ox.Store, sparql: str) -> ox.QuerySolutions:
    try:
        found = store.query(sparql, prefixes=dict(PREFIXES))
    except (SyntaxError, RuntimeError, OSError) as error:
        raise QueryFailed(f"network: {error}") from error
    assert isinstance(found, ox.QuerySolutions)
    return found
