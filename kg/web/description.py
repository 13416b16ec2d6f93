"""An endpoint's address and its release in; its service description out (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import PREFIXES
from kg.web.message import GRAPH_TYPES, SELECT_TYPES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_PREFIXES = {
    "sd": _SD,
    "void": PREFIXES["void"],
    "dcterms": PREFIXES["dcterms"],
    "formats": "http://www.w3.org/ns/formats/",
}


def describe(endpoint: str, *, media_type: str, triples: int | None = None, release: str = "") -> bytes:
    """The description in one of `GRAPH_TYPES`; it names the data set by the endpoint, so there are no blank nodes.

    >>> b"sd:Service" in describe("http://localhost/sparql", media_type="text/turtle")
    True
    """
    service, dataset, graph = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#graph")
    found = [
        Triple(service, _TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, _TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, _TYPE, _sd("Graph")),
    ]
    for name in [form.iri for form in SELECT_TYPES.values()] + [form.iri for form in GRAPH_TYPES.values()]:
        found.append(Triple(service, _sd("resultFormat"), NamedNode(name)))
    if triples is not None:
        found.append(Triple(graph, NamedNode(PREFIXES["void"] + "triples"), Literal(triples)))
    if release:
        found.append(Triple(dataset, NamedNode(PREFIXES["dcterms"] + "identifier"), Literal(release)))
    return pyoxigraph.serialize(found, format=GRAPH_TYPES[media_type], prefixes=_PREFIXES) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
