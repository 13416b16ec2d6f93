"""`kg stats --graph DIR`: what the graph holds, counted."""

from __future__ import annotations

from pathlib import Path

import click

from kg import query as queries
from kg.cli import _answers, _options
from kg.lexicon import shipped
from kg.store import Graph
from kg.web import pool


@click.command("stats")
@_options.graph
@click.option("--format", "style", type=click.Choice(_answers.CHOICES), default="table", show_default=True)
@_options.as_json
def command(folder: Path, style: str, as_json: bool) -> int:
    """Count documents, statements by predicate and grade, evidence, terms."""
    named = queries.load_all()["graph-counts"]
    release = Graph.open(folder).release
    bindings = queries.bind(named, {}, shipped(release.vocabulary))
    answer = _answers.ask(release, named, bindings, limits=pool.Limits.of(_options.configuration(folder)))
    _answers.show(answer, "json" if as_json else style)
    return 0
