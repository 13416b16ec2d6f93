"""The project's own words: every one that a graph uses is explained."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BadVocabulary
from kg.graph import ontology
from kg.graph._rdf import TYPE, node
from kg.model import Grade
from kg.namespaces import PREFIXES
from tests.graph_fixture import fixture_triples


def test_every_word_in_use_has_a_label_and_a_comment() -> None:
    """Each class and property under kg: that the fixture graph uses is in kg.ttl."""
    used = set()
    for triple in fixture_triples():
        used.add(triple.predicate)
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            used.add(triple.object)
    ours = {one for one in used if one.value.startswith(PREFIXES["kg"])}
    assert len(ours) > 40
    for predicate in ("rdfs:label", "rdfs:comment"):
        explained = {triple.subject for triple in ontology.triples() if triple.predicate == node(predicate)}
        assert ours <= explained


def test_grades_rank_as_in_the_model() -> None:
    """kg:rank is `Grade.rank`, for every grade and no other."""
    ranks = {t.subject: t.object for t in ontology.triples() if t.predicate == node("kg:rank")}
    assert ranks == {node(f"kg:{grade}"): ox.Literal(grade.rank) for grade in Grade}


@pytest.mark.parametrize("text", ["no turtle", "[] a <http://example.org/x> ."])
def test_a_broken_ontology_is_named(tmp_path: Path, text: str) -> None:
    """Bad Turtle and blank nodes end in one line with the file's name."""
    path = tmp_path / "kg.ttl"
    path.write_text(text)
    with pytest.raises(BadVocabulary, match=r"kg\.ttl"):
        list(ontology.triples(path))
