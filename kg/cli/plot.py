"""`kg plot PICTURE OUT --graph DIR`: a picture of the graph."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kg import plot
from kg.cli import _options
from kg.lexicon import shipped
from kg.query import grade
from kg.store import Graph, reader


@click.command("plot")
@click.argument("picture")
@click.argument("out", type=click.Path(path_type=Path))
@_options.graph
@click.option("--disease", help="Only what is told of this disease and those below it, by any name or ID.")
@click.option(
    "--min-grade",
    default="DocumentAssertion",
    show_default=True,
    metavar="GRADE",
    help="The weakest grade of evidence that counts.",
)
@_options.as_json
def command(picture: str, out: Path, folder: Path, disease: str | None, min_grade: str, as_json: bool) -> int:
    """Draw a picture of the graph to OUT, as SVG, PDF or PNG by its ending.

    \b
    evidence-map    targets by diseases: papers, patients, best grade
    timeline        in which year each target was first reported in each disease
    adverse-events  rates with denominators and intervals, by disease and target

    Retracted papers, hypotheses and refuting passages are left out. Needs matplotlib (`cartkg[plot]`).
    """
    release = Graph.open(folder).release
    chosen = None if disease is None else shipped(release.vocabulary).resolve("disease", disease)
    plot.draw(reader(release.path), picture, disease=chosen, min_grade=grade(min_grade)).save(out)
    if as_json:
        click.echo(msgspec.json.encode({"out": str(out), "picture": picture, "release": release.hash}))
    else:
        click.echo(f"{out}: {picture}")
    return 0
