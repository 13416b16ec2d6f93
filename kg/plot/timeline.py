"""Passages in, a timeline out: in which year each target was first reported in each disease, and in whom."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from kg.plot import _picture
from kg.plot._passages import Passage, Passages

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLOURS: Final = {
    "clinical": _picture.BLUE,
    "preclinical_in_vivo": _picture.ORANGE,
    "in_vitro": _picture.GREEN,
    "unstated": _picture.GREY,
}
_NAMES: Final = {
    "clinical": "in patients",
    "preclinical_in_vivo": "in animals",
    "in_vitro": "in cells",
    "unstated": "not told (reviews mostly)",
}
# Inches that a line of a label has in height, and a year in width.
_LINE: Final = 0.2
_YEAR: Final = 1.6
_LETTERS: Final = 24  # of a label's line
# More targets or years than these nobody reads: the most told stay, and the earliest years share a column.
MOST_TARGETS: Final = 20
MOST_YEARS: Final = 14


class First(msgspec.Struct, frozen=True, kw_only=True):
    """The first paper of the graph with a year that tells of a target in a disease, and the setting it tells of."""

    target: str
    year: int
    disease: str
    setting: str
    document: str


def firsts(passages: Sequence[Passage]) -> tuple[First, ...]:
    """The first report of each target in each disease, by target, year and disease.

    Of one year's papers a clinical one counts as the first; a later clinical report is another first, so that a
    disease may stand twice: in animals, then in patients.
    """
    found: dict[tuple[str, str, str], First] = {}
    for passage in passages:
        if passage.negated or passage.year is None:
            continue
        first = First(
            target=passage.subject_label,
            year=passage.year,
            disease=passage.object_label,
            setting=passage.setting,
            document=passage.document,
        )
        key = (first.target, first.disease, first.setting)
        if key not in found or (first.year, first.document) < (found[key].year, found[key].document):
            found[key] = first
    return tuple(sorted(_telling(found), key=lambda one: (one.target, one.year, one.disease, one.setting)))


def draw(passages: Passages) -> Figure:
    """The timeline, the earliest target on top.

    Raises:
        KGError: no paper with a year tells of a target in a disease, or matplotlib is not installed.
    """
    every = firsts(passages.tried())
    if not every:
        raise _picture.nothing("a paper with a year that tells of a target in a disease")
    told = Counter(one.target for one in every)
    most = sorted(told, key=lambda name: (-told[name], name))[:MOST_TARGETS]
    left_out, every = len(told) - len(most), tuple(one for one in every if one.target in most)
    targets = sorted(most, key=lambda name: (_begin(every, name), name))
    columns = _columns({one.year for one in every})
    bands = {name: _band(every, name, columns) for name in targets}
    # A target's band is as high as its fullest column.
    heights = {name: max(sum(map(_lines, column)) for column in band) + 0.4 for name, band in bands.items()}
    wide = 1.9 + _YEAR * len(columns)
    figure = _picture.figure(max(7.5, wide), 1.3 + _LINE * sum(heights.values()))
    axes = figure.add_subplot()
    top = 0.0
    for number, name in enumerate(targets):
        bottom = top + heights[name]
        axes.axhspan(top, bottom, color="#F1F3F6" if number % 2 == 0 else "white", linewidth=0, zorder=0)
        axes.text(-0.01, (top + bottom) / 2, name, transform=axes.get_yaxis_transform(), ha="right", va="center",
                  fontsize=9, fontweight="bold")  # fmt: skip
        for place, column in enumerate(bands[name]):
            y = top + 0.2
            for one in column:
                middle = y + _lines(one) / 2
                axes.plot([place], [middle], "o", markersize=5.5, color=_COLOURS[one.setting], zorder=2)
                axes.text(place + 0.1 / _YEAR, middle, _wrapped(one), va="center", fontsize=_picture.SMALL,
                          color=_picture.INK, linespacing=1.0)  # fmt: skip
                y += _lines(one)
        top = bottom
    axes.set_ylim(top, 0)
    axes.set_xlim(-0.2 / _YEAR, len(columns))
    axes.set_xticks(range(len(columns)), [_head(column) for column in columns])
    axes.set_yticks([])
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_title("First reports, by target", loc="left", fontsize=11, fontweight="bold")
    if left_out:
        axes.set_xlabel(
            f"{left_out} targets told of in fewer diseases are left out.", fontsize=_picture.SMALL, loc="left"
        )
    shown = [setting for setting in _COLOURS if any(one.setting == setting for one in every)]
    handles = [axes.plot([], [], "o", color=_COLOURS[setting], label=_NAMES[setting])[0] for setting in shown]
    figure.legend(handles=handles, loc="outside lower left", ncols=len(handles), frameon=False, fontsize=8)
    return figure


def _columns(years: set[int]) -> list[tuple[int, ...]]:
    """The years that a column stands for; those without a report have none, and the earliest share one."""
    each = sorted(years)
    early = len(each) - MOST_YEARS
    if early <= 0:
        return [(year,) for year in each]
    return [tuple(each[: early + 1]), *((year,) for year in each[early + 1 :])]


def _head(column: tuple[int, ...]) -> str:
    return str(column[0]) if len(column) == 1 else f"{column[0]} to {column[-1]}"


def _band(every: Sequence[First], target: str, columns: Sequence[tuple[int, ...]]) -> list[list[First]]:
    """The first reports of a target, a list for each column."""
    return [[one for one in every if one.target == target and one.year in column] for column in columns]


def _wrapped(one: First) -> str:
    return textwrap.fill(one.disease, _LETTERS)


def _lines(one: First) -> float:
    """The lines that a label takes; a second one stands closer than the next label."""
    return 0.55 + 0.5 * (_wrapped(one).count("\n") + 1)


def _begin(every: Sequence[First], target: str) -> int:
    return min(one.year for one in every if one.target == target)


def _telling(found: dict[tuple[str, str, str], First]) -> list[First]:
    """What adds something: no setting untold, and no cells or animals, once patients were reported."""
    kept = []
    for (target, disease, setting), one in found.items():
        clinical = found.get((target, disease, "clinical"))
        told = [found.get((target, disease, other)) for other in ("clinical", "preclinical_in_vivo", "in_vitro")]
        if setting == "unstated" and any(other is not None and other.year <= one.year for other in told):
            continue
        if setting != "clinical" and clinical is not None and clinical.year <= one.year:
            continue
        kept.append(one)
    return kept
