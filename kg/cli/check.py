"""`kg check --graph DIR`: SHACL shapes and the graph's own invariants."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kg.cli import _options
from kg.graph import check
from kg.store import Graph


@click.command("check")
@_options.graph
@_options.as_json
@click.option(
    "--shacl", is_flag=True, help="Let pySHACL judge the shapes and rdflib read every triple: an outside opinion, slow."
)
def command(folder: Path, as_json: bool, shacl: bool) -> int:
    """Check the current release: every quote is its text, every statement has evidence, shapes hold, counts agree.

    Exit code 1 where anything is found; one line each, with --json one object a line and none where the graph is sound.
    """
    graph = Graph.open(folder)
    found = 0
    for problem in check.check(graph.release.path, graph.records.all_annotated(), independent=shacl):
        found += 1
        click.echo(msgspec.json.encode(problem) if as_json else str(problem))
    if not as_json:
        click.echo(f"{folder}: {'sound' if not found else f'{found} problems'}; release {graph.release.hash[:12]}")
    return 1 if found else 0
