"""Patterns that are only tried where their letters stand lose nothing."""

from __future__ import annotations

import re

import pytest

from kg import wording
from kg.ground import attributed, roles
from kg.wording import Needing
from tests.needed import lost

PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in (attributed, roles, wording)
    for name, value in vars(module).items()
    if isinstance(value, Needing)
}


def test_there_are_such_patterns() -> None:
    """The loop below has something to loop over."""
    assert {"kg.ground.roles._BENEFIT", "kg.ground.attributed._COEXISTING"} <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_any_match_holds_the_letters(name: str) -> None:
    """Every way to match the pattern has one of the letters that it is said to need."""
    assert not lost(PATTERNS[name].pattern, PATTERNS[name].letters)


@pytest.mark.parametrize("name", PATTERNS)
def test_the_pattern_is_in_lower_case(name: str) -> None:
    """As the text is that it is looked for in; a capital would never be met."""
    bare = re.sub(r"\\.", "", PATTERNS[name].pattern.pattern)
    assert bare == bare.lower()
