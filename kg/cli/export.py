"""`kg export FORMAT OUT --graph DIR`: the graph for another program."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kg import plugins
from kg.cli import _options
from kg.errors import UnknownName
from kg.plugins import Export
from kg.store import Graph


@click.command("export")
@click.argument("style", metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path))
@_options.graph
@_options.as_json
def command(style: str, out: Path, folder: Path, as_json: bool) -> int:
    """Write the graph to OUT.

    \b
    rdf   by OUT's ending: .nq .nt .ttl .trig .jsonld .rdf, each also with .gz
    """
    known = plugins.discover("kg.export", Export)
    if style not in known:
        raise UnknownName("export format", style, nearest=tuple(known))
    counts = known[style].write(Graph.open(folder).release.path, out)
    if as_json:
        click.echo(msgspec.json.encode({"out": str(out), **counts}))
    else:
        click.echo(f"{out}: {', '.join(f'{count} {name}' for name, count in counts.items())}")
    return 0
