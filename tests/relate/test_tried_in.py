"""What invented paragraphs say was tried in what (`tried.txt`), as precision and recall; numbers of patients."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Evidence, Statement
from tests.marked import annotate, said, told

_CASES = told(Path(__file__).parent / "tried.txt")
_CD19, _CD20, _SLE, _SSC = "HGNC:1633", "HGNC:7315", "MONDO:0007915", "MONDO:0005100"


def _tried(text: str, *, title: str = "", types: tuple[str, ...] = ()) -> dict[tuple[str, str], Statement]:
    found = annotate(text, title=title, types=types).statements
    return {(s.subject, s.object): s for s in found if s.predicate == "kg:target_tried_in"}


def _only(text: str, *, title: str = "", types: tuple[str, ...] = ()) -> Evidence:
    (statement,) = _tried(text, title=title, types=types).values()
    return statement.evidence[0]


def test_precision_and_recall_keep_their_floors() -> None:
    """Over all cases, with negation, standing and grade: precision 0.90 and recall 0.75 at least."""
    right = wrong = missed = 0
    for case in _CASES:
        got = {line for line in said(annotate(case.text, title=case.title)) if " tried " in line}
        right += len(got & case.statements)
        wrong += len(got - case.statements)
        missed += len(case.statements - got)
    assert right / (right + wrong) >= 0.90
    assert right / (right + missed) >= 0.75


def test_the_cases_are_many_and_half_of_them_traps() -> None:
    """At least 160, and half of them state nothing, deny, suppose, look back, or have to be resolved."""
    flags = (" not", " maybe", " before", " mouse", " document")
    traps = [case for case in _CASES if not case.statements or any(f in s for s in case.statements for f in flags)]
    assert len(_CASES) >= 160
    assert len(traps) * 2 >= len(_CASES)


def test_each_disease_takes_its_own_number() -> None:
    """Of "three with SLE, one with SSc" each takes its own, and a list without numbers of its own takes none."""
    told_apart = _tried("CD19 CAR-T cells were given to three patients with SLE and one with systemic sclerosis.")
    assert [told_apart[_CD19, disease].evidence[0].treated for disease in (_SLE, _SSC)] == [3, 1]
    shared = _tried("Five patients with SLE, SSc or dermatomyositis received CD19 CAR-T cells.")
    assert {statement.evidence[0].treated for statement in shared.values()} == {None}


def test_responders_in_brackets_belong_to_the_disease_before_them() -> None:
    """ "SLE (3 of 5) and SSc": the three of five are those with SLE alone."""
    found = _tried("CD19 CAR-T cells were effective in SLE (3 of 5) and in systemic sclerosis.")
    lupus, sclerosis = (found[_CD19, disease].evidence[0] for disease in (_SLE, _SSC))
    assert (lupus.responders, lupus.evaluable, lupus.treated) == (3, 5, 5)
    assert (sclerosis.responders, sclerosis.evaluable, sclerosis.treated) == (None, None, None)


def test_an_arm_is_not_the_whole_trial() -> None:
    """Those who got the drug are counted, not all who were enrolled."""
    found = _tried("Patients with lupus received rituximab (n = 60) or belimumab (n = 55).")
    assert found[_CD20, _SLE].evidence[0].treated == 60
    assert found["HGNC:11929", _SLE].evidence[0].treated == 55


def test_numbers_stand_beside_the_best_passage() -> None:
    """A sentence that tells responders and follow-up is kept as evidence of its own, with the title's words."""
    statement = _tried(
        "Eight patients received CD19 CAR-T cells. Remission was achieved in 7 of 8 patients. "
        "Median follow-up was 15 months.",
        title="CD19 CAR-T cells in lupus: a case series",
    )[_CD19, _SLE]
    told_of = {(item.treated, item.responders, item.evaluable, item.follow_up) for item in statement.evidence}
    assert (None, 7, 8, None) in told_of
    assert (None, None, None, 15.0) in told_of
    assert max(item.treated or 0 for item in statement.evidence) == 8
    assert {item.cohort for item in statement.evidence} == {statement.evidence[0].document}


def test_a_record_of_one_trial_counts_the_trials_patients() -> None:
    """The cohort is the trial, where the record reports just one; a review's sentence counts nobody of its own."""
    text = "Five patients with lupus received CD19 CAR-T cells in this trial (NCT01234567)."
    assert _only(text, title="CD19 CAR-T cells in lupus: a phase 1 trial").cohort == "NCT:NCT01234567"
    assert _only(text, title="CD19 CAR-T cells in lupus", types=("Review",)).cohort is None


def test_what_is_supposed_or_was_before_counts_nobody() -> None:
    """Neither a plan nor history has a cohort."""
    plan = _only("CD19 CAR-T cells could be given to 12 patients with lupus.")
    before = _only("Twelve patients with lupus had previously failed rituximab.")
    assert (plan.hypothetical, plan.cohort, plan.treated) == (True, None, None)
    assert (before.historical, before.cohort, before.treated) == (True, None, None)


@pytest.mark.parametrize(
    ("text", "efficacy"),
    [
        ("Rituximab was effective in systemic sclerosis.", "effective"),
        ("Rituximab was not effective in systemic sclerosis.", "ineffective"),
        ("Rituximab was given to patients with systemic sclerosis.", None),
    ],
)
def test_whether_it_worked_is_told_where_the_sentence_says_so(text: str, efficacy: str | None) -> None:
    """A trial without success was a trial all the same."""
    assert _only(text).efficacy == efficacy


def test_a_mouse_has_its_species_and_strain() -> None:
    """As the sentence prints them, or else the record."""
    item = _only("CD19 CAR-T cells prolonged survival in MRL/lpr mice with lupus.")
    assert (item.setting, item.species, item.model) == ("preclinical_in_vivo", "mouse", "MRL/lpr")
    whole = _only(
        "Lupus-prone NZM2410 mice were injected. Mice lived longer.", title="BCMA CAR-T cells ameliorate lupus"
    )
    assert (whole.setting, whole.species, whole.model) == ("preclinical_in_vivo", "mouse", "NZM2410")


def test_two_drugs_with_one_target_are_one_passage() -> None:
    """Both are named in `via`; the larger number is kept, since the same patients may have had both."""
    statement = _tried(
        "Treatment included rituximab (n = 9) and obinutuzumab (n = 3).", title="Membranous nephropathy: a cohort"
    )["HGNC:7315", "MONDO:0005376"]
    (item,) = statement.evidence
    assert len(item.via) == 2
    assert item.treated == 9


def test_the_antecedent_is_kept() -> None:
    """Of a sentence that needs the title's disease, the words of the title are told with their place."""
    annotation = annotate("She was started on tocilizumab.", title="A woman with Takayasu arteritis")
    (statement,) = (s for s in annotation.statements if s.predicate == "kg:target_tried_in")
    item = statement.evidence[0]
    assert item.grade == "DocumentAssertion"
    assert (item.antecedent, item.antecedent_start) == ("Takayasu arteritis", 13)


def test_an_approval_is_a_use_and_a_plan_is_none() -> None:
    """The predicate of the therapy is what its sentence bears."""
    predicates = {
        text: {s.predicate for s in annotate(text).statements if s.subject == "DRUGBANK:DB08879" and s.object == _SLE}
        for text in ("Belimumab is approved for lupus.", "Belimumab could be used in lupus.")
    }
    approved, supposed = predicates.values()
    assert "biolink:applied_to_treat" in approved
    assert "biolink:applied_to_treat" not in supposed
    assert "biolink:treats" not in approved | supposed


def test_a_study_reports_on_the_trials_of_its_record() -> None:
    """Also where the sentence itself gives no number."""
    item = _only(
        "Six patients with lupus received CD19 CAR-T cells. Registered as NCT00000011.",
        title="A phase 1 trial in lupus",
    )
    assert item.trials == ("NCT00000011",)
