"""What invented paragraphs say of targets tried and of adverse events (`statements.txt`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marked import Told, annotate, said, told


@pytest.mark.parametrize("case", told(Path(__file__).parent / "statements.txt"), ids=lambda case: case.text[:50])
def test_statements_are_those_the_text_makes(case: Told) -> None:
    """Exactly the listed relations are stated, with their negation, standing, counts and grades."""
    assert said(annotate(case.text, title=case.title)) == case.statements


def test_the_cases_hold_as_many_traps_as_statements() -> None:
    """At least a third of the blocks state nothing, or only a denial: a precision test, not only one of recall."""
    cases = told(Path(__file__).parent / "statements.txt")
    empty = [case for case in cases if not any(" not" not in line and " maybe" not in line for line in case.statements)]
    assert len(cases) >= 60
    assert len(empty) * 3 >= len(cases)
