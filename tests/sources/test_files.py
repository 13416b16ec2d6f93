"""Files, folders, archives and pipes become inputs; what cannot be read is one BadInput each."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import BadInput
from kg.sources.files import HEAD, Raw, open_inputs
from kg.sources.stream import Content

PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}
packers = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
NOISE = random.Random(3).randbytes(300_000)


def inputs(*paths: str | Path) -> list[Raw | BadInput]:
    return list(open_inputs([str(path) for path in paths], record_bytes=1_000_000))


def content(raw: Raw | BadInput) -> bytes:
    assert isinstance(raw, Raw), raw
    with raw.open() as stream:
        return b"".join(iter(lambda: stream.read(1000), b""))


def told(stream: Content) -> tuple[bytes, str]:
    """What a stream gave, and the failure it ended in."""
    given = b""
    try:
        while piece := stream.read(1000):
            given += piece
    except BadInput as bad:
        return given, str(bad)
    return given, ""


def test_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    """Files of a folder come by path; hidden files and folders, and links that lead nowhere, are left."""
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".hidden", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    assert [content(raw) for raw in inputs(tmp_path)] == [b"a.txt", b"b/1.txt", b"b/2.txt"]


def test_each_bad_input_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    """Missing, empty, an empty folder: one line each; the good file beside them is there."""
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "good").write_bytes(b"x")
    found = inputs(tmp_path / "missing", tmp_path / "empty", tmp_path / "folder", tmp_path / "good")
    assert [item.got for item in found if isinstance(item, BadInput)] == [
        "nothing there",
        "an empty file",
        "none (hidden ones are skipped)",
    ]
    assert content(found[3]) == b"x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_a_bad_input(tmp_path: Path) -> None:
    """A file without permission is told with the reason."""
    (tmp_path / "x").write_bytes(b"x")
    (tmp_path / "x").chmod(0)
    (bad,) = inputs(tmp_path / "x")
    assert isinstance(bad, BadInput)
    assert bad.got == "Permission denied"


def test_odd_names_are_bad_inputs() -> None:
    """A name with a null character raises nothing."""
    (bad,) = inputs("a\0b")
    assert isinstance(bad, BadInput)


@packers
def test_compression_is_told_from_content(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A compressed file is decompressed whatever its name, several members and all, and its head too."""
    path = tmp_path / "named.txt"
    path.write_bytes(pack(NOISE) + pack(b"more"))
    (raw,) = inputs(path)
    assert isinstance(raw, Raw)
    assert raw.head == NOISE[:HEAD]
    assert content(raw) == NOISE + b"more"


@packers
def test_what_stands_before_a_cut_is_given_first(pack: Callable[[bytes], bytes]) -> None:
    """A truncated stream gives what it has, then raises; it does not end in silence."""
    lines = b"".join(b"%d %s\n" % (n, NOISE[n * 40 : n * 40 + 40].hex().encode()) for n in range(30_000))
    packed = pack(lines)
    given, failure = told(Content(io.BytesIO(packed[: len(packed) * 9 // 10]), origin="x", free_bytes=10**9))
    assert failure.endswith("got the end before its time (truncated)")
    assert lines.startswith(given)
    assert pack is not gzip.compress or len(given) > len(lines) // 2


@packers
def test_bombs_are_stopped(pack: Callable[[bytes], bytes]) -> None:
    """Content that expands far over 200 times is stopped soon after the free size."""
    given, failure = told(Content(io.BytesIO(pack(bytes(30_000_000))), origin="x", free_bytes=100_000))
    assert failure.endswith("bomb")
    assert len(given) < 15_000_000


@packers
def test_bytes_behind_the_end_are_told(pack: Callable[[bytes], bytes]) -> None:
    """What follows a compressed stream and is none is no silence."""
    given, failure = told(Content(io.BytesIO(pack(b"text") + b"trailing rubbish"), origin="x", free_bytes=10**6))
    assert given == b"text"
    assert "other bytes after it" in failure


@packers
def test_lines_are_whole_over_the_pieces(pack: Callable[[bytes], bytes]) -> None:
    """Reading by lines gives every line, with its end."""
    lines = [NOISE[n : n + 100].hex().encode() * (n % 7) + b"\n" for n in range(2000)]
    stream = Content(io.BytesIO(pack(b"".join(lines))), origin="x", free_bytes=10**9)
    assert list(iter(stream.readline, b"")) == lines


def test_archive_members_are_inputs(tmp_path: Path) -> None:
    """Each file of a zip archive is an input `file.zip!member`, decompressed once more where it is compressed."""
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b.xml.gz", gzip.compress(b"inner", mtime=0))
        archive.writestr("a/x.txt", b"text")
        archive.writestr("a/.hidden", b"no")
    found = inputs(path)
    assert [(Path(item.origin).name, content(item)) for item in found if isinstance(item, Raw)] == [
        ("x.txt", b"text"),
        ("set.zip!b.xml.gz", b"inner"),
    ]


def test_broken_archive_is_a_bad_input(tmp_path: Path) -> None:
    """An archive cut before its table is told."""
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + NOISE[:100])
    (bad,) = inputs(tmp_path / "x.zip")
    assert isinstance(bad, BadInput)


def test_zip_bomb_is_a_bad_input(tmp_path: Path) -> None:
    """A member that says it expands over 200 times is not read."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(5_000_000))
    (bad,) = inputs(tmp_path / "x.zip")
    assert isinstance(bad, BadInput)
    assert bad.got == "a zip bomb"


@pytest.mark.parametrize(
    "data", [NOISE, gzip.compress(NOISE, mtime=0), b"abc", gzip.compress(gzip.compress(b"twice", mtime=0), mtime=0)]
)
def test_standard_input_is_read_once_from_its_start(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` gives head and content though nothing can be sought back, and is decompressed once."""
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BytesIO(data)}))
    (raw,) = inputs("-")
    assert isinstance(raw, Raw)
    plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    assert (raw.origin, raw.head) == ("<stdin>", plain[:HEAD])
    assert content(raw) == plain


def test_empty_standard_input_is_a_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on `-` is told."""
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BytesIO()}))
    (bad,) = inputs("-")
    assert str(bad) == "<stdin>: expected records, got an empty input"


def test_pipe_given_by_name_is_read(tmp_path: Path) -> None:
    """A pipe, as the shell's `<(...)` gives, is an input; one in a folder is left, since it would block."""
    reading, writing = os.pipe()
    os.write(writing, b"through a pipe")
    os.close(writing)
    (raw,) = inputs(f"/dev/fd/{reading}")
    assert content(raw) == b"through a pipe"
    os.close(reading)
    os.mkfifo(tmp_path / "pipe")
    (bad,) = inputs(tmp_path)
    assert isinstance(bad, BadInput)
