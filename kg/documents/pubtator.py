"""PubTator text in (`PMID|t|title`, `PMID|a|abstract`), a Document for each record out, to the character. Annotations
are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from kg.documents import identity
from kg.documents.assemble import Draft, Passage, assemble
from kg.documents.plain import RECORD_BYTES, peek, reporting, squeeze
from kg.errors import BadInput, BadRecord
from kg.model import Document, Ids

_LINE = re.compile(rb"(?:\xef\xbb\xbf)?([^|\t\r\n]{1,200})\|([ta])\|([^\r\n]*)")
_HEAD = re.compile(r"\ufeff?\s*[^|\t\r\n]{1,200}\|[ta]\|")


def recognises(head: bytes) -> bool:
    """Whether the first line is a title's.

    >>> recognises(b"10192393|t|A common human skin tumour\\n"), recognises(b"a|b|c")
    (True, False)
    """
    return bool(_HEAD.match(peek(head)))


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each record's document; a record is the lines of one id that follow each other."""
    name = b""
    parts: dict[bytes, bytes] = {}
    number = 0
    while line := stream.readline(record_bytes + 1):
        number += 1
        if len(line) > record_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 16)
            yield BadRecord(origin, f"line {number}", expected=f"at most {record_bytes} bytes", got="more")
            continue
        found = _LINE.match(line)
        if found is None:
            if line.strip() and line.count(b"\t") < 3:
                yield BadRecord(
                    origin, f"line {number}", expected="a title, an abstract or an annotation", got="another line"
                )
            continue
        if parts and (found[1] != name or found[2] in parts):
            yield _record(name, parts, origin=origin)
            parts = {}
        name = found[1]
        parts[found[2]] = found[3]
    if parts:
        yield _record(name, parts, origin=origin)


def _record(name: bytes, parts: dict[bytes, bytes], *, origin: str) -> Document | BadInput:
    given = squeeze(name.decode("utf-8", "replace"))
    try:
        title, body = (parts.get(kind, b"").decode("utf-8") for kind in (b"t", b"a"))
        pmid = identity.pmid(given)
        ids = Ids(pmid=pmid, pmcid=None if pmid else identity.pmcid(given))
        digest = sha256(b"|".join((name, parts.get(b"t", b""), parts.get(b"a", b"")))).hexdigest()
        return assemble(
            Draft(
                format="pubtator",
                sha256=digest,
                id=None if ids.curies else f"record:{given}",
                ids=ids,
                title=title,
                abstract=(Passage("", body),) if body else (),
            )
        )
    except UnicodeDecodeError:
        return BadRecord(origin, given, expected="UTF-8 text", got="something else")
    except ValueError as error:
        return BadRecord(origin, given, expected="a title or an abstract", got=str(error))
