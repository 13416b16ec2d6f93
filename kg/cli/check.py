"""`kg check --graph DIR`: SHACL shapes and the graph's own invariants."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kg.cli import _options
from kg.graph import check
from kg.model import Annotation
from kg.store import Graph


@click.command("check")
@_options.graph
@_options.as_json
def command(folder: Path, as_json: bool) -> int:
    """Check the current release: every quote is its text, every statement has evidence, shapes hold, counts agree.

    Exit code 1 where anything is found; one line each.
    """
    graph = Graph.open(folder)
    decoder = msgspec.json.Decoder(Annotation)
    found = 0
    for problem in check.check(graph.release.path, map(decoder.decode, graph.records.annotations())):
        found += 1
        click.echo(msgspec.json.encode(problem) if as_json else str(problem))
    if not as_json:
        click.echo(f"{folder}: {'sound' if not found else f'{found} problems'}; release {graph.release.hash[:12]}")
    return 1 if found else 0
