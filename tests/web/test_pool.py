"""Query workers as real processes on a small store: what breaks a child breaks nothing else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import QueryFailed, QueryTimeout, QueryTooLarge
from kg.web import message, pool
from kg.web.pool import Busy, Limits, Pool, Question, Ticket

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LIMITS = Limits(seconds=1.0, memory=900, rows=100, size=200_000)
NESTED = "SELECT * " + "{" * 2500 + "?s ?p ?o" + "}" * 2500


def make(path: Path, count: int, text: str = "x") -> Path:
    """A store of this many triples, closed again."""
    store = pyoxigraph.Store(str(path))
    predicate = pyoxigraph.NamedNode("http://e/p")
    store.extend(
        pyoxigraph.Quad(pyoxigraph.NamedNode(f"http://e/{i}"), predicate, pyoxigraph.Literal(f"{text}{i}"))
        for i in range(count)
    )
    store.flush()
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose literals look like the marks that rows are counted by."""
    return make(tmp_path_factory.mktemp("store") / "store", 500, '"},{"a",\r\n<result>,{"[{"')


@pytest.fixture(scope="module")
def workers(store: Path) -> Iterator[Pool]:
    """One worker on it."""
    with Pool(lambda: store, size=1, limits=LIMITS, queue=2) as made:
        yield made


def gone(pid: int) -> bool:
    """Whether no process has this id, or only one that was reaped by nobody yet."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def read(workers: Pool, sparql: str, **more: str) -> bytes:
    """The whole answer's bytes."""
    with workers.ask(Question(sparql=sparql, **more)) as answer:  # type: ignore[arg-type]  # media types only
        return answer.body.read()


def test_one_worker_answers_many_queries(workers: Pool) -> None:
    """A worker that answered is asked again; it is not started anew."""
    read(workers, "ASK {}")
    first = workers.pids
    read(workers, "ASK {}")
    assert workers.pids == first


def test_a_nested_query_ends_its_worker_alone(workers: Pool) -> None:
    """2,500 nested groups end the child, are told as an error, and the next query is answered by another child."""
    read(workers, "ASK {}")
    (before,) = workers.pids
    with pytest.raises(QueryFailed, match="nested too deeply"):
        read(workers, NESTED)
    assert gone(before)
    assert b"true" in read(workers, "ASK {}")


def test_an_endless_query_is_killed_in_time(workers: Pool) -> None:
    """A cross product ends at its limit and its process is gone."""
    read(workers, "ASK {}")
    (before,) = workers.pids
    with pytest.raises(QueryTimeout, match="within 1 s"):
        read(workers, ENDLESS)
    assert gone(before)


def test_a_memory_hog_is_told_as_such(store: Path) -> None:
    """A value that doubles thirty times ends at the memory limit, not at the machine's."""
    doubling = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(30))
    with Pool(lambda: store, size=1, limits=Limits(seconds=20, memory=700)) as workers:
        with pytest.raises(QueryTooLarge, match="memory"):
            read(workers, f"SELECT (?x30 AS ?z) {{ BIND('0123456789abcdef' AS ?x0) {doubling} }}")
        assert b"true" in read(workers, "ASK {}")


@pytest.mark.parametrize("media_type", message.SELECT_TYPES)
def test_rows_are_counted_exactly_in_every_format(workers: Pool, media_type: str) -> None:
    """As many rows as allowed are answered and one more is an error, whatever the literals look like."""
    assert read(workers, "SELECT * { ?s ?p ?o } LIMIT 100", results=media_type)
    with pytest.raises(QueryTooLarge, match="at most 100 rows"):
        read(workers, "SELECT * { ?s ?p ?o } LIMIT 101", results=media_type)


@pytest.mark.parametrize("media_type", message.SELECT_TYPES)
def test_rows_without_a_binding_are_no_rows_too_many(workers: Pool, media_type: str) -> None:
    """Unbound cells do not confuse the count."""
    query = "SELECT ?s ?none { { ?s ?p ?o } UNION { VALUES ?none { UNDEF } } } LIMIT 100"
    assert read(workers, query, results=media_type)


def test_too_many_bytes_are_an_error(workers: Pool) -> None:
    """A CONSTRUCT beyond the limit on bytes is an error, and the worker lives on."""
    read(workers, "ASK {}")
    before = workers.pids
    with pytest.raises(QueryTooLarge, match="200000 bytes"):
        read(workers, "CONSTRUCT { ?s ?p ?o2 } { ?s ?p ?o . ?s2 ?p ?o2 }")
    assert workers.pids == before


@pytest.mark.parametrize("media_type", message.GRAPH_TYPES)
def test_triples_come_in_every_format(workers: Pool, media_type: str) -> None:
    """What a CONSTRUCT answers can be read back by the format's own parser."""
    body = read(workers, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 7", graph=media_type)
    assert len(list(pyoxigraph.parse(body, message.GRAPH_TYPES[media_type]))) == 7


@pytest.mark.parametrize(
    ("sparql", "kind", "words"),
    [
        ("SELECT * {", message.BadQuery, "error at 1:"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", message.Refused, "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", message.Refused, "SERVICE"),
    ],
)
def test_what_is_no_query_is_told(workers: Pool, sparql: str, kind: type[QueryFailed], words: str) -> None:
    """A broken text, an update and a wish for another server each have their own error."""
    with pytest.raises(kind, match=words):
        read(workers, sparql)


def test_terms_are_bound_not_formatted(store: Path) -> None:
    """A bound text is one term, whatever it holds."""
    hostile = 'x" } DROP ALL #'
    columns, rows = pool.rows(
        store, "SELECT ?x ?given { BIND(?given AS ?y) ?s ?p ?o BIND(STR(?o) AS ?x) } LIMIT 1",
        limits=LIMITS, bindings={"given": message.Term("literal", hostile)},
    )  # fmt: skip
    assert dict(zip(columns, rows[0], strict=True))["given"] == pyoxigraph.Literal(hostile)


def test_a_cancelled_query_ends_at_once(store: Path) -> None:
    """Giving up a running query kills its worker and frees its place."""
    ticket = Ticket()
    with Pool(lambda: store, size=1, limits=Limits(seconds=30)) as workers:
        read(workers, "ASK {}")
        (before,) = workers.pids
        threading.Timer(0.3, ticket.cancel).start()
        with pytest.raises(QueryFailed, match="given up"):
            workers.ask(Question(sparql=ENDLESS), ticket=ticket)
        assert gone(before)
        assert b"true" in read(workers, "ASK {}")


def test_a_full_queue_is_told(store: Path) -> None:
    """With all workers at work and the queue full, one more query is refused at once."""
    with Pool(lambda: store, size=1, limits=LIMITS, queue=0) as workers:
        errors: list[QueryFailed] = []

        def endless() -> None:
            try:
                workers.ask(Question(sparql=ENDLESS))
            except QueryFailed as error:
                errors.append(error)

        thread = threading.Thread(target=endless)
        thread.start()
        while not workers.busy:
            time.sleep(0.01)
        with pytest.raises(Busy):
            workers.ask(Question(sparql="ASK {}"))
        thread.join()
    assert [type(error) for error in errors] == [QueryTimeout]


def test_a_new_store_is_served_and_a_running_query_finishes(tmp_path: Path) -> None:
    """When the store moves on, new queries see the new one; what runs on the old one ends there."""
    stores = [make(tmp_path / "a", 1), make(tmp_path / "b", 2)]
    now = [stores[0]]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    slow = (
        "SELECT (COUNT(*) AS ?n) { { SELECT * { VALUES ?i {"
        + " 1" * 700
        + " } VALUES ?j {"
        + " 1" * 700
        + " } } } ?s ?p ?o }"
    )
    with Pool(lambda: now[0], size=2, limits=Limits(seconds=20)) as workers:
        answers: list[bytes] = []
        thread = threading.Thread(target=lambda: answers.append(read(workers, slow)))
        thread.start()
        while not workers.busy and thread.is_alive():
            time.sleep(0.001)
        now[0] = stores[1]
        assert b'"2"' in read(workers, count)
        thread.join()
        assert b'"490000"' in answers[0]
        assert b'"2"' in read(workers, count)


def test_a_store_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    """A missing store is told, not waited for."""
    with pytest.raises(QueryFailed, match="store"):
        pool.ask(tmp_path / "none", "ASK {}", limits=LIMITS)


def test_closing_ends_every_child(store: Path) -> None:
    """After `close`, idle and busy children are gone and the busy one's query is an error."""
    workers = Pool(lambda: store, size=2, limits=Limits(seconds=30))
    read(workers, "ASK {}")
    errors: list[QueryFailed] = []

    def endless() -> None:
        try:
            workers.ask(Question(sparql=ENDLESS))
        except QueryFailed as error:
            errors.append(error)

    thread = threading.Thread(target=endless)
    thread.start()
    while not workers.busy:
        time.sleep(0.01)
    pids = workers.pids
    workers.close()
    thread.join(10)
    assert errors
    assert all(gone(pid) for pid in pids)


def test_reading_leaves_the_store_untouched(store: Path) -> None:
    """A worker changes no file of the release it reads."""
    before = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(store)}
    pool.ask(store, "SELECT * { ?s ?p ?o } LIMIT 10", limits=LIMITS)
    assert {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(store)} == before
