"""Rows and an address in; a running Neo4j that holds them out: in batches, each node and relationship merged.

Loading can be stopped anywhere and begun again, and loading twice gives what loading once gives: nodes are merged by
their id, which a constraint keeps unique, relationships by their ends and type. Rows travel as parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kg.errors import KGError, UsageError
from kg.export._neo4j_rows import LinkRow, LinkTable, NodeRow, NodeTable, Value
from kg.export._neo4j_schema import CONSTRAINTS, INDEXES

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

# Rows sent in one transaction: some MB of quotes at most.
BATCH = 2_000
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
# What stands in braces are labels and types alone, plain names all of them (`_neo4j_rows`).
_NODES = """UNWIND $rows AS row
MERGE (n:{label} {{id: row.id}})
SET n = row.properties, n:{labels}
RETURN count(*) AS done"""
_LINKS = """UNWIND $rows AS row
MATCH (a:{start} {{id: row.start}})
MATCH (b:{end} {{id: row.end}})
MERGE (a)-[r:{type}]->(b)
SET r = row.properties
RETURN count(*) AS done"""

Parameter = Mapping[str, object]


class _Kind(NamedTuple):
    """Rows that one query text can take together."""

    table: NodeTable | LinkTable
    names: tuple[str, ...]

    @property
    def query(self) -> str:
        if isinstance(self.table, NodeTable):
            return _NODES.format(label=self.table.label, labels=":".join(self.names))
        return _LINKS.format(start=self.table.start, end=self.table.end, type=self.names[0])


def load(
    rows: Iterable[NodeRow | LinkRow],
    address: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    batch: int = BATCH,
) -> Mapping[str, int]:
    """Loads the rows and returns the numbers of nodes and relationships.

    Args:
        rows: a relationship behind both its ends.
        address: such as `bolt://localhost:7687`, without a user or password in it.
        user: None where the server asks for none.
        password: stands in no message.
        database: the server's default unless given.
        batch: how many rows are sent in one transaction.

    Raises:
        UsageError: the address has no known scheme, or carries a password.
        KGError: the driver is not installed, or the server cannot be reached, refuses, or fails.
    """
    _check(address)
    with _session(address, user, password, database) as session:
        for statement in CONSTRAINTS + INDEXES:
            session.run(statement).consume()
        session.run("CALL db.awaitIndexes(300)").consume()
        counts = Counter({"nodes": 0, "relationships": 0})
        waiting: dict[_Kind, list[Parameter]] = {}
        held = 0
        for row in rows:
            kind, parameter = _parameter(row)
            waiting.setdefault(kind, []).append(parameter)
            counts["nodes" if isinstance(row, NodeRow) else "relationships"] += 1
            held += 1
            if held == batch:
                _send(session, waiting)
                waiting, held = {}, 0
        _send(session, waiting)
    return dict(counts)


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        scheme, host, secret = parts.scheme, parts.hostname, parts.password or parts.username
        _ = parts.port  # raises on what is none
    except ValueError:
        scheme, host, secret = "", None, None
    if secret:
        raise UsageError("bolt: expected an address without user and password, got one with them; give them separately")
    if scheme not in _SCHEMES or not host:
        raise UsageError(f"bolt: expected an address such as bolt://localhost:7687, got {address!r}")


@contextmanager
def _session(address: str, user: str | None, password: str | None, database: str | None) -> Iterator[Session]:
    try:
        from neo4j import GraphDatabase, NotificationMinimumSeverity
        from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError
    except ImportError as error:
        raise KGError("neo4j: expected its Python driver; `pip install 'cartkg[neo4j]'` installs it") from error
    try:
        with (
            GraphDatabase.driver(
                address,
                auth=None if user is None else (user, password or ""),
                notifications_min_severity=NotificationMinimumSeverity.OFF,
            ) as driver,
            driver.session(database=database) as session,
        ):
            yield session
    except (DriverError, Neo4jError, ConfigurationError) as error:
        # The driver names addresses and codes, never the password; it does so over several lines.
        told = " ".join(str(error).split())
        raise KGError(f"{address}: expected a Neo4j that takes the graph, got: {told}") from error


def _parameter(row: NodeRow | LinkRow) -> tuple[_Kind, Parameter]:
    properties = _properties(row.table.columns, row.values)
    if isinstance(row, NodeRow):
        return _Kind(row.table, row.labels), {"id": row.id, "properties": {"id": row.id, **properties}}
    return _Kind(row.table, (row.type,)), {"start": row.start, "end": row.end, "properties": properties}


def _properties(columns: Iterable[str], values: Iterable[Value]) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in zip(columns, values, strict=True)
        if value is not None
    }


def _send(session: Session, waiting: Mapping[_Kind, list[Parameter]]) -> None:
    # Nodes first: a relationship's ends are in the same batch or were in an earlier one.
    for kind in sorted(waiting, key=lambda one: isinstance(one.table, LinkTable)):
        session.execute_write(_run, kind, waiting[kind])


def _run(transaction: ManagedTransaction, kind: _Kind, rows: list[Parameter]) -> None:
    found = transaction.run(kind.query, rows=rows).single(strict=True)
    if found["done"] != len(rows):
        raise KGError(
            f"neo4j: expected {len(rows)} {kind.table.name} ({kind.names[-1]}) to be taken, got {found['done']}"
        )
