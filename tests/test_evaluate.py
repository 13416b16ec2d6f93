"""The measure itself, on documents whose figures are counted by hand."""

from __future__ import annotations

import pytest

from kg.errors import BadInput
from kg.evaluate import Found, Gold, GoldMention, read, score


def gold(*spans: tuple[int, int, str], type_: str = "Disease") -> Gold:
    mentions = tuple(GoldMention(type=type_, start=start, end=end, ids=(curie,)) for start, end, curie in spans)
    return Gold(id="1", text="x" * 50, mentions=mentions)


def told(start: int, end: int, curie: str, *same: str, type_: str = "disease") -> Found:
    return Found(start=start, end=end, type=type_, id=curie, same=frozenset(same))


def test_spans_ids_and_concepts_are_counted_apart() -> None:
    """Of three gold spans two are found, one of them with the right ID; one predicted span is nowhere in the gold."""
    marked = gold((0, 3, "D001"), (5, 9, "D002000"), (20, 24, "D002000"))
    found = (told(5, 9, "MONDO:2", "MESH:D002000"), told(20, 24, "MONDO:9"), told(30, 33, "MONDO:2", "MESH:D002000"))
    result = score([(marked, found)], types=["disease"])
    assert (result.spans.precision, result.spans.recall) == (66.7, 66.7)
    assert (result.linked.precision, result.linked.recall) == (33.3, 33.3)
    assert (result.concepts.precision, result.concepts.recall, result.concepts.f1) == (50.0, 50.0, 50.0)


def test_a_condition_counts_however_it_is_told() -> None:
    """A corpus of diseases does not tell harms apart; a mere finding and a gene are none of them."""
    marked = gold((0, 3, "D002000"))
    for type_, recall in (("adverse_event", 100.0), ("phenotype", 0.0), ("target", 0.0)):
        found = (told(0, 3, "MESH:D002000", type_=type_),)
        assert score([(marked, found)], types=["disease"]).linked.recall == recall


def test_genes_of_other_species_are_left_out_on_request() -> None:
    """Only gold mentions with one of the given IDs count."""
    marked = gold((0, 3, "7124"), (5, 9, "21926"), type_="Gene")
    found = (told(0, 3, "HGNC:11892", "NCBIGENE:7124", type_="target"),)
    result = score([(marked, found)], types=["target"], only=frozenset({"NCBIGENE:7124"}))
    assert (result.linked.recall, result.spans.gold) == (100.0, 1)


def test_what_the_golds_vocabulary_cannot_hold_is_left_out_on_request() -> None:
    """A disease without an HPO ID is no error where only HPO was marked."""
    marked = gold((0, 3, "HP:0001250"), type_="Phenotype")
    found = (told(0, 3, "HP:0001250"), told(5, 9, "MONDO:1"))
    assert score([(marked, found)], types=["phenotype"]).spans.precision == 50.0
    assert score([(marked, found)], types=["phenotype"], within="HP:").spans.precision == 100.0


def test_nothing_predicted_is_zero_and_not_an_error() -> None:
    """No division by nothing."""
    result = score([(gold((0, 3, "D002000")), ())], types=["disease"])
    assert (result.spans.precision, result.spans.recall, result.spans.f1) == (0.0, 0.0, 0.0)


def test_a_line_that_is_no_document_is_named() -> None:
    """By its number."""
    with pytest.raises(BadInput, match="gold: line 2"):
        list(read([b'{"id": 1}\n', b"[]\n"], origin="gold"))
