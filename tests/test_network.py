"""The network of a graph: its nodes and edges are the fixture's statements, filtered as asked."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.model import Grade
from kg.network import CO_MENTION, Edge, build
from tests.graph_fixture import (
    BCMA,
    CD19,
    CD20,
    DIFFUSE,
    HARM,
    INFECTION,
    MYELOMA,
    SLE,
    SSC,
    TOGETHER,
    TRIED,
    fixture_store,
)


@pytest.fixture(scope="module")
def network() -> nx.MultiDiGraph[str]:
    """All of the six papers."""
    return build(fixture_store())


def _tried(network: nx.MultiDiGraph[str]) -> set[tuple[str, str]]:
    return {(start, end) for start, end, said in network.edges(data=True) if said["predicate"] == TRIED}


def test_an_edge_is_a_statement_with_what_it_rests_on(network: nx.MultiDiGraph[str]) -> None:
    """CD20 in SLE: a sentence that only says it could be so, and a review's that says it is so."""
    (key,) = (key for key, said in network[CD20][SLE].items() if said["predicate"] == TRIED)
    assert network[CD20][SLE][key] == {
        "statement": key,
        "predicate": TRIED,
        "negated": False,
        "grade": "SentenceAssertion",
        "rank": 1,
        "documents": 2,
        "evidence": 2,
        "first_year": 2020,
        "hypothetical": False,
        "refuted": False,
    }
    assert set(network[CD20][SLE][key]) == set(Edge.__struct_fields__)


def test_a_retracted_paper_counts_only_when_asked_for(network: nx.MultiDiGraph[str]) -> None:
    """BCMA in SSc is said by the retracted paper alone."""
    assert (BCMA, SSC) not in _tried(network)
    assert (BCMA, SSC) in _tried(build(fixture_store(), retracted=True))


def test_weaker_evidence_can_be_left_out() -> None:
    """A reference's title is the only word on myeloma; without it, myeloma is no node."""
    strong = build(fixture_store(), min_grade=Grade.DOCUMENT_ASSERTION)
    assert MYELOMA not in strong
    assert (CD19, DIFFUSE) in _tried(strong)
    assert all(said["rank"] <= 2 for _, _, said in strong.edges(data=True))


def test_predicates_can_be_chosen(network: nx.MultiDiGraph[str]) -> None:
    """Co-mentions alone, and every predicate there is."""
    alone = build(fixture_store(), predicates=frozenset({CO_MENTION}))
    assert {said["predicate"] for _, _, said in alone.edges(data=True)} == {TOGETHER}
    assert {TRIED, HARM, TOGETHER} <= {said["predicate"] for _, _, said in network.edges(data=True)}


def test_a_node_has_label_and_type(network: nx.MultiDiGraph[str]) -> None:
    """What serves as two types has the first in name order; no node is there without an edge."""
    assert network.nodes[CD19] == {"label": "CD19", "type": "target"}
    assert network.nodes[INFECTION]["type"] == "adverse_event"
    assert not list(nx.isolates(network))


def test_the_order_is_the_same_each_time(network: nx.MultiDiGraph[str]) -> None:
    """Nodes and edges come sorted, so that a seeded layout is the same."""
    assert list(network) == sorted(network)
    assert list(network.edges(keys=True)) == list(build(fixture_store()).edges(keys=True))
