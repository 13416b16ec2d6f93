"""The commands and the named queries in, `docs/cli.md` and `docs/named-queries.md` out.

Run it after a change of either; with `--check` it writes nothing and ends with 1 where a page is out of date.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli import root
from kg.query import NamedQuery, Parameter, load_all

DOCS = Path(__file__).resolve().parent
_NOTE = "<!-- Written by docs/generate.py; change the command or the query, not this page. -->"
_EXIT_CODES = (
    ("0", "all went well"),
    ("1", "failed: an unknown name, no graph, a query that is not valid"),
    ("2", "the request is wrong: an unknown option, query or value"),
    ("3", "partly done: some inputs or records were skipped; each is named on stderr"),
    ("4", "another process is writing this graph"),
    ("130", "interrupted"),
)


def main(arguments: list[str]) -> int:
    """Writes both pages, or with `--check` compares them; the exit code."""
    stale = 0
    for name, lines in (("cli.md", cli()), ("named-queries.md", named_queries())):
        path = DOCS / name
        text = "\n".join(lines) + "\n"
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{name} is out of date; run docs/generate.py\n")
            stale = 1
    return stale


def cli() -> Iterator[str]:
    """The page of the command line."""
    yield from ("# The command line", "", _NOTE, "")
    yield "Results go to stdout, messages and progress to stderr. `kg COMMAND --help` says the same as this page."
    yield from ("", "| exit code | meaning |", "|---|---|")
    yield from (f"| {code} | {meaning} |" for code, meaning in _EXIT_CODES)
    context = click.Context(root, info_name="kg")
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        yield from ("", f"## kg {name}", "")
        yield from _usage(command, name)
        yield from ("", *_help(command.help or ""), "")
        yield from _parameters(command)
        if isinstance(command, click.Group):
            yield from ("The queries, each with its own options, are listed in [named-queries.md](named-queries.md).",)


def named_queries() -> Iterator[str]:
    """The page of the named queries."""
    yield from ("# The named queries", "", _NOTE, "")
    yield "`kg query NAME` runs one of the files in `queries/`. Each also takes `--graph DIR`,"
    yield "`--format table|csv|json|md` and `--json`. A name may be a label, a synonym, an abbreviation or an ID."
    for query in load_all().values():
        yield from ("", f"## {query.name}", "", query.question, "", "```", _example(query), "```")
        if query.parameters:
            yield from ("", "| option | kind | default | meaning |", "|---|---|---|---|")
            yield from (
                f"| `--{one.name.replace('_', '-')}` | {one.kind} | {_default(one)} | {_cell(one.help)} |"
                for one in query.parameters
            )
        yield from ("", "| column | meaning |", "|---|---|")
        yield from (f"| `{column.name}` | {_cell(column.help)} |" for column in query.columns)


def _usage(command: click.Command, name: str) -> Iterator[str]:
    arguments = " ".join(p.make_metavar(_CONTEXT) for p in command.params if isinstance(p, click.Argument))
    pieces = ("kg", name, "NAME [OPTIONS]" if isinstance(command, click.Group) else arguments, "[OPTIONS]")
    shown = pieces[:3] if isinstance(command, click.Group) else pieces
    yield from ("```", " ".join(piece for piece in shown if piece), "```")


def _help(text: str) -> Iterator[str]:
    """click's help as Markdown: a paragraph behind `\\b` keeps its lines."""
    for number, paragraph in enumerate(inspect.cleandoc(text).split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith("\b\n"):
            yield from ("```", *paragraph.split("\n")[1:], "```")
        else:
            yield from paragraph.split("\n")


def _parameters(command: click.Command) -> Iterator[str]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    if not options:
        return
    yield from ("| option | default | meaning |", "|---|---|---|")
    for option in options:
        names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len))
        choices = ", ".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
        meaning = " ".join(filter(None, (option.help, f"One of {choices}." if choices else "")))
        default = option.default if option.show_default and not option.is_flag else ""
        yield f"| {names} | {_cell(str(default))} | {_cell(meaning)} |"


def _example(query: NamedQuery) -> str:
    options = (f" --{p.name.replace('_', '-')} {p.kind.upper()}" for p in query.parameters if p.required)
    return f"kg query {query.name}{''.join(options)} --graph DIR"


def _default(parameter: Parameter) -> str:
    return "required" if parameter.required else parameter.default or ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_CONTEXT = click.Context(root, info_name="kg")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
