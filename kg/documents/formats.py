"""An input's first bytes in, the format that reads it out; and for bytes that none does, what they are."""

from __future__ import annotations

import re

from kg.documents.markup import root
from kg.documents.plain import peek
from kg.errors import BadInput
from kg.plugins import DocumentFormat, discover

_MESH_ROOTS = frozenset(
    {"DescriptorRecordSet", "QualifierRecordSet", "SupplementalRecordSet", "PharmacologicalActionSet"}
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive inside another file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
_LINES = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$")
_OTHER_TEXT = "text of another kind"


def recognise(head: bytes) -> tuple[str, DocumentFormat] | None:
    """The name and the format that recognises these bytes; of several the first by name.

    >>> recognise(b'{"pmid": "7", "title": "On SSc"}')[0]
    'jsonl'
    >>> recognise(b"dear diary")
    """
    for name, plugin in discover("kg.documents", DocumentFormat).items():
        if plugin.recognises(head):
            return name, plugin
    return None


def named(origin: str, head: bytes) -> DocumentFormat | None:
    """The format that a text's name says, for one that begins as none does: its records tell what is wrong with them.

    >>> named("set.jsonl", b"[1, 2]") is discover("kg.documents", DocumentFormat)["jsonl"]
    True
    >>> named("set.jsonl", b"%PDF-1.7"), named("diary.txt", b"dear diary")
    (None, None)
    """
    if _LINES.search(origin) is None or _told(head) != _OTHER_TEXT:
        return None
    return discover("kg.documents", DocumentFormat)["jsonl"]


def unknown(head: bytes, *, origin: str) -> BadInput:
    """What to tell of an input that no format recognises.

    >>> str(unknown(b"<DescriptorRecordSet>", origin="desc.xml")).partition(", got ")[2]
    'MeSH vocabulary in XML (<DescriptorRecordSet>)'
    """
    known = ", ".join(discover("kg.documents", DocumentFormat))
    return BadInput(origin, expected=f"records in a known format ({known})", got=_told(head))


def _told(head: bytes) -> str:
    if told := next((name for magic, name in _MAGIC if head.startswith(magic)), None):
        return told
    text = peek(head)
    if not text.strip("\ufeff \t\r\n"):
        return "only blanks"
    if re.match(r"\s*<(?:!doctype html|html)\b", text, re.I):
        return "an HTML page that is no PubMed article's"
    if name := root(head):
        return f"MeSH vocabulary in XML (<{name}>)" if name in _MESH_ROOTS else f"XML of another kind (<{name[:80]}>)"
    odd = text.count("\x00") + text.count("\N{REPLACEMENT CHARACTER}")
    return "binary data" if odd > len(text) // 20 else _OTHER_TEXT
