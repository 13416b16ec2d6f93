"""Preparation of text for matching: length, idempotence and the way back to the original offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon.prepare import Squeezed, key, prepare


@settings(deadline=None)
@given(st.text(max_size=200))
def test_prepared_text_has_the_length_of_the_original(text: str) -> None:
    """Of any unicode: one code point stays one code point, so offsets stay."""
    assert len(prepare(text)) == len(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_squeezed_text_leads_back_to_the_same_letters(text: str) -> None:
    """Of any unicode: each letter of the squeezed text is the prepared letter at the offset it came from."""
    squeezed = Squeezed(text)
    prepared = prepare(text)
    assert "  " not in squeezed.text
    for position, character in enumerate(squeezed.text):
        if character != " ":
            assert prepared[squeezed.original(position)] == character


def test_any_number_of_other_letters_is_prepared() -> None:
    """Few characters that are not ASCII and many of them come to the same, each by itself."""
    others = "".join(map(chr, range(0x80, 0x400))) + "αβ\ud800一 ‐–—’"
    assert prepare(others) == "".join(map(prepare, others))
    assert prepare("Ǿ") == "o"


def test_a_place_over_blanks_leads_back_to_both_of_its_ends() -> None:
    """Blanks before it and within it are given back."""
    text = " - CAR)  (T, x"
    squeezed = Squeezed(text)
    start = squeezed.text.index("car")
    begin, end = squeezed.place(start, start + len("car t"))
    assert text[begin:end] == "CAR)  (T"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    """Preparing twice changes nothing, so that names and texts always meet."""
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sjögren’s", "sjogren's"),
        ("CAR‑T", "car t"),
        ("TNF-α", "tnf α"),
        ("µ-opioid", "μ opioid"),
        ("Behçet", "BEHCET"),
        ("naïve  B\ncell", "naive B cell"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Case, marks, apostrophes and every kind of hyphen and blank are gone."""
    assert key(one) == key(other)


def test_a_letter_that_would_become_two_stays() -> None:
    """ "ß" and ligatures keep their place, since two letters would move every offset behind them."""
    assert prepare("ß") == "ß"
    assert len(prepare("ﬁ")) == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_characters_are_prepared_alone(text: str) -> None:
    """Of any unicode: what a character becomes does not depend on those around it, however the text is folded."""
    assert prepare(text) == "".join(map(prepare, text))
