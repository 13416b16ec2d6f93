"""A limit on the grade is a grade, and no absence."""

from __future__ import annotations

import pytest

from kg.relate import limits


def _span(marked: str) -> tuple[str, int, int]:
    return marked.replace("[", "").replace("]", ""), marked.index("["), marked.index("]") - 1


@pytest.mark.parametrize(
    ("marked", "grade"),
    [
        ("no [CRS] above grade 1", 1),
        ("without ICANS, DLT or [CRS] above grade 1", 1),
        ("no [CRS] higher than grade 2 was seen", 2),
        ("[CRS] did not exceed grade 2", 2),
        ("no grade ≥3 [CRS]", 2),
        ("no grade 3 or higher [CRS]", 2),
        ("no grade 3-4 [infections]", 2),
        ("no [CRS] (grade ≥ 3)", 2),
        ("grade 3 [CRS]", None),
        ("no [CRS]", None),
        ("[CRS] above grade 1 was seen", None),
        ("no ICANS and only grade 1 [CRS]", None),
        ("no ICANS but grade 3 [CRS]", None),
    ],
)
def test_the_grade_that_was_not_passed(marked: str, grade: int | None) -> None:
    """ "Above 1" limits to 1, "3 or higher" to 2; a grade that was reached is no limit."""
    assert limits.highest(*_span(marked)) == grade


@pytest.mark.parametrize(
    ("marked", "open_"),
    [
        ("no severe [infections]", True),
        ("no new [infections]", True),
        ("no [infections]", False),
        ("severe [infections]", False),
        ("no grade 3 [infections]", False),
        ("no fever, but severe [infections]", False),
    ],
)
def test_denying_the_severe_form_leaves_the_event_open(marked: str, open_: bool) -> None:
    """Nothing is stated of the event itself."""
    assert limits.open_ended(*_span(marked)) is open_
