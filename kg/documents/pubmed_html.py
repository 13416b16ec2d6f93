"""A PubMed article's page as HTML in, its one Document out: the page's text goes to the reader of saved pages, its
meta tags come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from lxml import etree, html

from kg.documents import identity, pubmed_page
from kg.documents.imprint import iso
from kg.documents.plain import RECORD_BYTES, decode, peek, read_whole, reporting
from kg.errors import BadInput
from kg.model import Document

_IS_HTML = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|main)\b", re.I | re.S
)
_PUBMED = re.compile(
    r"pubmed\.ncbi\.nlm\.nih\.gov|name=[\"'](?:citation_pmid|ncbi_db|citation_title)[\"']|"
    r"id=[\"'](?:article-details|full-view-heading|abstract)[\"']",
    re.I,
)
_DROPPED = ("script", "style", "noscript", "template", "nav", "footer", "form", "svg", "iframe", "select", "dialog")
_MENUS = frozenset(
    {
        "dropdown",
        "keyword-actions",
        "journal-actions-links",
        "short-view",
        "actions-buttons",
        "article-actions",
        "favorites",
    }
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "button", "dd", "div", "dl", "dt", "fieldset", "figcaption"}
    | {"figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"}
    | {"section", "table", "tr", "ul"}
)


def recognises(head: bytes) -> bool:
    """Whether this is HTML with the marks of PubMed's article page.

    >>> recognises(b'<!DOCTYPE html><meta name="citation_pmid" content="7">'), recognises(b"<html><p>CAR-T</p>")
    (True, False)
    """
    text = peek(head)
    return bool(_IS_HTML.match(text)) and bool(_PUBMED.search(text))


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """The page's document, or a BadInput where it has no title."""
    data = read_whole(stream, origin=origin, limit=record_bytes)
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", decode(data, origin=origin))
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        yield BadInput(origin, expected="a PubMed page in HTML", got=str(error))
        return
    meta = {
        name.lower(): value for one in tree.iter("meta") if (name := one.get("name")) and (value := one.get("content"))
    }
    known = {
        "title": meta.get("citation_title", ""),
        "journal": meta.get("citation_journal_abbrev", ""),
        "date": iso(meta.get("citation_date", "")) or "",
    }
    pmid, doi = identity.pmid(meta.get("citation_pmid", "")), identity.doi(meta.get("citation_doi", ""))
    extra = [f"{kind}: {value}" for kind, value in (("PMID", pmid), ("DOI", doi)) if value]
    lines = _lines(tree)
    place = next((position for position, line in enumerate(lines) if line.strip().lower() == "abstract"), len(lines))
    if place == len(lines):
        place = next(
            (position + 1 for position, line in enumerate(lines) if line.strip() and line.strip() == known["title"]),
            len(lines),
        )
    lines[place:place] = extra
    yield from pubmed_page.from_lines(
        lines,
        origin=origin,
        digest=sha256(data).hexdigest(),
        format="pubmed_html",
        known={key: value for key, value in known.items() if value},
    )


def _lines(tree: etree._Element) -> list[str]:
    """The text a reader sees, a line for each block; of the whole page only the article, where it can be told."""
    found = tree.xpath("//main[@id='article-details'] | //*[@id='article-page'] | //main")
    start = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else tree
    pieces: list[str] = []
    _walk(start, pieces)
    return [re.sub(r"\s+", " ", line) for line in "".join(pieces).split("\n")]


def _walk(element: etree._Element, pieces: list[str]) -> None:
    """Depth first without recursion, since a hostile page nests deeper than Python's stack."""
    stack: list[tuple[etree._Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        block = tag in _BLOCKS
        if leaving:
            pieces.append("\n" if block else "")
            if node is not element and node.tail:
                pieces.append(re.sub(r"\s+", " ", node.tail))
            continue
        if tag in _DROPPED or node.get("hidden") is not None or _MENUS & set(node.get("class", "").split()):
            if node is not element and node.tail:
                pieces.append(re.sub(r"\s+", " ", node.tail))
            continue
        pieces.append("\n" if block else "")
        if tag == "sup" and "affiliation-links" in node.get("class", ""):
            pieces.append(" ")
        if node.text:
            pieces.append(re.sub(r"\s+", " ", node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
