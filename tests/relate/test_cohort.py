"""How many were treated, where a document says so once; the share decides between several."""

from __future__ import annotations

import pytest

from kg.relate import cohort
from kg.relate.cohort import Cohort
from kg.relate.numbers import Counts
from kg.relate.view import View
from tests.marked import annotate, annotator


def _of(abstract: str, title: str = "A study") -> Cohort:
    return cohort.of(View.of(annotate(abstract, title=title).tagged, annotator().lexicon))


@pytest.mark.parametrize(
    ("abstract", "size"),
    [
        ("Eight patients were treated. CRS occurred in five.", 8),
        ("We treated twelve patients.", 12),
        ("Rituximab was given to 25 patients with myositis.", 25),
        ("We screened 20 patients, and 12 patients received cells.", 12),
        ("Eight patients were treated with A. Ten patients received B.", None),
        ("Eight patients were treated and compared with placebo.", None),
        ("CRS occurred in five patients.", None),
        ("CRS in three patients was treated with tocilizumab.", None),
    ],
)
def test_the_only_number_of_those_treated_is_the_cohort(abstract: str, size: int | None) -> None:
    """Treated before included; two numbers, or a comparison, leave it open; those with an event are no cohort."""
    assert _of(abstract).size == size


def test_a_share_decides_between_groups() -> None:
    """88 % are 38 of 43, and not of 60."""
    two = Cohort((43, 60), (43, 60), True)
    assert cohort.completed(Counts(n=38, percent=88.0), two, everyone=False, denied=False).total == 43
    assert cohort.completed(Counts(n=38, percent=50.0), two, everyone=False, denied=False).total is None


def test_everyone_and_no_one_are_of_the_cohort() -> None:
    """ "All had it" is eight of eight, "none had it" zero of eight; a printed total stays as it is."""
    eight = Cohort((8,), (8,), False)
    assert cohort.completed(Counts(), eight, everyone=True, denied=False) == Counts(n=8, total=8)
    assert cohort.completed(Counts(n=0), eight, everyone=False, denied=True) == Counts(n=0, total=8)
    assert cohort.completed(Counts(n=2, total=5), eight, everyone=False, denied=False).total == 5
    assert cohort.completed(Counts(n=9), eight, everyone=False, denied=False).total is None
