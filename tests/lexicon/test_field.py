"""Which records are ones of this field."""

from __future__ import annotations

import pytest

from kg.lexicon import shipped
from kg.lexicon.field import Field


@pytest.mark.parametrize(
    ("text", "of_field"),
    [
        ("Rituximab in a woman of 40.", True),
        ("CD19 CAR-T cells persisted.", True),
        ("Systemic sclerosis is rare.", True),
        ("Ankylosing spondylitis and giant cell arteritis.", True),
        ("Breast cancer and cyclophosphamide.", False),
        ("Multiple myeloma under bortezomib.", False),
        ("SS and AS were measured.", False),
        ("", False),
    ],
)
def test_a_record_is_told_by_what_it_names(text: str, of_field: bool) -> None:
    """By a rheumatic autoimmune disease, engineered cells, an immune-directed therapy; not by a doubtful acronym."""
    lexicon = shipped()
    assert Field(lexicon).holds(lexicon.find(text)) is of_field


@pytest.mark.parametrize(
    ("name", "curated"),
    [("systemic sclerosis", True), ("CD19", True), ("IEC-HS", True), ("fever", False), ("Huntington disease", False)],
)
def test_what_was_curated_is_what_the_overlay_has(name: str, curated: bool) -> None:
    """A harm only by its short form; a disease that only the compiled part has is not."""
    lexicon = shipped("full")
    assert Field(lexicon).curated(lexicon.named(name)[0]) is curated
