"""A compressed binary stream in, its content out: gzip, bzip2 and xz told from magic bytes, bombs and cuts reported.

The standard library's readers lose what they had decompressed when they meet a cut; this one gives it out first and
raises
afterwards, so that the records before the cut are kept.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from kg.errors import BadInput

# A gzipped MEDLINE baseline file expands 8 to 15 times, the worst text we saw (one word, repeated in tables) 90 times;
# deflate's own limit is 1,032, bzip2 and xz go to a million.
RATIO = 200
_CHUNK = 1 << 16
_FAILURES = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class _Decompressor(Protocol):
    """What zlib, bz2 and lzma objects have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """zlib's object with the surface that bz2's and lzma's have: it keeps what it has not used yet."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_KINDS: tuple[tuple[bytes, str, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", "gzip", _Gzip),
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    # 256 MiB is four times what `xz -9` asks for; a hostile header can ask for 4 GiB.
    (b"\xfd7zXZ\x00", "xz", lambda: lzma.LZMADecompressor(memlimit=1 << 28)),
)


def compression(magic: bytes) -> str | None:
    """The name of the compression that these first bytes tell of, or None.

    >>> compression(b"\\x1f\\x8b\\x08"), compression(b"PMID- 1")
    ('gzip', None)
    """
    return next((name for start, name, _ in _KINDS if magic.startswith(start)), None)


class Content(io.BufferedIOBase):
    """The decompressed content of a binary stream, for reading forwards once.

    `read(size)` may give less than asked for when an error is due; the error, a BadInput, comes with the next call.

    >>> import gzip, io
    >>> Content(io.BytesIO(gzip.compress(b"one\\ntwo")), origin="x.gz", free_bytes=100).readline()
    b'one\\n'
    """

    def __init__(self, inner: BinaryIO, *, origin: str, free_bytes: int, prefix: bytes = b"") -> None:
        """Args:
        inner: the stream to read; it is closed with this one.
        origin: how messages name it.
        free_bytes: up to this size the ratio is not looked at.
        prefix: what was read from `inner` already.
        """
        super().__init__()
        self._inner = inner
        self._origin = origin
        self._free = free_bytes
        self._prefix = prefix
        self._taken = 0
        self._given = 0
        self._buffer = b""
        self._at = 0
        self._failure: BadInput | None = None
        self._ended = False
        self._kind: str | None = None
        self._make: Callable[[], _Decompressor] | None = None
        self._decompressor: _Decompressor | None = None
        self._hungry = True
        self._begin()

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes; everything when it is negative.

        Raises:
            BadInput: the content is cut, corrupt, unreadable or a bomb, and all that stands before was given out.
        """
        pieces: list[bytes] = []
        wanted = -1 if size is None or size < 0 else size
        while wanted:
            if self._at >= len(self._buffer) and not self._fill():
                break
            piece = self._buffer[self._at :] if wanted < 0 else self._buffer[self._at : self._at + wanted]
            self._at += len(piece)
            wanted -= len(piece) if wanted > 0 else 0
            pieces.append(piece)
        if not pieces and wanted:
            self._raise()
        return b"".join(pieces)

    def read1(self, size: int = -1, /) -> bytes:
        return self.read(_CHUNK if size < 0 else size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """One line with its end, or the first `size` bytes of it. Raises as `read` does."""
        pieces: list[bytes] = []
        left = -1 if size is None or size < 0 else size
        while left:
            if self._at >= len(self._buffer) and not self._fill():
                break
            limit = len(self._buffer) if left < 0 else min(len(self._buffer), self._at + left)
            end = self._buffer.find(b"\n", self._at, limit) + 1
            piece = self._buffer[self._at : end or limit]
            self._at += len(piece)
            left -= len(piece) if left > 0 else 0
            pieces.append(piece)
            if end:
                break
        if not pieces and left:
            self._raise()
        return b"".join(pieces)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _begin(self) -> None:
        try:
            while len(self._prefix) < 6 and (more := self._inner.read(_CHUNK)):
                self._prefix += more
        except _FAILURES as error:
            self._fail("readable bytes", str(error) or type(error).__name__)
        self._kind = compression(self._prefix)
        self._make = next((make for _, name, make in _KINDS if name == self._kind), None)
        self._decompressor = self._make() if self._make else None

    def _fill(self) -> bool:
        """Whether there is more; afterwards `_buffer` holds it."""
        while self._failure is None and not self._ended:
            try:
                piece = self._next()
            except _FAILURES as error:
                self._fail(f"{self._kind or 'readable'} data", str(error) or type(error).__name__)
                return False
            if piece:
                self._given += len(piece)
                if self._kind and self._given > self._free and self._given > RATIO * self._taken:
                    self._fail(f"at most {RATIO} bytes of content for each byte", f"a {self._kind} bomb")
                    return False
                self._buffer, self._at = piece, 0
                return True
        return False

    def _next(self) -> bytes:
        """The next piece of content; empty when more must be read or when all was."""
        if self._decompressor is None:
            return self._take()
        if self._decompressor.eof:
            return self._next_member()
        data = self._take_compressed() if self._hungry else b""
        piece = self._decompressor.decompress(data, _CHUNK)
        # An empty piece, not the absence of input, is what tells that the decompressor holds nothing back.
        self._hungry = len(piece) < _CHUNK and not self._decompressor.eof
        return piece

    def _next_member(self) -> bytes:
        assert self._decompressor is not None
        assert self._make is not None
        rest = self._decompressor.unused_data.lstrip(b"\0") or self._take().lstrip(b"\0")
        if rest and compression(rest + self._peek(rest)) == self._kind:
            self._decompressor = self._make()
            self._hungry = True
            self._prefix = rest + self._prefix
            self._taken -= len(rest)
        elif rest:
            self._fail(f"{self._kind} data to the end", "other bytes after it")
        else:
            self._ended = True
        return b""

    def _peek(self, rest: bytes) -> bytes:
        """More bytes where `rest` is too short to tell what it is; they are put back."""
        if len(rest) < 6 and not self._prefix:
            self._prefix = self._inner.read(_CHUNK)
        return self._prefix[:6]

    def _take_compressed(self) -> bytes:
        data = self._take()
        if not data:
            self._ended = False
            raise EOFError("the end before its time (truncated)")
        return data

    def _take(self) -> bytes:
        data, self._prefix = (self._prefix, b"") if self._prefix else (self._inner.read(_CHUNK), b"")
        self._taken += len(data)
        self._ended = not data
        return data

    def _fail(self, expected: str, got: str) -> None:
        self._failure = BadInput(self._origin, expected=expected, got=got)
