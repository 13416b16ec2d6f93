"""Which animals a text speaks of."""

from __future__ import annotations

import pytest

from kg.relate import animal


@pytest.mark.parametrize(
    ("text", "species", "model"),
    [
        ("NSG mice received cells.", "mouse", "NSG"),
        ("in NZB/W mice", "mouse", "NZB/W"),
        ("pristane-induced lupus in BALB/c mice", "mouse", "pristane-induced lupus"),
        ("rats with experimental autoimmune myasthenia gravis", "rat", "experimental autoimmune myasthenia gravis"),
        ("cynomolgus monkeys", "monkey", None),
        ("The response rate of patients was higher.", None, None),
    ],
)
def test_species_and_model_are_those_printed(text: str, species: str | None, model: str | None) -> None:
    """A rate is no rat."""
    assert (animal.species(text), animal.model(text)) == (species, model)
