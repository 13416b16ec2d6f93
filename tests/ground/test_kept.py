"""What is put together from a vocabulary and kept between starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ground import kept as keeping
from kg.ground.kept import digest, kept
from kg.lexicon import Lexicon, shelf
from kg.model import Name, Term

LEXICON = Lexicon([Term(id="X:1", type="disease", label="flu", names=(Name(text="flu", scope="label"),))])


class _Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> dict[str, int]:
        self.asked += 1
        return {"flu": 1}


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Any vocabulary counts as a large one; the cache folder."""
    monkeypatch.setattr(keeping, "_LARGE", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return shelf.cache_folder()


def test_it_is_made_once_and_anew_where_the_file_is_broken(large: Path) -> None:
    """A second opening reads the file; one cut short, or of another shape, is written again."""
    make = _Maker()
    assert kept(LEXICON, "thing", dict[str, int], make) == kept(LEXICON, "thing", dict[str, int], make) == {"flu": 1}
    assert make.asked == 1
    (file,) = large.iterdir()
    whole = file.read_bytes()
    for number, broken in enumerate((whole[:2], b"\x01", b""), 2):
        file.write_bytes(broken)
        assert kept(LEXICON, "thing", dict[str, int], make) == {"flu": 1}
        assert (make.asked, file.read_bytes()) == (number, whole)


def test_a_folder_that_cannot_be_written_costs_only_time(large: Path) -> None:
    """A file stands where the folder should be."""
    large.parent.write_text("no folder")
    assert kept(LEXICON, "thing", dict[str, int], _Maker()) == {"flu": 1}


def test_little_is_not_worth_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a small vocabulary it is made each time."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kept(LEXICON, "thing", dict[str, int], _Maker()) == {"flu": 1}
    assert not shelf.cache_folder().exists()


def test_the_digest_follows_the_vocabulary_and_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another term, another maker, or another way to spell names: all make another file."""
    own = tmp_path / "own.py"
    own.write_text("1")
    seen = {digest(LEXICON), digest(Lexicon([])), digest(LEXICON, own)}
    own.write_text("2")
    seen.add(digest(LEXICON, own))
    folder = tmp_path / "lexicon"
    folder.mkdir()
    for name in ("described.py", "finding.py", "prepare.py", "variants.py"):
        (folder / name).write_text("changed")
    monkeypatch.setattr(shelf, "__file__", str(folder / "shelf.py"))
    seen.add(digest(LEXICON))
    assert len(seen) == 5
