"""Ancestors and descendants over parent links."""

from __future__ import annotations

import pytest

from kg.errors import BadVocabulary
from kg.lexicon.hierarchy import Hierarchy

_TREE = Hierarchy({"d": ("b", "c"), "b": ("a",), "c": ("a",), "x": ()})


def test_a_diamond_is_closed_over_once() -> None:
    """Two ways up give one ancestor; the term itself is none of its own."""
    assert _TREE.ancestors("d") == {"a", "b", "c"}
    assert _TREE.descendants("a") == {"b", "c", "d"}


def test_an_unknown_term_has_no_relatives() -> None:
    """Parents outside of the vocabulary are simply the top."""
    assert _TREE.ancestors("nobody") == frozenset()
    assert _TREE.descendants("x") == frozenset()


def test_a_cycle_is_an_error() -> None:
    """A term above itself breaks the vocabulary, and the message names it."""
    with pytest.raises(BadVocabulary, match="a is its own ancestor"):
        Hierarchy({"a": ("b",), "b": ("a",)}).ancestors("a")
