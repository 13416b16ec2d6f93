"""Diseases inside the names of scores, societies and databases."""

from __future__ import annotations

import pytest

from kg.ground import proper


@pytest.mark.parametrize(
    ("marked", "inside"),
    [
        ("[SLE] Disease Activity Index", True),
        ("[psoriasis] area and severity index", True),
        ("[Crohn's disease] activity index", True),
        ("[Rheumatoid Arthritis] MRI Score", True),
        ("National [Multiple Sclerosis] Society", True),
        ("European League Against [Rheumatism]", True),
        ("the [EGPA] Consensus Task Force", True),
        ("people with MS ([PwMS])", True),
        ("[tumor] surface antigens", True),
        ("[tumor] growth", False),
        ("[SLE] and the score", False),
        ("[SLE] association with age", False),
        ("[SLE] activity fell", False),
        ("the index of [SLE]", False),
        ("[SLE] patients in a network of clinics", False),
    ],
)
def test_a_name_inside_a_name_is_told_from_a_disease(marked: str, inside: bool) -> None:
    """Only a title or the fixed words of scores may stand between the disease and "index", "score", "society"."""
    start, end = marked.index("["), marked.index("]") - 1
    assert proper.inside(marked.replace("[", "").replace("]", ""), start, end) is inside
