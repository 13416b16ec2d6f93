"""The kind of study a record reports, from types, title and abstract."""

from __future__ import annotations

import pytest

from kg.relate.design import design
from tests.marked import annotate


@pytest.mark.parametrize(
    ("title", "abstract", "found"),
    [
        ("Rituximab in lupus", "We conducted a retrospective study of 40 patients.", "cohort"),
        ("Rituximab in lupus", "We report a 34-year-old woman with lupus.", "case_report"),
        ("Rituximab in lupus", "We report three patients with lupus.", "case_series"),
        ("Rituximab in lupus", "Patients were randomly assigned to rituximab or placebo.", "randomised_trial"),
        ("Rituximab in lupus", "In this review we discuss trials, some of them randomised.", "review"),
        ("Rituximab in lupus", "In this open-label, single-arm trial 20 adults were treated.", "clinical_trial"),
        ("Rituximab in lupus: protocol of a randomised trial", "Patients will be enrolled.", "protocol"),
        ("Rituximab in lupus: a registry study", "Patients were included.", "registry"),
        ("CAR-T cells in lupus: a first-in-human study", "Six adults were treated.", "phase_1"),
        ("Rituximab in lupus: a meta-analysis of randomised trials", "", "systematic_review"),
        ("Rituximab in lupus", "B cells matter. Randomised trials are lacking.", None),
    ],
)
def test_a_record_calls_its_own_study(title: str, abstract: str, found: str | None) -> None:
    """The title before the abstract; what it says of other people's studies does not count."""
    assert design(annotate(abstract, title=title).document) == found


def test_the_publication_type_comes_first() -> None:
    """But a vague one is made precise by the title."""
    assert design(annotate("", title="A retrospective cohort", types=("Review",)).document) == "review"
    assert design(annotate("", title="Lupus: a case series", types=("Case Reports",)).document) == "case_series"
