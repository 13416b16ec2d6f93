"""Substances by the form of their names, and therapies called so."""

from __future__ import annotations

import pytest

from kg.ground import substances


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Rash on Sunitinib, cefalexin and naproxen-induced ulcers", ["Sunitinib", "cefalexin", "naproxen"]),
        ("APRIL, endostatin and neostatin are proteins, except one concept", []),
        ("after isoniazid-free phage therapy", ["isoniazid", "phage therapy"]),
        ("physical therapy and the therapy of gout", []),
    ],
)
def test_a_drug_is_known_by_its_ending(sentence: str, named: list[str]) -> None:
    """Stems of nonproprietary names tell drugs; proteins and words that end alike are none."""
    assert [sentence[start:end] for start, end in sorted(substances.spans(sentence))] == named
