"""Nanopublications as TriG: for each statement and paper one, with head, assertion, provenance and publication info.

The assertion is the association; where the paper's own passages say it outright and it is not denied, also the plain
triple. The provenance is the paper and the passages, with quote, grade and method. IRIs are hashes of statement and
paper under https://w3id.org/cartkg/nanopub/: no trusty URIs, no signature and, since nothing of ours has a clock, no
date; whoever publishes them adds these. https://nanopub.net/guidelines/working_draft/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from kg.export._columns import node
from kg.export._statements import earns_shortcut
from kg.export.elements import Edge, Passage
from kg.export.place import writing
from kg.export.property_graph import PropertyGraph
from kg.export.rdf import FORMATS, ending
from kg.namespaces import PREFIXES
from kg.part import Part

_FORMATS = {suffix: FORMATS[suffix] for suffix in (".trig", ".nq")}
_NANOPUB = "http://www.nanopub.org/nschema#"
_SHOWN = {"nanopub": PREFIXES["nanopub"], "np": _NANOPUB}
_DOCUMENT = attrgetter("document")


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes them, by `out`'s suffix, and returns their number and that of all quads.

    Raises:
        UsageError: the suffix names no format with named graphs, or `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    suffix = ending(out, _FORMATS)
    counts = {"nanopublications": 0, "quads": 0}

    def quads(graph: PropertyGraph) -> Iterator[ox.Quad]:
        for edge, passages in graph.statements():
            for document, some in groupby(sorted(passages, key=_DOCUMENT), key=_DOCUMENT):
                counts["nanopublications"] += 1
                for quad in _nanopublication(edge, document, tuple(some), _label(graph, edge)):
                    counts["quads"] += 1
                    yield quad

    with PropertyGraph.open(release, part) as graph, writing(out) as file:
        prefixes = {**PREFIXES, **_SHOWN}
        ox.serialize(quads(graph), file, _FORMATS[suffix], prefixes=prefixes)
    return counts


def _nanopublication(edge: Edge, document: str, passages: tuple[Passage, ...], label: str) -> Iterator[ox.Quad]:
    parts = "\x00".join((edge.id, document))
    whole = f"{PREFIXES['nanopub']}{hashlib.sha256(parts.encode()).hexdigest()[:32]}"
    this = ox.NamedNode(whole)
    head, assertion, provenance, about = (
        ox.NamedNode(f"{whole}#{name}") for name in ("head", "assertion", "provenance", "pubinfo")
    )
    yield ox.Quad(this, node("rdf:type"), ox.NamedNode(f"{_NANOPUB}Nanopublication"), head)
    yield ox.Quad(this, ox.NamedNode(f"{_NANOPUB}hasAssertion"), assertion, head)
    yield ox.Quad(this, ox.NamedNode(f"{_NANOPUB}hasProvenance"), provenance, head)
    yield ox.Quad(this, ox.NamedNode(f"{_NANOPUB}hasPublicationInfo"), about, head)
    for triple in _assertion(edge, passages):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, assertion)
    yield ox.Quad(assertion, node("prov:wasDerivedFrom"), node(document), provenance)
    yield ox.Quad(assertion, node("biolink:knowledge_level"), ox.Literal(edge.knowledge_level), provenance)
    yield ox.Quad(assertion, node("biolink:agent_type"), ox.Literal(edge.agent_type), provenance)
    for passage in passages:
        yield ox.Quad(assertion, node("biolink:has_evidence"), node(passage.id), provenance)
        for triple in _evidence(passage):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, provenance)
    yield ox.Quad(this, node("rdfs:label"), ox.Literal(label), about)
    yield ox.Quad(this, node("dcterms:isPartOf"), node("dataset:cartkg"), about)


def _label(graph: PropertyGraph, edge: Edge) -> str:
    said = edge.predicate.partition(":")[2].replace("_", " ")
    return f"{graph.label(edge.subject)} {'not ' if edge.negated else ''}{said} {graph.label(edge.object)}"


def _assertion(edge: Edge, passages: tuple[Passage, ...]) -> Iterator[ox.Triple]:
    here = node(edge.id)
    yield ox.Triple(here, node("rdf:type"), node("biolink:Association"))
    yield ox.Triple(here, node("biolink:subject"), node(edge.subject))
    yield ox.Triple(here, node("biolink:predicate"), node(edge.predicate))
    yield ox.Triple(here, node("biolink:object"), node(edge.object))
    yield ox.Triple(here, node("biolink:negated"), ox.Literal(edge.negated))
    if any(map(earns_shortcut, passages)):
        yield ox.Triple(node(edge.subject), node(edge.predicate), node(edge.object))


def _evidence(passage: Passage) -> Iterator[ox.Triple]:
    here = node(passage.id)
    yield ox.Triple(here, node("rdf:type"), node("kg:Evidence"))
    yield ox.Triple(here, node("biolink:supporting_text"), ox.Literal(passage.quote))
    yield ox.Triple(here, node("kg:grade"), node(f"kg:{passage.grade}"))
    yield ox.Triple(here, node("kg:direction"), ox.Literal(passage.direction))
    yield ox.Triple(here, node("kg:hypothetical"), ox.Literal(passage.hypothetical))
    yield ox.Triple(here, node("kg:section"), ox.Literal(passage.section))
    yield ox.Triple(here, node("kg:start"), ox.Literal(passage.start))
    yield ox.Triple(here, node("kg:end"), ox.Literal(passage.end))
    yield ox.Triple(here, node("kg:method"), ox.Literal(passage.method))
