"""Which offer an Accept header likes best."""

from __future__ import annotations

import pytest

from kg.web.negotiate import choose

OFFERS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/html"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV; q=0.9, text/html; q=0.8", "text/csv"),
        ("application/*;q=0.1, text/csv;q=0.05", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("image/png", None),
        ("text/csv;q=nonsense", None),
        (", ;q=1, text", None),
    ],
)
def test_the_best_liked_offer_wins(accept: str | None, chosen: str | None) -> None:
    """Weights, specificity and order decide as RFC 9110 says; what cannot be read counts for nothing."""
    assert choose(accept, OFFERS) == chosen
