"""Arguments in, exit code out. One file a command; only here does anything print.

Results go to stdout, messages and progress to stderr. Exit codes (DESIGN §8): 0 ok, 1 failed, 2 usage, 3 partial (some
records were skipped, and which), 4 locked.
"""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
import sys
from collections.abc import Sequence

import click

from kg.errors import KGError

FAILED = 1
PARTIAL = 3


class _Commands(click.Group):
    """Finds a command by its file's name and imports no other: spaCy or the web server load only where used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = importlib.import_module(f"kg.cli.{cmd_name}").command
        assert isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader (`head`) has had enough; nothing more can be written, not even at exit. Caught here, since
            # click's own `main` would end the process with 1.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cartkg", prog_name="kg")
def root() -> None:
    """A literature knowledge graph for CAR-T and other B-cell-directed therapies in autoimmune rheumatic disease."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The program `kg`; at a terminal it says what the first command waits for."""
    if sys.stderr.isatty():
        shown = logging.StreamHandler()
        shown.setFormatter(logging.Formatter("kg: %(message)s"))
        told = logging.getLogger("kg.lexicon")
        told.addHandler(shown)
        told.setLevel(logging.INFO)
        told.propagate = False
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; every error of ours is one line on stderr."""
    try:
        code = root.main(list(arguments), prog_name="kg", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("kg: interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KGError as error:
        click.echo(f"kg: {error}", err=True)
        return error.exit_code
    return code if isinstance(code, int) else 0
