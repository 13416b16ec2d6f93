"""A BioC document's passages in, the Draft that they say out: titles, abstracts, legends and references; not the body.

What a passage is stands in its infons, under names that the makers of BioC files agree on and the format does not
know: `type` in corpora and PubTator, `section_type` in the full texts of PubMed Central.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.documents import abstract, citation, identity
from kg.documents.assemble import Draft, Passage
from kg.documents.imprint import iso
from kg.documents.plain import squeeze
from kg.documents.status import status
from kg.model import Ids, Reference

# A number this long is a PMID, wherever a corpus says that it comes from.
_PMID = re.compile(r"\d{5,9}")
_NAME = re.compile(r"surname:(?P<last>[^;]*)(?:;given-names:(?P<first>.*))?")
_JOURNAL_END = re.compile(r"\s*;.*", re.S)


class Piece(NamedTuple):
    """One passage: its text, of its sentences where it has none itself, and what its infons say of it."""

    text: str
    infons: Mapping[str, str]

    @property
    def kind(self) -> str:
        """`title`, `abstract`, `abstract_title`, `figure`, `reference`, `keywords`, or nothing."""
        section, type_ = (squeeze(self.infons.get(key, "")).casefold() for key in ("section_type", "type"))
        section = section or squeeze(self.infons.get("section", "")).casefold()
        if section == "ref" or type_ == "ref":
            return "reference" if type_ == "ref" else ""
        if section in ("fig", "figure") or type_.startswith("fig"):
            return "figure" if "caption" in type_ or type_ in ("fig", "figure") else ""
        if section in ("keyword", "kwd") or type_ in ("keyword", "keywords", "kwd"):
            return "keywords"
        if section == "abstract" or type_.startswith("abstract"):
            return "abstract_title" if "title" in type_ else "abstract"
        return "title" if section == "title" or type_ in ("title", "front") else ""


def draft(identifier: str, pieces: Sequence[Piece], *, source: str, digest: str) -> Draft:
    """What a document says.

    Args:
        identifier: its `id`. pieces: its passages in order. source: where the collection comes from, in its own words.
        digest: the sha256 of the record.

    >>> pieces = [Piece("On SSc.", {"type": "title"}), Piece("SSc is rare.", {"type": "abstract"})]
    >>> found = draft("7", pieces, source="PubMed", digest="")
    >>> found.ids.pmid, found.title, found.abstract
    ('7', 'On SSc.', (Passage(label='', text='SSc is rare.'),))

    Raises:
        ValueError: there is neither a title nor an abstract.
    """
    titles = [one for one in pieces if one.kind == "title"]
    about = {key: value for one in (*pieces[:2], *titles[:1]) for key, value in one.infons.items()}
    title = next((one.text for one in titles if one.text.strip()), "")
    told = tuple(_abstract(pieces))
    if not title and not told:
        # A corpus of plain texts says nothing of its passages.
        told = tuple(Passage("", one.text) for one in pieces if "type" not in one.infons and one.text.strip())
    if not title and not told:
        raise ValueError("neither title nor abstract")
    ids, own = _identity(identifier, about, source)
    pages = "-".join(dict.fromkeys(page for key in ("fpage", "lpage") if (page := about.get(key, "").strip())))
    return Draft(
        format="bioc",
        sha256=digest,
        id=own,
        ids=ids,
        title=title,
        abstract=told,
        keywords=tuple(_keywords(pieces, about)),
        figures=tuple(_figures(pieces)),
        references=tuple(_references(pieces)),
        authors=tuple(_authors(about)),
        date=iso(about.get("year", "")),
        journal=_JOURNAL_END.sub("", about.get("journal", "") or about.get("journal-title", "")) or None,
        volume=about.get("volume") or None,
        issue=about.get("issue") or None,
        pages=pages or about.get("elocation-id") or None,
        status=status(title=title),
    )


def _identity(identifier: str, about: Mapping[str, str], source: str) -> tuple[Ids, str | None]:
    given = squeeze(identifier)
    known = [
        Ids(
            pmid=identity.pmid(about.get("article-id_pmid", "")),
            doi=identity.doi(about.get("article-id_doi", "")),
            pmcid=_pmcid(about.get("article-id_pmc", "") or about.get("article-id_pmcid", "")),
        ),
        Ids(pmcid=identity.pmcid(given), doi=identity.doi(given)),
    ]
    place = source.casefold()
    if given.isdecimal() and "pmc" in place.split():
        known.append(Ids(pmcid=_pmcid(given)))
    elif _PMID.fullmatch(given) or re.search("pubmed|medline|pubtator", place):
        known.append(Ids(pmid=identity.pmid(given)))
    ids = identity.joined(known)
    return ids, None if ids.curies or not given else f"record:{given}"


def _pmcid(text: str) -> str | None:
    plain = squeeze(text)
    return identity.pmcid(f"PMC{plain}" if plain.isdecimal() else plain)


def _abstract(pieces: Iterable[Piece]) -> Iterator[Passage]:
    label = ""
    for one in pieces:
        if one.kind == "abstract_title":
            label = one.text
        elif one.kind == "abstract" and one.text.strip():
            # To the character where nothing stands before it: a corpus counts its offsets in it.
            yield abstract.labelled(label, one.text) if label else Passage("", one.text)
            label = ""


def _keywords(pieces: Iterable[Piece], about: Mapping[str, str]) -> Iterator[str]:
    # PubMed Central runs keywords together with blanks; only where something divides them can they be told.
    texts = [one.text for one in pieces if one.kind == "keywords"] or [about.get("kwd", "")]
    for text in texts:
        if re.search(r"[;,\n|]", text):
            yield from re.split(r"[;,\n|]", text)


def _figures(pieces: Iterable[Piece]) -> Iterator[Passage]:
    """Legends; the title of one is a passage of its own, with the same id."""
    found: dict[str, list[str]] = {}
    for number, one in enumerate(pieces):
        if one.kind == "figure" and one.text.strip():
            found.setdefault(one.infons.get("id") or one.infons.get("file") or f"#{number}", []).append(
                squeeze(one.text)
            )
    for name, texts in found.items():
        whole = " ".join(text if text[-1] in ".?!:" else f"{text}." for text in texts[:-1])
        yield Passage("" if name.startswith("#") else name, f"{whole} {texts[-1]}".strip())


def _references(pieces: Iterable[Piece]) -> Iterator[Reference]:
    """A reference's text is its title; its infons have the rest."""
    number = 0
    for one in pieces:
        title = squeeze(one.text).rstrip(" .")
        if one.kind != "reference" or not title:
            continue
        number += 1
        infons = one.infons
        ids = Ids(
            pmid=identity.pmid(infons.get("pub-id_pmid", "")),
            doi=identity.doi(infons.get("pub-id_doi", "")),
            pmcid=_pmcid(infons.get("pub-id_pmcid", "") or infons.get("pub-id_pmc", "")),
        )
        source, year = squeeze(infons.get("source", "")), squeeze(infons.get("year", ""))
        if not source and not year:
            yield citation.parse(one.text, number=number, ids=ids)
            continue
        authors = tuple(_authors(infons))
        volume, pages = squeeze(infons.get("volume", "")), squeeze(infons.get("fpage", ""))
        last = squeeze(infons.get("lpage", ""))
        pages = f"{pages}-{last}" if pages and last and last != pages else pages
        where = f"{year};{volume}" if year and volume else year or volume
        parts = (", ".join(authors), title, source.rstrip("."), f"{where}:{pages}" if where and pages else where)
        text = " ".join(f"{part}." if part[-1] not in "?!" else part for part in parts if part)
        start = text.index(title)
        yield msgspec.structs.replace(
            citation.parse(text, number=number, ids=ids),
            title=title,
            title_start=start,
            title_end=start + len(title),
            authors=authors,
            year=int(year) if re.fullmatch(r"(?:1[5-9]|20)\d\d", year) else None,
            journal=source or None,
            volume=volume or None,
            pages=pages or None,
        )


def _authors(infons: Mapping[str, str]) -> Iterator[str]:
    number = 0
    while f"name_{number}" in infons:
        value = squeeze(infons[f"name_{number}"])
        found = _NAME.fullmatch(value)
        yield f"{found['first'] or ''} {found['last']}".strip() if found else value
        number += 1
    if not number:
        yield from (name for part in infons.get("authors", "").split(",") if (name := part.strip()))
