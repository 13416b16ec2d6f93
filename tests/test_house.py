"""The rules of the house that a tool cannot hold: what each file says first, how long it is, what importing it does."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.query import load_all

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
LONGEST = 400
pytestmark = pytest.mark.skipif(not MODULES, reason="needs a checkout, and these are the tests of an installed wheel")
# Where people's and machines' own files stand; an index's address says where somebody fetches packages from.
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:home|Users|root|work|mnt|builds?)/\w")
REGISTRY = re.compile(r"index[-_]url|find[-_]links|https?://[^\s\"'>)]+/simple\b|//[^\s/@]+:[^\s/@]+@", re.IGNORECASE)
# A line this long is nobody's own words by chance.
LONG_LINE = 200


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def _kept() -> tuple[Path, ...]:
    """The files that git keeps or would keep; every file of an unpacked archive, where there is no git."""
    if not (ROOT / ".git").exists():
        return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _kept():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("path", [path for path in MODULES if path.read_bytes().strip()], ids=_name)
def test_a_module_begins_with_what_it_is(path: Path) -> None:
    """The first line of every module is a docstring that fits on a line; a folder's face may be empty."""
    first = (ast.get_docstring(_tree(path)) or "").partition("\n")[0]
    assert len(first) >= 20
    assert path.read_text("utf-8").startswith('"""')


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    """A module or a test file has at most 400 lines."""
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in (*MODULES, *TESTS)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_only_the_command_line_prints() -> None:
    """No module outside of `kg/cli` calls print or click.echo; libraries log."""
    printing = []
    for path in MODULES:
        if "cli" in path.parts:
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call):
                function = ast.unparse(node.func)
                if function in ("print", "click.echo", "sys.stdout.write"):
                    printing.append(f"{_name(path)}:{node.lineno}")
    assert printing == []


def test_imports_are_absolute() -> None:
    """No module says `from . import`."""
    relative = [
        f"{_name(path)}:{node.lineno}"
        for path in (*MODULES, *TESTS)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_every_test_states_a_fact() -> None:
    """Each test function has a docstring that is a sentence."""
    silent = [
        f"{_name(path)}:{node.lineno}: {node.name}"
        for path in TESTS
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not (ast.get_docstring(node) or "").endswith((".", '."'))
    ]
    assert silent == []


_WATCHED = """
import importlib, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        raise RuntimeError(f"importing did {event} {arguments}")
    if event == "open" and isinstance(arguments[0], str) and "__pycache__" not in arguments[0]:
        if set(str(arguments[1] or "")) & set("wax+"):
            raise RuntimeError(f"importing wrote {arguments[0]}")
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
    # spaCy's own entry point is loaded by spaCy; it comes last here.
    assert name == "kg.spacy_pipe" or "spacy" not in sys.modules, f"{name} imports spaCy"
    assert "torch" not in sys.modules, f"{name} imports torch"
"""


def test_importing_does_no_work() -> None:
    """No module, imported, reaches the network, starts a process, writes a file or loads spaCy."""
    names = []
    for path in MODULES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    names.sort(key=lambda name: name == "kg.spacy_pipe")
    done = subprocess.run([sys.executable, "-c", _WATCHED, "kg", *names], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No kept file holds a path of somebody's machine, a package index's address or a password in an address."""
    found = []
    for path, text in _texts():
        for number, line in enumerate(text.splitlines(), start=1):
            if path == Path(__file__).resolve():
                continue
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                found.append(f"{_name(path)}:{number}")
    assert found == []


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("path = '/" + "home/ada/graph'", True),
        ("see /" + "work/thing", True),
        ("https://example.org/home/x", False),
        ("docs/home/x and ~/home/x", False),
        ("pip install --index" + "-url X", True),
        ("https://pypi.example.org/" + "simple/", True),
        ("https://user:" + "pass@example.org/", True),
        ("https://example.org/a@b", False),
    ],
)
def test_the_search_for_machines_tells_them_from_addresses(line: str, bad: bool) -> None:
    """A path of an address or of the project is no machine's."""
    assert bool(MACHINE_PATH.search(line) or REGISTRY.search(line)) is bad


def test_no_file_is_a_copy_of_shared_data(shared: Path) -> None:
    """No kept file, and no long line of one, stands in the shared folder too."""
    theirs = {path for path in shared.rglob("*") if path.is_file() and path.stat().st_size}
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in theirs}
    lines: set[str] = set()
    for path in theirs:
        if path.suffix in {".txt", ".xml", ".jsonl", ".nbib", ".tsv", ".md", ".html", ".nxml"}:
            text = path.read_text("utf-8", "replace")
            lines.update(line.strip() for line in text.splitlines() if len(line.strip()) >= LONG_LINE)
    assert lines
    copied = [_name(path) for path in _kept() if hashlib.sha256(path.read_bytes()).hexdigest() in digests]
    for path, text in _texts():
        copied += [f"{_name(path)}: {line[:60]}…" for line in text.splitlines() if line.strip() in lines]
    assert copied == []


def test_every_vocabulary_has_a_licence_that_the_documentation_tells() -> None:
    """Each source of `vocabularies.toml` stands in docs/data-licences.md with its version and licence, and no other."""
    found = tomllib.loads((ROOT / "ontologies" / "vocabularies.toml").read_text("utf-8"))
    sources = [source for part in found.values() for source in part.get("sources", [part])]
    rows = {
        row[0]: row[1:]
        for line in (ROOT / "docs" / "data-licences.md").read_text("utf-8").splitlines()
        if line.startswith("| `") and (row := [cell.strip() for cell in line.strip("|").split("|")])
    }
    told = {(f"`{source['prefix']}`", source["version"], source["licence"]) for source in sources}
    assert {(prefix, row[1], row[2]) for prefix, row in rows.items()} == told


def test_the_pages_made_from_the_code_are_up_to_date() -> None:
    """docs/cli.md and docs/named-queries.md are what docs/generate.py writes today."""
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_and_every_query_is_documented() -> None:
    """Each command has its heading in docs/cli.md, each named query in docs/named-queries.md."""
    commands = re.findall(r"(?m)^## kg (\S+)$", (ROOT / "docs" / "cli.md").read_text("utf-8"))
    queries = re.findall(r"(?m)^## (\S+)$", (ROOT / "docs" / "named-queries.md").read_text("utf-8"))
    assert commands == sorted(path.stem for path in (ROOT / "kg" / "cli").glob("[!_]*.py"))
    assert queries == list(load_all())


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    """A relative link in README, CONTRIBUTING or docs names a file that is there."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    dead = [
        f"{_name(page)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []
