"""The graph's folder: what is none is left alone, one build at a time, and a killed build harms nobody."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Kg, snapshot

GOOD = '{"pmid": "77", "title": "CD19 CAR-T cells in five patients with SSc"}\n'


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """One good record."""
    path = tmp_path / "good.jsonl"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_file_is_no_graph(kg: Kg, tmp_path: Path, record: Path) -> None:
    """Building into a file is refused in one line, and the file stays as it is."""
    target = tmp_path / "notes.txt"
    target.write_text("mine", "utf-8")
    ran = kg("build", record, "--graph", target)
    assert (ran.code, ran.out) == (1, "")
    assert ran.messages == [f"kg: {target}: expected a folder for the graph, got a file"]
    assert target.read_text("utf-8") == "mine"
    assert kg("stats", "--graph", target).code == 1


def test_a_folder_with_other_things_is_left_alone(kg: Kg, tmp_path: Path, record: Path) -> None:
    """Somebody's folder is refused by build and by query, and nothing is added to it."""
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "cat.jpg").write_bytes(b"\xff\xd8\xff")
    before = snapshot(tmp_path)
    ran = kg("build", record, "--graph", folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.messages == [f"kg: {folder}: expected an empty folder or a graph, got a folder with 'cat.jpg'"]
    asked = kg("stats", "--graph", folder)
    assert (asked.code, len(asked.messages)) == (1, 1)
    assert snapshot(tmp_path) == before


def test_records_of_another_program_are_left_alone(kg: Kg, tmp_path: Path, record: Path) -> None:
    """A `records.sqlite` that is no database, or another program's, is refused and kept."""
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "records.sqlite").write_bytes(b"something else entirely, longer than a header " * 50)
    before = snapshot(folder)
    ran = kg("build", record, "--graph", folder)
    assert (ran.code, len(ran.messages)) == (1, 1)
    assert "records.sqlite: expected " in ran.err
    assert snapshot(folder)["records.sqlite"] == before["records.sqlite"]


def test_a_locked_graph_ends_with_4(kg: Kg, tmp_path: Path, record: Path) -> None:
    """While one build runs, another ends at once with 4; readers are not disturbed."""
    assert kg("build", record, "--graph", tmp_path / "g").code == 0
    with (tmp_path / "g" / "lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = kg("build", record, "--graph", tmp_path / "g")
        assert (ran.code, ran.out) == (4, "")
        assert len(ran.messages) == 1
        assert f"kg: {tmp_path / 'g'}: another process" in ran.messages[0]
        assert kg("stats", "--graph", tmp_path / "g").code == 0
    assert kg("build", record, "--graph", tmp_path / "g").code == 0


def test_a_damaged_release_is_told_and_built_again(kg: Kg, tmp_path: Path, record: Path) -> None:
    """A release without its manifest is one line and exit code 1; the next build makes it whole."""
    graph = tmp_path / "g"
    assert kg("build", record, "--graph", graph).code == 0
    (graph / "current" / "manifest.json").unlink()
    broken = kg("stats", "--graph", graph)
    assert (broken.code, broken.out, len(broken.messages)) == (1, "", 1)
    assert kg("build", record, "--graph", graph).code == 0
    assert kg("stats", "--graph", graph).code == 0


# Stops for good, as a kill from outside would, at the named point of a build.
_STOPS = {
    "reading": "import kg.records as m; m.Records.put_annotations = stop",
    "writing the store": "import kg.store as m; m._write_description = stop",
    "before the switch": "import kg.store as m; m.Graph._switch = stop",
    "in the switch": "import pathlib; pathlib.Path.replace = stop",
}
_CHILD = """
import sys, time
def stop(*arguments, **options):
    print("here", flush=True)
    time.sleep(60)
{}
from kg.cli import main
main(sys.argv[1:])
"""


@pytest.fixture(params=_STOPS)
def killed(request: pytest.FixtureRequest, kg: Kg, tmp_path: Path, record: Path) -> Path:
    """A graph of one record, of which a build with a second one was killed at some point."""
    graph = tmp_path / "g"
    assert kg("build", record, "--graph", graph).code == 0
    more = tmp_path / "more.jsonl"
    more.write_text('{"pmid": "78", "title": "CD20 antibodies in three patients with SLE"}\n', "utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD.format(_STOPS[request.param]), "build", str(more), "--graph", str(graph)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"here\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    return graph


def test_a_killed_build_leaves_the_former_release(killed: Path, kg: Kg, tmp_path: Path) -> None:
    """The old answer is still given; the next build is whole, and nothing of the killed one is left lying about."""
    asked = kg("ask", "SELECT ?d { ?d a kg:Record }", "--graph", killed, "--format", "csv")
    assert (asked.code, asked.out.split()[1:]) == (0, ["https://identifiers.org/pubmed:77"])
    ran = kg("build", tmp_path / "more.jsonl", "--graph", killed, "--json")
    assert ran.code == 0, ran.err
    fresh = kg("build", tmp_path / "good.jsonl", tmp_path / "more.jsonl", "--graph", tmp_path / "fresh", "--json")
    assert json.loads(ran.out)["release"] == json.loads(fresh.out)["release"]
    orphans = [path.name for path in (*killed.iterdir(), *(killed / "releases").iterdir()) if path.name.startswith(".")]
    assert orphans == []
    assert not list(killed.glob("*-journal"))
