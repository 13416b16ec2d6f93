"""Which wordings tell a condition as a harm of a therapy without a word of cause beside it."""

from __future__ import annotations

import pytest

from kg.ground import harmed


def _told(sentence: str, condition: str, *therapies: str) -> bool:
    start = sentence.index(condition)
    end = start + len(condition)
    spans = [(at, at + len(name)) for name in therapies for at in [sentence.index(name)]]
    return (
        harmed.behind(sentence, start, end, spans)
        or harmed.ahead(sentence, start, end, spans)
        or harmed.counted(sentence, start, end)
    )


@pytest.mark.parametrize(
    ("sentence", "condition", "therapies"),
    [
        ("Onset of vitiligo during treatment of lupus with rituximab", "vitiligo", ("rituximab",)),
        ("Zoster has rarely been reported in adults with lupus receiving rituximab.", "Zoster", ("rituximab",)),
        ("Rituximab helps, yet repeated courses may result in neutropenia.", "neutropenia", ("Rituximab",)),
        ("Prednisone, but not rituximab, raised the risk of pneumonia.", "pneumonia", ("Prednisone", "rituximab")),
        ("We saw two cases of sepsis along with single cases of colitis.", "colitis", ()),
        ("Sepsis and colitis: safety challenges with rituximab", "Sepsis", ("rituximab",)),
        ("He took rituximab, developing fractures related to the latter.", "fractures", ("rituximab",)),
    ],
)
def test_a_harm_told_in_passing_is_one(sentence: str, condition: str, therapies: tuple[str, ...]) -> None:
    """Reports in the treated, results of exposure, lists of cases, "A but not B", safety titles and "the latter"."""
    assert _told(sentence, condition, *therapies)


@pytest.mark.parametrize(
    ("sentence", "condition", "therapies"),
    [
        ("Course of vitiligo during treatment of lupus with rituximab", "vitiligo", ("rituximab",)),
        ("Zoster has been reported in adults with lupus, and rituximab is used.", "Zoster", ("rituximab",)),
        ("Rituximab helps, yet untreated disease may result in neutropenia.", "neutropenia", ("Rituximab",)),
        ("Rituximab, but not prednisone, improved pneumonia.", "pneumonia", ("Rituximab", "prednisone")),
        ("We saw two cases of myositis in which rituximab was used.", "myositis", ("rituximab",)),
        ("We saw two cases of refractory myositis.", "myositis", ()),
        ("Nephritis: safety and efficacy of rituximab", "Nephritis", ("rituximab",)),
        ("Zoster: safety of the vaccine under rituximab", "Zoster", ("rituximab",)),
    ],
)
def test_what_is_treated_is_no_harm(sentence: str, condition: str, therapies: tuple[str, ...]) -> None:
    """The same words around what a therapy is given for, prevents or relieves make no harm of it."""
    assert not _told(sentence, condition, *therapies)
