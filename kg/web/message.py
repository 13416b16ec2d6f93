"""What a query worker is asked and what it answers: values in, length-prefixed frames out, and back.

A frame is one kind byte, four bytes of length (big endian), and the payload. A request is one `REQUEST` frame; its
answer is `TYPE`, any number of `BODY` and one `END`, or at any point one `FAILURE`. `READY` is said once: the store
is open.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, Final, Literal, Self

import msgspec
import pyoxigraph

from kg.errors import QueryFailed, QueryTooLarge

READY: Final = b"r"
REQUEST: Final = b"q"
TYPE: Final = b"t"
BODY: Final = b"b"
END: Final = b"e"
FAILURE: Final = b"x"

CHUNK = 1 << 16
_HEAD = struct.Struct(">cI")

SELECT_TYPES = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
GRAPH_TYPES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
}


class BadQuery(QueryFailed):
    """The text is no SPARQL query; the message is the parser's."""


class Refused(QueryFailed):
    """The query asks for what this endpoint does not do: a change, or another server."""


class NotAcceptable(QueryFailed):
    """The query's kind of answer has no format among those asked for."""


class Term(msgspec.Struct, frozen=True):
    """An RDF term that may cross a process border. kind: `iri` or `literal`."""

    kind: Literal["iri", "literal"]
    value: str
    datatype: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> Self:
        """The same term as a plain value.

        >>> Term.of(pyoxigraph.Literal("x", language="en")).native()
        <Literal value=x language=en>
        """
        if isinstance(term, pyoxigraph.NamedNode):
            return cls("iri", term.value)
        return cls("literal", term.value, term.datatype.value, term.language)

    def native(self) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
        """The store's own term."""
        if self.kind == "iri":
            return pyoxigraph.NamedNode(self.value)
        if self.language:
            return pyoxigraph.Literal(self.value, language=self.language)
        return pyoxigraph.Literal(self.value, datatype=pyoxigraph.NamedNode(self.datatype) if self.datatype else None)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One query. results, graph: the media type wanted for rows or a boolean, and for triples; None: not acceptable.

    dataset: whether the protocol names graphs; then only `default_graphs` and `named_graphs` exist for the query
    (SPARQL 1.1 Protocol, §2.1.4). seconds: wall clock. rows and size: limits on the answer, size in bytes.
    """

    sparql: str
    results: str | None
    graph: str | None
    seconds: float
    rows: int
    size: int
    base: str | None = None
    dataset: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: dict[str, Term] = {}


class Failure(msgspec.Struct, frozen=True):
    """An error that crosses back: the class's name and its message."""

    kind: str
    message: str

    def error(self) -> QueryFailed:
        """The error it stands for.

        >>> Failure("Refused", "no").error()
        Refused('no')
        """
        return _KINDS.get(self.kind, QueryFailed)(self.message)


_KINDS: dict[str, type[QueryFailed]] = {
    kind.__name__: kind for kind in (BadQuery, Refused, NotAcceptable, QueryTooLarge, QueryFailed)
}


def write(stream: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    """One frame, flushed."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def read(stream: BinaryIO) -> tuple[bytes, bytes]:
    """The next frame's kind and payload.

    Raises:
        EOFError: the other side is gone, also in the middle of a frame.
    """
    kind, size = _HEAD.unpack(_exactly(stream, _HEAD.size))
    return kind, _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError(f"frame: expected {size} bytes, got {len(data)}")
    return data
