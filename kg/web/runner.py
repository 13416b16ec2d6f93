"""Questions in, answers of the query workers out, without holding the server's event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from kg.web.pool import Answer, Pool, Question, Ticket


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

    def close(self) -> None:
        """Kills what runs and ends the threads."""
        self.pool.close()
        self._threads.shutdown(cancel_futures=True)


async def _left(request: Request) -> None:
    """Returns when the client has gone."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.1)
