"""What counts as a wish for the network or for a change, told by the text alone."""

from __future__ import annotations

import random

import pyoxigraph
import pytest

from kg.web.scan import wants_change, wants_network


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://a/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE:foo { ?s ?p ?o } }",
        "SELECT * { SERVICEex:foo { ?s ?p ?o } }",
        "SELECT * { ?a ?b 1SERVICE<http://a/> { } }",
        "SELECT * { ?a ?b trueSERVICE<http://a/> { } }",
        "SELECT * { ex:a\\' ?p ?o SERVICE ex:a\\' { } }",
        "SELECT * { ?s a ex:.SERVICE<http://a/> { } }",
        "SELECT * { FILTER(?a<3)SERVICE<http://a/> { } }",
        "SELECT * { \\u0053ERVICE <http://a/> { } }",
        "SELECT * { <http://a#b> ?p ?o SERVICE <http://a/> { } }",
        "SELECT * { ?s ?p 'a' SERVICE <http://a/> { ?s ?p 'b' } }",
        "# x\nSELECT * {#\rSERVICE <http://a/> { } }",
    ],
)
def test_every_way_to_write_service_is_seen(query: str) -> None:
    """The keyword is found in any case and place, also where the store's parser needs no blank before or behind it."""
    assert wants_network(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p $SERVICE }",
        "SELECT * { ?s ?p 'SERVICE <http://a/> { }' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" , "it\\"s SERVICE" }',
        "SELECT * { <http://a/SERVICE> ex:SERVICE ex:a-SERVICE }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://a/> { }",
        "PREFIX service: <http://a/> SELECT * { GRAPH service:x { service:a ?p 'x'@en-SERVICE } }",
        "SELECT * { _:SERVICE ?p ?o }",
    ],
)
def test_service_as_a_name_or_a_text_is_no_wish(query: str) -> None:
    """Variables, names, IRIs, strings, comments and language tags may hold the word."""
    assert not wants_network(query)


def test_what_the_scan_lets_through_never_connects() -> None:
    """Of random texts that the store itself reads as a SERVICE, none passes the scan.

    The store says "port 1 is not allowed" when it is about to connect, so nothing leaves this machine.
    """
    store = pyoxigraph.Store()
    store.add(
        pyoxigraph.Quad(pyoxigraph.NamedNode("http://e/a"), pyoxigraph.NamedNode("http://e/p"), pyoxigraph.Literal("x"))
    )
    before = ["?s ?p ?o", "ex:a ex:p 'x'", "ex:a.", "_:a", "_:b.", "ex:", "'x'@en", "1", "1.0e1", ".", ";", ",", "\n"]
    before += [
        "#c\n",
        "{",
        "}",
        "FILTER(1<2)",
        "FILTER(?s!=?o)",
        "true",
        "a",
        "<http://e/a>",
        "?x",
        "UNION",
        "OPTIONAL",
    ]
    before += ["BIND(1 AS ?z)", "\\'", ">", "<", "'", '"', "'''", "%41", "·", "-", "()", "[]", "{}", "#>", "<#", "ex:é"]
    words = ["SERVICE", "service", "SERVICESILENT", "SERVICE SILENT", "SERVICEex:q", "\\u0053ERVICE", "SERVICE:q"]
    after = ["<http://127.0.0.1:1/>{}", " <http://127.0.0.1:1/> {?s ?p ?o}", "{}", " ex:q{}"]
    choose = random.Random(11)
    connecting = 0
    for _ in range(20_000):
        lead = "".join(choose.choice(before) + choose.choice(["", "", " "]) for _ in range(choose.randint(0, 4)))
        body = lead + choose.choice(words) + choose.choice(after)
        query = f"PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/> SELECT * {{{body}}}"
        try:
            list(store.query(query))  # type: ignore[arg-type]  # a SELECT's answer is iterable
        except SyntaxError:
            continue
        except OSError:  # "port 1 is not allowed"
            connecting += 1
            assert wants_network(query), query
    assert connecting > 100


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { }", "prefix a: <b> delete where { }", "BASE <x> # c\nLOAD <http://a/>", "CLEAR ALL", "DROP ALL"],
)
def test_an_update_is_told_by_its_first_word(update: str) -> None:
    """An update's first word behind the prologue names it."""
    assert wants_change(update)


@pytest.mark.parametrize("query", ["SELECT ?insert { }", "ASK { }", "PREFIX load: <x> ASK { }", ""])
def test_a_query_is_no_update(query: str) -> None:
    """A query that merely holds such a word is none."""
    assert not wants_change(query)
