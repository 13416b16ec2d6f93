"""An error in; out: its HTTP status and a problem document (RFC 9457), or a page for a browser."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from kg.errors import KGError, QueryFailed, QueryTimeout, QueryTooLarge, UnknownName, UsageError
from kg.web.message import BadQuery, NotAcceptable, Refused
from kg.web.pool import Busy

MEDIA_TYPE = "application/problem+json"

# The first class that fits decides. SPARQL 1.1 Protocol §2.1.6: 400 for a query that is none, 5xx for one that fails.
_STATUS: tuple[tuple[type[KGError], int, str], ...] = (
    (BadQuery, 400, "Not a valid query"),
    (Refused, 403, "Not allowed here"),
    (NotAcceptable, 406, "No acceptable format"),
    (QueryTimeout, 504, "Time limit reached"),
    (QueryTooLarge, 503, "Size limit reached"),
    (Busy, 503, "Too busy"),
    (QueryFailed, 503, "The query could not be answered"),
    (UnknownName, 404, "Unknown name"),
    (UsageError, 400, "Not a valid request"),
)


class Problem(KGError):
    """A request that HTTP itself has a status for."""

    def __init__(self, status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.title = status, title
        self.headers = dict(headers or {})
        super().__init__(detail)


def status(error: KGError) -> tuple[int, str]:
    """The HTTP status of an error and its short title.

    >>> status(QueryTimeout("query: expected an answer within 1 s, got none"))
    (504, 'Time limit reached')
    """
    if isinstance(error, Problem):
        return error.status, error.title
    return next(((code, title) for kind, code, title in _STATUS if isinstance(error, kind)), (500, "Internal error"))


def response(error: KGError) -> Response:
    """The problem document of an error; one to be tried again says when."""
    code, title = status(error)
    content: dict[str, object] = {"type": "about:blank", "title": title, "status": code, "detail": str(error)}
    if isinstance(error, UnknownName):
        content["nearest"] = error.nearest
    headers = dict(error.headers) if isinstance(error, Problem) else {}
    if isinstance(error, Busy):
        headers["Retry-After"] = "5"
    return Response(msgspec.json.encode(content), status_code=code, media_type=MEDIA_TYPE, headers=headers)
