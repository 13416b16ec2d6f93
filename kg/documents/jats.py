"""Full-text XML of journals (JATS, and NLM's tag sets before it) in, a Document for each article out.

Taken are what PubMed has of a paper, and the figures' legends. The body is left: what stands there is mostly of other
people's work, and which, only a reading of the whole could tell (docs/limits.md). A paper that comes once as JATS and
once from PubMed is one document.

Elements are those of the Journal Archiving and Interchange Tag Set, NISO Z39.96 1.0 to 1.4, and of NLM 2.x and 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import takewhile
from typing import BinaryIO

import msgspec
from lxml import etree

from kg.documents import abstract, identity
from kg.documents.assemble import Draft, Passage, Status, assemble
from kg.documents.imprint import iso
from kg.documents.jats_citation import references
from kg.documents.markup import canonical, elements, name_of, prose, root, text
from kg.documents.plain import RECORD_BYTES, headline, peek, reporting
from kg.documents.status import status
from kg.errors import BadInput, BadRecord
from kg.model import Document, Ids, Reference

_ROOTS = frozenset({"article", "articles", "pmc-articleset", "OAI-PMH"})
_RECORDS = frozenset({"article"})
# DocBook's articles have neither; both stand in the first lines of any of ours.
_OURS = re.compile(r"<(?:\w+:)?(?:article-meta|journal-meta|front)[\s>]|\sarticle-type\s*=|//DTD[^>]*(?:JATS|Journal)")
# `article-type` (JATS, "Suggested values") to the publication type that PubMed has for it (MeSH 2025).
_TYPES = {
    "research-article": "Journal Article",
    "brief-report": "Journal Article",
    "rapid-communication": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "meta-analysis": "Meta-Analysis",
    "case-report": "Case Reports",
    "clinical-trial": "Clinical Trial",
    "letter": "Letter",
    "editorial": "Editorial",
    "article-commentary": "Comment",
    "discussion": "Comment",
    "reply": "Comment",
    "news": "News",
    "correction": "Published Erratum",
    "retraction": "Retraction Notice",
    "expression-of-concern": "Expression of Concern",
    "retracted-article": "Retracted Publication",
    "preprint": "Preprint",
}
# Said by the paper of itself; a notice says `retracted-article` and `corrected-article` of another.
_FORWARD: dict[str, Status] = {
    "retraction-forward": "retracted",
    "correction-forward": "corrected",
    "partial-retraction": "corrected",
    "expression-of-concern-forward": "expression_of_concern",
}
_LANGUAGES = {"en": "eng", "de": "ger", "fr": "fre", "es": "spa", "pt": "por", "it": "ita", "zh": "chi", "ja": "jpn"}
# Marks of footnotes and of citations stand in the middle of words, and are none.
# A formula's TeX stands beside its MathML, with the preamble of a whole document.
_MARKS = frozenset({"fn", "xref", "author-comment", "label", "tex-math"})
# A character for private use, where a mark stood: a text that has it itself loses it.
_GAP = "\ue000"
_SEVERAL = f"{_GAP}(?:[\\s,;–-]*{_GAP})*"
_GAP_IN_BRACKETS = re.compile(rf"\s*(?:\[\s*{_SEVERAL}\s*\]|\(\s*{_SEVERAL}\s*\))")
_GAP_ALONE = re.compile(rf"\s+{_SEVERAL}(?=[.,;:)\]]|$)|{_SEVERAL}")
# "see Fig. 2" and "(Table 1)" are words of their sentence.
_SHOWN = frozenset({"fig", "table", "sec", "supplementary-material", "disp-formula", "boxed-text", "app", "other"})
# Sections of an abstract that say where the paper has more, and nothing else.
_SITE = re.compile(r"(?:electronic )?supplementary (?:material|information|data)s?|graphical abstract", re.I)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Articles that are sets of short ones: the abstracts of a meeting.
_SETS = frozenset({"abstract", "collection", "meeting-report", "proceedings"})


def recognises(head: bytes) -> bool:
    """Whether this is an article with JATS's front matter, or a set of them.

    >>> recognises(b'<article article-type="letter"><front/>'), recognises(b"<article><title>DocBook</title>")
    (True, False)
    """
    name = (root(head) or "").rpartition(":")[2]
    return name in _ROOTS and (name == "pmc-articleset" or bool(_OURS.search(peek(head))))


@reporting
def read(stream: BinaryIO, *, origin: str, record_bytes: int = RECORD_BYTES) -> Iterator[Document | BadInput]:
    """Each article in the file's order; where the XML breaks, what stood before is kept and one BadInput ends it."""
    found = elements(stream, origin=origin, record_bytes=record_bytes, roots=_ROOTS, records=_RECORDS, kind="JATS")
    for ordinal, element in enumerate(found, start=1):
        if isinstance(element, BadInput):
            yield element
        else:
            yield from _records(element, origin=origin, ordinal=ordinal, record_bytes=record_bytes)


def _records(element: etree._Element, *, origin: str, ordinal: int, record_bytes: int) -> Iterator[Document | BadInput]:
    """The article, and the short ones that it is a set of."""
    meta = element.find("{*}front/{*}article-meta")
    named = [text(one) for one in meta.iterfind("{*}article-id")] if meta is not None else []
    where = f"article {ordinal} ({named[0] if named else 'without ID'})"
    try:
        whole = canonical(element)
        if len(whole) > record_bytes:
            raise ValueError(f"one of {len(whole)} bytes, more than {record_bytes}")
        if meta is None:
            raise ValueError("no article-meta")
        draft = _draft(element, meta, digest=sha256(whole).hexdigest())
        if not draft.title and not draft.abstract:
            raise ValueError("neither title nor abstract")
        document = assemble(draft)
    except ValueError as error:
        yield BadRecord(origin, where, expected="an article of JATS", got=str(error))
        return
    yield document
    if (element.get("article-type") or "").lower() in _SETS:
        for number, inner in enumerate(element.iterfind("{*}sub-article"), start=1):
            try:
                yield assemble(_inner(inner, document, number=number))
            except ValueError as error:
                yield BadRecord(origin, f"{where}, {number}", expected="an article inside an article", got=str(error))


def _inner(inner: etree._Element, outer: Document, *, number: int) -> Draft:
    """One of a meeting's abstracts. It has no ID of its own, and its text stands in its body."""
    meta = inner.find("{*}front/{*}article-meta")
    meta = inner.find("{*}front-stub") if meta is None else meta
    if meta is None:
        raise ValueError("no front matter")
    draft = _draft(inner, meta, digest=sha256(canonical(inner)).hexdigest())
    body = inner.find("{*}body")
    return msgspec.structs.replace(
        draft,
        id=f"record:{outer.id.partition(':')[2]}_{inner.get('id') or number}",
        abstract=draft.abstract or (_parts(body) if body is not None else ()),
        date=draft.date or outer.date,
        journal=draft.journal or outer.journal,
        volume=draft.volume or outer.volume,
        issue=draft.issue or outer.issue,
    )


def _draft(article: etree._Element, meta: etree._Element, *, digest: str) -> Draft:
    journal = article.find("{*}front/{*}journal-meta")
    title = _title(meta.find("{*}title-group"))
    kind = (article.get("article-type") or "").lower()
    types = tuple(name for name in (_TYPES.get(kind),) if name)
    related = [one.get("related-article-type", "") for one in meta.iterfind("{*}related-article")]
    told = {*status(types=types, title=title), *(_FORWARD[one] for one in related if one in _FORWARD)}
    language = (article.get(_LANGUAGE) or "").lower()
    return Draft(
        format="jats",
        sha256=digest,
        ids=identity.joined(_article_id(one) for one in meta.iterfind("{*}article-id")),
        title=title,
        abstract=_abstract(meta),
        keywords=tuple(_keywords(meta)),
        figures=tuple(_figures(article)),
        references=_references(article),
        authors=tuple(_authors(meta)),
        date=_date(meta),
        journal=_journal(journal) if journal is not None else None,
        volume=text(meta.find("{*}volume")) or None,
        issue=text(meta.find("{*}issue")) or None,
        pages=_pages(meta),
        language=_LANGUAGES.get(language[:2], language) or None,
        publication_types=types,
        status=tuple(told),
    )


def _plain(element: etree._Element | None) -> str:
    """The text of running prose: without the marks of footnotes and citations, and brackets that held only these."""
    told = prose(element, without=_mark, left=_GAP)
    return _GAP_ALONE.sub("", _GAP_IN_BRACKETS.sub("", told)).strip() if _GAP in told else told


def _mark(element: etree._Element) -> bool:
    return name_of(element) in _MARKS and element.get("ref-type") not in _SHOWN


def _title(group: etree._Element | None) -> str:
    if group is None:
        return ""
    title = headline(_plain(group.find("{*}article-title")))
    subtitle = headline(_plain(group.find("{*}subtitle")))
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!" else f"{title}: {subtitle}"


def _article_id(element: etree._Element) -> Ids:
    kind, value = element.get("pub-id-type", ""), text(element)
    if kind == "pmid":
        return Ids(pmid=identity.pmid(value))
    if kind == "doi":
        return Ids(doi=identity.doi(value))
    if kind in ("pmc", "pmcid"):
        return Ids(pmcid=identity.pmcid(value if value[:1].upper() == "P" else f"PMC{value}"))
    return Ids()


def _abstract(meta: etree._Element) -> tuple[Passage, ...]:
    """The abstract proper; one for the table of contents, in pictures or for laypeople stands in only for none."""
    several = [one for one in meta.iterfind("{*}abstract") if (one.get("abstract-type") or "") != "graphical"]
    several.sort(key=lambda one: one.get("abstract-type") is not None)
    return next((found for one in several if (found := _parts(one))), ())


def _parts(element: etree._Element) -> tuple[Passage, ...]:
    sections = [one for one in element.iterfind("{*}sec") if text(one.find("{*}title"))]
    if not sections:
        return abstract.parts(_paragraphs(element))
    found = [Passage("", " ".join(own))] if (own := [_plain(one) for one in element.iterfind("{*}p")]) else []
    for section in sections:
        if _SITE.fullmatch(text(section.find("{*}title")).rstrip(":. ")):
            continue
        found.append(abstract.labelled(text(section.find("{*}title")), " ".join(_paragraphs(section))))
    return tuple(part for part in found if part.text)


def _paragraphs(element: etree._Element) -> Iterator[str]:
    for one in element.iterfind(".//{*}p"):
        inside = takewhile(lambda above: above is not element, one.iterancestors())
        if not any(name_of(above) == "p" for above in inside):
            yield _plain(one)


def _keywords(meta: etree._Element) -> Iterator[str]:
    for group in meta.iterfind("{*}kwd-group"):
        # A list of abbreviations is no list of keywords, and classes of a publisher's scheme are not the authors'.
        if re.search(r"abbr|subject|jel|classif", group.get("kwd-group-type") or "", re.I):
            continue
        for word in group.iterfind(".//{*}kwd"):
            yield _plain(word).rstrip(".;,")


def _figures(article: etree._Element) -> Iterator[Passage]:
    for figure in article.iterfind(".//{*}fig"):
        above = takewhile(lambda one: one is not article, figure.iterancestors())
        if any(name_of(one) in ("sub-article", "response") for one in above):
            continue
        caption = figure.find("{*}caption")
        if caption is not None:
            title = _plain(caption.find("{*}title"))
            lead = f"{title} " if title.endswith((".", "?", "!", ":")) else f"{title}. "
            legend = " ".join(_paragraphs(caption))
            if told := f"{lead if title else ''}{legend}".strip():
                yield Passage(text(figure.find("{*}label")).rstrip(".: "), told)


def _references(article: etree._Element) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for entry in article.iterfind("{*}back//{*}ref"):
        found += references(entry, number=len(found) + 1)
    return tuple(found)


def _authors(meta: etree._Element) -> Iterator[str]:
    for contributor in meta.iterfind("{*}contrib-group/{*}contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        name = contributor.find(".//{*}name")
        if name is not None:
            parts = [text(name.find(f"{{*}}{part}")) for part in ("given-names", "surname", "suffix")]
            yield " ".join(part for part in parts if part)
        else:
            yield text(contributor.find(".//{*}string-name")) or _plain(contributor.find("{*}collab"))


def _journal(meta: etree._Element) -> str | None:
    """As MEDLINE abbreviates it where that is told, so that one journal has one name in all formats."""
    known = {one.get("journal-id-type"): text(one) for one in meta.iterfind("{*}journal-id")}
    return known.get("nlm-ta") or known.get("iso-abbrev") or text(meta.find(".//{*}journal-title")) or None


def _date(meta: etree._Element) -> str | None:
    """The printed issue's date, else that of the electronic paper; of the same year, the finer of both."""
    dates: dict[str, str] = {}
    for one in meta.iterfind("{*}pub-date"):
        kind = one.get("pub-type") or one.get("publication-format") or one.get("date-type") or "pub"
        if found := _ymd(one):
            dates.setdefault(kind, found)
    printed = dates.get("ppub") or dates.get("print")
    electronic = dates.get("epub") or dates.get("electronic") or dates.get("epub-ppub") or dates.get("pub")
    if printed and electronic and len(printed) == 4 and electronic.startswith(printed):
        return electronic
    others = (dates[kind] for kind in sorted(dates) if kind not in ("pmc-release", "nihms-submitted"))
    return printed or electronic or dates.get("collection") or next(others, None)


def _ymd(element: etree._Element) -> str | None:
    year, month, day = (text(element.find(f"{{*}}{name}")) for name in ("year", "month", "day"))
    if not year:
        return iso(element.get("iso-8601-date") or text(element.find("{*}string-date")))
    separator = "-" if month.isdigit() else " "
    return iso(separator.join(piece for piece in (year, month, day if month else "") if piece))


def _pages(meta: etree._Element) -> str | None:
    first, last = text(meta.find("{*}fpage")), text(meta.find("{*}lpage"))
    if first:
        return f"{first}-{last}" if last and last != first else first
    return text(meta.find("{*}elocation-id")) or None
