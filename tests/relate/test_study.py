"""Design, phase, setting and role, from publication types and words."""

from __future__ import annotations

import pytest

from kg.model import Evidence
from tests.marked import annotate


def _evidence(abstract: str, *, title: str = "", types: tuple[str, ...] = ()) -> Evidence:
    return annotate(abstract, title=title, types=types).statements[0].evidence[0]


@pytest.mark.parametrize(
    ("title", "types", "design"),
    [
        ("Rituximab in SSc", ("Randomized Controlled Trial",), "randomised_trial"),
        ("Rituximab in SSc", ("Case Reports",), "case_report"),
        ("Rituximab in SSc", ("Review",), "review"),
        ("Rituximab in SSc: a phase 1/2 trial", (), "phase_1_2"),
        ("Rituximab in SSc: a phase II study", (), "phase_2"),
        ("Rituximab in SSc: a case series", (), "case_series"),
        ("Rituximab in SSc: a retrospective cohort", (), "cohort"),
        ("Rituximab in SSc: study protocol of a trial", (), "protocol"),
        ("Rituximab in SSc", (), None),
    ],
)
def test_design_is_told_by_type_and_else_by_words(title: str, types: tuple[str, ...], design: str | None) -> None:
    """PubMed's publication type wins; the words of title and abstract speak where it is silent."""
    assert _evidence("", title=title, types=types).design == design


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Rituximab in patients with SSc.", "clinical"),
        ("Rituximab was used in MRL/lpr mice with lupus.", "preclinical_in_vivo"),
        ("Rituximab was added in vitro to cells for SSc.", "in_vitro"),
        ("Rituximab for SSc.", "unstated"),
    ],
)
def test_a_mouse_is_not_a_patient(text: str, setting: str) -> None:
    """Species and dish are told from the sentence."""
    assert _evidence(text).setting == setting


def test_the_phase_is_printed_as_the_text_has_it() -> None:
    """Of the sentence, else of the title."""
    assert _evidence("", title="Rituximab in SSc: a phase 1/2 trial").phase == "1/2"


def test_a_review_synthesises_and_an_aim_is_no_result() -> None:
    """The quote's role in its paper."""
    assert _evidence("", title="Rituximab in SSc", types=("Review",)).role == "review_synthesis"
    assert _evidence("We sought to test rituximab in SSc.", types=("Clinical Trial",)).role == "aim"


@pytest.mark.parametrize(
    ("title", "types", "predicate"),
    [
        ("Rituximab in SSc: a phase 2 trial", (), "biolink:in_clinical_trials_for"),
        ("Rituximab in SSc: a case report", (), "biolink:applied_to_treat"),
        ("Rituximab in SSc", (), "biolink:treats_or_applied_or_studied_to_treat"),
        ("Rituximab in mice with SSc", (), "biolink:in_preclinical_trials_for"),
    ],
)
def test_the_predicate_is_what_the_study_bears(title: str, types: tuple[str, ...], predicate: str) -> None:
    """Never `treats` from text alone (DESIGN §5)."""
    statements = annotate("", title=title, types=types).statements
    assert predicate in {statement.predicate for statement in statements}
    assert "biolink:treats" not in {statement.predicate for statement in statements}
