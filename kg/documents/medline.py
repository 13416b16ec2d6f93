"""MEDLINE tagged text (`.nbib`, PubMed's "PubMed" format) in, a Document for each record out.

Tags are those of NLM's "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from kg.documents import abstract, identity
from kg.documents.assemble import Draft, assemble
from kg.documents.imprint import iso
from kg.documents.plain import RECORD_BYTES, decode, headline, peek, reporting
from kg.documents.status import status
from kg.errors import BadInput, BadRecord
from kg.model import Document, Ids, MeshHeading

_FIELD = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
_FIRST = re.compile(r"\s*(?:PMID- |OWN - |STAT- |(?:TI|AU|FAU|DP|JT|TA|LID|AB)  ?- )")
_STARTS = ("PMID", "OWN")
_NOTICES = {
    "RIN": "RetractionIn",
    "EIN": "ErratumIn",
    "ECI": "ExpressionOfConcernIn",
    "CRI": "CorrectedAndRepublishedIn",
    "PRIN": "PartialRetractionIn",
}


def recognises(head: bytes) -> bool:
    """Whether the first line is a tagged field.

    >>> recognises(b"\\nPMID- 12230038\\nOWN - NLM\\n"), recognises(b"PMID: 7")
    (True, False)
    """
    return bool(_FIRST.match(peek(head).lstrip("\ufeff")))


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each record's document; a record ends at a blank line, or where the next one's first field stands."""
    for ordinal, (data, bad) in enumerate(_records(stream, record_bytes=record_bytes), 1):
        name = f"record {ordinal}"
        if bad:
            yield BadRecord(origin, name, expected=f"at most {record_bytes} bytes", got="more")
            continue
        try:
            yield assemble(_draft(_fields(decode(data, origin=f"{origin}: {name}")), digest=sha256(data).hexdigest()))
        except BadInput as error:
            yield error
        except ValueError as error:
            yield BadRecord(origin, name, expected="a MEDLINE record", got=str(error))


def _records(stream: BinaryIO, *, record_bytes: int) -> Iterator[tuple[bytes, bool]]:
    """Each record's bytes, and whether it was too large, in which case they are cut."""
    lines: list[bytes] = []
    size = 0
    begun = False

    def whole() -> tuple[bytes, bool]:
        return b"".join(lines), size > record_bytes

    while line := stream.readline(1 << 16):
        tag = line[:4].rstrip().decode("ascii", "replace").lstrip("\ufeff")
        starts = (tag in _STARTS[:1] and line[4:5] == b"-") or (
            tag == _STARTS[1]
            and not any(one[:4] == b"PMID" for one in lines)
            and any(one[:3] == b"OWN" for one in lines)
        )
        if lines and (not line.strip() or (starts and begun)):
            yield whole()
            lines, size, begun = [], 0, False
        if line.strip():
            begun = begun or bool(re.match(rb"(?:\xef\xbb\xbf)?[A-Z]", line))
            size += len(line)
            if size <= record_bytes:
                lines.append(line)
            elif not lines:
                lines.append(b"")
    if lines:
        yield whole()


def _fields(text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.split("\n"):
        if line.startswith("      ") and current:
            current[-1] = f"{current[-1].rstrip()} {line.strip()}"
        elif found := _FIELD.match(line):
            current = fields.setdefault(found["tag"], [])
            current.append(found["value"].strip())
        elif line.strip() and current:
            current[-1] = f"{current[-1].rstrip()} {line.strip()}"
    return fields


def _draft(fields: dict[str, list[str]], *, digest: str) -> Draft:
    if not fields:
        raise ValueError("no tagged field")
    title = headline(_one(fields, "TI") or _one(fields, "TT") or _one(fields, "BTI"))
    text = _one(fields, "AB")
    if not title and not text:
        raise ValueError("neither title (TI) nor abstract (AB)")
    types = tuple(fields.get("PT", ()))
    marked = [value for tag in ("AID", "LID") for value in fields.get(tag, ())]
    dois = [
        found
        for value in marked
        if (found := identity.doi(re.sub(r"\s*\[doi\]$", "", value))) is not None and "[pii]" not in value
    ]
    return Draft(
        format="medline",
        sha256=digest,
        ids=Ids(
            pmid=identity.pmid(_one(fields, "PMID")),
            doi=dois[0] if dois else None,
            pmcid=identity.pmcid(_one(fields, "PMC")),
            nct=identity.trials(fields.get("SI", ())),
        ),
        title=title,
        abstract=abstract.parts([text]) if text else (),
        keywords=tuple(value.replace("*", "").removesuffix(".") for value in fields.get("OT", ())),
        authors=tuple(_named(value) for value in (fields.get("FAU") or fields.get("AU") or ()))
        + tuple(fields.get("CN", ())),
        date=_date(fields),
        journal=_one(fields, "TA") or _one(fields, "JT") or _one(fields, "BTI") or None,
        volume=_one(fields, "VI") or None,
        issue=_one(fields, "IP") or None,
        pages=_one(fields, "PG") or None,
        language=_one(fields, "LA") or None,
        publication_types=types,
        mesh=tuple(_heading(value) for value in fields.get("MH", ())),
        status=status(types=types, notices=[notice for tag, notice in _NOTICES.items() if tag in fields], title=title),
    )


def _date(fields: dict[str, list[str]]) -> str | None:
    """The issue's date; the electronic one (DEP) where the paper has no printed form or the issue's is but the same
    year.
    """
    printed = iso(_one(fields, "DP"))
    digits = _one(fields, "DEP")
    electronic = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if re.fullmatch(r"\d{8}", digits) else None
    if electronic and (
        printed is None or _one(fields, "PST") == "epublish" or (len(printed) == 4 and electronic.startswith(printed))
    ):
        return electronic
    return printed


def _heading(value: str) -> MeshHeading:
    """`*Arthritis, Rheumatoid/drug therapy/*genetics`: by name, since the format has no numbers."""
    name, *qualifiers = value.replace("*", "").split("/")
    return MeshHeading(ui="", name=name, major="*" in value, qualifiers=tuple(qualifiers))


def _named(author: str) -> str:
    """`Mangalam, Harry J` the way it is spoken."""
    last, comma, first = author.partition(", ")
    return f"{first} {last}" if comma else author


def _one(fields: dict[str, list[str]], tag: str) -> str:
    return fields.get(tag, [""])[0]
