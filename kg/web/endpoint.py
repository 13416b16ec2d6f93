"""HTTP requests to `/sparql` in, answers of the query workers out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.errors import KGError
from kg.web import description, negotiate, problem, protocol
from kg.web.message import GRAPH_TYPES
from kg.web.pool import Question
from kg.web.problem import Problem
from kg.web.releases import Releases
from kg.web.render import Renderer
from kg.web.runner import Runner

BODY_BYTES = 1 << 20
# An answer may hold XML that a browser would run as a page of this origin.
_INERT = {"Content-Security-Policy": "default-src 'none'; sandbox"}
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Type, Retry-After",
    "Vary": "Accept",
}


class Endpoint:
    """The SPARQL 1.1 Protocol, §2.1 (query); §2.2 (update) is refused."""

    def __init__(self, runner: Runner, releases: Releases, renderer: Renderer) -> None:
        self._runner, self._releases, self._renderer = runner, releases, renderer

    async def handle(self, request: Request) -> Response:
        """Any request to the endpoint's address."""
        try:
            answer = await self._answer(request)
        except KGError as error:
            answer = problem.response(error)
        answer.headers.update(_CORS)
        return answer

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(
                status_code=204,
                headers={
                    "Allow": protocol.METHODS,
                    "Access-Control-Allow-Methods": protocol.METHODS,
                    "Access-Control-Allow-Headers": "Accept, Content-Type",
                    "Access-Control-Max-Age": "86400",
                },
            )
        accept = ", ".join(request.headers.getlist("accept")) or None
        body = await _body(request)
        call = protocol.parse(
            request.method, request.scope["query_string"], request.headers.get("content-type"), body, accept
        )
        endpoint = str(request.url.replace(query="", fragment=""))
        if call is None:
            return self._described(endpoint.rstrip("/"), accept)
        question = Question(
            sparql=call.sparql,
            results=call.results,
            graph=call.graph,
            base=endpoint,
            dataset=bool(call.default_graphs or call.named_graphs),
            default_graphs=call.default_graphs,
            named_graphs=call.named_graphs,
        )
        if call.html:
            return await self._page(question, request)
        answer = await self._runner.ask(question, request)
        return StreamingResponse(
            answer.chunks(),
            media_type=_with_charset(answer.media_type),
            headers={"Content-Length": str(answer.size), **_INERT},
        )

    def _described(self, endpoint: str, accept: str | None) -> Response:
        chosen = negotiate.choose(accept, [*GRAPH_TYPES, "text/html"])
        if chosen is None:
            raise Problem(
                406, "No acceptable format", f"expected one of {', '.join(GRAPH_TYPES)}, text/html, got {accept}"
            )
        if chosen == "text/html":
            return self._renderer.sparql()
        release = self._releases.current()
        document = description.describe(
            endpoint, media_type=chosen, triples=release.count("triples"), release=release.name
        )
        return Response(document, media_type=_with_charset(chosen))

    async def _page(self, question: Question, request: Request) -> Response:
        try:
            with await self._runner.ask(question, request) as answer:
                body = answer.body.read()
        except KGError as error:
            return self._renderer.sparql(question.sparql, error=error)
        if answer.media_type == "text/turtle":
            return self._renderer.sparql(question.sparql, graph=body.decode("utf-8"))
        return self._renderer.sparql(question.sparql, results=body)


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            raise Problem(413, "Too large", f"expected a request of at most {BODY_BYTES} bytes, got more")
    return body


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
