"""The forest-like plot: what counts as a rate, and Wilson's interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Grade
from kg.plot import Passages
from kg.plot._passages import Passage
from kg.plot.adverse_events import draw, rates, wilson
from tests.graph_fixture import fixture_store
from tests.plot.passages import passage

pytest.importorskip("matplotlib", reason="needs matplotlib (the extra `plot`)")


class Given(Passages):
    """Passages of a test, of a therapy directed at CD19."""

    def __init__(self, *rows: Passage) -> None:
        super().__init__(fixture_store(), disease=None, min_grade=Grade.REFERENCE_TITLE)
        self._rows = rows

    def adverse_events(self) -> tuple[Passage, ...]:
        return self._rows

    def targets(self, therapy: str) -> tuple[str, ...]:
        return ("CD19", "BCMA (TNFRSF17)")


def told(*rows: Passage) -> list[tuple[int, int]]:
    """n and total of each rate."""
    return [(rate.n, rate.total) for rate in rates(Given(*rows))[0]]


@pytest.mark.parametrize(
    ("n", "total", "low", "high"),
    # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_literature(n: int, total: int, low: float, high: float) -> None:
    """Newcombe's worked examples."""
    assert wilson(n, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_interval_holds_the_rate_and_stays_in_range(counts: tuple[int, int]) -> None:
    """Never below none nor above all, and the observed share is inside."""
    n, total = counts
    low, high = wilson(n, total)
    assert 0 <= low <= n / total <= high <= 1
    assert low < high


def test_a_denied_event_is_none_of_its_denominator() -> None:
    """ "No ICANS in eight patients" is 0/8; without the eight it is counted as left out."""
    assert told(passage(negated=True, total=8)) == [(0, 8)]
    assert rates(Given(passage(negated=True)))[1] == 1


def test_a_denied_grade_does_not_deny_the_event() -> None:
    """ "No CRS of grade 3 or higher in eight" tells nothing of how many had CRS."""
    assert told(passage(negated=True, total=8, max_grade=3)) == []


def test_papers_are_summed_and_a_paper_counts_once() -> None:
    """Of one paper the largest group; 5/7 and 2/10 make 7/17."""
    rows = (passage(n=5, total=7), passage(n=1, total=2), passage(document="PMID:2", n=2, total=10))
    assert told(*rows) == [(7, 17)]


def test_a_cohort_told_of_twice_counts_once() -> None:
    """A trial's follow-up repeats its patients; the larger group is the one."""
    first, later = passage(n=2, total=4, cohort="NCT:NCT1"), passage(document="PMID:2", n=5, total=8, cohort="NCT:NCT1")
    assert told(first, later) == [(5, 8)]


def test_mice_have_no_adverse_event_rate() -> None:
    """Animals are left out, however well they are counted."""
    assert told(passage(setting="preclinical_in_vivo", n=1, total=10)) == []


def test_rows_are_told_apart_by_disease_and_target() -> None:
    """The disease heads a block; the row names what the therapy is directed at, as people call it."""
    figure = draw(Given(passage(n=1, total=4, disease="MONDO:0005100", disease_label="systemic sclerosis")))
    texts = {text.get_text() for text in figure.axes[0].texts}
    assert {"systemic sclerosis", "CD19 + BCMA", "1/4"} <= texts


def test_the_rates_of_the_graph() -> None:
    """The trial's 3 of 5 with CRS, and the eight of whom none had ICANS."""
    found, without = rates(Passages(fixture_store(), disease=None, min_grade=Grade.REFERENCE_TITLE))
    assert {(rate.event.partition(" ")[0], rate.targets, rate.n, rate.total) for rate in found} == {
        ("cytokine", "CD19", 3, 5),
        ("immune", "CD19", 0, 8),
    }
    assert without == 1


def test_many_rows_are_cut_and_the_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate of fewer patients is left out; a long list of targets is cut to its column."""
    monkeypatch.setattr("kg.plot.adverse_events.MOST_ROWS", 1)
    figure = draw(Given(passage(n=1, total=4), passage(object_label="fever", n=2, total=40)))
    texts = {text.get_text() for text in figure.axes[0].texts}
    assert "2/40" in texts
    assert "1/4" not in texts
    assert any("1 rates of fewer patients are left out." in text.get_text() for text in figure.texts)
