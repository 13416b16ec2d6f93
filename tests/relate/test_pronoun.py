"""What "this drug", "the latter" and "both patients" stand for, when it is sure and when it is not."""

from __future__ import annotations

import pytest

from kg.relate import pronoun
from kg.relate.view import View
from tests.marked import annotate, annotator

_SLE, _SSC = "MONDO:0007915", "MONDO:0005100"


def _resolved(text: str) -> list[tuple[str, str]]:
    """Each expression with the words it stands for."""
    view = View(annotate(text).tagged, annotator().lexicon)
    return [
        (sentence.text[one.start : one.end], view.document.text[one.antecedent.start : one.antecedent.end])
        for sentence in view.sentences
        for one in (*pronoun.therapies(sentence), *pronoun.diseases(sentence))
    ]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Rituximab binds CD20. This drug is old.", [("This drug", "Rituximab")]),
        ("Rituximab and belimumab differ. The latter is newer.", [("The latter", "belimumab")]),
        ("Lupus and pemphigus differ. It works in the former.", [("the former", "Lupus")]),
        (
            "One patient with lupus and one with pemphigus came. Both patients were treated.",
            [("Both patients", "lupus and one with pemphigus")],
        ),
    ],
)
def test_one_reading_is_resolved(text: str, resolved: list[tuple[str, str]]) -> None:
    """With the words that it stands for."""
    assert _resolved(text) == resolved


@pytest.mark.parametrize(
    "text",
    [
        "Rituximab and belimumab differ. This drug is old.",
        "Rituximab, belimumab and anifrolumab differ. The latter is newer.",
        "Lupus came first. Both patients were treated.",
        "Three patients with lupus and one with pemphigus came. Both patients were treated.",
        "This drug is old.",
    ],
)
def test_two_readings_are_not(text: str) -> None:
    """Nor is one with nothing before it."""
    assert _resolved(text) == []
