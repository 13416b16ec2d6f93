"""CURIE to IRI and back: every prefix, odd local parts, and what no IRI may hold."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.namespaces import PREFIXES, curie, iri, known

# The forms others use: OBO's policy on identifiers, the registry identifiers.org, doi.org.
EXPANDED = {
    "MONDO:0005100": "http://purl.obolibrary.org/obo/MONDO_0005100",
    "HP:0000001": "http://purl.obolibrary.org/obo/HP_0000001",
    "HGNC:1633": "https://identifiers.org/hgnc:1633",
    "PMID:38381673": "https://identifiers.org/pubmed:38381673",
    "DOI:10.3389/fphar.2024.1502298": "https://doi.org/10.3389/fphar.2024.1502298",
    "biolink:Disease": "https://w3id.org/biolink/vocab/Disease",
    "kg:target_tried_in": "https://w3id.org/cartkg/vocab/target_tried_in",
}


@pytest.mark.parametrize(("short", "long"), EXPANDED.items())
def test_ids_expand_to_the_iris_that_others_use(short: str, long: str) -> None:
    """The IRI joins other graphs, and comes back as the same CURIE."""
    assert iri(short) == long
    assert curie(long) == short


def test_no_two_prefixes_stand_for_the_same_iri() -> None:
    """An IRI has one CURIE."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@given(prefix=st.sampled_from(sorted(PREFIXES)), local=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_local_part_comes_back_from_an_iri_that_a_store_takes(prefix: str, local: str) -> None:
    """Blanks, quotes, angle brackets and other scripts are encoded, so that the IRI is valid, and decoded again."""
    found = iri(f"{prefix}:{local}")
    line = f"<{found}> <{found}> <{found}> .\n".encode()
    assert [quad.subject.value for quad in ox.parse(line, ox.RdfFormat.N_TRIPLES)] == [found]
    again = curie(found)
    assert iri(again) == found


@pytest.mark.parametrize("text", ["", "MONDO", "nobody:1", ":1", "http://example.org/x", "mondo:1"])
def test_an_unknown_prefix_is_refused(text: str) -> None:
    """Nothing is guessed: case counts, and an IRI is no CURIE."""
    assert not known(text)
    with pytest.raises(ValueError, match="expected a known prefix"):
        iri(text)


def test_the_longer_prefix_wins() -> None:
    """`kg:` lies inside our own base; a term of the vocabulary is not read as anything shorter."""
    assert curie("https://w3id.org/cartkg/vocab/grade") == "kg:grade"
    assert curie("https://w3id.org/cartkg/term/car-t") == "cartkg:car-t"


def test_a_bare_namespace_stays_an_iri() -> None:
    """An IRI with nothing behind the namespace has no CURIE."""
    assert curie(PREFIXES["kg"]) == PREFIXES["kg"]
