"""JSON lines, or one JSON array, of abstracts in; a Document for each object out. A bad line costs that line only."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import BinaryIO

from kg.documents import json_record
from kg.documents.assemble import assemble
from kg.documents.bioc import is_json
from kg.documents.plain import RECORD_BYTES, peek, reporting
from kg.errors import BadInput, BadRecord
from kg.model import Document

_CHUNK = 1 << 16
_EXPECTED = "a JSON object with a title or a text"


def recognises(head: bytes) -> bool:
    """Whether this begins as JSON objects do.

    >>> recognises(b'{"pmid": "7"}'), recognises(b'[ {"pmid": "7"}]'), recognises(b"[Article in German]")
    (True, True, False)
    """
    if is_json(head):
        return False  # BioC has JSON of its own
    text = peek(head).lstrip("\ufeff \t\r\n")
    return (text[:1] == "{" and text[1:].lstrip()[:1] in ('"', "}", "")) or (
        text[:1] == "[" and text[1:].lstrip()[:1] in ("{", "]")
    )


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each object's document. A line over `record_bytes` is skipped without being held."""
    first = True
    number = 0
    while True:
        line = stream.readline(min(record_bytes + 1, _CHUNK))
        pieces = [line]
        size = len(line)
        while line and not line.endswith(b"\n") and size <= record_bytes:
            line = stream.readline(_CHUNK)
            pieces.append(line)
            size += len(line)
        whole = b"".join(pieces)
        if not whole:
            return
        number += 1
        if size > record_bytes:
            del pieces, whole
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
                size += len(line)
            yield BadRecord(origin, f"line {number}", expected=f"at most {record_bytes} bytes", got=f"{size}")
            first = False
            continue
        bare = whole.removeprefix(codecs.BOM_UTF8).strip() if first else whole.strip()
        if not bare:
            continue
        if first and (bare[:1] == b"[" or bare == b"{"):
            yield from _values(bare, stream, origin=origin, record_bytes=record_bytes)
            return
        first = False
        yield _line(bare, origin=origin, name=f"line {number}")


def _line(line: bytes, *, origin: str, name: str) -> Document | BadInput:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        return BadRecord(origin, name, expected="UTF-8 text", got=f"byte 0x{line[error.start]:02x} at {error.start}")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return BadRecord(origin, name, expected=_EXPECTED, got=f"broken JSON ({error.msg} at column {error.colno})")
    except (RecursionError, ValueError) as error:
        got = "JSON nested too deeply" if isinstance(error, RecursionError) else "a number too long"
        return BadRecord(origin, name, expected=_EXPECTED, got=got)
    return _record(value, digest=sha256(line).hexdigest(), origin=origin, name=name)


def _record(value: object, *, digest: str, origin: str, name: str) -> Document | BadInput:
    if not isinstance(value, Mapping):
        return BadRecord(origin, name, expected=_EXPECTED, got="a list" if isinstance(value, list) else "a bare value")
    try:
        return assemble(json_record.draft(value, digest=digest))
    except ValueError as error:
        return BadRecord(origin, name, expected=_EXPECTED, got=str(error))


def _values(start: bytes, stream: BinaryIO, *, origin: str, record_bytes: int) -> Iterator[Document | BadInput]:
    """The objects of an array, or objects that go over several lines, read piece by piece."""
    decode = codecs.getincrementaldecoder("utf-8")("strict").decode
    parse = json.JSONDecoder().raw_decode
    ordinal = 0
    try:
        buffer = decode(start + b"\n").lstrip("[ \t\r\n")
    except UnicodeDecodeError:
        yield BadInput(origin, expected="UTF-8 text", got="something else")
        return
    ended = False
    while True:
        buffer = buffer.lstrip(", \t\r\n")
        if buffer.startswith("]"):
            if buffer[1:].strip() or any(piece.strip() for piece in iter(lambda: stream.read(_CHUNK), b"")):
                yield BadRecord(origin, "behind the list", expected="the end, or one object a line", got="more")
            return
        if ended and not buffer:
            return
        try:
            value, end = parse(buffer)
        except (ValueError, RecursionError) as error:
            if not ended and len(buffer) <= record_bytes and not isinstance(error, RecursionError):
                # As much again as is waiting, so that a large object is not parsed from its start too often.
                piece = stream.read(max(_CHUNK, len(buffer)))
                ended = not piece
                try:
                    buffer += decode(piece, ended)
                except UnicodeDecodeError:
                    yield BadRecord(
                        origin, f"record {ordinal + 1} or later", expected="UTF-8 text", got="something else"
                    )
                    return
                continue
            got = f"more than {record_bytes} bytes" if len(buffer) > record_bytes else "broken JSON"
            yield BadRecord(origin, f"record {ordinal + 1}", expected=_EXPECTED, got=f"{got}; the rest cannot be read")
            return
        ordinal += 1
        yield _record(
            value,
            digest=sha256(buffer[:end].encode("utf-8", "surrogatepass")).hexdigest(),
            origin=origin,
            name=f"record {ordinal}",
        )
        buffer = buffer[end:]
