"""The table of floors, the words of the RDF model and the example records in; the pictures of `docs/images` out.

Run it by hand after a change of any of them: `python docs/draw.py`. The house is drawn from the table that
`tests/test_floors.py` holds every import to, so that it cannot show what is not so.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from kg.config import Config
from kg.face import Graph
from kg.pipeline import build
from kg.plot import Drawing, pictures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

INK, LINE, PALE = "#1f2937", "#64748b", "#f1f5f9"
BLUE, ORANGE, GREEN, PURPLE, YELLOW = "#dbeafe", "#ffedd5", "#dcfce7", "#ede9fe", "#fef9c3"
# What a floor is for, by one of its rooms.
_FLOORS = {
    "cli": ("one file a command; only here does anything print", YELLOW),
    "face": ("import kg: lazy names, kg.Graph", YELLOW),
    "web": ("endpoint, pages, query workers", YELLOW),
    "pipeline": ("where the stages are strung together", ORANGE),
    "annotator": ("a document's annotation; networks and pictures of a store", ORANGE),
    "query": ("named queries: typed rows", ORANGE),
    "relate": ("the stages and the store; no stage knows another", BLUE),
    "lexicon": ("what several rooms stand on", GREEN),
    "namespaces": ("CURIE and IRI", GREEN),
    "config": ("settings, shipped files, plugins by name", GREEN),
    "model": ("the frozen types that cross every seam; the errors", PURPLE),
}


def box(axes: Axes, at: tuple[float, float], size: tuple[float, float], text: str, colour: str, **more: object) -> None:
    """A rounded box around the point `at`, with its text in the middle."""
    (x, y), (width, height) = at, size
    patch = FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.09", facecolor=colour,
        edgecolor=LINE, linewidth=0.9,
    )  # fmt: skip
    axes.add_patch(patch)
    options = {"ha": "center", "va": "center", "fontsize": 9, "color": INK} | more
    axes.text(x, y, text, **options)  # type: ignore[arg-type]


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str = "") -> None:
    """An arrow between two points, with its text beside the middle."""
    axes.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=10, color=LINE, linewidth=1))
    if text:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        axes.text(x, y, text, fontsize=7.5, color=INK, ha="center", va="center",
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})  # fmt: skip


def sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty sheet, a unit an inch, the origin below on the left."""
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    return figure, axes


def house() -> Figure:
    """The floors and their rooms, the lowest at the foot."""
    from tests.test_floors import FLOORS

    step = 0.62
    figure, axes = sheet(11, step * len(FLOORS) + 0.75)
    for number, floor in enumerate(FLOORS):
        y = 0.2 + step * (number + 0.5)
        about, colour = next(told for room, told in _FLOORS.items() if room in floor)
        axes.axhspan(y - step / 2 + 0.03, y + step / 2 - 0.03, xmin=0.01, xmax=0.99, color=PALE, linewidth=0, zorder=0)
        axes.text(10.75, y, about, ha="right", va="center", fontsize=8, color=LINE, style="italic")
        x = 0.3
        for room in sorted(floor, key=lambda name: _order(name)):
            wide = 0.26 + 0.085 * len(room)
            box(axes, (x + wide / 2, y), (wide, 0.38), room, colour, fontsize=8.5)
            x += wide + 0.12
    top = 0.2 + step * len(FLOORS)
    axes.fill([0.11, 5.5, 10.89], [top, top + 0.45, top], facecolor="white", edgecolor=LINE, linewidth=1)
    axes.text(
        5.5,
        top + 0.16,
        "a file imports downwards or from its own room",
        ha="center",
        va="center",
        fontsize=8.5,
        color=INK,
    )
    return figure


def way() -> Figure:
    """The way of a record from a file to an answer."""
    figure, axes = sheet(11, 4.1)
    stages = ["sources", "documents", "extract", "ground", "relate"]
    between = ["raw bytes", "Document", "names found", "Grounding", "Statement,\nEvidence"]
    box(axes, (0.75, 3.5), (1.2, 0.55), "files, folders,\nstandard input", "white", fontsize=8)
    for number, stage in enumerate(stages):
        x = 2.35 + 1.55 * number
        box(axes, (x, 3.5), (1.05, 0.5), stage, BLUE)
        arrow(axes, (x - 1.02, 3.5), (x - 0.53, 3.5))
        axes.text(x, 3.12, between[number], ha="center", va="top", fontsize=7.5, color=LINE)
    box(axes, (10.2, 3.5), (1.2, 0.5), "records.sqlite", GREEN, fontsize=8.5)
    arrow(axes, (9.08, 3.5), (9.6, 3.5))
    box(axes, (10.2, 1.5), (1.05, 0.5), "graph", BLUE)
    arrow(axes, (10.2, 3.25), (10.2, 1.75))
    box(axes, (8.1, 1.5), (1.9, 0.62), "releases/<hash>/\nstore, manifest, void.ttl", GREEN, fontsize=8)
    arrow(axes, (9.67, 1.5), (9.06, 1.5), "")
    ends = (
        ("query", "table, CSV, JSON", 2.25),
        ("web", "pages, /sparql", 1.5),
        ("export", "Neo4j, Gephi, RDF …", 0.75),
    )
    for name, what, y in ends:
        box(axes, (5.4, y), (1.05, 0.46), name, ORANGE)
        arrow(axes, (7.15, 1.5 + (y - 1.5) * 0.15), (5.93, y))
        axes.text(4.75, y, what, ha="right", va="center", fontsize=8, color=INK)
    box(axes, (1.3, 1.0), (1.5, 0.46), "lexicon", PURPLE)
    axes.text(1.3, 0.62, "read by extract, ground, relate and query", ha="center", va="center", fontsize=7, color=LINE)
    return figure


def model() -> Figure:
    """The nodes of the graph and what joins them."""
    figure, axes = sheet(11, 5.8)
    box(axes, (5.5, 4.75), (2.5, 0.7), "statement\nkg:Statement, biolink:Association", ORANGE, fontsize=8.5)
    box(axes, (1.6, 4.75), (2.1, 0.7), "term: subject\nCD19, HGNC:1633", GREEN, fontsize=8.5)
    box(axes, (9.4, 4.75), (2.1, 0.7), "term: object\nSSc, MONDO:0005100", GREEN, fontsize=8.5)
    arrow(axes, (4.25, 4.75), (2.66, 4.75), "biolink:subject")
    arrow(axes, (6.75, 4.75), (8.34, 4.75), "biolink:object")
    # The shortcut goes over the statement's head.
    axes.plot([1.6, 1.6, 9.4, 9.4], [5.12, 5.5, 5.5, 5.3], color=LINE, linewidth=1, linestyle="dashed")
    arrow(axes, (9.4, 5.35), (9.4, 5.1))
    shortcut = "kg:target_tried_in, one plain triple: firm, not retracted, of grade 1 or 2"
    axes.text(5.5, 5.5, shortcut, fontsize=7.5, color=INK, ha="center", va="center",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
    box(
        axes,
        (5.5, 3.0),
        (3.3, 1.0),
        "evidence, kg:Evidence\nquote, offsets, section, grade, direction,\nsetting, numbers, cohort, method",
        BLUE,
        fontsize=8,
    )
    arrow(axes, (5.5, 4.4), (5.5, 3.5), "biolink:has_evidence  (one or more)")
    box(axes, (5.5, 1.0), (2.4, 0.8), "paper, kg:Record\nPMID, DOI or PMCID", YELLOW, fontsize=8.5)
    arrow(axes, (5.5, 2.5), (5.5, 1.4), "kg:document")
    box(axes, (9.4, 3.0), (1.9, 0.7), "grade\nkg:rank 1 to 6", PURPLE, fontsize=8.5)
    arrow(axes, (7.15, 3.0), (8.45, 3.0), "kg:grade")
    box(axes, (1.6, 3.0), (2.1, 0.7), "term: therapy\nCD19 CAR-T", GREEN, fontsize=8.5)
    arrow(axes, (3.85, 3.0), (2.66, 3.0), "kg:via")
    arrow(axes, (1.6, 3.35), (1.6, 4.4), "kg:has_target")
    box(axes, (1.6, 1.0), (2.1, 0.8), "mentioning\nterm, count, sections", YELLOW, fontsize=8.5)
    arrow(axes, (2.65, 1.0), (4.3, 1.0), "kg:document")
    arrow(axes, (1.6, 1.4), (1.6, 2.65), "kg:term")
    box(axes, (9.4, 1.0), (2.1, 0.8), "cited paper\nkg:CitedPaper", YELLOW, fontsize=8.5)
    arrow(axes, (6.7, 1.0), (8.35, 1.0), "cito:cites")
    arrow(axes, (9.9, 4.4), (9.9, 3.95))
    axes.text(9.95, 3.75, "kg:within: itself and all terms above", ha="center", va="center", fontsize=7.5, color=INK)
    also = "also: senses of acronyms (chosen, rejected, reason), and the data set's own description"
    axes.text(5.5, 0.25, also, ha="center", va="center", fontsize=8, color=LINE)
    return figure


def examples(names: Sequence[str]) -> None:
    """The pictures of the invented example records, as `kg plot` draws them."""
    records = [str(ROOT / "examples" / name) for name in ("records", "studies")]
    with tempfile.TemporaryDirectory() as folder:
        build(records, Path(folder) / "graph", config=Config(), report=lambda bad: sys.exit(str(bad)))
        graph = Graph.open(Path(folder) / "graph")
        for name in names:
            graph.plot(name).save(IMAGES / f"{name}.svg")


def main() -> None:
    """Draws all pictures."""
    for name, figure in (("house", house()), ("way", way()), ("rdf-model", model())):
        Drawing(figure).save(IMAGES / f"{name}.svg")
    examples(tuple(pictures()))


def _order(room: str) -> tuple[int, str]:
    """The stages in a record's order, the others by name."""
    stages = ("sources", "documents", "extract", "ground", "relate", "graph", "store", "export")
    return (stages.index(room) if room in stages else len(stages), room)


if __name__ == "__main__":
    main()
