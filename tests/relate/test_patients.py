"""How many patients with a disease a sentence counts."""

from __future__ import annotations

import pytest

from kg.relate import patients


def _place(text: str, name: str) -> tuple[int, int]:
    start = text.index(name)
    return start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("eleven adults with SLE", "SLE", 11),
        ("twenty-one patients with active SLE", "SLE", 21),
        ("1,202 patients with SLE", "SLE", 1202),
        ("SLE (n = 7)", "SLE", 7),
        ("SLE (7 patients)", "SLE", 7),
        ("SLE (3/7)", "SLE", 7),
        ("12 SLE patients", "SLE", 12),
        ("SLE in four", "SLE", 4),
        ("one with SLE", "SLE", 1),
        ("phase 2 SLE patients", "SLE", None),
        ("SLE (2019)", "SLE", None),
        ("10 mg/kg in SLE", "SLE", None),
        ("patients with SLE", "SLE", None),
    ],
)
def test_a_number_beside_a_disease_is_its_own(text: str, name: str, count: int | None) -> None:
    """Doses, phases and years count nobody."""
    assert patients.of_disease(text, *_place(text, name)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We treated 14 refractory patients.", 14),
        ("Patients (n = 9) were infused.", 9),
        ("Thirty-seven patients were enrolled.", 37),
        ("A 34-year-old woman was treated.", 1),
        ("The patients improved.", None),
        ("It took 12 weeks in 3 centres.", None),
        ("Patients aged 18 years were included.", None),
    ],
)
def test_people_are_counted_and_nothing_else(text: str, count: int | None) -> None:
    """One patient told of by age is one; weeks, centres and ages are none."""
    assert patients.count(text) == count


def test_numbers_of_other_diseases_are_not_taken() -> None:
    """Where the sentence counts another disease's patients, the first disease is not counted by them."""
    text = "SLE and two patients with SSc"
    assert patients.treated(text, _place(text, "SLE"), (_place(text, "SSc"),)) is None
