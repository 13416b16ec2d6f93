"""What several commands share: the graph's folder, the configuration, messages about skipped records, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg import config
from kg.config import Config, Vocabulary
from kg.errors import BadInput

F = TypeVar("F", bound=Callable[..., Any])  # click decorates functions of any signature

graph = click.option(
    "--graph",
    "-g",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("graph"),
    show_default=True,
    help="The graph's folder.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


vocabulary = click.option(
    "--vocabulary",
    type=click.Choice(get_args(Vocabulary)),
    help="Names to look for: this field's overlay, or all of MONDO, HGNC, HPO and MeSH below it.  [default: kg.toml's]",
)


def inputs(function: F) -> F:
    """INPUT...: files, folders or `-`."""
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(function)


def configuration(folder: Path | None = None) -> Config:
    """`kg.toml` of the graph's folder or else of the working directory, and the environment."""
    if folder is not None and (folder / "kg.toml").is_file():
        return config.load(folder)
    return config.load(Path.cwd())


def changed(settings: Config, **options: object) -> Config:
    """The configuration with those options that were given on the command line."""
    return msgspec.structs.replace(settings, **{name: value for name, value in options.items() if value is not None})


recogniser = click.option(
    "--recogniser",
    metavar="NAME",
    help="What finds names that the vocabulary lacks and questions those it has: hybrid (the shipped models), lexicon "
    "(nothing does) or scispacy:MODEL (an installed spaCy model).  [default: hybrid, or kg.toml's]",
)


class Skipped:
    """Tells of each record that could not be read, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, bad: BadInput) -> None:
        self.count += 1
        # A name inside an archive may hold line breaks and what steers a terminal; shown as Python spells them.
        line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(bad))
        click.echo(f"kg: skipped: {line}", err=True)


@contextmanager
def progress(*, enabled: bool = True) -> Iterator[Callable[[str, int], None]]:
    """A line on stderr for each stage of a long run; nothing where stderr is no terminal."""
    if not enabled or not sys.stderr.isatty():
        yield lambda stage, done: None  # nothing is shown
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} records"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.update(tasks[stage], completed=done)

        yield advance
