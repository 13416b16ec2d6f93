"""`kg export FORMAT OUT --graph DIR`: the graph, or a part of it, for another program."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from kg import plugins
from kg.cli import _options, _part
from kg.errors import UsageError
from kg.plugins import Export, Loader
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
@click.argument("out", type=click.Path(path_type=Path), required=False)
@_options.graph
@_part.options
@click.option("--bolt", metavar="URI", help="Load a running Neo4j (bolt://…), with OUT or in its place.")
@click.option("--user", envvar="NEO4J_USERNAME", help="Its user; else NEO4J_USERNAME of the environment.")
@click.option(
    "--password",
    envvar="NEO4J_PASSWORD",
    help="Its password; better NEO4J_PASSWORD, since other users of a machine see command lines.",
)
@click.option("--database", envvar="NEO4J_DATABASE", help="Its database; else NEO4J_DATABASE, or the server's default.")
@_options.as_json
def command(
    style: str,
    out: Path | None,
    folder: Path,
    bolt: str | None,
    user: str | None,
    password: str | None,
    database: str | None,
    as_json: bool,
    **given: Any,  # click gives options by name
) -> int:
    """Write the graph, or a part of it, to OUT."""
    known = plugins.discover("kg.export", Export)
    loaders = plugins.discover("kg.export", Loader)
    if style not in known:
        raise UsageError(f"unknown export format {style!r}; known: {', '.join(known)}")
    if out is None and bolt is None:
        raise UsageError("export: expected OUT, the file or folder to write, got none")
    if bolt is not None and style not in loaders:
        raise UsageError(f"--bolt: expected a format that can be loaded ({', '.join(loaders)}), got {style!r}")
    release = Graph.open(folder).release
    part = _part.asked(release, folder, **given)
    if out is not None:
        _tell("out", str(out), known[style].write(release.path, out, part), as_json=as_json)
    if bolt is not None:
        counts = loaders[style].load(release.path, bolt, part, user=user, password=password, database=database)
        _tell("bolt", bolt, counts, as_json=as_json)
    return 0


def _tell(what: str, place: str, counts: Mapping[str, int], *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode({what: place, **counts}))
    else:
        click.echo(f"{place}: {', '.join(f'{count} {name}' for name, count in counts.items())}")


def _first_line(module: object) -> str:
    return (inspect.getdoc(module) or "").partition("\n")[0]
