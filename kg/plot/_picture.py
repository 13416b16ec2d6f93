"""What a file of this room is: passages of a graph in, a matplotlib figure out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kg.errors import KGError
from kg.plot._passages import Passages

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Picture(Protocol):
    """Passages -> a picture (`kg/plot/<picture>.py`)."""

    def draw(self, passages: Passages, /) -> Figure:
        """Raises KGError where there is nothing to draw or matplotlib is missing."""
        ...


# Colours that the colour-blind tell apart (Okabe and Ito 2008, "Color universal design").
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#009E73", "#8A8A8A", "#222222"
# What a picture says beside its data; small enough to be left alone, large enough to be read.
SMALL = 7.5


def figure(width: float, height: float) -> Figure:
    """An empty figure of this size in inches.

    Raises:
        KGError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise KGError(
            "pictures: expected matplotlib, which is not installed; `pip install 'cartkg[plot]'` brings it"
        ) from error
    return Figure(figsize=(width, height), layout="constrained")


def nothing(what: str) -> KGError:
    """The error of a graph that holds nothing to draw."""
    return KGError(f"picture: expected {what}, found none in this graph with these options")
