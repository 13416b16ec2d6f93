"""Paths in, raw inputs out: files, folders, members of zip archives, standard input. Nothing here knows a format."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import BadInput
from kg.sources.stream import Content

HEAD = 1 << 16
STDIN = "<stdin>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One input: its first bytes, to tell the format from, and a way to all of them.

    origin: the path as given, `archive.zip!member`, or `<stdin>`. head: the first 64 KiB, decompressed.
    free_bytes: the size up to which decompression is not questioned.
    """

    origin: str
    head: bytes
    path: Path | None = None
    member: str | None = None
    free_bytes: int = 0
    _once: Content | None = field(default=None, repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The decompressed content from its start; the caller closes it. What cannot be sought back opens only once.

        Raises:
            BadInput: the file is gone since, or cannot be read any more. Reading from the stream raises it too.
        """
        if self._once is not None:
            return cast(BinaryIO, _Rejoined(self.head, self._once))
        assert self.path is not None
        return cast(BinaryIO, _content(self.path, self.member, origin=self.origin, free_bytes=self.free_bytes))


def open_inputs(inputs: Sequence[str], *, record_bytes: int) -> Iterator[Raw | BadInput]:
    """Each input in the order given, a folder's files in the order of their paths, hidden ones left out.

    Args:
        inputs: files, folders, or `-` for standard input.
        record_bytes: a single record's size at most; a compressed input that gives more than this must not
            expand more than 200 times.

    Yields:
        A Raw, or a BadInput for what is missing, empty, unreadable or cut before its first byte.

    >>> [str(bad) for bad in open_inputs(["nowhere.xml"], record_bytes=1000)]
    ['nowhere.xml: expected a file or folder, got nothing there']
    """
    for given in inputs:
        if given == "-":
            yield _once(sys.stdin.buffer, origin=STDIN, free_bytes=record_bytes)
            continue
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            missing = isinstance(error, FileNotFoundError)
            got = "nothing there" if missing else _reason(error)
            yield BadInput(_printable(given), expected="a file or folder", got=got)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path, free_bytes=record_bytes)
        elif stat.S_ISREG(mode):
            yield from _file(path, free_bytes=record_bytes)
        else:  # a pipe, as the shell's <(...) gives
            yield _pipe(path, free_bytes=record_bytes)


def _folder(folder: Path, *, free_bytes: int) -> Iterator[Raw | BadInput]:
    found = False
    problems: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            # A pipe or a socket in a folder would block for ever; a broken link is not there.
            if not name.startswith(".") and path.is_file():
                found = True
                yield from _file(path, free_bytes=free_bytes)
    for problem in problems:
        yield BadInput(_printable(str(problem.filename)), expected="a readable folder", got=_reason(problem))
    if not found and not problems:
        yield BadInput(
            _printable(str(folder)), expected="a folder with files in it", got="none (hidden ones are skipped)"
        )


def _file(path: Path, *, free_bytes: int) -> Iterator[Raw | BadInput]:
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
        if magic == b"PK\x03\x04" or magic == b"PK\x05\x06":
            with zipfile.ZipFile(path) as archive:
                members = sorted(
                    info.filename
                    for info in archive.infolist()
                    if not info.is_dir() and not any(part.startswith(".") for part in info.filename.split("/"))
                )
            if not members:
                yield BadInput(_printable(str(path)), expected="an archive with files in it", got="none")
            for member in members:
                yield _head(path, member, free_bytes=free_bytes)
            return
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield BadInput(_printable(str(path)), expected="a readable file", got=_reason(error))
        return
    yield _head(path, None, free_bytes=free_bytes)


def _head(path: Path, member: str | None, *, free_bytes: int) -> Raw | BadInput:
    origin = _printable(str(path) if member is None else f"{path}!{member}")
    try:
        with _content(path, member, origin=origin, free_bytes=free_bytes) as content:
            head = content.read(HEAD)
    except BadInput as bad:
        return bad
    if not head:
        return BadInput(origin, expected="records", got="an empty file")
    return Raw(origin=origin, head=head, path=path, member=member, free_bytes=free_bytes)


def _pipe(path: Path, *, free_bytes: int) -> Raw | BadInput:
    try:
        return _once(path.open("rb"), origin=_printable(str(path)), free_bytes=free_bytes)
    except OSError as error:
        return BadInput(_printable(str(path)), expected="a readable file", got=_reason(error))


def _once(stream: BinaryIO, *, origin: str, free_bytes: int) -> Raw | BadInput:
    content = Content(stream, origin=origin, free_bytes=free_bytes)
    try:
        head = content.read(HEAD)
    except BadInput as bad:
        return bad
    if not head:
        return BadInput(origin, expected="records", got="an empty input")
    if head.startswith(b"PK\x03\x04"):  # an archive's table stands at its end, where a pipe cannot go first
        return BadInput(origin, expected="records", got="a zip archive; give it as a file")
    return Raw(origin=origin, head=head, free_bytes=free_bytes, _once=content)


def _content(path: Path, member: str | None, *, origin: str, free_bytes: int) -> Content:
    try:
        if member is None:
            return Content(path.open("rb"), origin=origin, free_bytes=free_bytes)
        return Content(cast(BinaryIO, _Member(path, member, free_bytes)), origin=origin, free_bytes=free_bytes)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError) as error:
        raise BadInput(origin, expected="a readable file", got=_reason(error)) from error


class _Member:
    """A zip archive's member; closing it closes the archive. A bad one raises ValueError, as Content expects."""

    def __init__(self, path: Path, member: str, free_bytes: int) -> None:
        self._archive = zipfile.ZipFile(path)
        info = self._archive.getinfo(member)
        if info.file_size > free_bytes and info.file_size > 200 * max(1, info.compress_size):
            self._archive.close()
            raise OSError("a zip bomb")
        self._stream = self._archive.open(info)

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except zipfile.BadZipFile as error:
            raise ValueError(str(error)) from error

    def close(self) -> None:
        self._stream.close()
        self._archive.close()


class _Rejoined(Content):
    """A stream that cannot be sought back, with its head put before the rest again."""

    def __init__(self, head: bytes, rest: Content) -> None:
        super().__init__(cast(BinaryIO, rest), origin="", free_bytes=0, prefix=head)
        self._decompressor = None  # the rest is decompressed already, whatever its first bytes look like
        self._kind = None

    def _next(self) -> bytes:
        try:
            return self._take()
        except BadInput as bad:
            self._failure = bad
            return b""


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__


def _printable(path: str) -> str:
    """A path as it can be printed: a name that is no UTF-8 has its bytes shown as `\\udc..` escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
