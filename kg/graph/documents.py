"""Document in, its bibliographic triples out: FaBiO and Biolink types, Dublin Core, PRISM, MeSH headings, other ids."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph._rdf import TYPE, about, integer, issued, node, string
from kg.model import Document

# A publication type, as PubMed names it, that says review.
_REVIEWS = frozenset({"review", "systematic review", "scoping review", "meta-analysis"})


def describe(document: Document) -> Iterator[Triple]:
    """What a library would say of one paper.

    Authors keep their order in one literal (`kg:authors`, "A; B"), since the graph has neither blank nodes nor lists.

    >>> from kg.model import Ids
    >>> paper = Document(id="PMID:7", ids=Ids(pmid="7"), title="T", text="T", sections=(), format="x", sha256="0")
    >>> [triple.object.value for triple in describe(paper) if triple.predicate == node("dcterms:title")]
    ['T']
    """
    here = node(document.id)
    for kind in _types(document):
        yield Triple(here, TYPE, node(kind))
    yield from about(here, _bibliography(document))
    for curie in {document.id: None} | dict.fromkeys(document.ids.curies):
        yield Triple(here, node("dcterms:identifier"), string(curie))
        if curie != document.id:
            yield Triple(here, node("skos:exactMatch"), node(curie))
    for trial in document.ids.nct:
        yield Triple(here, node("kg:names_trial"), node(f"NCT:{trial}"))
    for predicate, texts in (
        ("dcterms:type", document.publication_types),
        ("prism:keyword", document.keywords),
        ("kg:status", document.status),
    ):
        for text in texts:
            yield Triple(here, node(predicate), string(text))
    for heading in document.mesh:
        yield Triple(here, node("kg:mesh_name"), string(heading.name))
        if not heading.ui:
            continue  # pages and MEDLINE print headings by name alone
        descriptor = node(f"MESH:{heading.ui}")
        yield Triple(here, node("kg:mesh_heading"), descriptor)
        if heading.major:
            yield Triple(here, node("kg:major_mesh_heading"), descriptor)


def _types(document: Document) -> Iterator[str]:
    yield "kg:Record"
    if "preprint" in document.status:
        yield "fabio:Preprint"
        yield "biolink:PreprintPublication"
        return
    yield "biolink:JournalArticle" if document.journal else "biolink:Article"
    yield "fabio:JournalArticle" if document.journal else "fabio:Article"
    if any(kind.casefold() in _REVIEWS for kind in document.publication_types):
        yield "fabio:ReviewArticle"


def _bibliography(document: Document) -> Iterator[tuple[str, NamedNode | Literal | None]]:
    yield "dcterms:title", string(document.title or document.id)
    when = issued(document.date) if document.date else None
    if when is None and document.year is not None:
        when = issued(f"{document.year:04}")
    yield "dcterms:issued", when
    yield "kg:year", None if document.year is None else integer(document.year)
    if document.authors:
        yield "kg:first_author", string(document.authors[0])
        yield "kg:authors", string("; ".join(document.authors))
    for predicate, text in (
        ("prism:publicationName", document.journal),
        ("prism:volume", document.volume),
        ("prism:issueIdentifier", document.issue),
        ("prism:pageRange", document.pages),
        ("prism:doi", document.ids.doi),
        ("dcterms:language", document.language),
        ("kg:source_format", document.format),
        ("kg:source_sha256", document.sha256),
    ):
        yield predicate, string(text) if text else None
