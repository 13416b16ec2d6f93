"""`kg diff`: releases of one graph, of two graphs, by folder and by hash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg

FIRST = {"pmid": "77", "title": "CD19 CAR-T cells in five patients with SSc"}
SECOND = {"pmid": "78", "title": "Rituximab in three patients with SLE"}


@pytest.fixture(scope="module")
def built(kg: Kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of which the second release has a paper more, and has lost its first one to another text."""
    folder = tmp_path_factory.mktemp("diff")
    source = folder / "a.jsonl"
    for records in ([FIRST], [{**FIRST, "title": "CD20 antibodies in patients with SSc"}, SECOND]):
        source.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        assert kg("build", source, "--graph", folder / "g").code == 0
    return folder / "g"


def test_the_release_before_is_compared_with_the_current_one(kg: Kg, built: Path) -> None:
    """What fell, what came and why, one line each; exit code 0 although they differ."""
    ran = kg("diff", "--graph", built)
    assert (ran.code, ran.err) == (0, "")
    assert "  - CD19 target tried in systemic sclerosis  (SentenceAssertion)  [record changed]" in ran.out
    assert "  + PMID:78  Rituximab in three patients with SLE  [record came]" in ran.out
    assert "  ~ PMID:77  CD20 antibodies in patients with SSc  [record changed]" in ran.out
    assert "record came" in next(line for line in ran.out.splitlines() if line.startswith("evidence that came"))


def test_json_tells_the_same_in_full(kg: Kg, built: Path) -> None:
    """With the hashes of both releases, and every passage."""
    found = json.loads(kg("diff", "--graph", built, "--json").out)
    current = (built / "current").resolve().name
    assert found["new"] == current
    assert found["old"] in {path.name for path in (built / "releases").iterdir()} - {current}
    assert {one["document"] for one in found["evidence"]["came"]} == {"PMID:77", "PMID:78"}
    assert {one["why"] for one in found["evidence"]["fell"]} == {"record changed"}
    assert kg("diff", "--graph", built, "--all").out.count("“") == len(
        found["evidence"]["came"] + found["evidence"]["fell"]
    )


def test_releases_are_named_by_graph_folder_or_hash(kg: Kg, built: Path) -> None:
    """However they are named, the comparison is the same; the other way round, what came fell."""
    told = json.loads(kg("diff", "--graph", built, "--json").out)
    old, new = told["old"], told["new"]
    for arguments in (
        (built,),
        (old[:8], "--graph", built),
        (old[:8], new[:8], "--graph", built),
        (built / "releases" / old, built / "current"),
        (built / "releases" / old, built),
    ):
        assert json.loads(kg("diff", *arguments, "--json").out) == told
    back = json.loads(kg("diff", new, old, "--graph", built, "--json").out)
    assert [one["id"] for one in back["statements"]["fell"]] == [one["id"] for one in told["statements"]["came"]]
    same = kg("diff", built, built)
    assert (same.code, same.out.splitlines()[1]) == (0, "no difference")


def test_what_is_no_release_is_told(kg: Kg, built: Path, graph: Path, tmp_path: Path) -> None:
    """A graph with one release, an unknown hash, another folder, nothing: one line and exit code 1."""
    (tmp_path / "empty").mkdir()
    for arguments, word in (
        (("--graph", graph), "expected a release before the current one"),
        (("abcdef", "--graph", built), "unknown release 'abcdef'; nearest known: "),
        ((tmp_path / "empty", built), "manifest"),
        (("no such thing", "--graph", built), "a release's hash"),
        (("--graph", tmp_path / "none"), "expected a graph folder"),
    ):
        ran = kg("diff", *arguments)
        assert (ran.code, ran.out, len(ran.messages)) == (1, "", 1)
        assert word in ran.err
