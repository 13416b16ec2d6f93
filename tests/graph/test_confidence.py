"""What evidence is worth together, for any evidence at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.confidence import WEIGHTS, combined, weight
from kg.model import Grade

_PASSAGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(0, 0.99)), max_size=12)


@given(_PASSAGES, st.sampled_from("abcxyz"), st.floats(0, 0.99))
def test_more_evidence_never_lowers_it(passages: list[tuple[str, float]], source: str, worth: float) -> None:
    """Whatever is added, of whatever source."""
    assert combined([*passages, (source, worth)]) >= combined(passages)


@given(_PASSAGES)
def test_it_lies_between_the_best_source_and_one(passages: list[tuple[str, float]]) -> None:
    """No more is known than by the best passage at least, and nothing is ever sure."""
    best = max((worth for _, worth in passages), default=0.0)
    assert best - 1e-9 <= combined(passages) <= 1


@given(_PASSAGES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(passages: list[tuple[str, float]], random: object) -> None:
    """To the last digit, since a release is named by its bytes."""
    shuffled = list(passages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combined(shuffled) == combined(passages)


def test_it_counts_sources_and_not_sentences() -> None:
    """A hundred sentences of one paper are worth one; two papers are worth more."""
    assert combined([("a", 0.8)] * 100) == combined([("a", 0.8)]) < combined([("a", 0.8), ("b", 0.8)])


def test_a_better_grade_is_worth_more() -> None:
    """In the order of DESIGN §4, and no grade is worthless."""
    worth = [WEIGHTS[grade] for grade in Grade]
    assert all(one > other > 0 for one, other in pairwise(worth))


@pytest.mark.parametrize("doubt", ["hypothetical", "historical"])
def test_a_doubt_lowers_a_passage(doubt: str) -> None:
    """But leaves it worth something."""
    assert 0 < weight(Grade.SENTENCE_ASSERTION, **{doubt: True}) < weight(Grade.SENTENCE_ASSERTION)
