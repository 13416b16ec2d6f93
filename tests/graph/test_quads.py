"""The whole graph: same bytes in any order, nothing unnamed, the same for rdflib."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import BadGraph
from kg.graph._rdf import TYPE, node
from kg.ntriples import digest, of_store, sorted_lines
from tests.graph_fixture import fixture_store, fixture_triples, papers


def test_any_order_of_documents_gives_the_same_bytes() -> None:
    """Reading the papers in another order, or twice, changes nothing."""
    expected = b"".join(sorted_lines(fixture_triples()))
    for seed in range(3):
        shuffled = list(papers())
        random.Random(seed).shuffle(shuffled)
        assert b"".join(sorted_lines(fixture_triples(shuffled))) == expected


def test_nothing_is_a_blank_node() -> None:
    """Every subject and object is an IRI or a literal."""
    for triple in fixture_triples():
        assert isinstance(triple.subject, ox.NamedNode)
        assert isinstance(triple.object, ox.NamedNode | ox.Literal)


def test_no_literal_has_a_language() -> None:
    """Literals are language-free, so that a plain string finds them."""
    assert not [t for t in fixture_triples() if isinstance(t.object, ox.Literal) and t.object.language]


def test_rdflib_reads_as_many_triples_as_oxigraph_holds() -> None:
    """Control characters, quotes and emoji survive in both."""
    store = fixture_store()
    text = b"".join(of_store(store))
    assert len(rdflib.Graph().parse(data=text, format="nt")) == len(store)


def test_the_store_gives_back_the_lines_it_was_given() -> None:
    """No literal changes its form inside Oxigraph, so a release's hash is that of its triples."""
    assert digest(of_store(fixture_store())) == digest(sorted_lines(fixture_triples()))


def test_the_described_counts_are_the_counted_ones() -> None:
    """`void:entities` of each class is its number of nodes in the store."""
    store = fixture_store()
    parts = list(store.quads_for_pattern(None, node("void:class"), None, None))
    assert len(parts) == 7
    for part in parts:
        assert isinstance(part.object, ox.NamedNode)
        (told,) = store.quads_for_pattern(part.subject, node("void:entities"), None, None)
        counted = len(list(store.quads_for_pattern(None, TYPE, part.object, None)))
        assert told.object == ox.Literal(counted)


def test_a_document_that_comes_twice_is_refused() -> None:
    """Counting it twice would be silent otherwise."""
    paper = papers()[0]
    with pytest.raises(BadGraph, match="once"):
        list(fixture_triples([paper, paper]))
