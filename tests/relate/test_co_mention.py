"""Pairs that stand together, in a sentence or only in a record."""

from __future__ import annotations

from kg.model import Statement
from kg.relate.co_mention import OCCURS_TOGETHER
from tests.marked import annotate


def _pairs(text: str) -> dict[tuple[str, str], Statement]:
    found = annotate(text).statements
    return {(s.subject, s.object): s for s in found if s.predicate == OCCURS_TOGETHER}


def test_one_sentence_beats_one_record() -> None:
    """A pair in a sentence has grade 3, a pair in two sentences grade 4."""
    pairs = _pairs("CD19 rose in SSc. SLE was rare.")
    assert pairs["HGNC:1633", "MONDO:0005100"].evidence[0].grade == "SentenceCoMention"
    assert pairs["HGNC:1633", "MONDO:0007915"].evidence[0].grade == "DocumentCoMention"


def test_a_pair_is_stated_once() -> None:
    """However often both stand together."""
    pairs = _pairs("CD19 in SSc. SSc and CD19. CD19, SSc.")
    assert len(pairs["HGNC:1633", "MONDO:0005100"].evidence) == 1


def test_a_target_inside_a_therapy_does_not_stand_beside_it() -> None:
    """CD19 in "CD19 CAR-T cells" is a part of the name, not a second mention beside it in the sentence."""
    pairs = _pairs("CD19 CAR-T cells rose.")
    assert all(s.evidence[0].grade != "SentenceCoMention" for s in pairs.values())


def test_two_diseases_are_no_pair() -> None:
    """Only pairs of different kinds are worth a link."""
    assert _pairs("SSc and SLE differ.") == {}
