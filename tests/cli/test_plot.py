"""`kg plot`: pictures of the example records' graph from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.plot import pictures
from tests.cli.conftest import Kg

pytest.importorskip("matplotlib", reason="needs matplotlib (the extra `plot`)")


@pytest.mark.parametrize("name", pictures())
def test_each_picture_is_drawn_and_named(kg: Kg, graph: Path, tmp_path: Path, name: str) -> None:
    """The file stands where it was asked for; stdout says so."""
    out = tmp_path / "out.svg"
    ran = kg("plot", name, out, "--graph", graph)
    assert (ran.code, ran.out, ran.err) == (0, f"{out}: {name}\n", "")
    assert out.read_text("utf-8").rstrip().endswith("</svg>")


def test_json_tells_of_which_release(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """Path, picture and the release it shows."""
    ran = kg("plot", "timeline", tmp_path / "t.png", "--graph", graph, "--disease", "SSc", "--json")
    told = json.loads(ran.out)
    assert told == {
        "out": str(tmp_path / "t.png"),
        "picture": "timeline",
        "release": (graph / "current").resolve().name,
    }


def test_help_names_every_picture(kg: Kg) -> None:
    """What a reader can ask for."""
    assert all(name in kg("plot", "--help").out for name in pictures())


def test_an_unknown_disease_or_grade_is_refused(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """With the nearest known; no file is left."""
    ran = kg("plot", "timeline", tmp_path / "t.svg", "--graph", graph, "--disease", "systemic sclerrosis")
    assert (ran.code, "nearest known: systemic sclerosis" in ran.err) == (1, True)
    ran = kg("plot", "timeline", tmp_path / "t.svg", "--graph", graph, "--min-grade", "best")
    assert (ran.code, "SentenceAssertion" in ran.err) == (1, True)
    assert list(tmp_path.iterdir()) == []
