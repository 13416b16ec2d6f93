"""How much of what invented paragraphs tell of adverse events is found, and how much of what is found is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.marked import Told, annotate, said, told

_CASES = Path(__file__).parent / "adverse_events.txt"


@cache
def _compared() -> tuple[tuple[Told, frozenset[str]], ...]:
    found = []
    for case in told(_CASES):
        lines = frozenset(line for line in said(annotate(case.text, title=case.title)) if " event " in line)
        found.append((case, lines))
    return tuple(found)


def test_nine_in_ten_statements_found_are_told() -> None:
    """Precision, with negation, standing, counts and grade all right, is 0.90 at least."""
    right = sum(len(case.statements & lines) for case, lines in _compared())
    assert right >= 0.90 * sum(len(lines) for _, lines in _compared())


def test_three_in_four_statements_told_are_found() -> None:
    """Recall, with negation, standing, counts and grade all right, is 0.75 at least."""
    right = sum(len(case.statements & lines) for case, lines in _compared())
    assert right >= 0.75 * sum(len(case.statements) for case, _ in _compared())


def test_half_of_the_cases_are_traps() -> None:
    """At least 160 cases, half of which tell of no harm at all or deny one."""
    cases = told(_CASES)
    trapped = [
        case
        for case in cases
        if not any(" not " not in line for line in case.statements) or any(" not " in line for line in case.statements)
    ]
    assert len(cases) >= 160
    assert len(trapped) * 2 >= len(cases)
