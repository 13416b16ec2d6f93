"""PubMed's "Abstract (text)" format in, a Document for each of its numbered records out.

A record is a block of paragraphs: citation, title, authors, affiliations, abstract, notices, identifiers. Lines are
wrapped at 80
characters, with the blank kept at the line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from kg.documents import abstract, identity
from kg.documents.assemble import Draft, assemble
from kg.documents.imprint import Imprint, imprint
from kg.documents.plain import RECORD_BYTES, decode, headline, peek, reporting, squeeze
from kg.documents.status import status
from kg.errors import BadInput, BadRecord
from kg.model import Document, Ids

_START = re.compile(r"\s*(?P<number>\d+)[.:] (?P<citation>\S.*)")
_IDENTIFIER = re.compile(r"^(?P<kind>DOI|PMID|PMCID): (?P<value>\S+)", re.M)
_NOTICE = re.compile(
    r"(?P<name>(?:Comment|Erratum|Retraction|Partial retraction|Expression of concern|Update|Corrected and "
    r"republished|Republished|Summary for patients) (?:in|on|of|for|from))\b"
)
_OTHER = re.compile(
    r"(?:Author information|Collaborators|Conflict of interest statement|Copyright|©|\(c\) ?\d{4}|Published by|"
    r"This article is|Publication types?|MeSH terms|Substances|Grant|DOI: |PMID: |PMCID: |\[Indexed|Free (?:PMC "
    r")?[Aa]rticle)",
)
_KEYWORDS = re.compile(r"key ?words?:\s*(.+)", re.I | re.S)
_LANGUAGE = re.compile(r"\[Article in ([A-Za-z, ]+)\]")
_AUTHOR_MARK = re.compile(r"\(\d+\)|\(#\)|[#*]")


def recognises(head: bytes) -> bool:
    """Whether the first line is a numbered citation with a blank line behind it.

    >>> recognises(b"1. J Invent. 1999 Mar 1;62(5):29-55.\\n\\nA title."), recognises(b"1. Wash hands.\\n\\n2. Eat.")
    (True, False)
    """
    blocks = re.split(r"\n\s*\n", peek(head).lstrip("\ufeff\r\n ").replace("\r\n", "\n"), maxsplit=1)
    return len(blocks) == 2 and _citation(blocks[0]) is not None


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each numbered record's document."""
    for ordinal, data in enumerate(_records(stream), 1):
        name = f"record {ordinal}"
        if len(data) > record_bytes:
            yield BadRecord(origin, name, expected=f"at most {record_bytes} bytes", got=f"{len(data)}")
            continue
        try:
            yield assemble(_draft(decode(data, origin=f"{origin}: {name}"), digest=sha256(data).hexdigest()))
        except BadInput as error:
            yield error
        except ValueError as error:
            yield BadRecord(origin, name, expected="a record in PubMed's abstract format", got=str(error))


def _records(stream: BinaryIO) -> Iterator[bytes]:
    """A record begins at `2. ` after a blank line, where a dated citation stands with it; so does no item of a list
    in an abstract.
    """
    lines: list[bytes] = []
    blank = True
    ordinal = 0
    while line := stream.readline(1 << 16):
        found = re.match(rb"(?:\xef\xbb\xbf)?\s*(\d+)[.:] \S.*?(?:1[89]|20)\d\d", line) if blank else None
        if found and int(found[1]) == ordinal + 1 and lines:
            yield b"".join(lines)
            lines = []
        if found and int(found[1]) == ordinal + 1:
            ordinal += 1
        blank = not line.strip()
        if lines or not blank:
            lines.append(line)
    if lines:
        yield b"".join(lines)


def _citation(block: str) -> Imprint | None:
    found = _START.match(block)
    return imprint(_flat(found["citation"] + block[found.end() :])) if found else None


def _flat(block: str) -> str:
    """The lines of a paragraph as one; where a line was broken inside a word's hyphen, no blank stood at its end."""
    return squeeze(re.sub(r"(?<=[\w)]-)\n(?=\w)", "", block).replace("\n", " "))


def _draft(text: str, *, digest: str) -> Draft:
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    printed = _citation(blocks[0]) if blocks else None
    if printed is None or len(blocks) < 2:
        raise ValueError("no citation with a title below it")
    language = None
    rest: list[str] = []
    notices: list[str] = []
    keywords: tuple[str, ...] = ()
    for block in blocks[2:]:
        if found := _LANGUAGE.fullmatch(_flat(block)):
            language = found[1]
        elif notice := _NOTICE.match(block):
            notices += [notice["name"], *(match["name"] for match in _NOTICE.finditer(block))]
        elif listed := _KEYWORDS.fullmatch(_flat(block)):
            keywords = tuple(word.strip().removesuffix(".") for word in listed[1].split(";"))
        elif not _OTHER.match(block):
            rest.append(block)
    has_authors = bool(rest) and _is_authors(rest[0], following=blocks)
    title = headline(_flat(blocks[1]))
    ids = [Ids(doi=name) for name, _, _ in identity.dois(blocks[0])[:1]]
    for match in _IDENTIFIER.finditer("\n".join(blocks[1:])):
        kind, value = match["kind"].lower(), match["value"]
        ids.insert(
            0,
            Ids(pmid=identity.pmid(value))
            if kind == "pmid"
            else Ids(doi=identity.doi(value))
            if kind == "doi"
            else Ids(pmcid=identity.pmcid(value)),
        )
    return Draft(
        format="pubmed_text",
        sha256=digest,
        ids=identity.joined(ids),
        title=title,
        abstract=abstract.parts(_flat(block) for block in rest[has_authors:]),
        keywords=keywords,
        authors=tuple(_names(rest[0])) if has_authors else (),
        date=printed.date,
        journal=printed.journal,
        volume=printed.volume,
        issue=printed.issue,
        pages=printed.pages,
        language=language,
        status=status(notices=notices, title=title),
    )


def _is_authors(block: str, *, following: list[str]) -> bool:
    """Whether a paragraph is names: it has affiliation marks, or each of its pieces is a surname and initials."""
    names = list(_names(block))
    shaped = sum(
        bool(re.fullmatch(r"(?:[\w.'’‘-]+ ){1,5}[A-Z][\w-]{0,4}(?: (?:Jr|Sr|[23]rd|2nd|II|III))?", name))
        for name in names
    )
    marked = "(1)" in block and any(other.startswith("Author information") for other in following)
    return bool(names) and (marked or shaped >= 0.8 * len(names))


def _names(block: str) -> Iterator[str]:
    for name in _AUTHOR_MARK.sub("", _flat(block)).rstrip(". ").split(","):
        if flat := squeeze(name).strip(" .;"):
            yield flat
