"""What a format found in a record in, the Document out. The one place that builds `Document.text` and every offset.

`text` is title, newline, abstract; then keywords, figure legends and references, a line each (DESIGN §3). Title and
abstract are taken as given, double blanks and all, since corpora count offsets in them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.documents.identity import canonical_id, trials
from kg.documents.plain import scrub, squeeze
from kg.model import Document, Ids, MeshHeading, Reference, Section

Status = Literal["retracted", "corrected", "expression_of_concern", "preprint"]
_OWN = ("title", "abstract", "keywords")
STATUSES: tuple[Status, ...] = ("retracted", "corrected", "expression_of_concern", "preprint")


class Passage(msgspec.Struct, frozen=True):
    """A stretch of text with its heading, which is empty where there is none."""

    label: str
    text: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """All that a record says, without offsets.

    id: the record's own CURIE, for a record that no PMID, DOI or PMCID names. references: their offsets count in
    their own
    citation. citation: for a paper of which only a citation is known; its title is then the one inside. newline:
    whether an abstract without a title
    starts behind a newline, as PubTator counts.
    """

    format: str
    sha256: str
    id: str | None = None
    ids: Ids = Ids()
    title: str = ""
    abstract: tuple[Passage, ...] = ()
    newline: bool = True
    keywords: tuple[str, ...] = ()
    figures: tuple[Passage, ...] = ()
    references: tuple[Reference, ...] = ()
    citation: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    status: tuple[Status, ...] = ()


class _Text:
    """The growing text; each addition gives the section it became."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, kind: str, text: str, *, label: str = "", after: str = "\n") -> Section:
        """Adds `after`, unless nothing stands before it, and then the text."""
        if self._length == 0 and kind != "abstract":
            after = ""
        self._pieces += [after, text]
        start = self._length + len(after)
        self._length = start + len(text)
        return Section(kind=kind, start=start, end=self._length, label=label)

    def __str__(self) -> str:
        return "".join(self._pieces)


def assemble(draft: Draft) -> Document:
    """The document of a draft.

    >>> aim = Passage("AIM", "To try.")
    >>> document = assemble(Draft(format="jsonl", sha256="", title="CAR-T in SSc", abstract=(aim,), keywords=("SSc",)))
    >>> document.text
    'CAR-T in SSc\\nAIM: To try.\\nSSc'
    >>> [(s.kind, s.label, document.text[s.start : s.end]) for s in document.sections][1:]
    [('abstract', 'AIM', 'AIM: To try.'), ('keywords', '', 'SSc')]

    Raises:
        ValueError: the draft has neither title nor text, or an identifier that is none.
    """
    text = _Text()
    sections: list[Section] = []
    title = scrub(draft.title).replace("\n", " ")
    if title and not draft.citation:
        sections.append(text.add("title", title))
    for position, part in enumerate(draft.abstract):
        label = squeeze(part.label)
        body = scrub(part.text)
        after = "\n" if position or title or draft.newline else ""
        sections.append(text.add("abstract", f"{label}: {body}" if label else body, label=label, after=after))
    keywords = tuple(dict.fromkeys(word for keyword in draft.keywords if (word := squeeze(keyword))))
    if keywords:
        sections.append(text.add("keywords", "; ".join(keywords)))
    for legend in draft.figures:
        sections.append(text.add("figure", squeeze(legend.text), label=squeeze(legend.label)))
    references = []
    for reference in draft.references:
        section = text.add("reference", reference.citation, label=str(reference.number))
        sections.append(section)
        references.append(_moved(reference, section.start))
    if draft.citation:
        sections.append(text.add("reference", scrub(draft.citation).replace("\n", " ")))
    whole = str(text)
    # Trials are told where the paper speaks of itself; a reference's trial is another one's.
    own = [whole[s.start : s.end] for s in sections if s.kind in _OWN] if "NCT" in whole else ()
    ids = draft.ids
    if own or ids.nct:
        ids = msgspec.structs.replace(ids, nct=tuple(sorted({*ids.nct, *trials(own)})))
    return Document(
        id=draft.id if draft.id and not ids.curies else canonical_id(ids, text=whole),
        ids=ids,
        title=title,
        text=whole,
        sections=tuple(sections),
        format=draft.format,
        sha256=draft.sha256,
        authors=_several(draft.authors),
        year=int(draft.date[:4]) if draft.date else None,
        date=draft.date,
        journal=_one(draft.journal),
        volume=_one(draft.volume),
        issue=_one(draft.issue),
        pages=_one(draft.pages),
        language=_one(draft.language),
        publication_types=_several(draft.publication_types),
        mesh=draft.mesh,
        keywords=keywords,
        references=tuple(references),
        status=tuple(status for status in STATUSES if status in draft.status),
    )


def take_apart(document: Document) -> Draft:
    """The draft of a document: `assemble` of it gives the document again.

    >>> document = assemble(Draft(format="jsonl", sha256="", title="T", abstract=(Passage("", "A."),)))
    >>> assemble(take_apart(document)) == document
    True
    """
    text = document.text

    def passages(kind: str) -> tuple[Passage, ...]:
        found = []
        for section in document.sections:
            if section.kind == kind:
                lead = f"{section.label}: " if kind == "abstract" and section.label else ""
                found.append(Passage(section.label, text[section.start + len(lead) : section.end]))
        return tuple(found)

    cited = {reference.start for reference in document.references}
    citation = next(
        (text[s.start : s.end] for s in document.sections if s.kind == "reference" and s.start not in cited), ""
    )
    return Draft(
        format=document.format,
        sha256=document.sha256,
        id=document.id,
        ids=document.ids,
        title=document.title,
        abstract=passages("abstract"),
        newline=bool(document.title) or text.startswith("\n"),
        keywords=document.keywords,
        figures=passages("figure"),
        references=tuple(_moved(reference, -reference.start) for reference in document.references),
        citation=citation,
        authors=document.authors,
        date=document.date,
        journal=document.journal,
        volume=document.volume,
        issue=document.issue,
        pages=document.pages,
        language=document.language,
        publication_types=document.publication_types,
        mesh=document.mesh,
        status=document.status,
    )


def _moved(reference: Reference, by: int) -> Reference:
    told = reference.title is not None
    return msgspec.structs.replace(
        reference,
        start=reference.start + by,
        end=reference.start + by + len(reference.citation),
        title_start=reference.title_start + by if told else 0,
        title_end=reference.title_end + by if told else 0,
    )


def _one(value: str | None) -> str | None:
    return squeeze(value) or None if value is not None else None


def _several(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flat for value in values if (flat := squeeze(value))))
