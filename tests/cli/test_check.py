"""`kg check` and `kg stats`: a sound graph is said to be so, a tampered one is not, and counts are counts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox

from tests.cli.conftest import Kg


def test_a_sound_graph_is_one_line(kg: Kg, graph: Path) -> None:
    """Exit code 0 and the release that was checked."""
    ran = kg("check", "--graph", graph)
    release = (graph / "current").resolve().name
    assert (ran.code, ran.out, ran.err) == (0, f"{graph}: sound; release {release[:12]}\n", "")
    assert kg("check", "--graph", graph, "--json").out == ""
    assert kg("check", "--graph", graph, "--shacl").out == ran.out


def test_a_quote_that_was_changed_is_found(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """Exit code 1, a line a problem on stdout; `--json` gives as many objects."""
    copy = tmp_path / "g"
    shutil.copytree(graph, copy, symlinks=True)
    store = ox.Store(str(copy / "current" / "store"))
    quote = ox.NamedNode("https://w3id.org/biolink/vocab/supporting_text")
    old = next(iter(store.quads_for_pattern(None, quote, None)))
    store.remove(old)
    store.add(ox.Quad(old.subject, quote, ox.Literal("Nobody wrote this."), old.graph_name))
    store.flush()
    del store
    ran = kg("check", "--graph", copy)
    assert ran.code == 1
    *problems, summary = ran.out.splitlines()
    assert problems
    assert f"{len(problems)} problems" in summary
    lines = [json.loads(line) for line in kg("check", "--graph", copy, "--json").out.splitlines()]
    assert len(lines) == len(problems)


def test_stats_say_what_the_manifest_says(kg: Kg, graph: Path) -> None:
    """The number of documents is the same in the answer, in the manifest and in a query."""
    counts = json.loads((graph / "current" / "manifest.json").read_text("utf-8"))["counts"]
    rows = json.loads(kg("stats", "--graph", graph, "--json").out)
    asked = kg("ask", "SELECT (COUNT(?d) AS ?n) { ?d a kg:Record }", "--graph", graph)
    assert counts["documents"] == int(asked.out.split()[-1]) == 9
    assert counts["documents"] in {value for row in rows for value in row.values()}
    for style in ("table", "csv", "md"):
        assert kg("stats", "--graph", graph, "--format", style).code == 0
