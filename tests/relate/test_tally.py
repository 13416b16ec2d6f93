"""What a sentence counts: people and shares, not grades, days, years or intervals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.relate import tally
from kg.relate.numbers import Counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRS occurred in 5 of 8 patients (62.5%)", [("count", Counts(n=5, total=8, percent=62.5))]),
        ("thirty-two (40%) of 80 patients", [("count", Counts(n=32, total=80, percent=40.0))]),
        ("in 38 (88%; 78, 98%) of them", [("count", Counts(n=38, percent=88.0))]),
        ("62.5% (5/8) had CRS", [("count", Counts(n=5, total=8, percent=62.5))]),
        ("none of the 12 patients", [("none", Counts(n=0, total=12))]),
        ("all six patients", [("count", Counts(n=6, total=6))]),
        ("all patients", [("all", Counts())]),
        ("one patient (10 %) had CRS", [("count", Counts(n=1, percent=10.0))]),
        ("Of eight patients, five had CRS", [("base", Counts(n=8)), ("count", Counts(n=5))]),
        ("In six patients, CRS was noted in four", [("base", Counts(n=6)), ("count", Counts(n=4))]),
        ("CRS (grade 1, n = 4; grade 2, n = 1)", [("grade", Counts(n=4)), ("grade", Counts(n=1))]),
        ("1,177 patients", [("count", Counts(n=1177))]),
    ],
)
def test_people_and_shares_are_counted(text: str, expected: list[tuple[str, Counts]]) -> None:
    """Fractions, shares, words and brackets give one item each, with its kind."""
    assert [(item.kind, item.counts) for item in tally.items(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "on day 7 of 28",
        "a phase 1/2 trial",
        "grade 3/4 CRS",
        "in 2021",
        "between 3/2020 and 12/2021",
        "(95% CI 1.2-4.8)",
        "p = 0.03",
        "4 per 100 patient-years",
        "1 × 10^6 cells/kg",
        "as shown [7, 9]",
        "aged 18 to 65",
    ],
)
def test_other_numbers_count_nobody(text: str) -> None:
    """Days, phases, grades, dates, intervals, rates, doses, citations and ages are no patients."""
    assert tally.items(text) == ()


@settings(deadline=None)
@given(st.text(alphabet="0123456789 of/%()n=,.gradept", max_size=60))
def test_items_are_possible_and_do_not_overlap(text: str) -> None:
    """Of any digits: no n above its total, no share above 100, and no two items share a character."""
    found = tally.items(text)
    for item in found:
        counts = item.counts
        assert counts.n is None or counts.total is None or counts.n <= counts.total
        assert counts.percent is None or 0 <= counts.percent <= 100
    assert all(one.end <= other.start for one, other in pairwise(found))
