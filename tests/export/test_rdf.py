"""RDF files: same bytes, every format with every triple, nothing half written."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

from kg.errors import BadGraph, KGError, UsageError
from kg.export.rdf import write
from kg.ntriples import of_store
from kg.part import Part
from kg.plugins import Export, discover
from tests.graph_fixture import fixture_store, release_of

SUFFIXES = (".nt", ".nq", ".ttl", ".trig", ".jsonld", ".rdf")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the fixture graph."""
    return release_of(fixture_store(), tmp_path_factory.mktemp("graph"), "release")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_every_triple(release: Path, tmp_path: Path, suffix: str) -> None:
    """Read back, the same lines; packed or not, and twice the same bytes."""
    plain, packed, again = (tmp_path / f"{name}{suffix}" for name in ("plain", "packed", "again"))
    packed = packed.with_name(packed.name + ".gz")
    expected = list(of_store(fixture_store()))
    assert write(release, plain, Part()) == {"triples": len(expected)}
    write(release, again, Part())
    write(release, packed, Part())
    assert plain.read_bytes() == again.read_bytes() == gzip.decompress(packed.read_bytes())
    store = ox.Store()
    store.load(path=plain)
    assert list(of_store(store)) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((plain.name, packed.name, again.name))


@pytest.mark.parametrize(("suffix", "format_"), [(".nq", "nt"), (".ttl", "turtle"), (".rdf", "xml")])
def test_rdflib_reads_it(release: Path, tmp_path: Path, suffix: str, format_: str) -> None:
    """With equal counts; N-Quads without graph names are N-Triples."""
    out = tmp_path / f"graph{suffix}"
    count = write(release, out, Part())["triples"]
    assert len(rdflib.Graph().parse(data=out.read_bytes(), format=format_)) == count


def test_a_packed_file_tells_no_time(release: Path, tmp_path: Path) -> None:
    """The gzip header's time is zero and its name is absent (RFC 1952, 2.3)."""
    out = tmp_path / "graph.nt.gz"
    write(release, out, Part())
    head = out.read_bytes()[:10]
    assert head[3] == 0
    assert head[4:8] == b"\0\0\0\0"


def test_lines_are_in_byte_order(release: Path, tmp_path: Path) -> None:
    """`sort` has nothing to do."""
    out = tmp_path / "graph.nq"
    write(release, out, Part())
    assert subprocess.run(["sort", "-c", "-u", out], env={"LC_ALL": "C"}).returncode == 0


def test_rdf_xml_is_well_formed(release: Path, tmp_path: Path) -> None:
    """Control characters of a title do not reach it."""
    out = tmp_path / "graph.rdf"
    write(release, out, Part())
    assert etree.parse(out).getroot().tag.endswith("}RDF")


@pytest.mark.parametrize("name", ["graph", "graph.csv", "graph.gz", "graph.csv.gz"])
def test_an_unknown_suffix_lists_the_known(release: Path, tmp_path: Path, name: str) -> None:
    """And writes nothing."""
    with pytest.raises(UsageError, match=r"\.nt, \.nq"):
        write(release, tmp_path / name, Part())
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(release: Path, tmp_path: Path) -> None:
    """A folder, or a file in a folder that is not there."""
    (tmp_path / "folder.nq").mkdir()
    with pytest.raises(UsageError, match="folder"):
        write(release, tmp_path / "folder.nq", Part())
    with pytest.raises(KGError, match="none"):
        write(release, tmp_path / "none" / "graph.nq", Part())


def test_the_passing_name_is_not_told(release: Path, tmp_path: Path) -> None:
    """A message on a folder that is missing names what was asked for, and no file that the user never named."""
    out = tmp_path / "missing" / "g.nt"
    with pytest.raises(KGError) as error:
        write(release, out, Part())
    assert str(error.value).startswith(f"{out}: expected to write a file, got: ")
    assert ".part" not in str(error.value)


def test_a_failed_export_keeps_what_was_there(tmp_path: Path) -> None:
    """The old file is replaced only by a whole one."""
    out = tmp_path / "graph.nq"
    out.write_text("old")
    with pytest.raises(BadGraph, match="store"):
        write(tmp_path, out, Part())
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_it_is_found_by_its_file_name() -> None:
    """As `kg export rdf` wants it."""
    assert "rdf" in discover("kg.export", Export)
