"""Counts, shares and grades as printed; nothing is computed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.relate import numbers
from kg.relate.numbers import Counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 5 of 8 patients (62.5%)", Counts(n=5, total=8, percent=62.5)),
        ("in 5/8 (62.5 %)", Counts(n=5, total=8, percent=62.5)),
        ("in five of eight", Counts(n=5, total=8)),
        ("75% (6 of 8)", Counts(n=6, total=8, percent=75.0)),
        ("three (37.5%) of eight patients", Counts(n=3, total=8, percent=37.5)),
        ("in 38 (88%; 95% CI 78-92)", Counts(n=38, percent=88.0)),
        ("nine subjects (21%; 8, 34%)", Counts(n=9, percent=21.0)),
        ("in all 15 patients", Counts(n=15, total=15)),
        ("both patients", Counts(n=2)),
        ("all patients (n = 8)", Counts(n=8)),
        ("one patient", Counts(n=1)),
        ("and one developed fever", Counts(n=1)),
        ("occurred in two.", Counts(n=2)),
        ("occurred in two weeks.", Counts()),
        ("in 40% of patients", Counts(percent=40.0)),
        ("grade 3/4 toxicity", Counts()),
        ("a phase 1/2 trial", Counts()),
        ("on day 7 of 28", Counts()),
        ("10 mg/kg", Counts()),
        ("55,749 patients", Counts()),
        ("8 of 5 patients", Counts(n=5)),
        ("", Counts()),
    ],
)
def test_counts(text: str, expected: Counts) -> None:
    """Of how many and what share, where the text counts people; grades, phases, days and doses count nobody."""
    assert numbers.counts(text) == expected


@pytest.mark.parametrize(
    ("marked", "n"),
    [
        ("five with <SLE> and two with SSc", 5),
        ("five patients with SLE and two with <SSc>", 2),
        ("two <SSc> patients", 2),
        ("<SSc> (n = 4) and SLE", 4),
        ("five patients with SLE and <SSc>", None),
        ("a dose of 5 mg in <SSc>", None),
        ("in 2020 <SSc> was rare", None),
    ],
)
def test_a_disease_takes_the_number_right_beside_it(marked: str, n: int | None) -> None:
    """Of those who have it, in front or in brackets behind; another's number is not its own."""
    start, end = marked.index("<"), marked.index(">") - 1
    assert numbers.of_patients(marked.replace("<", "").replace(">", ""), start, end) == n


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("grade 1-2 CRS", 2),
        ("grades 1–3", 3),
        ("grade III", 3),
        ("Grade 2 or 3", 3),
        ("grade 1 (n=3), grade 4 (n=1)", 4),
        ("upgraded 3 times", None),
        ("grade 7", None),
        ("histologic class IV", None),
    ],
)
def test_the_highest_grade_is_taken(text: str, grade: int | None) -> None:
    """Ranges, Roman numbers and lists; other numbers are no grades."""
    assert numbers.max_grade(text) == grade


def test_the_grading_system_is_named_where_the_text_does() -> None:
    """ASTCT and CTCAE by name only."""
    assert numbers.grading_system("graded by ASTCT criteria") == "ASTCT"
    assert numbers.grading_system("graded by us") is None


@settings(deadline=None)
@given(st.text(alphabet="0123456789 of/%().patiens", max_size=60))
def test_counts_never_exceed_their_total(text: str) -> None:
    """Of any digits: n is at most the total and a percentage lies in [0, 100], or they are not taken."""
    found = numbers.counts(text)
    assert found.n is None or found.total is None or found.n <= found.total
    assert found.percent is None or 0 <= found.percent <= 100
