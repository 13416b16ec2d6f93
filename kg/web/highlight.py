"""Annotations in, HTML out: the text with its mentions marked, the statements with their quotes, the references.

Everything of the record is hostile text and is escaped. Marks are always well nested: where two spans cross, the later
one is cut at the earlier one's end and goes on behind it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

import jinja2
import msgspec
from markupsafe import Markup

from kg import namespaces
from kg.model import Annotation, Document, Evidence, Grade, Grounding, Reference, Statement

TYPES = {
    "disease": "disease",
    "target": "target",
    "therapy": "therapy",
    "adverse_event": "adverse event",
    "cell_type": "cell type",
}
GRADES = {
    Grade.SENTENCE_ASSERTION: "one sentence says it",
    Grade.DOCUMENT_ASSERTION: "said of a class or through a word that the document resolves",
    Grade.SENTENCE_CO_MENTION: "both in one sentence",
    Grade.DOCUMENT_CO_MENTION: "both in one record",
    Grade.MESH_HEADING: "by indexing only",
    Grade.REFERENCE_TITLE: "only in the title of a cited paper",
}


class Interval(msgspec.Struct, frozen=True):
    """A stretch to be wrapped (code points, half open). `opening` is safe HTML, `closing` its end tag."""

    start: int
    end: int
    opening: str
    closing: str


class Passage(msgspec.Struct, frozen=True):
    """A section as shown: its kind, its label and its marked text."""

    kind: str
    label: str
    html: Markup


class Found(msgspec.Struct, frozen=True):
    """One term of a document: all that was read as it, and why. term is None where the choice was left open."""

    term: str | None
    label: str
    type: str
    surfaces: tuple[str, ...]
    count: int
    reasons: tuple[str, ...]


class Said(msgspec.Struct, frozen=True):
    """One statement with readable names, its evidence best first. via: names of therapies by CURIE."""

    statement: Statement
    subject: str
    predicate: str
    object: str
    grade: Grade
    evidence: tuple[Evidence, ...]
    via: Mapping[str, str]


class View(msgspec.Struct, frozen=True):
    """One document, ready for the template."""

    document: Document
    title: Markup
    passages: tuple[Passage, ...]
    references: tuple[tuple[Reference, Markup], ...]
    found: tuple[Found, ...]
    said: tuple[Said, ...]


def html_page(annotations: Iterable[Annotation], *, label: Callable[[str], str] | None = None) -> str:
    """One self-contained page: styles inside, nothing fetched, no script.

    >>> "<!doctype html>" in html_page([])
    True

    Args:
        annotations: the documents, shown in this order.
        label: a term's name by its CURIE, where the document itself does not say it.
    """
    views = [view(annotation, label=label) for annotation in annotations]
    style = (resources.files("kg.web") / "static" / "style.css").read_text("utf-8")
    template = environment().get_template("annotations.html")
    return template.render(views=views, style=Markup(style), local=False, types=legend(views))


def view(annotation: Annotation, *, label: Callable[[str], str] | None = None) -> View:
    """What the templates need of one annotation."""
    document = annotation.document
    names = {g.term: g.label for g in annotation.tagged.groundings if g.term and g.label}

    def named(curie: str) -> str:
        return names.get(curie) or (label(curie) if label else curie)

    intervals = [*_quotes(annotation.statements), *map(_mark, annotation.tagged.groundings)]
    passages = tuple(
        Passage(section.kind, section.label, marked(document.text, intervals, section.start, section.end))
        for section in document.sections
        if section.kind not in ("title", "reference")
    )
    if not document.sections:
        passages = (Passage("text", "", marked(document.text, intervals, 0, len(document.text))),)
    titles = [section for section in document.sections if section.kind == "title"]
    return View(
        document=document,
        title=marked(document.text, intervals, titles[0].start, titles[0].end)
        if titles
        else Markup.escape(document.title),
        passages=passages,
        references=tuple((r, _citation(document, r, intervals)) for r in document.references),
        found=_found(annotation.tagged.groundings),
        said=tuple(sorted((_said(statement, named) for statement in annotation.statements), key=_order)),
    )


def marked(text: str, intervals: Iterable[Interval], start: int, end: int) -> Markup:
    """The text between two offsets, escaped, with every interval that touches it wrapped; tags always nest.

    >>> bold, slanted = Interval(0, 3, "<b>", "</b>"), Interval(2, 5, "<i>", "</i>")
    >>> str(marked("ab<de", [slanted, bold], 0, 5))
    '<b>ab<i>&lt;</i></b><i>de</i>'
    """
    clipped = (
        (max(i.start, start), -min(i.end, end), order, i)
        for order, i in enumerate(intervals)
        if i.start < end and i.end > start
    )
    queue = list(clipped)
    heapq.heapify(queue)
    parts: list[str] = []
    open_: list[tuple[int, str]] = []
    position = start

    def advance(to: int) -> int:
        at = position
        while open_ and open_[-1][0] <= to:
            until, closing = open_.pop()
            parts.append(Markup.escape(text[at:until]))
            parts.append(closing)
            at = until
        parts.append(Markup.escape(text[at:to]))
        return to

    while queue:
        first, negative_last, order, interval = heapq.heappop(queue)
        last = -negative_last
        position = advance(first)
        if open_ and last > open_[-1][0]:
            border = open_[-1][0]
            heapq.heappush(queue, (border, -last, order, _continued(interval)))
            last = border
        if last > first:
            parts.append(interval.opening)
            open_.append((last, interval.closing))
    advance(end)
    return Markup("".join(parts))  # every piece is escaped above


@cache
def environment() -> jinja2.Environment:
    """The templates of this package: everything escaped, an unknown name an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.filters["iri"] = link
    made.filters["spoken"] = lambda name: TYPES.get(name, str(name).replace("_", " "))
    made.globals["grades"] = {str(grade): meaning for grade, meaning in GRADES.items()}
    made.globals["ranks"] = {str(grade): grade.rank for grade in Grade}
    return made


def link(curie: str) -> str:
    """Where a CURIE leads on the web; empty for one whose prefix is not known.

    >>> link("PMID:7"), link("javascript:alert(1)")
    ('https://identifiers.org/pubmed:7', '')
    """
    return namespaces.iri(curie) if namespaces.known(curie) else ""


def legend(views: Sequence[View]) -> tuple[str, ...]:
    """The entity types that these documents show, in the usual order."""
    used = {found.type for one in views for found in one.found}
    return tuple(type_ for type_ in TYPES if type_ in used) + tuple(sorted(used - set(TYPES)))


def _mark(grounding: Grounding) -> Interval:
    mention = grounding.mention
    told = [grounding.term or "no ID chosen", grounding.label, grounding.reason, ", ".join(mention.qualifiers)]
    opening = Markup('<mark class="{}" data-title="{}">').format(
        _css_class(mention.type) + ("" if grounding.term else " open"), " · ".join(part for part in told if part)
    )
    return Interval(mention.start, mention.end, opening, "</mark>")


def _quotes(statements: Sequence[Statement]) -> list[Interval]:
    spans = sorted({(e.start, e.end) for statement in statements for e in statement.evidence})
    return [Interval(start, end, f'<span class="quoted" id="q{start}-{end}">', "</span>") for start, end in spans]


def _continued(interval: Interval) -> Interval:
    """The rest of a cut stretch; an id may stand but once."""
    if interval.opening.startswith("<span"):
        return Interval(interval.start, interval.end, '<span class="quoted">', interval.closing)
    return interval


def _citation(document: Document, reference: Reference, intervals: Sequence[Interval]) -> Markup:
    if document.text[reference.start : reference.end] == reference.citation and reference.citation:
        return marked(document.text, intervals, reference.start, reference.end)
    return Markup.escape(reference.citation)


def _found(groundings: Sequence[Grounding]) -> tuple[Found, ...]:
    groups: dict[tuple[str, str], list[Grounding]] = {}
    for grounding in groundings:
        key = (grounding.mention.type, grounding.term or f"?{grounding.mention.text.casefold()}")
        groups.setdefault(key, []).append(grounding)
    found = (
        Found(
            term=members[0].term,
            label=members[0].label or members[0].mention.text,
            type=type_,
            surfaces=tuple(dict.fromkeys(g.mention.text for g in members)),
            count=len(members),
            reasons=tuple(dict.fromkeys(g.reason for g in members)),
        )
        for (type_, _), members in groups.items()
    )
    order = list(TYPES)
    return tuple(
        sorted(
            found, key=lambda f: (order.index(f.type) if f.type in order else len(order), -f.count, f.label.casefold())
        )
    )


def _said(statement: Statement, named: Callable[[str], str]) -> Said:
    evidence = tuple(sorted(statement.evidence, key=lambda e: (e.grade.rank, e.start)))
    return Said(
        statement=statement,
        subject=named(statement.subject),
        predicate=statement.predicate.partition(":")[2].replace("_", " "),
        object=named(statement.object),
        grade=evidence[0].grade,
        evidence=evidence,
        via={therapy: named(therapy) for one in evidence for therapy in one.via},
    )


def _order(said: Said) -> tuple[int, str, str, str]:
    return said.grade.rank, said.predicate, said.object.casefold(), said.subject.casefold()


def _css_class(type_: str) -> str:
    return type_ if type_ in TYPES else "other"
