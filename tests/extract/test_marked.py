"""The names and the negations of this field, in marked sentences (`names.txt`, `negation.txt`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marked import cases, differences

_HERE = Path(__file__).parent


@pytest.mark.parametrize("marked", cases(_HERE / "names.txt"))
def test_names_are_found_in_every_spelling_and_nothing_else(marked: str) -> None:
    """Each marked name is found with its span, type and ID; a sentence of traps gives nothing."""
    assert differences(marked) == []


@pytest.mark.parametrize("marked", cases(_HERE / "negation.txt"))
def test_negation_reaches_what_is_denied_and_no_more(marked: str) -> None:
    """An event told as absent is negated; a limited grade, another clause or an exception is not."""
    assert differences(marked) == []
