"""BioC collections in XML or JSON in, a Document for each of their documents out. Annotations are left.

The XML is that of BioC.dtd (Comeau et al. 2013, doi:10.1093/database/bat064). Of JSON there are a collection, a list
of collections, PubTator's list of documents, and a document a line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO

import msgspec
from lxml import etree

from kg.documents.assemble import assemble
from kg.documents.bioc_record import Piece, draft
from kg.documents.markup import canonical, elements, root
from kg.documents.plain import RECORD_BYTES, peek, read_whole, reporting
from kg.errors import BadInput, BadRecord
from kg.model import Document

_EXPECTED = "a BioC document with a title or an abstract"
_JSON = re.compile(r'"(?:documents|passages)"\s*:\s*\[')
_XML = re.compile(r"<document[\s>]|BioC\.dtd")
_CHUNK = 1 << 16
# More blanks between two sentences than a paragraph has are a mistake of who counted.
_GAP = 100
# Lists of documents, by the names under which their makers put them.
_LISTS = ("documents", "PubTator3", "PubTator")


class _Sentence(msgspec.Struct):
    text: str | None = None
    offset: int = 0


class _Passage(msgspec.Struct):
    text: str | None = None
    infons: dict[str, object] | None = None
    sentences: list[_Sentence] | None = None
    offset: int = 0


class _Document(msgspec.Struct):
    id: str | int = ""
    passages: list[_Passage] = []


def recognises(head: bytes) -> bool:
    """Whether this is a BioC collection in XML, or JSON with documents of passages.

    >>> recognises(b'<collection><source/><document>'), recognises(b'{"id": "7", "passages": [')
    (True, True)
    >>> recognises(b'{"pmid": "7", "title": "On SSc"}')
    False
    """
    return (root(head) == "collection" and bool(_XML.search(peek(head)))) or is_json(head)


def is_json(head: bytes) -> bool:
    """Whether JSON is BioC's and not one of plain records.

    >>> is_json(b'[{"source": "PMC", "documents": [{'), is_json(b'[{"abstract": "passages: ["}]')
    (True, False)
    """
    text = peek(head).lstrip("\ufeff \t\r\n")
    return text[:1] in ("{", "[") and bool(_JSON.search(text))


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each document's; one that cannot be read costs that one only. JSON that is no document a line is read whole."""
    start = stream.readline(_CHUNK)
    if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"["):
        yield from _json(start, stream, origin=origin, record_bytes=record_bytes)
    else:
        yield from _xml(start, stream, origin=origin, record_bytes=record_bytes)


def _xml(start: bytes, stream: BinaryIO, *, origin: str, record_bytes: int) -> Iterator[Document | BadInput]:
    found = elements(
        stream,
        origin=origin,
        record_bytes=record_bytes,
        roots=frozenset({"collection"}),
        records=frozenset({"document"}),
        kind="BioC",
        start=start,
    )
    for ordinal, element in enumerate(found, start=1):
        if isinstance(element, BadInput):
            yield element
            continue
        above = element.getparent()
        source = above.findtext("{*}source") if above is not None else None
        whole = canonical(element)
        name = element.findtext("{*}id") or ""
        if len(whole) > record_bytes:
            got = f"one of {len(whole)} bytes"
            yield BadRecord(origin, f"document {ordinal} ({name})", expected=f"at most {record_bytes} bytes", got=got)
            continue
        pieces = [_piece(one) for one in element.iterfind("{*}passage")]
        yield _record(name, pieces, source=source or "", whole=whole, origin=origin, ordinal=ordinal)


def _piece(passage: etree._Element) -> Piece:
    infons = {one.get("key", ""): one.text or "" for one in passage.iterfind("{*}infon")}
    text = passage.findtext("{*}text") or _joined(
        (_whole(one.findtext("{*}offset")), one.findtext("{*}text") or "") for one in passage.iterfind("{*}sentence")
    )
    return Piece(text, infons)


def _whole(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0


def _joined(sentences: Iterable[tuple[int, str]]) -> str:
    """Sentences as one text, with as many blanks between them as their offsets leave."""
    whole, begin = "", None
    for offset, text in sentences:
        begin = offset if begin is None else begin
        whole = whole.ljust(min(offset - begin, len(whole) + _GAP)) if offset - begin > len(whole) else whole
        whole += text if not whole or whole[-1:].isspace() or offset - begin == len(whole) else f" {text}"
    return whole


def _json(start: bytes, stream: BinaryIO, *, origin: str, record_bytes: int) -> Iterator[Document | BadInput]:
    line = start
    while not line.endswith(b"\n") and len(line) <= record_bytes and (more := stream.readline(_CHUNK)):
        line += more
    try:
        alone = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8), type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        alone = {}
    ordinal = 0
    if "passages" in alone:
        while line:
            if len(line) > record_bytes:
                yield BadInput(origin, expected=f"lines of at most {record_bytes} bytes", got="a longer one")
                return
            if line.strip():
                ordinal += 1
                yield _document(line.removeprefix(codecs.BOM_UTF8), "", origin=origin, ordinal=ordinal)
            line = stream.readline(record_bytes + 1)
        return
    rest = read_whole(stream, origin=origin, limit=record_bytes - len(line))
    for source, one in _documents(msgspec.Raw((line + rest).removeprefix(codecs.BOM_UTF8)), "", origin=origin):
        ordinal += 1
        yield _document(bytes(one), source, origin=origin, ordinal=ordinal)
    if ordinal == 0:
        yield BadInput(origin, expected="at least one document of BioC", got="none")


def _documents(value: msgspec.Raw, source: str, *, origin: str) -> Iterator[tuple[str, msgspec.Raw]]:
    """Every document of a value, with the source that its collection tells; lists may hold collections."""
    try:
        found = msgspec.json.decode(value, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
        if isinstance(found, list):
            inner = found
        elif "passages" in found:
            yield source, value
            return
        else:
            source = msgspec.json.decode(found["source"], type=str) if "source" in found else source
            inner = next(
                (msgspec.json.decode(found[name], type=list[msgspec.Raw]) for name in _LISTS if name in found), []
            )
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(origin, expected="BioC in JSON", got=str(error)) from error
    for one in inner:
        yield from _documents(one, source, origin=origin)


def _document(data: bytes, source: str, *, origin: str, ordinal: int) -> Document | BadInput:
    try:
        found = msgspec.json.decode(data, type=_Document)
    except (msgspec.DecodeError, RecursionError) as error:
        return BadRecord(origin, f"document {ordinal}", expected=_EXPECTED, got=str(error))
    pieces = [
        Piece(
            one.text or _joined((sentence.offset, sentence.text or "") for sentence in one.sentences or ()),
            {
                key: value if isinstance(value, str) else str(value)
                for key, value in (one.infons or {}).items()
                if value is not None
            },
        )
        for one in found.passages
    ]
    return _record(str(found.id), pieces, source=source, whole=data, origin=origin, ordinal=ordinal)


def _record(
    name: str, pieces: list[Piece], *, source: str, whole: bytes, origin: str, ordinal: int
) -> Document | BadInput:
    try:
        return assemble(draft(name, pieces, source=source, digest=sha256(whole).hexdigest()))
    except ValueError as error:
        return BadRecord(origin, f"document {ordinal} ({name})", expected=_EXPECTED, got=str(error))
