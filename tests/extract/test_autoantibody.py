"""Autoantigens inside the names of autoantibodies are no targets; therapeutic targets stay."""

from __future__ import annotations

import pytest

from kg.annotator import Annotator


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.open()


def targets(annotator: Annotator, text: str) -> list[str]:
    return [g.mention.text for g in annotator.annotate_text(text).tagged.groundings if g.mention.type == "target"]


@pytest.mark.parametrize(
    "text",
    [
        "Anti-topoisomerase I antibodies mark diffuse disease.",
        "Anti-MDA5 positive patients had worse lungs.",
        "Antibodies to a gene product (anti-MDA5) were found; anti-MDA5 was frequent.",
        "Titers of autoantibodies to DNA topoisomerase I antibodies fell.",
    ],
)
def test_an_autoantigen_in_an_antibodys_name_is_no_target(annotator: Annotator, text: str) -> None:
    """The name of an autoantibody names no target (ANNOTATION)."""
    assert targets(annotator, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anti-CD20 antibodies deplete B cells.", ["CD20"]),
        ("Anti-CD19 CAR-T cells were infused.", ["CD19"]),
        ("The antigen MDA5 is a helicase.", ["MDA5"]),
    ],
)
def test_a_therapeutic_target_stays(annotator: Annotator, text: str, expected: list[str]) -> None:
    """What some therapy is directed at is a target behind "anti-" too, and an antigen named alone is one anyway."""
    assert targets(annotator, text) == expected
