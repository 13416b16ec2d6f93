"""A PubMed article's page, saved or copied as text, in; its one Document out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import BinaryIO

from kg.documents import abstract, citation, front, page
from kg.documents.assemble import Draft, Passage, assemble
from kg.documents.imprint import imprint
from kg.documents.plain import RECORD_BYTES, decode, headline, peek, read_whole, reporting
from kg.documents.status import status
from kg.errors import BadInput
from kg.model import Document, MeshHeading, Reference

# Words that only PubMed's article page has, each on a line of its own or at a line's end.
_SIGNS = re.compile(
    r"^\s*(?:PubMed Disclaimer|LinkOut - more resources|Similar articles|Cited by|Affiliations?|Full text links|"
    r"Publication types|MeSH terms|"
    r"Conflict of interest statement|Figures|References|Abstract|Skip to main page content|Grants and funding|"
    r"Substances|Supplementary info|"
    r"(?:Comment|Erratum|Retraction) in|Update of|Related information)\s*$"
    r"|-\s*(?:DOI|PMC|PubMed)\s*$|^\s*PMID:\s*\d+|^\s*PMCID:\s*PMC\d+",
    re.M | re.I,
)
_OTHERS = re.compile(r"\s*(?:[<{\[]|PMID- |OWN - |\d+\|[ta]\||\d+: |\d+\. [^\n]*\d{4}[^\n]*\n\s*\n)")
_LABEL = re.compile(
    r"(?P<label>(?:supplementary |extended data |online )?(?:fig(?:ure)?s?|scheme|box|chart|plate|graphical "
    r"abstract|image)\b\.?\s*(?:[A-Z]?\d+[A-Za-z]?|[IVX]+)?)(?P<end>\s*[.:|]?\s*)(?P<rest>.*)",
    re.I,
)
_ITEM = re.compile(r"(?:(?P<number>\d{1,4})[.)]|[•*‣◦])\s+(?P<rest>\S.*)")
_LINKS = re.compile(
    r"(?:\s*[-–—|]?\s*\[?\b(?:DOI|PMC|PubMed(?: Central)?|Google Scholar|Cross ?Ref|Web of Science|Scopus|NCBI|"
    r"NLM Catalog|Free (?:PMC )?article|Full Text)\b\]?)+\s*$"
)
_LINK_ONLY = re.compile(
    r"(?:\s*[-–—|]?\s*\[?(?:DOI|PMC|PubMed|PubMed Central|Google Scholar|Cross ?Ref|Free (?:PMC )?article)\]?)+\s*"
)
_MENU = re.compile(r"(?:search in (?:pubmed|mesh)|add to search|actions|expand|collapse)", re.I)


def recognises(head: bytes) -> bool:
    """Whether this is such a page: the line of its citation, and at least two of the words that stand around it.

    >>> recognises(b". 2024 Dec 12:15:1.\\ndoi: 10.5555/x.\\n\\nA title\\n\\nAffiliations\\n\\nAbstract\\n\\nText.\\n")
    True
    >>> recognises(b"Skip to main page content\\nAn abstract of a talk in 2024\\n")
    False
    """
    text = peek(head)
    if _OTHERS.match(text) or "\x00" in text:
        return False
    signs = {match[0].strip().lower() for match in _SIGNS.finditer(text)}
    cited = any(
        imprint(line) for line in text.splitlines() if re.search(r"\b(?:18|19|20)\d\d\b", line) and len(line) < 400
    )
    return len(signs) >= (2 if cited else 4)


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """The page's document, or a BadInput where it has no title."""
    data = read_whole(stream, origin=origin, limit=record_bytes)
    yield from from_lines(
        decode(data, origin=origin).split("\n"), origin=origin, digest=sha256(data).hexdigest(), format="pubmed_page"
    )


def from_lines(
    lines: Sequence[str], *, origin: str, digest: str, format: str, known: Mapping[str, str] | None = None
) -> Iterator[Document | BadInput]:
    """The document of a page's lines.

    Args:
        digest: the sha256 of the raw record.
        known: what is known from elsewhere and comes first: `title`, `journal`, `pmid`, `doi`, `date`.
    """
    told = dict(known or {})
    parts = page.parse(lines)
    head = front.parse(parts.front)
    title = headline(told.get("title") or head.title)
    if not title or not (
        head.imprint or any(parts.sections.get(name) for name in (page.ABSTRACT, page.REFERENCES)) or head.ids.curies
    ):
        yield BadInput(
            origin,
            expected="a PubMed article's page with a title",
            got="none" if not title else "a page of another kind",
        )
        return
    notices = tuple(parts.sections)
    types = _types(head.publication_types, parts.sections.get(page.TYPES, ()))
    printed = head.imprint
    try:
        yield assemble(
            Draft(
                format=format,
                sha256=digest,
                ids=head.ids,
                title=title,
                abstract=abstract.parts(_paragraphs(parts.sections.get(page.ABSTRACT, ()))),
                keywords=_keywords(parts.sections.get(page.KEYWORDS, ())),
                figures=_figures(parts.sections.get(page.FIGURES, ())),
                references=_references(parts.sections.get(page.REFERENCES, ())),
                authors=head.authors,
                date=told.get("date") or (printed.date if printed else None),
                journal=told.get("journal") or head.journal,
                volume=printed.volume if printed else None,
                issue=printed.issue if printed else None,
                pages=printed.pages if printed else None,
                language=head.language,
                publication_types=types,
                mesh=_mesh(parts.sections.get(page.MESH, ())),
                status=status(types=types, notices=notices, title=title),
            )
        )
    except ValueError as error:
        yield BadInput(origin, expected="a PubMed article's page", got=str(error))


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined where one was only wrapped: it is as long as a window, ends in mid-sentence, and no blank line
    follows.
    """
    found: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
            continue
        before = found[-1] if found and not fresh else ""
        wrapped = len(before.rsplit("\n", 1)[-1]) >= 40 and (before[-1:] not in '.!?:)]”"' or line[0].islower())
        if before and wrapped:
            found[-1] = f"{before} {line}"
        else:
            found.append(line)
        fresh = False
    return found


def _keywords(lines: Sequence[str]) -> tuple[str, ...]:
    joined = " ".join(line for line in lines if line).strip()
    mark = ";" if ";" in joined else ","
    words = [word.strip() for word in joined.split(mark)]
    if words and words[-1].endswith(".") and not words[-1].endswith(".."):
        words[-1] = words[-1][:-1]  # the page ends the list with a full stop
    return tuple(word for word in words if word)


def _figures(lines: Sequence[str]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    label = ""
    for line in lines:
        if not line:
            continue
        match = _LABEL.fullmatch(line)
        rest = match["rest"] if match else line
        if match and (again := _LABEL.fullmatch(rest)) and again["label"].lower() == match["label"].lower():
            rest = again["rest"]  # the picture's own name, then the legend's: "FIGURE 1 FIGURE 1 The process"
        if match and (not rest or match["end"].strip() or rest[0].isupper() or rest[0] == "("):
            label = match["label"].strip(" .")
            if rest:
                found.append(Passage(label, rest))
                label = ""
        elif label or not found:
            found.append(Passage(label, line))
            label = ""
        else:
            found[-1] = Passage(found[-1].label, f"{found[-1].text} {line}")
    return tuple(dict.fromkeys(found))


def _references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """A reference for each item, or for each line where the list has no numbers; link words are left out."""
    items: list[str] = []
    # The outer list of a nested one is printed as a number alone, or as the one number of every item.
    numbered = any(_ITEM.fullmatch(line) for line in lines)
    for line in lines:
        match = _ITEM.fullmatch(line)
        if not line or _LINK_ONLY.fullmatch(line) or re.fullmatch(r"\d+[.)]", line):
            continue
        if match:
            items.append(match["rest"])
        elif numbered and items:
            items[-1] = f"{_LINKS.sub('', items[-1])} {line}"
        else:
            items.append(line)
    texts = [text for item in items if len(text := _LINKS.sub("", item).strip(" -–")) > 8]
    return tuple(citation.parse(text, number=number) for number, text in enumerate(texts, 1))


def _types(above: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    listed = [line for line in lines if line and not _MENU.fullmatch(line)]
    known = {name.lower() for name in above}
    return (*above, *(name for name in listed if name.lower() not in known))


def _mesh(lines: Sequence[str]) -> tuple[MeshHeading, ...]:
    """Headings by name, since the page prints no numbers; `*` marks a major topic, and `/` parts the qualifier."""
    found: dict[str, MeshHeading] = {}
    for line in lines:
        if not line or _MENU.fullmatch(line):
            continue
        name, _, qualifier = (piece.strip() for piece in line.replace("*", "").partition("/"))
        if not name:
            continue
        before = found.get(name)
        qualifiers = (before.qualifiers if before else ()) + ((qualifier,) if qualifier else ())
        found[name] = MeshHeading(
            ui="", name=name, major="*" in line or (before.major if before else False), qualifiers=qualifiers
        )
    return tuple(found.values())
