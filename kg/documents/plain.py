"""Text as an input gives it in, text that every output can hold out, of the same length; and the reading of whole
inputs.

`scrub` keeps every offset; `squeeze` is for what has no offsets of its own (a citation, a keyword, an author).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import BinaryIO, Protocol

from kg.config import Config
from kg.errors import BadInput
from kg.model import Document

RECORD_BYTES = Config().record_bytes
_CHUNK = 1 << 16
# C0 and C1 but the line feed; and what turns the direction of all that comes after it (UAX #9, sections 2.1 to 2.4: an
# override left open in a title would reverse what a page or terminal shows beside it).
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# XML 1.0 section 2.2 has no room for the two noncharacters, and no UTF-8 for lone surrogates.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_BLANKS = "\n\xa0\u2009\u202f"  # what else stands in texts that Python takes for unprintable; no width is changed
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Read(Protocol):
    def __call__(
        self, stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES
    ) -> Iterator[Document | BadInput]: ...


def reporting(read: Callable[..., Iterator[Document | BadInput]]) -> _Read:
    """A format's `read` that yields the BadInput which its stream raised, as its last item.

    >>> @reporting
    ... def read(stream, *, origin, record_bytes=RECORD_BYTES):
    ...     raise BadInput(origin, expected="gzip data", got="a cut")
    ...     yield
    >>> [str(bad) for bad in read(None, origin="x.gz")]
    ['x.gz: expected gzip data, got a cut']
    """

    @wraps(read)
    def reported(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
        try:
            yield from read(stream, origin=origin, record_bytes=record_bytes)
        except BadInput as bad:
            yield bad

    return reported


def scrub(text: str) -> str:
    """The same text, as long as before, in which control characters are blanks and the unwritable is U+FFFD.

    Line feeds stay. Embeddings, overrides and isolates of direction count as control characters.

    >>> scrub("a\\x00b\\td\\ud800")
    'a b d\N{REPLACEMENT CHARACTER}'
    >>> scrub("SSc\\u202ex")
    'SSc x'
    """
    if text.isprintable():
        return text  # most are, and nothing of the above is printable
    plain = text
    for blank in _BLANKS:
        plain = plain.replace(blank, " ")
    if plain.isprintable():
        return text
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", text))


def squeeze(text: str) -> str:
    """Scrubbed text on one line, with single blanks and none around.

    >>> squeeze(" SSc \\n\\u00a0 and  SLE ")
    'SSc and SLE'
    """
    return " ".join((text if text.isprintable() else scrub(text)).split())


def headline(title: str) -> str:
    """A title as NLM's formats give it, without the final period that they add.

    >>> headline("CAR-T cells in SSc."), headline("Hope or hype?"), headline("[Lupus nephritis].")
    ('CAR-T cells in SSc', 'Hope or hype?', '[Lupus nephritis]')
    """
    flat = squeeze(title)
    return flat[:-1].rstrip() if flat.endswith(".") and not flat.endswith("..") else flat


def peek(head: bytes) -> str:
    """The first bytes as text, for telling a format; what is no text is replaced.

    >>> peek(b"\\xef\\xbb\\xbfPMID- 1\\xe2\\x80")
    'PMID- 1\N{REPLACEMENT CHARACTER}'
    """
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "replace")


def decode(data: bytes, *, origin: str) -> str:
    """UTF-8, or UTF-16 with its mark, as text with line feeds for line ends.

    Raises:
        BadInput: it is neither.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        got = f"byte 0x{data[error.start]:02x} at {error.start}" if error.start < len(data) else "a cut character"
        raise BadInput(origin, expected="UTF-8 text", got=got) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_whole(stream: BinaryIO, *, origin: str, limit: int) -> bytes:
    """All of a stream that holds a single record.

    Raises:
        BadInput: it is larger than `limit` bytes.
    """
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise BadInput(origin, expected=f"a record of at most {limit} bytes", got="a larger one")
    return b"".join(pieces)
