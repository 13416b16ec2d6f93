"""Questions in, answers of the query workers out, without holding the server's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from pyoxigraph import Literal, NamedNode
from starlette.requests import Request

from kg.web.message import Term
from kg.web.pool import Answer, Pool, Question, Rows, Ticket, table


class Runner:
    """Runs questions in the pool's workers without holding the event loop; a client that leaves ends its query."""

    def __init__(self, pool: Pool, *, threads: int) -> None:
        self.pool = pool
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="kg-queries")

    async def ask(self, question: Question, request: Request) -> Answer:
        """The whole answer.

        Raises:
            QueryFailed: as `Pool.ask`.
        """
        ticket = Ticket()
        running: asyncio.Future[Answer] = asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: self.pool.ask(question, ticket=ticket)
        )
        leaving: asyncio.Future[None] = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait((running, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                ticket.cancel()
            return await running
        except asyncio.CancelledError:
            ticket.cancel()
            raise
        finally:
            leaving.cancel()

    async def rows(
        self, sparql: str, bindings: Mapping[str, NamedNode | Literal], request: Request
    ) -> tuple[tuple[str, ...], Rows]:
        """Columns and typed rows of a SELECT query's answer.

        Raises:
            QueryFailed: as `Pool.ask`, or the query is no SELECT.
        """
        question = Question(sparql=sparql, bindings={name: Term.of(term) for name, term in bindings.items()})
        with await self.ask(question, request) as answer:
            return table(answer.body.read())

    def close(self) -> None:
        """Kills what runs and ends the threads."""
        self.pool.close()
        self._threads.shutdown(cancel_futures=True)


async def _left(request: Request) -> None:
    """Returns when the client has gone."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.1)
