"""The command line as a user runs it: `kg(...)` in this process, `program(...)` in its own, and two built graphs."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import resources
from kg.cli import run

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = tuple(
    str(path) for path in sorted((resources.folder("examples") / "records").iterdir()) if not path.name.startswith(".")
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        return self.err.splitlines()


Kg = Callable[..., Ran]


def _in_process(*arguments: object, stdin: bytes | None = None) -> Ran:
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2)]
    given = io.TextIOWrapper(io.BytesIO(stdin or b""), "utf-8")
    before, sys.stdin = sys.stdin, given
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            code = run([str(argument) for argument in arguments])
    finally:
        sys.stdin = before
    texts = []
    for stream in streams:
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts.append(buffer.getvalue().decode("utf-8"))
    return Ran(code, *texts)


def _own_process(*arguments: object, stdin: bytes | None = None, cwd: Path = ROOT) -> Ran:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)],
        input=stdin or b"",
        capture_output=True,
        cwd=cwd,
        env=environment,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def snapshot(folder: Path, *, without: Path | None = None) -> Mapping[str, str]:
    """Every file of a folder with the hash of its content, and every folder; what lies in `without` left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if without is None or (path != without and without not in path.parents):
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
            found[str(path.relative_to(folder))] = content
    return found


@pytest.fixture(scope="session")
def kg() -> Kg:
    """Runs `kg ARGUMENTS` in this process."""
    return _in_process


@pytest.fixture(scope="session")
def program() -> Kg:
    """Runs `kg ARGUMENTS` in a process of its own, as a shell does."""
    return _own_process


@pytest.fixture(scope="session")
def examples() -> tuple[str, ...]:
    """The example records of the repository."""
    return EXAMPLES


@pytest.fixture(scope="session")
def graph(kg: Kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the example records; tests only read it."""
    folder = tmp_path_factory.mktemp("examples") / "graph"
    built = kg("build", *EXAMPLES, "--graph", folder)
    assert built.code == 0, built.err
    return folder


@pytest.fixture(scope="session")
def page(kg: Kg, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the real page; tests only read it."""
    folder = tmp_path_factory.mktemp("page") / "graph"
    built = kg("build", shared / "seeds", "--graph", folder)
    assert built.code == 0, built.err
    return folder
