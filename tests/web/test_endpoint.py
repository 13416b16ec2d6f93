"""`/sparql` and `/health` of a real server, as a client on the network sees them."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pyoxigraph
import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Served  # its fixtures reach tests by name; only the type is needed here

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NESTED = "SELECT * " + "{" * 2500 + "?s ?p ?o" + "}" * 2500


def problem(response: httpx.Response) -> str:
    """The detail of a problem document, having checked that it is one."""
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["title"]
    return str(told["detail"])


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"s\r\n"),
        ("text/tab-separated-values", b"?s\n"),
    ],
)
def test_rows_in_the_format_asked_for(served: Served, accept: str, start: bytes) -> None:
    """A SELECT answers in each of the four formats, under its own media type and with its length."""
    answer = served.ask("SELECT ?s { ?s ?p ?o } LIMIT 2", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.content.startswith(start)


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_triples_in_the_format_asked_for(served: Served, accept: str) -> None:
    """A CONSTRUCT answers in each of the four formats."""
    answer = served.ask("CONSTRUCT { ?s a ?o } { ?s a ?o } LIMIT 3", accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    form = pyoxigraph.RdfFormat.from_media_type(accept)
    assert form is not None
    assert len(list(pyoxigraph.parse(answer.content, form))) == 3


def test_triples_as_csv_are_not_acceptable(served: Served) -> None:
    """A CONSTRUCT asked for as CSV is 406, and says what there is."""
    answer = served.ask("CONSTRUCT { ?s a ?o } { ?s a ?o }", "text/csv")
    assert answer.status_code == 406
    assert "text/turtle" in problem(answer)


def test_a_broken_query_tells_the_parsers_words(served: Served) -> None:
    """400 with where the parser stopped."""
    answer = served.ask("SELECT * {")
    assert answer.status_code == 400
    assert "error at 1:" in problem(answer)


def test_updates_are_refused(served: Served) -> None:
    """Every way to send an update is refused and changes nothing."""
    update = "INSERT DATA { <http://a> <http://b> <http://c> }"
    post = served.client.post
    assert post("/sparql", content=update, headers={"content-type": "application/sparql-update"}).status_code == 403
    assert post("/sparql", data={"update": update}).status_code == 403
    assert served.ask(update).status_code == 403
    assert served.ask("ASK { <http://a> ?p ?o }").json()["boolean"] is False


def test_service_is_refused_and_nothing_connects(served: Served) -> None:
    """A SERVICE to a listener on this machine is refused and the listener hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        answer = served.ask(f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}")
        assert answer.status_code == 403
        assert "SERVICE" in problem(answer)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_nested_query_leaves_the_server_answering(served: Served) -> None:
    """What ends its worker is a problem document, and the server goes on."""
    answer = served.client.post("/sparql", content=NESTED, headers={"content-type": "application/sparql-query"})
    assert answer.status_code == 503
    assert "nested" in problem(answer)
    assert served.ask("ASK {}").json()["boolean"] is True


def test_an_endless_query_is_504(served: Served) -> None:
    """The time limit is told as such, and the worker that ran it is gone."""
    served.ask("ASK {}")
    before = set(served.pool.pids)
    answer = served.ask(ENDLESS)
    assert answer.status_code == 504
    assert "1.5 s" in problem(answer)
    assert not before <= set(served.pool.pids)
    assert not served.pool.busy


def test_too_much_is_503_and_never_a_cut_answer(served: Served) -> None:
    """Beyond the limit on rows or bytes there is a problem document and no part of the answer."""
    for query in ("SELECT * { ?s ?p ?o . ?s2 ?p2 ?o2 }", "CONSTRUCT { ?s ?p ?o2 } { ?s ?p ?o . ?s2 ?p2 ?o2 }"):
        answer = served.ask(query, "*/*")
        assert answer.status_code == 503
        assert "at most" in problem(answer)


def test_a_client_that_leaves_ends_its_query(served: Served) -> None:
    """A closed connection frees the worker before the query's own limit."""
    with pytest.raises(httpx.ReadTimeout):
        served.client.get("/sparql", params={"query": ENDLESS}, timeout=0.3)
    until = time.monotonic() + 1.0
    while served.pool.busy and time.monotonic() < until:
        time.sleep(0.01)
    assert not served.pool.busy


def test_more_queries_than_may_wait_are_503_with_a_hint(served: Served) -> None:
    """Of ten endless queries, two run, four wait, and four are told at once to come again later."""
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(served.ask(ENDLESS))

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    busy = [answer for answer in answers if answer.headers.get("retry-after")]
    assert len(busy) >= 4
    assert {answer.status_code for answer in answers} == {503, 504}


def test_dataset_parameters_name_the_only_graphs(served: Served) -> None:
    """With a default graph named that does not exist, there are no triples."""
    assert served.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
    given = served.ask("ASK { ?s ?p ?o }", **{"default-graph-uri": "http://example.org/none"})
    assert given.json()["boolean"] is False


def test_head_and_options(served: Served) -> None:
    """HEAD has the headers of GET and no body; OPTIONS tells methods; any origin may read."""
    head = served.client.head("/sparql", params={"query": "ASK {}"})
    assert head.status_code == 200
    assert head.content == b""
    options = served.client.options("/sparql")
    assert options.status_code == 204
    assert "POST" in options.headers["access-control-allow-methods"]
    for answer in (head, options, served.ask("ASK {}"), served.ask("ASK {")):
        assert answer.headers["access-control-allow-origin"] == "*"
    put = served.client.put("/sparql", params={"query": "ASK {}"})
    assert put.status_code == 405
    assert "GET" in put.headers["allow"]


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_the_service_describes_itself(served: Served, accept: str) -> None:
    """Without a query, RDF of the SD vocabulary tells the endpoint, its language and the number of triples."""
    answer = served.client.get("/sparql", headers={"accept": accept})
    form = pyoxigraph.RdfFormat.from_media_type(answer.headers["content-type"])
    assert form is not None
    triples = [quad.triple for quad in pyoxigraph.parse(answer.content, form)]
    told = {triple.predicate.value.rpartition("#")[2]: str(triple.object) for triple in triples}
    assert told["endpoint"] == f"<{served.client.base_url.join('/sparql')}>"
    assert "SPARQL11Query" in told["supportedLanguage"]
    assert not any(isinstance(triple.subject, pyoxigraph.BlankNode) for triple in triples)


def test_a_browser_gets_a_form_and_rows(served: Served) -> None:
    """A browser's Accept gives a page: the form without a query, rows with one, the error with a broken one."""
    page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<textarea" in served.client.get("/sparql", headers={"accept": page}).text
    assert "<table" in served.ask("SELECT * { ?s ?p ?o } LIMIT 1", page).text
    broken = served.ask("SELECT * {</textarea><script>", page)
    assert broken.status_code == 400
    assert "<script>" not in broken.text


def test_a_body_that_is_too_large_is_413(served: Served) -> None:
    """More than a mebibyte of query is not read."""
    answer = served.client.post(
        "/sparql", content=b"#" * (1 << 21), headers={"content-type": "application/sparql-query"}
    )
    assert answer.status_code == 413


def test_every_answer_has_the_security_headers(served: Served) -> None:
    """No answer may be sniffed or run scripts; a query's answer is inert even where a browser would render it."""
    for path in ("/", "/health", "/nope", "/static/style.css", "/sparql"):
        headers = served.client.get(path, headers={"accept": "text/html"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "unsafe" not in headers["content-security-policy"]
    assert "sandbox" in served.ask("ASK {}").headers["content-security-policy"]


def test_health_tells_release_counts_and_workers(served: Served, graph: Path) -> None:
    """`/health` names the release that `current` points to."""
    told = served.client.get("/health").json()
    assert told["release"] == (graph / "current").readlink().name
    assert told["counts"]["documents"] == 1
    assert told["workers"]["size"] == 2
