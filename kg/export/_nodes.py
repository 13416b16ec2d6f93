"""A store in, its terms and papers as nodes out, by kind and ID."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Literal

import pyoxigraph as ox

from kg.export import _columns as columns
from kg.export.elements import Node

PaperKind = Literal["record", "cited_paper"]

_MENTIONED = """SELECT ?term (COUNT(*) AS ?documents) WHERE { ?document biolink:mentions ?term } GROUP BY ?term"""
_YEARS = """SELECT ?term (MIN(?year) AS ?first) (MAX(?year) AS ?last) WHERE {
  ?document biolink:mentions ?term ; kg:year ?year } GROUP BY ?term"""
_NAMED_AS = """SELECT ?term ?type (COUNT(*) AS ?documents) WHERE {
  ?mention kg:term ?term ; kg:entity_type ?type } GROUP BY ?term ?type"""
_RELATED = ("oio:hasBroadSynonym", "oio:hasNarrowSynonym", "oio:hasRelatedSynonym")


def terms(store: ox.Store, chosen: Container[str] | None) -> Iterator[Node]:
    """The terms of the vocabulary that the graph has: those chosen, or all."""
    documents = {row[0]: int(row[1]) for row in columns.select(store, _MENTIONED) if len(row) == 2}
    years = {row[0]: (int(row[1]), int(row[2])) for row in columns.select(store, _YEARS) if len(row) == 3}
    named_as = {row[:2]: int(row[2]) for row in columns.select(store, _NAMED_AS) if len(row) == 3}

    def usual(identifier: str, types: list[str]) -> tuple[str, ...]:
        # What no record names is a disease before it is an adverse event.
        return tuple(sorted(types, key=lambda one: (-named_as.get((identifier, one), 0), one != "disease", one)))

    for identifier in columns.members(store, "owl:Class"):
        if chosen is not None and identifier not in chosen:
            continue
        found = columns.star(store, identifier)
        first, last = years.get(identifier, (None, None))
        yield Node(
            id=identifier,
            kind="term",
            label=_first(found, "skos:prefLabel") or identifier,
            official=_first(found, "rdfs:label"),
            categories=tuple(found.get("biolink:category", ())),
            entity_types=usual(identifier, found.get("kg:entity_type", [])),
            synonyms=tuple(found.get("skos:altLabel", ())),
            abbreviations=tuple(found.get("kg:abbreviation", ())),
            related=tuple(sorted({text for name in _RELATED for text in found.get(name, ())})),
            xrefs=tuple(found.get("skos:exactMatch", ())),
            source=_first(found, "kg:source"),
            documents=documents.get(identifier, 0),
            first_year=first,
            last_year=last,
        )


def papers(store: ox.Store, kind: PaperKind, chosen: Container[str] | None) -> Iterator[Node]:
    """The papers whose record was read, or those known from reference lists alone: those chosen, or all."""
    for identifier in columns.members(store, "kg:Record" if kind == "record" else "kg:CitedPaper"):
        if chosen is None or identifier in chosen:
            yield _paper(store, identifier, kind)


def _paper(store: ox.Store, identifier: str, kind: PaperKind) -> Node:
    # Property by property: most triples of a record are its mentions and citations, and they are not wanted here.
    def one(predicate: str) -> str | None:
        return next(iter(columns.values(store, identifier, predicate)), None)

    kinds = columns.values(store, identifier, "rdf:type") if kind == "record" else ()
    year = one("kg:year")
    return Node(
        id=identifier,
        kind=kind,
        label=one("dcterms:title") or one("dcterms:bibliographicCitation") or identifier,
        categories=tuple(name for name in kinds if name.startswith("biolink:")) or ("biolink:Publication",),
        xrefs=columns.values(store, identifier, "skos:exactMatch"),
        documents=sum(1 for _ in store.quads_for_pattern(None, columns.node("cito:cites"), columns.node(identifier))),
        first_year=int(year) if year else None,
        last_year=int(year) if year else None,
        authors=one("kg:authors"),
        journal=one("prism:publicationName"),
        publication_types=columns.values(store, identifier, "dcterms:type") if kind == "record" else (),
        status=columns.values(store, identifier, "kg:status") if kind == "record" else (),
    )


def _first(found: Mapping[str, list[str]], predicate: str) -> str | None:
    return next(iter(found.get(predicate, ())), None)
