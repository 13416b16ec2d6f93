"""One node for a document and term, one for a sense."""

from __future__ import annotations

import msgspec
from pyoxigraph import Literal

from kg.graph._rdf import decimal, node
from kg.graph.mentions import mentions, senses
from kg.model import Grounding, Tagged
from tests.graph_fixture import papers

TAGGED = papers()[1].tagged


def with_groundings(*groundings: Grounding) -> Tagged:
    return msgspec.structs.replace(TAGGED, groundings=groundings)


def test_mentions_of_a_term_are_counted() -> None:
    """Two mentions of one term in two sections are one node with count 2 and both sections."""
    first = TAGGED.groundings[0]
    second = msgspec.structs.replace(first, mention=msgspec.structs.replace(first.mention, section="abstract"))
    found = list(mentions(with_groundings(first, second)))
    assert [t.object for t in found if t.predicate == node("kg:count")] == [Literal(2)]
    assert {t.object for t in found if t.predicate == node("kg:in_section")} == {Literal("title"), Literal("abstract")}
    assert sum(t.predicate == node("biolink:mentions") for t in found) == 1


def test_an_abstained_reading_is_a_sense_and_no_mention() -> None:
    """What was not understood is not mentioned, but what was weighed can be asked for."""
    (abstained,) = (g for g in TAGGED.groundings if g.term is None)
    only = with_groundings(abstained)
    assert list(mentions(only)) == []
    found = {t.predicate: t.object for t in senses(only)}
    assert found[node("kg:abstained")] == Literal(True)
    assert node("kg:chosen") not in found
    assert found[node("kg:rejected")] == node("cartkg:adeno_associated_virus")


def test_same_readings_are_one_sense() -> None:
    """Form, type, choice and reason make a sense; its count says how often, its score is the best."""
    first = TAGGED.groundings[0]
    weaker = msgspec.structs.replace(first, score=0.5)
    other = msgspec.structs.replace(first, reason="another reason")
    found = list(senses(with_groundings(weaker, first, other)))
    counts = [t.object for t in found if t.predicate == node("kg:count")]
    assert sorted(counts, key=str) == [Literal(1), Literal(2)]
    assert {t.object for t in found if t.predicate == node("kg:score")} == {decimal(0.98765)}
