"""Substances by the form of their names, and therapies called so."""

from __future__ import annotations

import pytest

from kg.ground.substances import Substances


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
    assert [sentence[start:end] for start, end in Substances(sentence).spans] == named


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nephrotoxicity of gold", True),
        ("a non-toxic dose", True),
        ("RUB-induced and X-induced", True),
        ("a 4-induced rise", False),
        ("Opioid-related deaths", True),
        ("opioids-related, age-related and unrelated", False),
        ("high-dose_therapy-associated", True),
        ("adverse outcomes, an adversely affected outside", False),
        ("SIDE-EFFECTS", True),
        ("withdrawal of the drug", True),
    ],
)
def test_what_substances_do_is_told_by_a_few_wordings(text: str, told: bool) -> None:
    """Letters alone tell nothing: the words around them have to fit, and the word in front where it counts."""
    assert Substances(text).harm is told
