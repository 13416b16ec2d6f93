"""Who responded, for how long they were followed, and whether it worked."""

from __future__ import annotations

import pytest

from kg.relate import outcome


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seven of eight patients achieved remission.", (7, 8)),
        ("Remission was seen in 5/6 patients.", (5, 6)),
        ("All six patients responded.", (6, 6)),
        ("None of the four patients responded.", (0, 4)),
        ("Complete response was reached in 12 (60%) of 20.", (12, 20)),
        ("Grade 2 CRS occurred in 3 of 5 patients.", None),
        ("3 of 5 patients relapsed after remission.", None),
        ("Responses were seen.", None),
        ("At 2 of 12 months disease activity was low.", None),
    ],
)
def test_responders_are_those_the_text_counts(text: str, found: tuple[int, int] | None) -> None:
    """Events, relapses and months are no responders."""
    got = outcome.responders(text)
    assert (None if got is None else (got.responders, got.evaluable)) == found


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Median follow-up was 15 months (range, 4-29).", 15.0),
        ("They were followed for 2 years.", 24.0),
        ("after a median follow-up of 52 weeks", 12.0),
        ("with 18 months of follow-up", 18.0),
        ("Follow-up visits took place every 3 months.", None),
        ("Treatment lasted 12 months.", None),
    ],
)
def test_follow_up_is_told_in_months(text: str, months: float | None) -> None:
    """Whatever the unit printed; intervals of visits and lengths of treatment are none."""
    assert outcome.follow_up(text) == months


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It induced remission.", "effective"),
        ("It did not meet the primary endpoint.", "ineffective"),
        ("It failed in most, but two patients had a good response.", "mixed"),
        ("It was infused on day 0.", None),
    ],
)
def test_whether_it_worked(text: str, told: str | None) -> None:
    """Nothing where the text does not say."""
    assert outcome.efficacy(text) == told
