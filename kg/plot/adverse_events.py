"""Passages in, a forest-like plot out: rates of adverse events with their denominators and Wilson intervals."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Final

import msgspec

from kg.plot import _picture
from kg.plot._passages import Passage, Passages

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The normal distribution's 0.975 quantile: a two-sided interval of 95 %.
_Z: Final = 1.959963984540054
# More rows than these nobody reads; those of fewer patients are left out, and the picture says so.
MOST_ROWS: Final = 80
_LETTERS: Final = 24  # of what a therapy is directed at
_UNTOLD: Final = "disease not told"
# Inches: a row's height, what stands above and below the rows, and where each column begins.
_LINE: Final = 0.25
_HEAD: Final = 0.45
_FOOT: Final = 0.75
_EDGE, _EVENTS, _TARGETS, _PLOT, _COUNTS, _WIDTH = 0.12, 0.3, 3.7, 5.2, 9.2, 10.4


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """How often an event was told of therapies directed at these targets, in patients with one disease.

    n of total: summed over cohorts, of each its largest group. cohorts: (n, total) of each.
    """

    disease: str
    event: str
    targets: str
    n: int
    total: int
    cohorts: tuple[tuple[int, int], ...]


def wilson(n: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953), in [0, 1].

    Unlike the normal approximation it says something of none in five.

    >>> [round(bound, 3) for bound in wilson(0, 5)], [round(bound, 3) for bound in wilson(5, 7)]
    ([0.0, 0.434], [0.359, 0.918])
    """
    share, z2 = n / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    # At none and at all, rounding would leave the bound a hair off its end.
    return (0.0 if n == 0 else middle - half), (1.0 if n == total else middle + half)


def rates(passages: Passages) -> tuple[tuple[Rate, ...], int]:
    """The rates by disease, event and targets, and how many reports are told without a denominator.

    A denied event is none of its denominator; "no CRS of grade 3" denies a grade, not the event, and is left out.
    """
    kept: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    without: set[tuple[str, str, str, str]] = set()
    for row in passages.adverse_events():
        aimed = " + ".join(_short(name) for name in passages.targets(row.subject)) or row.subject_label
        key = (row.disease_label or _UNTOLD, row.object_label, aimed, row.patients_of)
        told = _told(row)
        if told is None:
            without.add(key)
        elif key not in kept or (told[1], told[0]) > (kept[key][1], kept[key][0]):
            kept[key] = told
    summed: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for (disease, event, aimed, _), counts in sorted(kept.items()):
        summed.setdefault((disease, event, aimed), []).append(counts)
    made = [
        Rate(disease=disease, event=event, targets=aimed, n=sum(n for n, _ in cohorts),
             total=sum(total for _, total in cohorts), cohorts=tuple(cohorts))
        for (disease, event, aimed), cohorts in summed.items()
    ]  # fmt: skip
    made.sort(key=lambda rate: (rate.disease == _UNTOLD, rate.disease, rate.event, rate.targets))
    return tuple(made), len(without - kept.keys())


def draw(passages: Passages) -> Figure:
    """The plot, a block a disease, a row an event and what the therapy is directed at.

    Raises:
        KGError: no adverse event is told with a denominator, or matplotlib is not installed.
    """
    every, without = rates(passages)
    if not every:
        raise _picture.nothing("an adverse event with a denominator")
    largest = sorted(every, key=lambda rate: -rate.total)[:MOST_ROWS]
    left_out, every = len(every) - len(largest), tuple(rate for rate in every if rate in largest)
    diseases = list(dict.fromkeys(rate.disease for rate in every))
    high = _LINE * (len(every) + 1.4 * len(diseases))
    figure = _picture.figure(_WIDTH, high + _HEAD + _FOOT)
    # The columns beside the plot have a place of their own, in inches, whatever the plot's size.
    figure.set_layout_engine("none")
    whole = high + _HEAD + _FOOT
    axes = figure.add_axes((_PLOT / _WIDTH, _FOOT / whole, (_COUNTS - _PLOT - 0.1) / _WIDTH, high / whole))
    y = 0.0
    for disease in diseases:
        y += 1.4
        _beside(axes, _EDGE, y - 0.1, disease, fontsize=9, fontweight="bold")
        for rate in (one for one in every if one.disease == disease):
            y += 1
            _row(axes, rate, y)
    axes.set_ylim(y + 0.7, 0.7)
    axes.set_xlim(-3, 103)
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)], fontsize=8)
    axes.set_yticks([])
    axes.grid(axis="x", color="#E2E2E2", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.text(
        _EDGE / _WIDTH, 1 - 0.3 / whole, "Adverse events, by disease and target", fontsize=11, fontweight="bold"
    )
    notes = (
        "Square: patients with the event, of all treated; cohorts are summed. Ring: one cohort. Line: Wilson's 95 %."
    )
    if without:
        notes += f"\n{without} further reports tell no denominator and are left out."
    if left_out:
        notes += f"\n{left_out} rates of fewer patients are left out."
    figure.text(_EDGE / _WIDTH, 0.1 / whole, notes, fontsize=_picture.SMALL, color=_picture.INK)
    return figure


def _short(target: str) -> str:
    """The name people use, without the official symbol behind it: "BCMA (TNFRSF17)"."""
    return target.partition(" (")[0]


def _told(row: Passage) -> tuple[int, int] | None:
    if row.total is None or row.total == 0 or row.setting in ("preclinical_in_vivo", "in_vitro"):
        return None
    if row.negated:
        return None if row.max_grade is not None else (0, row.total)
    return None if row.n is None else (row.n, row.total)


def _row(axes: Axes, rate: Rate, y: float) -> None:
    low, high = wilson(rate.n, rate.total)
    share = 100 * rate.n / rate.total
    axes.plot([100 * low, 100 * high], [y, y], color=_picture.BLUE, linewidth=1.4, solid_capstyle="round", zorder=2)
    # The square's area grows with the denominator, as in a meta-analysis.
    size = 3 + 0.8 * math.sqrt(rate.total)
    axes.plot([share], [y], "s", markersize=min(size, 9), color=_picture.BLUE, zorder=3)
    if len(rate.cohorts) > 1:
        shares = [100 * n / total for n, total in rate.cohorts]
        axes.plot(shares, [y] * len(shares), "o", markersize=4, markerfacecolor="none", markeredgecolor=_picture.ORANGE,
                  zorder=4)  # fmt: skip
    _beside(axes, _EVENTS, y, rate.event)
    _beside(axes, _TARGETS, y, textwrap.shorten(rate.targets, _LETTERS, placeholder=" …"), color=_picture.GREY)
    cohorts = f"   {len(rate.cohorts)} cohorts" if len(rate.cohorts) > 1 else ""
    _beside(axes, _COUNTS, y, f"{rate.n}/{rate.total}{cohorts}")


def _beside(
    axes: Axes, x: float, y: float, text: str, *, fontsize: float = 8, fontweight: str = "normal", color: str = "black"
) -> None:
    """A text at `x` inches from the figure's left edge and at the row `y`."""
    across = (x - _PLOT) / (_COUNTS - _PLOT - 0.1)
    place = axes.get_yaxis_transform()
    axes.text(across, y, text, transform=place, va="center", fontsize=fontsize, fontweight=fontweight, color=color)
