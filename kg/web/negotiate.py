"""An `Accept` header and what is on offer in; the offer to send out (RFC 9110, §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer the client likes best; among equals the first offered; None where it accepts none.

    An empty or missing header accepts anything. A range that cannot be read is passed over.

    >>> choose("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> choose("text/*;q=0.2, text/csv;q=0, */*;q=0.1", ["text/csv", "image/png"])
    'image/png'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    return ranked[0] if (ranked := rank(accept, offers)) else None


def rank(accept: str | None, offers: Sequence[str]) -> list[str]:
    """The acceptable offers, best liked first.

    >>> rank("*/*", ["a/b", "c/d"])
    ['a/b', 'c/d']
    """
    ranges = _ranges(accept or "*/*")
    weighed = [(_weight(offer, ranges), offer) for offer in offers]
    return [offer for weight, offer in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media.count("/") != 1:
            continue
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        found[media] = max(weight, found.get(media, 0.0))
    return found


def _weight(offer: str, ranges: dict[str, float]) -> float:
    """The most specific range that matches decides."""
    for media in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if media in ranges:
            return ranges[media]
    return 0.0
