"""Which disease a record is about, where it is about one."""

from __future__ import annotations

import pytest

from kg.relate import topic
from kg.relate.view import View
from tests.marked import annotate, annotator


def _topic(title: str, text: str = "Nothing more.") -> str | None:
    view = View(annotate(text, title=title).tagged, annotator().lexicon)
    found = topic.disease(view)
    return None if found is None else view.document.text[found.start : found.end]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A man with Takayasu arteritis", "Takayasu arteritis"),
        ("Lupus nephritis in systemic lupus erythematosus", "Lupus nephritis"),
        ("Pneumonia in granulomatosis with polyangiitis", "granulomatosis with polyangiitis"),
        ("Giant cell arteritis mimicking polymyalgia rheumatica", "Giant cell arteritis"),
        ("Pyoderma gangrenosum-like ulcers in granulomatosis with polyangiitis", "granulomatosis with polyangiitis"),
        ("Psoriasis in a patient with rheumatoid arthritis", "rheumatoid arthritis"),
        ("Lupus and pemphigus", None),
        ("COVID-19 in hospital", None),
    ],
)
def test_the_title_names_it_once(title: str, words: str | None) -> None:
    """Complications, look-alikes and infections aside; of two that stand side by side neither is taken."""
    assert _topic(title) == words


def test_without_a_disease_in_the_title_the_record_has_to_name_only_one() -> None:
    """One immune disease in all of the abstract is enough; two are too many."""
    assert _topic("A difficult case", "She had pemphigus and a pneumonia.") == "pemphigus"
    assert _topic("A difficult case", "She had pemphigus and lupus.") is None
