"""The timeline: which report is the first."""

from __future__ import annotations

import pytest

from kg.model import Grade
from kg.plot import Passages
from kg.plot._passages import Passage
from kg.plot.timeline import draw, firsts
from tests.graph_fixture import fixture_store
from tests.plot.passages import passage

pytest.importorskip("matplotlib", reason="needs matplotlib (the extra `plot`)")


def told(*passages: Passage) -> list[tuple[int, str]]:
    """Year and setting of each first report."""
    return [(one.year, one.setting) for one in firsts(passages)]


def test_the_earliest_year_is_the_first() -> None:
    """Later papers of the same pair and setting add nothing."""
    assert told(passage(year=2024), passage(year=2021, document="PMID:2")) == [(2021, "clinical")]


def test_animals_come_before_patients_and_not_after() -> None:
    """A mouse study stands beside the trial that followed it; one behind the trial is no news."""
    mouse = passage(setting="preclinical_in_vivo", document="PMID:2")
    assert told(passage(), passage(setting="preclinical_in_vivo", year=2018)) == [
        (2018, "preclinical_in_vivo"),
        (2024, "clinical"),
    ]
    assert told(passage(year=2020), mouse) == [(2020, "clinical")]


def test_a_review_that_tells_no_setting_gives_way() -> None:
    """It stands only where nothing told before it in whom."""
    review = passage(setting="unstated", document="PMID:9")
    assert told(review) == [(2024, "unstated")]
    assert told(review, passage(year=2023)) == [(2023, "clinical")]
    assert told(review, passage(year=2025)) == [(2024, "unstated"), (2025, "clinical")]


def test_no_year_and_what_is_denied_are_no_report() -> None:
    """Neither can be put on a line of years."""
    assert told(passage(year=None), passage(negated=True)) == []


def test_a_row_for_each_target_of_the_graph() -> None:
    """The trial of 2024 and the review of 2023; every disease's name is on the picture."""
    figure = draw(Passages(fixture_store(), disease=None, min_grade=Grade.DOCUMENT_ASSERTION))
    shown = " ".join(text.get_text().replace("\n", " ") for text in figure.axes[0].texts)
    assert "CD19" in shown
    assert "diffuse systemic sclerosis" in shown
    assert "BCMA" not in shown


class Given(Passages):
    """Passages of a test."""

    def __init__(self, *rows: Passage) -> None:
        super().__init__(fixture_store(), disease=None, min_grade=Grade.REFERENCE_TITLE)
        self._rows = rows

    def tried(self) -> tuple[Passage, ...]:
        return self._rows


def test_early_years_share_a_column() -> None:
    """Twenty years of reports are fourteen columns; the first says which years it stands for."""
    rows = [passage(year=year, object_label=f"disease {year}") for year in range(2001, 2021)]
    heads = [label.get_text() for label in draw(Given(*rows)).axes[0].get_xticklabels()]
    assert heads == ["2001 to 2007", *(str(year) for year in range(2008, 2021))]


def test_a_year_without_a_report_has_no_column() -> None:
    """Nothing of 1990 to 2023, and no empty paper for it."""
    heads = [label.get_text() for label in draw(Given(passage(year=1989), passage(document="PMID:2",
             subject_label="CD20"))).axes[0].get_xticklabels()]  # fmt: skip
    assert heads == ["1989", "2024"]


def test_the_most_told_targets_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target of one disease gives way to one of two, and the picture says how many did."""
    monkeypatch.setattr("kg.plot.timeline.MOST_TARGETS", 1)
    rows = (passage(), passage(object_label="lupus"), passage(subject_label="BCMA"))
    axes = draw(Given(*rows)).axes[0]
    assert axes.get_xlabel() == "1 targets told of in fewer diseases are left out."
    assert "BCMA" not in {text.get_text() for text in axes.texts}
