"""A release's store and a query in, a whole answer or an error out: the query workers, taken in turn.

A query runs in a child process that is killed when its time is over, when its client is gone, or when the pool closes.
A child that dies of a query is an error answer and a new child; an answer is given whole or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import pyoxigraph

from kg.errors import QueryFailed
from kg.web import message
from kg.web.child import Answer, Limits, Question, Ticket, Worker

__all__ = ["Answer", "Busy", "Limits", "Node", "Pool", "Question", "Rows", "Ticket", "ask", "rows", "table"]

Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
Rows = tuple[tuple[Node | None, ...], ...]


class Busy(QueryFailed):
    """More queries wait already than may."""


class Pool:
    """A fixed number of workers on the store that `store()` names at the time; `queue` more queries may wait.

    A worker whose store is no longer the named one is replaced when it is next asked; what runs, finishes on its own.
    """

    def __init__(self, store: Callable[[], Path], *, size: int, limits: Limits, queue: int = 32) -> None:
        self._store, self.size, self.limits, self._queue = store, size, limits, queue
        # The kernel ties a child to the thread that started it (`wall.die_with`): one long-lived thread starts all.
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kg-workers")
        self._free = threading.Semaphore(size)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._waiting = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The children there are now."""
        with self._lock:
            return tuple(worker.pid for worker in [*self._idle, *self._busy])

    @property
    def busy(self) -> int:
        """How many queries run now."""
        with self._lock:
            return len(self._busy)

    def ask(self, question: Question, *, ticket: Ticket | None = None, limits: Limits | None = None) -> Answer:
        """The whole answer to a question; blocks, and may be called from many threads.

        Raises:
            Busy: too many queries wait already, or this one waited longer than a query may run.
            QueryFailed: as `Worker.ask`.
        """
        ticket, limits = ticket or Ticket(), limits or self.limits
        self._wait(limits.seconds, ticket)
        worker: Worker | None = None
        try:
            worker = self._take()
            with ticket.holding(worker):
                return worker.ask(question, limits)
        except QueryFailed:
            if ticket.cancelled.is_set():
                raise QueryFailed("query: given up by its client") from None
            raise
        finally:
            if worker is not None:
                self._give_back(worker)
            self._free.release()

    def close(self) -> None:
        """Kills every child; running queries end with an error."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.close()
        self._starter.shutdown()

    def _wait(self, seconds: float, ticket: Ticket) -> None:
        with self._lock:
            if self._waiting >= self._queue + self.size - len(self._busy):
                raise Busy(f"queue: expected at most {self._queue} waiting queries, got one more; try again later")
            self._waiting += 1
        try:
            steps = max(1, round(seconds / 0.1))
            for _ in range(steps):
                if self._free.acquire(timeout=0.1):
                    return
                if ticket.cancelled.is_set():
                    raise QueryFailed("query: given up by its client")
                if self._closed:
                    raise QueryFailed("query: the server is stopping")
            raise Busy(f"queue: expected a free worker within {seconds:g} s, got none; try again later")
        finally:
            with self._lock:
                self._waiting -= 1

    def _take(self) -> Worker:
        store = self._store()
        with self._lock:
            stale = [worker for worker in self._idle if worker.store != store or not worker.alive]
            self._idle = [worker for worker in self._idle if worker not in stale]
            worker = self._idle.pop() if self._idle else None
        for old in stale:
            old.close()
        if worker is None:
            try:
                worker = self._starter.submit(Worker, store, memory=self.limits.memory).result()
            except RuntimeError as error:
                raise QueryFailed("query: the server is stopping") from error
        with self._lock:
            self._busy.add(worker)
            if self._closed:
                worker.kill()
        return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
            keep = worker.alive and not self._closed
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.close()


def ask(
    store: Path,
    sparql: str,
    *,
    limits: Limits | None = None,
    results: str = "application/sparql-results+json",
    graph: str = "text/turtle",
    bindings: Mapping[str, message.Term] | None = None,
) -> tuple[str, bytes]:
    """Media type and bytes of one query's answer, from a worker of its own: what the command line needs.

    Raises:
        QueryFailed: as `Worker.ask`.
    """
    limits = limits or Limits()
    question = Question(sparql=sparql, results=results, graph=graph, bindings=dict(bindings or {}))
    with Pool(lambda: store, size=1, limits=limits) as pool, pool.ask(question) as answer:
        return answer.media_type, answer.body.read()


def rows(
    store: Path, sparql: str, *, limits: Limits | None = None, bindings: Mapping[str, message.Term] | None = None
) -> tuple[
    tuple[str, ...], tuple[tuple[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | None, ...], ...]
]:
    """Columns and typed rows of one SELECT query's answer.

    Raises:
        QueryFailed: as `ask`, or the query is no SELECT.
    """
    _, body = ask(store, sparql, limits=limits, bindings=bindings)
    return table(body)


def table(
    body: bytes,
) -> tuple[
    tuple[str, ...], tuple[tuple[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | None, ...], ...]
]:
    """Columns and typed rows of SPARQL JSON results.

    >>> table(b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}},{}]}}')[0]
    ('a',)

    Raises:
        QueryFailed: the bytes are the answer of another kind of query.
    """
    try:
        found = pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise QueryFailed("query: expected a SELECT, got one that answers no rows") from error
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise QueryFailed("query: expected a SELECT, got an ASK")
    columns = tuple(variable.value for variable in found.variables)
    return columns, tuple(tuple(cast("Node | None", row[name]) for name in columns) for row in found)
