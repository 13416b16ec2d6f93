"""The pages of `docs/` are true: their shell and their Python run."""

from __future__ import annotations

import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg import resources

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
pytestmark = pytest.mark.checkout

# A block of `sh` is run; what needs another program, or was not run here, is fenced otherwise (`console`, `bash`).
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a page shows of their output; "…" stands for more.
SHOWN = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(>>>.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
WITH_SHELL = [path for path in PAGES if SHELL.search(path.read_text("utf-8"))]


def _name(path: Path) -> str:
    return str(path.relative_to(DOCS))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the examples in it, as a reader in a checkout has it."""
    shutil.copytree(resources.folder("examples"), tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_SHELL, ids=_name)
def test_the_shell_of_a_page_runs(path: Path, folder: Path) -> None:
    """Every command, in order, in one folder, ends with 0; what the page shows of the output is in it."""
    script = "".join(SHELL.findall(path.read_text("utf-8")))
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # A table is laid out for the terminal's width, which a test runner may have set.
    surroundings = os.environ | {"PATH": programs, "COLUMNS": "110"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=surroundings, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    printed = {" ".join(line.split()) for line in done.stdout.splitlines()}
    shown = {" ".join(line.split()) for block in SHOWN.findall(path.read_text("utf-8")) for line in block.splitlines()}
    assert shown - printed <= {"…"}


@pytest.mark.parametrize("path", [path for path in PAGES if path.name != "python.md"], ids=_name)
def test_the_python_of_a_page_runs(path: Path, folder: Path) -> None:
    """Every example gives what the page says; `python.md` has a test of its own."""
    source = "\n".join(PYTHON.findall(path.read_text("utf-8")))
    examples = doctest.DocTestParser().get_doctest(source, {}, path.name, str(path), 0)
    report = io.StringIO()
    assert doctest.DocTestRunner(verbose=False).run(examples, out=report.write).failed == 0, report.getvalue()


def test_enough_is_run() -> None:
    """The tutorial and most of the guides hold commands that this file runs."""
    names = {_name(path) for path in WITH_SHELL}
    assert "tutorial.md" in names
    assert len({name for name in names if name.startswith("guides/")}) >= 6
