"""The days from a therapy to an event, where the text tells them."""

from __future__ import annotations

import pytest

from kg.relate import onset


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("with a median onset of 3 days", 3.0),
        ("Median time to onset was 5 days (range 2-9)", 5.0),
        ("on day 7", 7.0),
        ("within 24 hours of infusion", 1.0),
        ("two weeks after the first dose", 14.0),
        ("a median of 4 days after infusion", 4.0),
        ("lasting 4 days", None),
        ("the median duration was 3 days", None),
        ("on day 7 of 28", None),
        ("after 12 months of follow-up", None),
    ],
)
def test_days_to_onset(text: str, days: float | None) -> None:
    """Onset is a time after the therapy; duration and follow-up are not."""
    assert onset.days(text) == days
