"""A `<ref>` of a JATS reference list in, its References out; what the mark-up names goes before what can be guessed.

A list is printed in two ways: with its punctuation (`mixed-citation`), which is kept as printed, or in bare fields
(`element-citation`), which are put into the order of Citing Medicine: authors, title, journal, year, volume, pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from kg.documents import citation, identity
from kg.documents.markup import name_of, prose, text
from kg.model import Ids, Reference

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
# What a work is called, the part before the whole: an article in a journal, a chapter in a book, a book.
_TITLES = ("article-title", "chapter-title", "part-title", "trans-title", "data-title")
_PRINTED = re.compile(r"[.,;:]\s")


def references(reference: etree._Element, *, number: int) -> Iterator[Reference]:
    """Each work that the entry cites; most cite one, some of chemistry (a), (b) and (c). Their offsets are their own.

    >>> entry = etree.fromstring(
    ...     "<ref><label>1</label><element-citation><person-group><name><surname>Lee</surname><given-names>A B"
    ...     "</given-names></name></person-group><article-title>On SSc</article-title><source>J Invent</source>"
    ...     "<year>2020</year><volume>3</volume><fpage>4</fpage><lpage>9</lpage></element-citation></ref>"
    ... )
    >>> (one,) = references(entry, number=1)
    >>> one.citation, one.title
    ('Lee A B. On SSc. J Invent. 2020;3:4-9.', 'On SSc')
    """
    for element in reference.iter(etree.Element):
        if name_of(element) in _CITATIONS:
            found = _reference(element, number=number)
            if found is not None:
                yield found
                number += 1


def _reference(element: etree._Element, *, number: int) -> Reference | None:
    title = next((found for name in _TITLES if (found := _one(element, name))), "")
    journal = _one(element, "source") or None
    kind = element.get("publication-type") or element.get("citation-type") or ""
    if not title and kind in ("book", "thesis", "report", "web", "software"):
        title, journal = journal or "", None
    authors = tuple(_authors(element))
    year = _year(element)
    volume, pages = _one(element, "volume") or None, _pages(element)
    printed = _printed(element)
    # Fields without punctuation between them say nothing when run together.
    if not _between(element):
        printed = _composed(authors, title, journal, year, volume, _one(element, "issue"), pages) or printed
    if not printed:
        return None
    ids = identity.joined(_ids(element))
    guessed = citation.parse(printed, number=number, ids=ids)
    start = guessed.citation.find(title) if title else -1
    named = msgspec.structs.replace(
        guessed,
        authors=authors or guessed.authors,
        year=year or guessed.year,
        journal=journal or guessed.journal,
        volume=volume or guessed.volume,
        pages=pages or guessed.pages,
    )
    if start < 0:
        # Where the fields are marked, what is not marked as a title is none: many lists of chemistry give none.
        known = journal is not None or title
        return msgspec.structs.replace(named, title=None, title_start=0, title_end=0) if known else named
    return msgspec.structs.replace(named, title=title, title_start=start, title_end=start + len(title))


def _one(element: etree._Element, name: str) -> str:
    found = prose(element.find(f".//{{*}}{name}"), without=_unwanted).rstrip(" ,;:")
    return found if name == "source" else found.rstrip(" .,;:")


def _printed(element: etree._Element) -> str:
    """The citation as it is printed, without the identifiers that are marked as such: those are known."""
    for name in element.iterfind(".//{*}surname"):
        # Some publishers leave the blank between the parts of a name to whoever prints them.
        if not name.tail and name.getnext() is not None:
            name.tail = " "
    return prose(element, without=_unwanted).strip(" ,;")


def _unwanted(element: etree._Element) -> bool:
    return name_of(element) in ("pub-id", "object-id", "label", "xref")


def _between(element: etree._Element) -> bool:
    """Whether punctuation stands between the fields."""
    return any(_PRINTED.search(f"{child.tail or ''} ") for child in element)


def _authors(element: etree._Element) -> Iterator[str]:
    groups = [one for one in element.iterfind("{*}person-group") if one.get("person-group-type", "author") == "author"]
    for group in groups or [element]:
        for one in group.iter(etree.Element):
            kind = name_of(one)
            if kind in ("name", "string-name"):
                parts = [text(one.find(f"{{*}}{name}")) for name in ("surname", "given-names", "suffix")]
                yield " ".join(part for part in parts if part) or text(one)
            elif kind == "collab":
                yield text(one)


def _year(element: etree._Element) -> int | None:
    found = re.search(r"(?:1[5-9]|20)\d\d", _one(element, "year"))
    return int(found[0]) if found else None


def _pages(element: etree._Element) -> str | None:
    first, last = _one(element, "fpage"), _one(element, "lpage")
    if first:
        return f"{first}-{last}" if last and last != first else first
    return _one(element, "elocation-id") or _one(element, "page-range") or None


def _composed(
    authors: tuple[str, ...],
    title: str,
    journal: str | None,
    year: int | None,
    volume: str | None,
    issue: str,
    pages: str | None,
) -> str:
    number = f"{volume or ''}{f'({issue})' if issue else ''}"
    where = f"{number}:{pages}" if number and pages else number or pages or ""
    when = f"{year};{where}" if year and where else str(year or where)
    parts = (", ".join(authors), title, journal or "", when)
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


def _ids(element: etree._Element) -> Iterator[Ids]:
    for one in element.iterfind(".//{*}pub-id"):
        value = text(one)
        match one.get("pub-id-type"):
            case "pmid":
                yield Ids(pmid=identity.pmid(value))
            case "doi":
                yield Ids(doi=identity.doi(value))
            case "pmc" | "pmcid":
                yield Ids(pmcid=identity.pmcid(value if value[:1].upper() == "P" else f"PMC{value}"))
    for name in ("ext-link", "uri"):
        for one in element.iterfind(f".//{{*}}{name}"):
            yield Ids(doi=identity.doi(one.get("{http://www.w3.org/1999/xlink}href") or text(one)))
