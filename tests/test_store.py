"""A graph's folder: releases that switch in one step, a lock, and clear words for what is no graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from kg.errors import BadGraph, Locked
from kg.ntriples import digest, of_store, sorted_lines
from kg.store import LAYOUT, Graph, reader
from tests.graph_fixture import fixture_triples

ROOT = Path(__file__).resolve().parent.parent


def triples(*texts: str) -> Iterator[ox.Triple]:
    for text in texts:
        yield ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal(text))


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """A graph with one release."""
    made = Graph.create(tmp_path / "graph")
    made.publish(triples("a"), manifest={"cartkg": "0.1.0"})
    return made


def run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": "."}
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_a_release_is_named_by_its_content(graph: Graph) -> None:
    """The hash is that of the sorted lines; the manifest holds it, the counts and what the build told, and no clock."""
    expected, _ = digest(sorted_lines(triples("a")))
    release = Graph.open(graph.path).release
    assert (release.hash, release.path.name) == (expected, expected)
    assert release.manifest["cartkg"] == "0.1.0"
    assert release.manifest["counts"]["triples"] == 1  # type: ignore[index]
    assert digest(of_store(reader(release.path)))[0] == expected


def test_the_same_triples_are_the_same_release(graph: Graph) -> None:
    """In another order, with repeats: the folder and its files stay as they were."""
    first = graph.publish(triples("a", "b"), manifest={})
    before = {path: path.stat().st_mtime_ns for path in first.path.rglob("*")}
    again = graph.publish(triples("b", "a", "b"), manifest={})
    assert again.path == first.path
    assert {path: path.stat().st_mtime_ns for path in first.path.rglob("*")} == before


def test_reading_changes_no_byte_of_a_release(graph: Graph) -> None:
    """Two readers at once, on files that nobody may write."""
    before = {path: path.read_bytes() for path in graph.release.path.rglob("*") if path.is_file()}
    assert len(reader(graph.release.path)) == len(reader(graph.release.path)) == 1
    assert {path: path.read_bytes() for path in graph.release.path.rglob("*") if path.is_file()} == before


def test_a_reader_keeps_its_release(graph: Graph) -> None:
    """A build that publishes, and prunes, does not disturb who reads the old release."""
    old = reader(graph.release.path)
    for text in "bcdefg":
        graph.publish(triples(text), manifest={})
    assert [quad.object for quad in old] == [ox.Literal("a")]


def test_old_releases_are_pruned(tmp_path: Path) -> None:
    """`keep_releases` stay beside the current one."""
    graph = Graph.create(tmp_path / "graph", keep_releases=1)
    for text in "abcd":
        graph.publish(triples(text), manifest={})
    assert len(list((graph.path / "releases").iterdir())) == 2


def test_an_error_while_publishing_leaves_the_old_release(graph: Graph) -> None:
    """Neither half a release nor a passing folder stays behind."""

    def broken() -> Iterator[ox.Triple]:
        yield from triples("b")
        raise ValueError("torn")

    before = graph.release.hash
    with pytest.raises(ValueError, match="torn"):
        graph.publish(broken(), manifest={})
    assert graph.release.hash == before
    assert [path.name for path in (graph.path / "releases").iterdir()] == [before]


@pytest.mark.parametrize(
    "moment",
    [
        "kg.store._write = stop",
        "kg.store._sync = stop",
        "Path.rename = stop",
        "Graph._switch = stop",
        "Path.replace = stop",
        "Graph._prune = stop",
    ],
)
def test_a_build_killed_at_any_step_leaves_a_whole_graph(graph: Graph, moment: str) -> None:
    """SIGKILL before writing, syncing, renaming, switching or pruning: a whole release is current, builds go on."""
    before = graph.release.hash
    code = f"""
import os, signal, sys
from pathlib import Path
import kg.store
from kg.store import Graph
from tests.test_store import triples
def stop(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
graph = Graph.create(Path(sys.argv[1]))
{moment}
graph.publish(triples("b"), manifest={{}})
"""
    done = run(code, graph.path)
    assert done.returncode == -signal.SIGKILL, done.stderr
    current = Graph.open(graph.path).release
    assert digest(of_store(reader(current.path)))[0] == current.hash
    assert (current.hash == before) is ("_prune" not in moment)
    after = Graph.create(graph.path).publish(triples("c"), manifest={})
    assert [quad.object for quad in reader(after.path)] == [ox.Literal("c")]
    assert not list(graph.path.rglob(".*"))


def test_a_damaged_release_is_written_anew(graph: Graph) -> None:
    """A release folder of the right name without its store is no release."""
    release = graph.publish(triples("b"), manifest={})
    graph.publish(triples("a"), manifest={})
    for path in (release.path / "store").iterdir():
        path.unlink()
    again = graph.publish(triples("b"), manifest={})
    assert len(reader(again.path)) == 1


def test_a_second_writer_is_told_who_holds_the_lock(graph: Graph) -> None:
    """The message carries the pid; exit code 4."""
    other = Graph.open(graph.path)
    with graph.lock(), pytest.raises(Locked, match=f"pid {os.getpid()}") as caught:
        other.publish(triples("b"), manifest={})
    assert caught.value.exit_code == 4
    other.publish(triples("b"), manifest={})


def test_the_lock_may_be_taken_inside_itself(graph: Graph) -> None:
    """A build locks once and publishes inside; leaving the inner one keeps the outer."""
    with graph.lock():
        graph.publish(triples("b"), manifest={})
        with pytest.raises(Locked), Graph.open(graph.path).lock():
            pass


def test_the_lock_of_a_dead_process_blocks_nobody(graph: Graph) -> None:
    """A killed holder leaves its file with its pid, and nothing else."""
    code = """
import os, signal, sys
from pathlib import Path
from kg.store import Graph
with Graph.open(Path(sys.argv[1])).lock():
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run(code, graph.path).returncode == -signal.SIGKILL
    assert (graph.path / "lock").read_text().strip().isdigit()
    with graph.lock():
        pass


@pytest.mark.parametrize("content", ["missing", "file", "empty", "foreign"])
def test_what_is_no_graph_is_one_line(tmp_path: Path, content: str) -> None:
    """Missing, a file, an empty folder, someone's papers: each is named, none is changed."""
    path = tmp_path / "place"
    if content == "file":
        path.write_text("x")
    elif content != "missing":
        path.mkdir()
    if content == "foreign":
        (path / "thesis.txt").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadGraph, match="place: expected") as caught:
        Graph.open(path)
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_with_something_else_is_not_built_into(tmp_path: Path) -> None:
    """Nothing of the user's is touched, also where a name is one of ours."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "album.flac").write_text("x")
    with pytest.raises(BadGraph, match="releases"):
        Graph.create(tmp_path)
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(BadGraph, match=r"thesis\.txt"):
        Graph.create(tmp_path)
    assert len(list(tmp_path.rglob("*"))) == 3


@pytest.mark.parametrize(
    ("damage", "word"),
    [("manifest", "manifest"), ("layout", "another version"), ("hash", "manifest of"), ("store", "store")],
)
def test_a_damaged_release_is_told(graph: Graph, damage: str, word: str) -> None:
    """Without its manifest or store, of another layout, or not what its name says."""
    release = graph.release.path
    manifest = msgspec.json.decode((release / "manifest.json").read_bytes())
    if damage == "manifest":
        (release / "manifest.json").unlink()
    elif damage == "store":
        for path in (release / "store").iterdir():
            path.unlink()
    else:
        manifest[damage] = 99
        (release / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(BadGraph, match=word):
        Graph.open(graph.path)


def test_an_interrupted_first_build_can_be_resumed(tmp_path: Path) -> None:
    """A graph without a release is no graph to read, but one to build."""
    graph = Graph.create(tmp_path / "graph")
    with pytest.raises(BadGraph, match="current"):
        Graph.open(graph.path)
    Graph.create(graph.path).publish(triples("a"), manifest={})
    assert Graph.open(graph.path).release.manifest["layout"] == LAYOUT


def test_the_description_counts_all_triples(tmp_path: Path) -> None:
    """void.ttl is the data set's description in the store, and the number of triples beside it."""
    release = Graph.create(tmp_path / "graph").publish(fixture_triples(), manifest={})
    found = {quad.predicate.value.rpartition("#")[2]: quad.object for quad in ox.parse(path=release.path / "void.ttl")}
    assert found["triples"] == ox.Literal(len(reader(release.path)))
    assert "entities" in found
    counts = release.manifest["counts"]
    assert isinstance(counts, dict)
    assert counts["documents"] == 6
