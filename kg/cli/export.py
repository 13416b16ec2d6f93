"""`kg export FORMAT OUT --graph DIR`: the graph, or a part of it, for another program."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import click
import msgspec

from kg import plugins
from kg.cli import _options, _part
from kg.errors import UnknownName
from kg.plugins import Export
from kg.store import Graph


class _Command(click.Command):
    """Its help names every format that `kg/export/` has."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_help_text(ctx, formatter)
        known = plugins.discover("kg.export", Export)
        with formatter.section("Formats"):
            formatter.write_dl([(name, _first_line(module)) for name, module in known.items()])


@click.command("export", cls=_Command)
@click.argument("style", metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path))
@_options.graph
@_part.options
@_options.as_json
def command(style: str, out: Path, folder: Path, as_json: bool, **given: Any) -> int:  # click gives options by name
    """Write the graph, or a part of it, to OUT."""
    known = plugins.discover("kg.export", Export)
    if style not in known:
        raise UnknownName("export format", style, nearest=tuple(known))
    release = Graph.open(folder).release
    counts = known[style].write(release.path, out, _part.asked(release, folder, **given))
    if as_json:
        click.echo(msgspec.json.encode({"out": str(out), **counts}))
    else:
        click.echo(f"{out}: {', '.join(f'{count} {name}' for name, count in counts.items())}")
    return 0


def _first_line(module: object) -> str:
    return (inspect.getdoc(module) or "").partition("\n")[0]
