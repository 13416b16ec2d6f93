"""Exit codes and streams: what every command has in common."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import cli
from tests.cli.conftest import ROOT, Kg

COMMANDS = sorted(path.stem for path in Path(cli.__file__).parent.glob("[!_]*.py"))


def test_help_lists_every_command(kg: Kg) -> None:
    """`kg --help` is a result: on stdout, with exit code 0."""
    ran = kg("--help")
    assert (ran.code, ran.err) == (0, "")
    assert re.findall(r"(?m)^  ([a-z]+)  ", ran.out.partition("Commands:")[2]) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(kg: Kg, command: str) -> None:
    """`kg COMMAND --help` ends with 0 and says how the command is used."""
    ran = kg(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: kg {command}")


def test_version_names_the_program(program: Kg) -> None:
    """`kg --version` prints name and version on one line."""
    ran = program("--version")
    assert ran.code == 0
    assert re.fullmatch(r"kg, version \d+\.\d+\.\d+\S*\n", ran.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("build",),
        ("build", "x", "--workers", "0"),
        ("build", "x", "--workers", "many"),
        ("build", "x", "--nothing"),
        ("annotate", "x", "--format", "word"),
        ("query", "targets-tried-in"),
        ("query", "nothing-known"),
        ("serve", "--port", "70000"),
        ("export", "rdf"),
    ],
)
def test_a_wrong_request_ends_with_2_and_changes_nothing(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Usage errors are told on stderr, nothing stands on stdout, and no folder is made."""
    monkeypatch.chdir(tmp_path)
    ran = kg(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "targets-tried-in", "--disease", "SSc"),
        ("stats",),
        ("check",),
        ("ask", "ASK {}"),
        ("export", "rdf", "x.nt"),
    ],
)
def test_reading_a_graph_that_is_not_there_ends_with_1(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """One line says what is missing and how to make it; nothing is made by looking."""
    monkeypatch.chdir(tmp_path)
    ran = kg(*arguments, "--graph", "nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert ran.messages == [
        "kg: nowhere: expected a graph folder, got nothing there; `kg build INPUT --graph nowhere` makes one"
    ]
    assert list(tmp_path.iterdir()) == []


def test_the_codes_reach_the_shell(program: Kg, graph: Path, tmp_path: Path) -> None:
    """In a process of its own: 0 with the answer on stdout, 1 and 2 with a message on stderr alone."""
    good = program("query", "targets-tried-in", "--disease", "SSc", "--graph", graph, "--json")
    assert (good.code, good.err) == (0, "")
    assert "HGNC:1633" in good.out
    failed = program("query", "targets-tried-in", "--disease", "SSccc", "--graph", graph)
    assert (failed.code, failed.out, len(failed.messages)) == (1, "", 1)
    usage = program("query", "targets-tried-in", "--graph", graph)
    assert (usage.code, usage.out) == (2, "")


def test_a_wrong_configuration_is_a_usage_error(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`kg.toml` with an unknown key stops before any work, and names the file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("wrokers = 2\n", "utf-8")
    (tmp_path / "a.jsonl").write_text('{"pmid": "1", "title": "CD19 in SSc"}\n', "utf-8")
    ran = kg("build", "a.jsonl", "--graph", "g")
    assert (ran.code, ran.out) == (2, "")
    assert "kg.toml: unknown key 'wrokers'" in ran.err
    assert not (tmp_path / "g").exists()


def test_a_reader_that_has_had_enough_is_no_error(program: Kg, tmp_path: Path) -> None:
    """`kg annotate … | head -1` ends quietly."""
    lines = "".join(f'{{"pmid": "{n}", "title": "CD19 in SSc", "abstract": "{"x " * 3000}"}}\n' for n in range(1, 60))
    (tmp_path / "many.jsonl").write_text(lines, "utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main; main()", "annotate", str(tmp_path / "many.jsonl")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    errors = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), errors) == (0, b"")
