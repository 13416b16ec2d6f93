"""Diseases of a sentence that nobody was treated for in it."""

from __future__ import annotations

import pytest

from kg.relate import apart
from kg.relate.view import View
from tests.marked import annotate, annotator


def _aside(text: str) -> dict[str, bool]:
    view = View(annotate(text).tagged, annotator().lexicon)
    return {
        sentence.text[named.start : named.end]: apart.aside(sentence, named)
        for sentence in view.sentences
        for named in sentence.of_type("disease")
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rituximab was given in lupus.", {"lupus": False}),
        ("Rituximab was given in lupus without nephritis.", {"lupus": False, "nephritis": True}),
        (
            "Etanercept raised the risk of multiple sclerosis in pemphigus.",
            {"multiple sclerosis": True, "pemphigus": False},
        ),
        ("Unlike pemphigus, lupus responded.", {"pemphigus": True, "lupus": False}),
        ("Lupus due to C1q deficiency responded.", {"Lupus": False, "C1q deficiency": True}),
        ("The lupus register was searched.", {"lupus": True}),
        ("Vaccination against herpes zoster in lupus.", {"herpes zoster": True, "lupus": False}),
    ],
)
def test_what_was_feared_lacked_or_scored_is_set_aside(text: str, found: dict[str, bool]) -> None:
    """And what the patients had is not."""
    assert {words: _aside(text).get(words) for words in found} == found
