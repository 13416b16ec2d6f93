"""The vocabulary part: what is in use, and all above it."""

from __future__ import annotations

import msgspec
import pyoxigraph as ox
import pytest

from kg.errors import BadGraph
from kg.graph._rdf import node
from kg.namespaces import curie
from tests.graph_fixture import BCMA, CD19, DIFFUSE, SSC, fixture_store, fixture_triples, papers


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(node(subject), node(predicate), None, None)
    return {curie(quad.object.value) for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)}


def test_the_closure_holds_the_term_and_all_above() -> None:
    """`kg:within` of a subclass reaches the root, through terms that no paper names."""
    found = values(fixture_store(), DIFFUSE, "kg:within")
    assert found == {DIFFUSE, SSC, "MONDO:0007179", "MONDO:0000001"}


def test_what_nobody_uses_is_left_out() -> None:
    """A term of the vocabulary that no paper names is not in the graph."""
    assert values(fixture_store(), "MONDO:9999999", "rdfs:label") == set()


def test_an_abbreviation_is_a_synonym_too() -> None:
    """No store infers it, so both triples are there; the label itself is no synonym."""
    store = fixture_store()
    assert values(store, SSC, "kg:abbreviation") == {"SSc"}
    assert values(store, SSC, "skos:altLabel") == {"SSc"}


def test_only_known_prefixes_become_links() -> None:
    """ICD-9 has no IRI here."""
    assert values(fixture_store(), SSC, "skos:exactMatch") == {"MESH:D012595"}


def test_a_therapy_brings_its_targets() -> None:
    """What a therapy is directed at is described although no statement may name it."""
    store = fixture_store()
    assert values(store, "cartkg:cd19_car_t", "kg:has_target") == {CD19}
    assert values(store, CD19, "rdfs:label") == {"CD19"}


def test_a_term_may_serve_as_two_types() -> None:
    """An infection is a disease and an adverse event, and has both categories."""
    store = fixture_store()
    assert values(store, "MONDO:0005550", "kg:entity_type") == {"disease", "adverse_event"}
    assert values(store, "MONDO:0005550", "biolink:category") == {
        "biolink:Disease",
        "biolink:DiseaseOrPhenotypicFeature",
    }


def test_indexers_headings_have_their_names() -> None:
    """A MeSH descriptor that the vocabulary does not hold still has a label."""
    assert values(fixture_store(), "MESH:D012595", "rdfs:label") == {"Scleroderma, Systemic"}


def test_a_mentioned_term_unknown_to_the_vocabulary_keeps_its_name() -> None:
    """A sense that was weighed, taken from elsewhere, is labelled as the grounding labels it."""
    paper = papers()[1]
    grounding = msgspec.structs.replace(paper.tagged.groundings[0], term="MONDO:0000404", label="unheard of")
    tagged = msgspec.structs.replace(paper.tagged, groundings=(grounding,))
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in fixture_triples([msgspec.structs.replace(paper, tagged=tagged)]))
    assert values(store, "MONDO:0000404", "rdfs:label") == {"unheard of"}
    assert values(store, "MONDO:0000404", "kg:within") == {"MONDO:0000404"}


def test_a_statement_about_an_unknown_term_is_refused() -> None:
    """It would have neither label nor category."""
    paper = papers()[3]
    (statement,) = paper.statements
    assert statement.subject == BCMA
    strange = msgspec.structs.replace(statement, subject="HGNC:99999")
    with pytest.raises(BadGraph, match="HGNC:99999"):
        list(fixture_triples([msgspec.structs.replace(paper, statements=(strange,))]))
