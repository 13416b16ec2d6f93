"""A store in, its edges other than statements out: mentions, citations, hierarchy, what therapies are directed at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox

from kg.export._columns import Sparse, table
from kg.export._statements import Year
from kg.export.elements import Edge
from kg.part import EdgeKind

_MENTIONS = """SELECT ?mention ?document ?term ?count WHERE {
  ?mention kg:term ?term ; kg:document ?document ; kg:count ?count }"""
_SECTIONS = "SELECT ?mention ?section WHERE { ?mention kg:in_section ?section }"
_CITES = "SELECT ?paper ?cited WHERE { ?paper cito:cites ?cited }"
_ABOVE = "SELECT ?term ?above WHERE { ?term rdfs:subClassOf ?above . ?term a owl:Class . ?above a owl:Class }"
_TARGETS = "SELECT ?therapy ?target WHERE { ?therapy kg:has_target ?target }"


def read(store: ox.Store, kind: EdgeKind, year: Year) -> Iterator[Edge]:
    """The edges of one kind other than `statement`: mentions by ID, the others by the IDs of their ends."""
    match kind:
        case "mentions":
            return _mentions(store, year)
        case "cites":
            return _cites(store, year)
        case "subclass_of":
            return _curated(store, _ABOVE, kind, "rdfs:subClassOf")
        case "has_target":
            return _curated(store, _TARGETS, kind, "kg:has_target")
        case "statement":
            raise ValueError("statements are read with their passages")


def _mentions(store: ox.Store, year: Year) -> Iterator[Edge]:
    sections = Sparse(table(store, _SECTIONS), width=1)
    for identifier, document, term, count in table(store, _MENTIONS):
        when = year(document)
        yield Edge(
            id=identifier,
            kind="mentions",
            subject=document,
            predicate="biolink:mentions",
            object=term,
            knowledge_level="not_provided",
            agent_type="text_mining_agent",
            documents=1,
            publications=(document,),
            first_year=when,
            last_year=when,
            count=int(count),
            sections=sections.of((identifier,)),
        )


def _cites(store: ox.Store, year: Year) -> Iterator[Edge]:
    for paper, cited in table(store, _CITES):
        when = year(paper)
        yield Edge(
            id=_name("cites", paper, cited),
            kind="cites",
            subject=paper,
            predicate="cito:cites",
            object=cited,
            knowledge_level="knowledge_assertion",
            agent_type="automated_agent",
            documents=1,
            publications=(paper,),
            first_year=when,
            last_year=when,
        )


def _curated(store: ox.Store, query: str, kind: EdgeKind, predicate: str) -> Iterator[Edge]:
    for subject, object_ in table(store, query):
        yield Edge(
            id=_name(kind, subject, object_),
            kind=kind,
            subject=subject,
            predicate=predicate,
            object=object_,
            knowledge_level="knowledge_assertion",
            agent_type="manual_agent",
        )


def _name(kind: str, subject: str, object_: str) -> str:
    """An ID of the same shape as a statement's. No CURIE holds a NUL, so the parts cannot run into each other."""
    ends = "\0".join((subject, object_))
    return f"{kind}:{hashlib.sha256(ends.encode()).hexdigest()[:32]}"
