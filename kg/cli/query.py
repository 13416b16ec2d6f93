"""`kg query NAME [--disease SSc] [--min-grade G]`: a named query's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg import query as queries
from kg.cli import _answers, _options
from kg.lexicon import Lexicon, shipped
from kg.query import NamedQuery, Parameter
from kg.store import Graph
from kg.web import pool, sheet


class _Queries(click.Group):
    """Each named query is a command whose options are its parameters."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(queries.load_all())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = queries.load_all().get(cmd_name)
        return _command(found) if found is not None else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise click.UsageError(f"unknown query {args[0]!r}; known: {', '.join(self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


@click.command("query", cls=_Queries)
def command() -> None:
    """Ask a named query; each has its own --help."""


class Telling:
    """Resolves names as the lexicon does, and says so where a name might have meant something else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def resolve(self, kind: str, text: str) -> str:
        first, *others = self._lexicon.candidates(kind, text)
        if others:
            also = ", ".join(f"{term.label} ({term.id})" for term in others)
            click.echo(f"kg: {text} taken as {first.label} ({first.id}); also: {also}", err=True)
        return first.id


def _command(named: NamedQuery) -> click.Command:
    def ask(folder: Path, style: str, as_json: bool, as_sparql: bool, **values: Any) -> int:  # options by their names
        given = {name: _given(value) for name, value in values.items() if value is not None}
        release = Graph.open(folder).release
        bindings = queries.bind(named, given, Telling(shipped(release.vocabulary)))
        if as_sparql:
            click.echo(queries.standalone(named, bindings), nl=False)
            return 0
        limits = pool.Limits.of(_options.configuration(folder))
        answer = _answers.ask(release, named, bindings, limits=limits)
        if not answer.rows:
            _answers.refuse_unknown(release, named, bindings, limits=limits)
        if style == "html" and not as_json:
            click.echo(sheet.page(named, answer, bindings=bindings, given=given, release=release.hash))
        else:
            _answers.show(answer, "json" if as_json else style)
        return 0

    options: list[click.Parameter] = [_option(parameter) for parameter in named.parameters]
    made = click.Command(named.name, params=options, callback=ask, help=f"{named.question}\n\n{_columns(named)}")
    made = _options.as_json(made)
    made = click.option(
        "--format",
        "style",
        type=click.Choice((*_answers.CHOICES, "html")),
        default="table",
        show_default=True,
        help="Output; html is one self-contained page.",
    )(made)
    made = click.option(
        "--sparql", "as_sparql", is_flag=True, help="Print the query with these values in it, and do not ask it."
    )(made)
    return _options.graph(made)


def _option(parameter: Parameter) -> click.Option:
    flag = f"--{parameter.name.replace('_', '-')}"
    kind = parameter.kind
    if kind == "boolean":
        return click.Option([flag, parameter.name], is_flag=True, flag_value=True, default=None, help=parameter.help)
    return click.Option(
        [flag, parameter.name],
        required=parameter.required,
        metavar=kind.upper(),
        help=parameter.help + (f"  [default: {parameter.default}]" if parameter.default else ""),
    )


def _given(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _columns(named: NamedQuery) -> str:
    listed = "\n".join(f"  {column.name}: {column.help}" for column in named.columns)
    return f"\b\nColumns:\n{listed}"
