"""What the overlay excludes, asked for names that matching did not find."""

from __future__ import annotations

import pytest

from kg.lexicon import Exclusion, Lexicon
from kg.lexicon.overlay import Overlay
from kg.model import Name, Term

LUPUS = Term(id="X:1", type="disease", label="lupus", names=(Name(text="lupus", scope="label"),))
EXCLUSIONS = Lexicon.from_overlay(
    Overlay(
        terms=(LUPUS,),
        senses=(),
        exclusions=(
            Exclusion(name="lupus band test", id="*", reason="a test"),
            Exclusion(name="wolf", id="X:1", reason="an animal"),
        ),
        categories={},
    )
).exclusions


def test_a_name_is_barred_from_a_term_or_from_all() -> None:
    """However it is spelled."""
    assert EXCLUSIONS.bars("Wolf", "X:1")
    assert not EXCLUSIONS.bars("Wolf", "X:2")
    assert EXCLUSIONS.bars("Lupus-band test", "X:2")
    assert not EXCLUSIONS.bars("lupus", "X:1")


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("the [lupus] band test", True),
        ("[lupus] band tests", True),
        ("[lupus] bands", False),
        ("a [lupus]", False),
        ("naïve β-cells, the [lupus] (band) test", True),
        ("lupus band test and [lupus]", False),
        ("[lupus] band test", True),
    ],
)
def test_a_place_within_an_excluded_phrase_is_told(text: str, within: bool) -> None:
    """Of the words between brackets, at the border of a text too."""
    start, end = text.index("["), text.index("]") - 1
    assert EXCLUSIONS.around(text.replace("[", "", 1).replace("]", "", 1), start, end) is within
