"""Several records of one paper in, one Document out; and the finding of which records are of one paper.

Both depend on the set of documents alone, not on its order. Pass all raw versions at once: a merged document carries
its best format's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec

from kg.documents import identity
from kg.documents.assemble import Draft, assemble, take_apart
from kg.documents.plain import squeeze
from kg.model import Document, Ids, MeshHeading, Reference

# From the most to the least complete and corrected account of a paper.
_RANK = ("pubmed_xml", "medline", "pubmed_html", "pubmed_page", "pubmed_text", "jats", "bioc", "jsonl", "pubtator")


def groups(documents: Iterable[Document]) -> tuple[tuple[Document, ...], ...]:
    """The documents by paper: connected by a PMID, DOI or PMCID that two share, or by their own record id.

    Two different PMIDs are two papers, even where a DOI or PMCID stands on both (an erratum printed with the paper's
    DOI).

    >>> from kg.documents.assemble import Draft, assemble
    >>> page = assemble(Draft(format="pubmed_page", sha256="1", ids=Ids(doi="10.5555/x"), title="T"))
    >>> xml = assemble(Draft(format="pubmed_xml", sha256="2", ids=Ids(pmid="7", doi="10.5555/x"), title="T"))
    >>> [[document.format for document in group] for group in groups([page, xml])]
    [['pubmed_xml', 'pubmed_page']]
    """
    ordered = sorted(set(documents), key=_order)
    parent = list(range(len(ordered)))
    pmids = [document.ids.pmid for document in ordered]

    def find(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    # By PMID first, so that a document without one meets whole papers and joins the same one in any order of input.
    kinds: tuple[Callable[[Document], str | None], ...] = (
        lambda document: document.ids.pmid,
        lambda document: document.ids.pmcid,
        lambda document: document.ids.doi,
        lambda document: None if document.ids.curies else document.id,
    )
    for kind in kinds:
        first: dict[str, int] = {}
        for position, document in enumerate(ordered):
            key = kind(document)
            if key is None:
                continue
            here = find(position)
            there = find(first.setdefault(key, position))
            known = {pmid for pmid in (pmids[here], pmids[there]) if pmid}
            if here != there and len(known) < 2:
                parent[max(here, there)] = min(here, there)
                pmids[min(here, there)] = next(iter(known), None)
    found: dict[int, list[Document]] = {}
    for position, document in enumerate(ordered):
        found.setdefault(find(position), []).append(document)
    return tuple(tuple(group) for group in found.values())


def merge(versions: Iterable[Document]) -> Document:
    """One document of several of the same paper: each field from the best version that has it, lists united.

    The reference list is the longest one, its identifiers completed from the others. `sha256` is of the versions' own.

    Raises:
        ValueError: there is no version.
    """
    ordered = sorted(set(versions), key=_order)
    if not ordered:
        raise ValueError("merge: expected at least one version, got none")
    if len(ordered) == 1:
        return ordered[0]
    drafts = [take_apart(document) for document in ordered]
    best = drafts[0]
    whole = [draft for draft in drafts if not draft.citation]
    titled = next((draft for draft in (*whole, *drafts) if draft.title), best)
    told = next((draft for draft in drafts if draft.abstract), best)
    return assemble(
        Draft(
            format=best.format,
            sha256=sha256("\n".join(sorted({draft.sha256 for draft in drafts})).encode()).hexdigest(),
            id=best.id,
            ids=identity.joined(draft.ids for draft in drafts),
            title=titled.title,
            abstract=told.abstract,
            newline=told.newline,
            keywords=_unique((word for draft in drafts for word in draft.keywords), key=str.casefold),
            figures=next((draft.figures for draft in drafts if draft.figures), ()),
            references=_references([draft.references for draft in drafts]),
            citation="" if whole else next((draft.citation for draft in drafts if draft.citation), ""),
            authors=max((draft.authors for draft in drafts), key=len),
            date=_date([draft.date for draft in drafts if draft.date]),
            journal=next((draft.journal for draft in drafts if draft.journal), None),
            volume=next((draft.volume for draft in drafts if draft.volume), None),
            issue=next((draft.issue for draft in drafts if draft.issue), None),
            pages=next((draft.pages for draft in drafts if draft.pages), None),
            language=next((draft.language for draft in drafts if draft.language), None),
            publication_types=_unique((name for draft in drafts for name in draft.publication_types), key=str.casefold),
            mesh=_mesh(heading for draft in drafts for heading in draft.mesh),
            status=tuple({one for draft in drafts for one in draft.status}),
        )
    )


def _order(document: Document) -> tuple[int, str, str, bytes]:
    rank = _RANK.index(document.format) if document.format in _RANK else len(_RANK)
    return rank, document.sha256, document.id, msgspec.json.encode(document)


def _date(dates: list[str]) -> str | None:
    """The best version's date, or another's that says the same and more."""
    return max((date for date in dates if date.startswith(dates[0])), key=len) if dates else None


def _references(lists: list[tuple[Reference, ...]]) -> tuple[Reference, ...]:
    longest = max(lists, key=len)
    others: dict[str, list[Ids]] = {}
    for one in (reference for references in lists if references is not longest for reference in references):
        for key in _keys(one):
            others.setdefault(key, []).append(one.ids)
    return tuple(
        msgspec.structs.replace(
            one, ids=identity.joined((one.ids, *(ids for key in _keys(one) for ids in others.get(key, ()))))
        )
        for one in longest
    )


def _keys(reference: Reference) -> tuple[str, ...]:
    """What tells that two entries cite the same paper: an identifier, or a title of some length and the year."""
    title = squeeze(reference.title or "").casefold().rstrip(".")
    return (*reference.ids.curies, *((f"{title} {reference.year}",) if len(title) > 30 else ()))


def _mesh(headings: Iterable[MeshHeading]) -> tuple[MeshHeading, ...]:
    """By name, since some formats have no numbers; the first one with a number stands, the others' qualifiers join
    it.
    """
    found: dict[str, MeshHeading] = {}
    for one in headings:
        before = found.get(one.name)
        found[one.name] = (
            one
            if before is None
            else MeshHeading(
                ui=before.ui or one.ui,
                name=one.name,
                major=before.major or one.major,
                qualifiers=tuple(dict.fromkeys((*before.qualifiers, *one.qualifiers))),
            )
        )
    return tuple(found.values())


def _unique(words: Iterable[str], *, key: Callable[[str], str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(key(word), word)
    return tuple(found.values())
