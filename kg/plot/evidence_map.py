"""Passages in, a heat map out: targets by diseases, papers and patients in a cell, the best grade marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from kg.model import Grade
from kg.plot import _picture
from kg.plot._passages import Passage, Passages

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKS: Final = {
    Grade.SENTENCE_ASSERTION: "●",
    Grade.DOCUMENT_ASSERTION: "◐",
    Grade.SENTENCE_CO_MENTION: "○",
    Grade.DOCUMENT_CO_MENTION: "○",
    Grade.MESH_HEADING: "○",
    Grade.REFERENCE_TITLE: "○",
}
# More rows or columns than these nobody reads; those with the fewest papers are left out, and the picture says so.
MOST_TARGETS: Final = 40
MOST_DISEASES: Final = 30


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One target in one disease.

    papers: different papers. patients: those treated in clinical papers, a cohort's largest number taken once; 0 where
    none tells any. animals_only: no paper is told to be of patients, and some is of animals or cells.
    """

    target: str
    disease: str
    papers: int
    patients: int
    best: Grade
    animals_only: bool


def cells(passages: Sequence[Passage]) -> tuple[Cell, ...]:
    """The cells of the map, those with most papers first.

    >>> said = Passage(subject="HGNC:1633", subject_label="CD19", object="MONDO:0005100", object_label="SSc",
    ...                negated=False, grade=Grade.SENTENCE_ASSERTION, document="PMID:1", setting="clinical", treated=5)
    >>> again = msgspec.structs.replace(said, treated=7)
    >>> [(cell.papers, cell.patients) for cell in cells([said, again])]
    [(1, 7)]
    """
    found: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        if not passage.negated:
            found.setdefault((passage.subject_label, passage.object_label), []).append(passage)
    made = [_cell(target, disease, rows) for (target, disease), rows in found.items()]
    return tuple(sorted(made, key=lambda cell: (-cell.papers, -cell.patients, cell.target, cell.disease)))


def draw(passages: Passages) -> Figure:
    """The map of all targets and diseases, up to `MOST_TARGETS` and `MOST_DISEASES` of them.

    Raises:
        KGError: no target was tried in any disease, or matplotlib is not installed.
    """
    every = cells(passages.tried())
    if not every:
        raise _picture.nothing("a target tried in a disease")
    diseases = _most(every, lambda cell: cell.disease)[:MOST_DISEASES]
    shown = [cell for cell in every if cell.disease in diseases]
    targets = _most(shown, lambda cell: cell.target)[:MOST_TARGETS]
    shown = [cell for cell in shown if cell.target in targets]
    # What is left of a disease may be nothing, once rarer targets are gone.
    diseases = _most(shown, lambda cell: cell.disease)
    figure = _picture.figure(2.8 + 0.62 * len(diseases), 2.6 + 0.42 * len(targets))
    axes = figure.add_subplot()
    _fill(axes, shown, targets, diseases)
    left_out = len(every) - len(shown)
    axes.set_title("Targets tried, by disease", loc="left", fontsize=11, fontweight="bold")
    notes = [
        "Papers in a cell, and below it the patients treated, as far as told; a cohort counts once.",
        "● a sentence says it   ◐ the document has to be read for it   ○ weaker   hatched: animals or cells only",
    ]
    if left_out:
        notes.append(f"{left_out} pairs of rarer targets or diseases are left out.")
    figure.supxlabel("\n".join(notes), fontsize=_picture.SMALL, color=_picture.INK, x=0.01, ha="left")
    return figure


def _cell(target: str, disease: str, rows: Sequence[Passage]) -> Cell:
    patients: dict[str, int] = {}
    for row in rows:
        if row.setting == "clinical":
            patients[row.patients_of] = max(patients.get(row.patients_of, 0), row.treated or 0)
    settings = {row.setting for row in rows}
    return Cell(
        target=target,
        disease=disease,
        papers=len({row.document for row in rows}),
        patients=sum(patients.values()),
        best=min((row.grade for row in rows), key=lambda grade: grade.rank),
        animals_only="clinical" not in settings and bool(settings & {"preclinical_in_vivo", "in_vitro"}),
    )


def _most(cells: Sequence[Cell], side: Callable[[Cell], str]) -> list[str]:
    """The names on one side of these cells, those with most papers first."""
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[side(cell)] += cell.papers
    return sorted(counts, key=lambda name: (-counts[name], name))


def _fill(axes: Axes, shown: Sequence[Cell], targets: Sequence[str], diseases: Sequence[str]) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    colours = colormaps["Blues"]
    most = max(cell.papers for cell in shown)
    for cell in shown:
        x, y = diseases.index(cell.disease), targets.index(cell.target)
        depth = 0.12 + 0.78 * cell.papers / most
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colours(depth), edgecolor="white", linewidth=1))
        ink = "white" if depth > 0.55 else _picture.INK
        if cell.animals_only:  # a band at the foot: stripes all over would hide the number
            band = Rectangle((x - 0.5, y + 0.2), 1, 0.28, facecolor="none", edgecolor=ink, hatch="/////", linewidth=0)
            axes.add_patch(band)
        axes.text(x, y - 0.13, f"{cell.papers} {MARKS[cell.best]}", ha="center", va="center", fontsize=9, color=ink)
        if cell.patients:
            axes.text(x, y + 0.27, f"{cell.patients}", ha="center", va="center", fontsize=6.5, color=ink)
    axes.set_xlim(-0.5, len(diseases) - 0.5)
    axes.set_ylim(len(targets) - 0.5, -0.5)
    axes.set_xticks(range(len(diseases)), diseases, rotation=38, ha="left", rotation_mode="anchor", fontsize=8)
    axes.set_yticks(range(len(targets)), targets, fontsize=8.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_facecolor("#F6F7F9")
    for spine in axes.spines.values():
        spine.set_visible(False)
