"""One HTTP request in, one `Call` out: the query and its data set by the SPARQL 1.1 Protocol, §2.1.

Pure: it knows no server. The endpoint is read-only, so update operations are told so instead of carried out.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec

from kg.web import negotiate
from kg.web.message import GRAPH_TYPES, SELECT_TYPES
from kg.web.problem import Problem

METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_RESULTS = {name: name for name in SELECT_TYPES} | {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPHS = {name: name for name in GRAPH_TYPES} | {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}
# `format=`: what it means for rows and booleans, and for triples.
_SHORT: dict[str, tuple[str | None, str | None]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "ntriples": (None, "application/n-triples"),
    "nt": (None, "application/n-triples"),
    "rdfxml": (None, "application/rdf+xml"),
    "rdf": (None, "application/rdf+xml"),
    "jsonld": (None, "application/ld+json"),
}


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One query operation. results, graph: the media types for rows and for triples; html: a page is liked better."""

    sparql: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results: str | None
    graph: str | None
    html: bool


def parse(method: str, query_string: bytes, content_type: str | None, body: bytes, accept: str | None) -> Call | None:
    """The query asked for; None where the request names none (the service description is wanted).

    >>> parse("GET", b"query=ASK%20%7B%7D", None, b"", "text/csv").results
    'text/csv'
    >>> parse("GET", b"", None, b"", None) is None
    True

    Raises:
        Problem: 400 for parameters that the protocol forbids, 403 for an update, 405, 406, 415.
    """
    if method not in ("GET", "HEAD", "POST"):
        raise Problem(405, "Method not allowed", f"expected {METHODS}, got {method}", headers={"Allow": METHODS})
    pairs = _pairs(query_string)
    if method == "POST":
        pairs += _posted(content_type, body)
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        if method != "POST":
            raise Problem(400, "Not a valid request", "an update needs POST, and this endpoint is read-only")
        raise _read_only()
    if not queries:
        if method == "POST":
            raise Problem(400, "Not a valid request", "expected one parameter query=, got none")
        return None
    if len(queries) > 1:
        raise Problem(400, "Not a valid request", f"expected one parameter query=, got {len(queries)}")
    results, graph, html = _formats(pairs, accept)
    return Call(
        sparql=queries[0],
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri"),
        results=results,
        graph=graph,
        html=html,
    )


def _posted(content_type: str | None, body: bytes) -> list[tuple[str, str]]:
    kind, _, parameters = (content_type or "").partition(";")
    kind = kind.strip().lower()
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Problem(415, "Unsupported media type", f"expected UTF-8, got charset {value.strip()}")
    if kind == UPDATE:
        raise _read_only()
    if kind == QUERY:
        return [("query", _text(body))]
    if kind == FORM:
        return _pairs(body)
    raise Problem(
        415,
        "Unsupported media type",
        f"expected {FORM} or {QUERY}, got {kind or 'no Content-Type'}",
        headers={"Accept-Post": f"{FORM}, {QUERY}"},
    )


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Problem(400, "Not a valid request", f"expected percent-encoded UTF-8 parameters, got {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "Not a valid request", f"expected a query in UTF-8, got {error}") from error


def _formats(pairs: list[tuple[str, str]], accept: str | None) -> tuple[str | None, str | None, bool]:
    short = [value for name, value in pairs if name == "format" and value]
    if short:
        if short[-1] == "html":
            return "application/sparql-results+json", "text/turtle", True
        if short[-1] not in _SHORT:
            raise Problem(400, "Not a valid request", f"unknown format {short[-1]!r}; known: html, {', '.join(_SHORT)}")
        return *_SHORT[short[-1]], False
    everything = [*_RESULTS, *_GRAPHS, "text/html"]
    best = negotiate.choose(accept, everything)
    if best is None:
        known = ", ".join([*SELECT_TYPES, *GRAPH_TYPES, "text/html"])
        raise Problem(406, "No acceptable format", f"expected one of {known}, got Accept: {accept}")
    if best == "text/html":
        return "application/sparql-results+json", "text/turtle", True
    rows, triples = negotiate.choose(accept, list(_RESULTS)), negotiate.choose(accept, list(_GRAPHS))
    return _RESULTS[rows] if rows else None, _GRAPHS[triples] if triples else None, False


def _read_only() -> Problem:
    return Problem(403, "Not allowed here", "this endpoint is read-only: it answers queries and runs no updates")
