"""Finds `ontologies/`, `queries/` and `examples/` in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KGError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of this name beside the package (checkout) or inside it (wheel).

    >>> folder("queries").is_dir()
    True

    Raises:
        KGError: it stands in neither place: the installation is broken.
    """
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise KGError(f"installation: expected a folder {name!r} beside or inside {_PACKAGE}, found none")
