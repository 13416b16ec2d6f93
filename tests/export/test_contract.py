"""What every export keeps, whatever it writes: all or nothing, the same bytes, nothing left behind, any graph."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import BadGraph, KGError
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.part import Part
from kg.plugins import Export, discover
from tests import graph_fixture as fixture
from tests.exported import empty_release, hostile_release
from tests.graph_fixture import fixture_store, release_of

EXPORTS = discover("kg.export", Export)
# What OUT is called where its ending matters.
NAMES = {
    "nanopub": ["out.trig"],
    "rdf12": ["out.ttl"],
    "rdf": ["out.nt", "out.ttl", "out.jsonld"],
    "graphml": ["out.graphml"],
    "gephi": ["out.gexf"],
    "kgx": ["out.tsv", "out.jsonl"],
}
CASES = [(style, name) for style in EXPORTS for name in NAMES.get(style, ["out"])]
# Those that count edges, each under one name or two.
GRAPHS = ("csv", "gephi", "graphml", "parquet")


def _files(out: Path) -> list[Path]:
    """What an export made of OUT: itself, what is in it, or the pair of files that are named by it."""
    if not out.exists():
        return sorted(out.parent.glob(f"{out.stem}_*{out.suffix}"))
    return sorted(out.rglob("*")) if out.is_dir() else [out]


def _bytes(out: Path) -> Mapping[str, str]:
    """The hash of each file, by what its name has beside OUT's."""
    found = {str(path).removeprefix(str(out.with_suffix(""))): path for path in _files(out)}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()}


def _alone(out: Path, *others: Path) -> bool:
    """Whether nothing lies in the folder of OUT beside it and these."""
    expected = {out.parent / path.relative_to(out.parent).parts[0] for one in (out, *others) for path in _files(one)}
    return set(out.parent.iterdir()) == expected


@pytest.fixture(scope="module", params=["fixture", "empty", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs: small and ordinary, empty, and hostile."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return empty_release(folder) if request.param == "empty" else hostile_release(folder)


@pytest.mark.parametrize(("style", "name"), CASES)
def test_any_graph_is_written_the_same_each_time(release: Path, tmp_path: Path, style: str, name: str) -> None:
    """Twice the same bytes and counts, also over what stood there; nothing else is left in the folder."""
    first, second = tmp_path / f"first-{name}", tmp_path / f"second-{name}"
    counts = EXPORTS[style].write(release, first, Part())
    assert EXPORTS[style].write(release, second, Part()) == counts
    assert EXPORTS[style].write(release, second, Part()) == counts
    assert _bytes(first) == _bytes(second)
    assert len(_bytes(first)) > 0
    assert _alone(first, second)


@pytest.mark.parametrize(("style", "name"), CASES)
def test_a_failure_leaves_what_was_there(tmp_path: Path, style: str, name: str) -> None:
    """A release that cannot be read, or a place that is not there, is one of our errors."""
    release = release_of(fixture_store(), tmp_path, "release")
    out = tmp_path / name
    EXPORTS[style].write(release, out, Part())
    before = _bytes(out)
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "note").write_text("no store")
    with pytest.raises(BadGraph):
        EXPORTS[style].write(tmp_path / "damaged", out, Part())
    assert _bytes(out) == before
    with pytest.raises(KGError, match="nowhere"):
        EXPORTS[style].write(release, tmp_path / "nowhere" / name, Part())
    assert _alone(out, tmp_path / "release", tmp_path / "damaged")


@pytest.mark.parametrize("style", GRAPHS)
def test_every_node_and_edge_is_counted(release: Path, tmp_path: Path, style: str) -> None:
    """As many as the property graph has, and in a part as many as the part has."""
    for number, part in enumerate((Part(), Part(min_grade=Grade.DOCUMENT_ASSERTION), Part(disease=fixture.SSC))):
        counts = dict(EXPORTS[style].write(release, tmp_path / f"out{number}", part))
        with PropertyGraph.open(release, part) as graph:
            edges = sum(1 for _ in graph.edges())
            assert counts["nodes"] == sum(1 for _ in graph.nodes())
        assert counts["edges"] + counts.get("mentions", 0) == edges
