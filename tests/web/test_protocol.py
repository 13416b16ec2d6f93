"""Requests as the SPARQL 1.1 Protocol has them, without a server."""

from __future__ import annotations

import pytest

from kg.web.problem import Problem
from kg.web.protocol import FORM, QUERY, UPDATE, parse

ASK = b"query=ASK%20%7B%7D"


@pytest.mark.parametrize(
    ("method", "url", "content_type", "body"),
    [
        ("GET", ASK, None, b""),
        ("POST", b"", FORM, ASK),
        ("POST", b"", f"{FORM}; charset=UTF-8", ASK),
        ("POST", b"", QUERY, b"ASK {}"),
        ("POST", b"", 'Application/SPARQL-Query;charset="utf-8"', b"ASK {}"),
    ],
)
def test_three_ways_to_send_a_query(method: str, url: bytes, content_type: str | None, body: bytes) -> None:
    """GET, a posted form and a posted query are the same query operation (§2.1.1 to §2.1.3)."""
    call = parse(method, url, content_type, body, None)
    assert call is not None
    assert call.sparql == "ASK {}"


@pytest.mark.parametrize(
    ("method", "url", "content_type", "body", "status"),
    [
        ("PUT", ASK, None, b"", 405),
        ("GET", ASK + b"&" + ASK, None, b"", 400),
        ("POST", ASK, QUERY, b"ASK {}", 400),
        ("GET", b"query=%ff", None, b"", 400),
        ("POST", b"", QUERY, b"ASK { \xff }", 400),
        ("POST", b"", FORM, b"\xff=1", 400),
        ("POST", b"", FORM, b"format=json", 400),
        ("POST", b"", None, b"ASK {}", 415),
        ("POST", b"", "text/plain", b"ASK {}", 415),
        ("POST", b"", f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        ("GET", b"update=CLEAR%20ALL", None, b"", 400),
        ("POST", b"", FORM, b"update=CLEAR%20ALL", 403),
        ("POST", b"", UPDATE, b"CLEAR ALL", 403),
        ("GET", ASK + b"&format=nonsense", None, b"", 400),
        ("GET", b"&".join([b"a=1"] * 2000), None, b"", 400),
    ],
)
def test_what_the_protocol_forbids(method: str, url: bytes, content_type: str | None, body: bytes, status: int) -> None:
    """Each misuse has the status that says whose mistake it is."""
    with pytest.raises(Problem) as caught:
        parse(method, url, content_type, body, None)
    assert caught.value.status == status


def test_a_method_that_is_not_allowed_is_told_which_are() -> None:
    """405 carries Allow (RFC 9110, §15.5.6)."""
    with pytest.raises(Problem) as caught:
        parse("DELETE", b"", None, b"", None)
    assert "GET" in caught.value.headers["Allow"]


def test_graphs_come_from_the_address_and_the_form() -> None:
    """Data set parameters repeat, and a posted form may carry them beside the query."""
    call = parse(
        "POST", b"default-graph-uri=http://a", FORM, ASK + b"&default-graph-uri=http://b&named-graph-uri=c", None
    )
    assert call is not None
    assert call.default_graphs == ("http://a", "http://b")
    assert call.named_graphs == ("c",)


@pytest.mark.parametrize(
    ("accept", "short", "results", "graph", "html"),
    [
        (None, "", "application/sparql-results+json", "text/turtle", False),
        ("text/csv", "", "text/csv", None, False),
        ("application/xml", "", "application/sparql-results+xml", "application/rdf+xml", False),
        ("application/json", "", "application/sparql-results+json", "application/ld+json", False),
        ("text/turtle, text/csv;q=0.5", "", "text/csv", "text/turtle", False),
        ("text/html, */*;q=0.1", "", "application/sparql-results+json", "text/turtle", True),
        ("image/png", "csv", "text/csv", None, False),
        ("text/html", "turtle", None, "text/turtle", False),
    ],
)
def test_formats(accept: str | None, short: str, results: str | None, graph: str | None, html: bool) -> None:
    """`format=` wins over Accept; rows and triples are negotiated apart, since only the query tells which it is."""
    call = parse("GET", ASK + (f"&format={short}".encode() if short else b""), None, b"", accept)
    assert call is not None
    assert (call.results, call.graph, call.html) == (results, graph, html)


def test_nothing_acceptable_is_406() -> None:
    """A client that accepts none of the formats is told them."""
    with pytest.raises(Problem, match="text/csv") as caught:
        parse("GET", ASK, None, b"", "image/png")
    assert caught.value.status == 406


def test_no_query_is_a_wish_for_the_description() -> None:
    """GET without a query asks what the service is (Service Description, §2)."""
    assert parse("GET", b"", None, b"", "text/turtle") is None
