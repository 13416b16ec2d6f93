"""A release's store and a picture's name in, the drawing out; one file a picture, and its file's name is its name."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg import plugins
from kg.errors import UnknownName
from kg.model import Grade
from kg.plot._drawing import Drawing
from kg.plot._passages import Passages
from kg.plot._picture import Picture

__all__ = ["Drawing", "Passages", "Picture", "draw", "pictures"]


def pictures() -> Mapping[str, Picture]:
    """The pictures by name.

    >>> list(pictures())
    ['adverse-events', 'evidence-map', 'timeline']
    """
    found = plugins.discover("kg.plot", Picture)
    return {name.replace("_", "-"): picture for name, picture in found.items()}


def draw(
    store: ox.Store, picture: str, *, disease: str | None = None, min_grade: Grade = Grade.DOCUMENT_ASSERTION
) -> Drawing:
    """One picture of a graph.

    Args:
        store: of a release.
        picture: its name.
        disease: a CURIE; only what is told of it and of what is below it.
        min_grade: the weakest evidence that counts.

    Raises:
        UnknownName: no picture is called so; lists them.
        KGError: matplotlib is not installed, or the graph holds nothing to draw.
    """
    known = pictures()
    if picture not in known:
        raise UnknownName("picture", picture, nearest=tuple(known))
    return Drawing(known[picture].draw(Passages(store, disease=disease, min_grade=min_grade)))
