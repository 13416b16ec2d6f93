"""A graph's folder and a configuration in, the ASGI application out: pages at `/`, SPARQL at `/sparql`, `/health`."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.config import Config
from kg.errors import KGError
from kg.query import NamedQuery, load_all
from kg.store import Graph
from kg.web import negotiate, problem
from kg.web.claims import Claims
from kg.web.endpoint import Endpoint
from kg.web.pages import Handler, Names, Pages
from kg.web.pool import Limits, Pool
from kg.web.problem import Problem
from kg.web.releases import Releases
from kg.web.render import Renderer
from kg.web.runner import Runner

logger = logging.getLogger(__name__)

_HEADERS = {
    b"content-security-policy": (
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
}


def create_app(
    graph: Path,
    config: Config | None = None,
    *,
    queries: Mapping[str, NamedQuery] | None = None,
    names: Callable[[], Names] | None = None,
) -> Starlette:
    """The server of one graph. Its workers start with the first query and end with the application.

    Args:
        graph: the graph's folder.
        config: limits; the defaults unless given.
        queries: the named queries by name; the shipped ones unless given.
        names: opens the vocabulary that tells what a name stands for; the one the release was built with unless given.

    Raises:
        BadGraph: the folder holds no graph.
    """
    config = config or Config()
    releases = Releases(Graph.open(graph))
    named = load_all() if queries is None else queries
    # Two pools: who asks hard questions at the endpoint shall not keep readers of the pages waiting.
    pool, page_pool = (
        Pool(releases.store, size=config.query_workers, limits=Limits.of(config), queue=config.query_queue)
        for _ in range(2)
    )
    # As many threads as queries may run or wait, and a few that tell the others that the queue is full.
    runner, page_runner = (
        Runner(one, threads=config.query_workers + config.query_queue + 4) for one in (pool, page_pool)
    )
    renderer = Renderer(releases)
    endpoint = Endpoint(runner, releases, renderer)
    pages = Pages(page_runner, releases, renderer, named, names or releases.lexicon)
    claims = Claims(page_runner, releases, renderer, named, names or releases.lexicon)

    async def health(_: Request) -> Response:
        release = releases.current()
        told = {
            "status": "ok",
            "release": release.name,
            "counts": release.counts,
            "workers": {"size": pool.size, "alive": len(pool.pids), "busy": pool.busy},
        }
        return Response(msgspec.json.encode(told), media_type="application/json")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            runner.close()
            page_runner.close()

    def shown(handler: Handler) -> Handler:
        async def safe(request: Request) -> Response:
            try:
                return await handler(request)
            except KGError as error:
                return _failed(request, error, renderer)

        return safe

    async def failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = Problem(error.status_code, error.detail, f"{error.detail}: {request.url.path}", headers=error.headers)
        return _failed(request, told, renderer)

    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    routes = [
        Route("/sparql", endpoint.handle, methods=every),
        Route("/sparql/", endpoint.handle, methods=every),
        Route("/health", shown(health)),
        Route("/", shown(pages.home)),
        Route("/search", shown(pages.search)),
        Route("/query/{name}", shown(pages.query)),
        Route("/document/{curie:path}", shown(pages.document)),
        Route("/term/{curie:path}", shown(pages.term)),
        Route("/statement/{curie:path}", shown(claims.statement)),
        Route("/explain", shown(claims.pair)),
        Mount("/static", StaticFiles(packages=[("kg.web", "static")])),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: failed})
    app.add_middleware(_Guarded)
    app.state.pool = pool
    return app


def _failed(request: Request, error: KGError, renderer: Renderer) -> Response:
    """A page where the client likes HTML best, else a problem document."""
    accept = ", ".join(request.headers.getlist("accept"))
    html = negotiate.choose(accept, [problem.MEDIA_TYPE, "application/json", "text/html"]) == "text/html"
    if html and request.query_params.get("format", "html") == "html":
        answer: Response = renderer.failure(error)
        answer.headers.update(error.headers if isinstance(error, Problem) else {})
        return answer
    return problem.response(error)


class _Guarded:
    """Adds the security headers that an answer does not set itself (OWASP secure headers)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _HEADERS.items() if pair[0] not in there)]
            await send(message)

        await self._app(scope, receive, guarded)
