"""An index of trigrams as it is kept between starts; numpy is loaded where it is opened (`kg.ground.trigrams`)."""

from __future__ import annotations

import msgspec


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """An index as bytes: names in order, weights of trigrams, and for each trigram the names that hold it."""

    names: list[str]
    idf: bytes
    rows: bytes
    weights: bytes
    starts: bytes
