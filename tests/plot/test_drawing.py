"""Drawings as files: each format by its ending, the same bytes each time, nothing half written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from kg.errors import UnknownName, UsageError
from kg.model import Grade
from kg.plot import Drawing, draw, pictures
from tests.graph_fixture import SSC, fixture_store, release_of

pytest.importorskip("matplotlib", reason="needs matplotlib (the extra `plot`)")

BEGINS = {".svg": b"<?xml", ".pdf": b"%PDF-", ".png": b"\x89PNG\r\n"}


def drawn(name: str) -> Drawing:
    """A picture of the six papers."""
    return draw(fixture_store(), name, min_grade=Grade.REFERENCE_TITLE)


@pytest.mark.parametrize("suffix", BEGINS)
@pytest.mark.parametrize("name", pictures())
def test_the_same_graph_gives_the_same_bytes(name: str, suffix: str, tmp_path: Path) -> None:
    """Drawn anew, each format has its own first bytes and no others than before."""
    drawn(name).save(tmp_path / f"a{suffix}")
    drawn(name).save(tmp_path / f"b{suffix}")
    data = (tmp_path / f"a{suffix}").read_bytes()
    assert data.startswith(BEGINS[suffix])
    assert data == (tmp_path / f"b{suffix}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the hash seed nor the process is in a picture, nor a date."""
    release = release_of(fixture_store(), tmp_path, "r")
    code = (
        "import sys; from pathlib import Path; from kg.plot import draw; from kg.store import reader; "
        "draw(reader(Path(sys.argv[1])), 'evidence-map').save(Path(sys.argv[2]))"
    )
    for seed in "12":
        out = str(tmp_path / f"{seed}.svg")
        subprocess.run([sys.executable, "-c", code, str(release), out], env={"PYTHONHASHSEED": seed}, check=True)
    data = (tmp_path / "1.svg").read_bytes()
    assert data == (tmp_path / "2.svg").read_bytes()
    assert b"<dc:date>" not in data
    assert etree.fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """Nothing is written, and the known endings are told."""
    with pytest.raises(UsageError, match=r"expected a name ending in \.svg, \.pdf, \.png, got '\.bmp'"):
        drawn("timeline").save(tmp_path / "a.bmp")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_picture_lists_the_known_ones() -> None:
    """A misspelt picture's nearest are all there are."""
    with pytest.raises(UnknownName, match="adverse-events, evidence-map, timeline"):
        drawn("heat-map")


def test_a_disease_takes_in_those_below_it() -> None:
    """Asked for SSc, the diffuse form's trial is there and lupus is not."""
    figure = draw(fixture_store(), "evidence-map", disease=SSC).figure
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        "systemic sclerosis",
        "diffuse systemic sclerosis",
    ]


def test_a_notebook_shows_it() -> None:
    """As SVG."""
    assert "<svg" in drawn("timeline")._repr_svg_()
