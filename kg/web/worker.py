"""`python -m kg.web.worker STORE MEMORY PARENT`: requests on stdin, serialised results on stdout, one at a time.

The child of `kg.web.pool`. It may be killed at any moment and dies by itself when a query breaks it: nothing it holds
is worth keeping. It shuts itself in (`kg.web.wall`) before it loads the store's library or reads a request.
"""

from __future__ import annotations

import re
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kg.web import scan, wall

if TYPE_CHECKING:  # imported behind the walls, in `main`
    import pyoxigraph

    from kg.web import message

_XML_ROW = re.compile(rb"<result>|<result/>")
# A row's start in SPARQL JSON. A `{` that ends a literal is followed by a closing quote and then `,`, `}` or `]`.
_JSON_ROW = re.compile(rb'[,\[]\{(?="[^,}\]])')


def main() -> None:
    """Serves requests until stdin closes."""
    store_path, memory, parent = sys.argv[1:]
    wall.die_with(int(parent))
    wall.limit_memory(int(memory))
    wall.forbid_network()
    # Imported behind the walls: the library may start threads, and a filter reaches only later ones.
    import pyoxigraph

    from kg.web import message

    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        store = pyoxigraph.Store.read_only(store_path)
    except OSError as error:
        message.write(
            answers, message.FAILURE, msgspec.msgpack.encode(message.Failure("QueryFailed", f"store: {error}"))
        )
        return
    wall.forbid_writing()
    message.write(answers, message.READY)
    decoder = msgspec.msgpack.Decoder(message.Request)
    while True:
        try:
            _, payload = message.read(requests)
        except EOFError:
            return
        request = decoder.decode(payload)
        # Should the parent be unable to kill it, the kernel does.
        signal.setitimer(signal.ITIMER_REAL, request.seconds + 5)
        try:
            _answer(store, request, answers)
        except Exception as error:  # noqa: BLE001  a worker's border: whatever a query raises is its answer
            failure = _told(error, request.sparql)
            message.write(answers, message.FAILURE, msgspec.msgpack.encode(failure))
            if isinstance(error, MemoryError):
                return
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(store: pyoxigraph.Store, request: message.Request, answers: BinaryIO) -> None:
    import pyoxigraph

    from kg.namespaces import PREFIXES
    from kg.web import message

    if scan.wants_network(request.sparql):
        raise message.Refused("SERVICE is not allowed here: this endpoint asks no other server")
    found = store.query(
        request.sparql,
        base_iri=request.base,
        prefixes=dict(PREFIXES),  # those of the graph need no PREFIX line; a query's own win
        default_graph=[pyoxigraph.NamedNode(iri) for iri in request.default_graphs] if request.dataset else None,
        named_graphs=[pyoxigraph.NamedNode(iri) for iri in request.named_graphs] if request.dataset else None,
        substitutions={pyoxigraph.Variable(name): term.native() for name, term in request.bindings.items()} or None,
    )
    media_type = request.graph if isinstance(found, pyoxigraph.QueryTriples) else request.results
    if media_type is None:
        offers = message.GRAPH_TYPES if isinstance(found, pyoxigraph.QueryTriples) else message.SELECT_TYPES
        raise message.NotAcceptable(f"this query's answer can be had as {', '.join(offers)}")
    message.write(answers, message.TYPE, media_type.encode("ascii"))
    sink = Sink(answers, rows=request.rows, size=request.size, media_type=media_type)
    if isinstance(found, pyoxigraph.QueryTriples):
        found.serialize(sink, message.GRAPH_TYPES[media_type])  # type: ignore[arg-type]  # it calls `write` alone
    else:
        found.serialize(sink, message.SELECT_TYPES[media_type])  # type: ignore[arg-type]  # it calls `write` alone
    sink.close()


def _told(error: Exception, sparql: str) -> message.Failure:
    from kg.errors import QueryFailed
    from kg.web import message

    text = " ".join(str(error).split())[:600]
    if isinstance(error, QueryFailed):
        return message.Failure(type(error).__name__, str(error))
    if isinstance(error, MemoryError):
        return message.Failure("QueryTooLarge", "query: expected to fit the memory limit, needed more")
    if isinstance(error, SyntaxError) and scan.wants_change(sparql):
        return message.Failure("Refused", "this endpoint is read-only: it answers queries and runs no updates")
    if isinstance(error, (SyntaxError, ValueError)):
        return message.Failure("BadQuery", f"query: expected SPARQL 1.1, got {text}")
    return message.Failure("QueryFailed", f"query: {text}")


class Sink:
    """Takes a serialiser's bytes, counts rows and bytes, and passes them on in frames.

    Rows are counted in what is written, so that the library's own serialisers serve; each pattern stands once for a
    row, whatever the literals hold (in JSON a row without any binding is not counted: the limit on bytes holds it).
    """

    def __init__(self, stream: BinaryIO, *, rows: int, size: int, media_type: str) -> None:
        self._stream, self._rows, self._size, self._type = stream, rows, size, media_type
        self._counted, self._written, self._held = 0, 0, bytearray()
        self._carry, self._quoted = b"", False

    def write(self, data: bytes) -> int:
        """Takes the next bytes.

        Raises:
            QueryTooLarge: they are more than allowed.
        """
        from kg.errors import QueryTooLarge
        from kg.web import message

        self._written += len(data)
        self._counted += self._starts(data)
        if self._written > self._size:
            raise QueryTooLarge(f"answer: expected at most {self._size} bytes, got more; add a LIMIT")
        if self._counted > self._rows:
            raise QueryTooLarge(f"answer: expected at most {self._rows} rows, got more; add a LIMIT")
        self._held += data
        if len(self._held) >= message.CHUNK:
            message.write(self._stream, message.BODY, bytes(self._held))
            self._held.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing: frames are sent as they fill."""

    def close(self) -> None:
        """Sends what is held and says that the answer is whole."""
        from kg.web import message

        if self._held:
            message.write(self._stream, message.BODY, bytes(self._held))
        message.write(self._stream, message.END)

    def _starts(self, data: bytes) -> int:
        if self._type == "text/tab-separated-values":
            return data.count(b"\n") - (self._written == len(data))
        if self._type == "text/csv":
            return self._csv_rows(data) - (self._written == len(data))
        if self._type == "application/sparql-results+json":
            pattern = _JSON_ROW
        elif self._type == "application/sparql-results+xml":
            pattern = _XML_ROW
        else:
            return 0
        # A row's mark may straddle two writes: the last bytes before it are looked at again, none counted twice.
        joined = self._carry + data
        seen = [match.end() for match in pattern.finditer(joined)]
        keep = 10 if pattern is _XML_ROW else 3
        rest = max(len(joined) - keep, seen[-1] if seen else 0)
        self._carry = joined[rest:]
        return len(seen)

    def _csv_rows(self, data: bytes) -> int:
        rows = 0
        for part in data.split(b'"'):
            if not self._quoted:
                rows += part.count(b"\n")
            self._quoted = not self._quoted
        self._quoted = not self._quoted  # there is one quote less than parts
        return rows


if __name__ == "__main__":
    main()
