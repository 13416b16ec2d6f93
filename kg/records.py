"""`records.sqlite`: documents by origin as they were read, annotations by id; the truth behind every release.

Three tables. `raw` holds each version of a record once (sha256, format and id name it); `origins` says which input
brought it, so that reading an input again replaces what it brought before; `annotated` holds the annotation of each
merged document with the keys of what it was made from. Every change is one transaction: a killed process loses at
most the change it was making.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kg.errors import BadGraph
from kg.model import Annotation, Document

T = TypeVar("T")
# SQLite keeps a number of the application's in a database's header: "ckg" and the version of these tables.
APPLICATION = 0x636B6701
_TABLES = """
CREATE TABLE raw (key TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (origin TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (origin, key)) WITHOUT ROWID;
CREATE INDEX origins_by_key ON origins (key);
CREATE TABLE annotated (id TEXT PRIMARY KEY, input TEXT NOT NULL, annotator TEXT NOT NULL, annotation BLOB NOT NULL);
"""


class Annotated(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation to keep.

    input: the sha256 of the merged document's JSON. annotator: names what made the annotation, its vocabulary included.
    annotation: its JSON.
    """

    id: str
    input: str
    annotator: str
    annotation: bytes


class Records:
    """The records of one graph; made by `kg.store.Graph`. With `create`, a missing file is made."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._path = path
        with self._errors():
            address = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)
            self._prepare()

    def put_raw(self, origin: str, documents: Iterable[Document]) -> int:
        """Keeps what an input holds, in place of what it held before; returns how many documents that is.

        All or nothing: an error while reading `documents` leaves the origin as it was.
        """
        count = 0
        with self._transaction() as connection:
            before = connection.execute("SELECT key FROM origins WHERE origin = ?", (origin,)).fetchall()
            connection.execute("DELETE FROM origins WHERE origin = ?", (origin,))
            for document in documents:
                key = f"{document.sha256}:{document.format}:{document.id}"
                connection.execute(
                    "INSERT OR REPLACE INTO raw VALUES (?, ?)", (key, _pack(msgspec.json.encode(document)))
                )
                connection.execute("INSERT OR IGNORE INTO origins VALUES (?, ?)", (origin, key))
                count += 1
            connection.executemany(
                "DELETE FROM raw WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM origins WHERE key = ?1)", before
            )
        return count

    def drop_origin(self, origin: str) -> None:
        """Forgets an input and what only it brought."""
        self.put_raw(origin, ())

    def origins(self) -> tuple[str, ...]:
        """The inputs that brought something, sorted."""
        return tuple(str(row[0]) for row in self._rows("SELECT DISTINCT origin FROM origins ORDER BY origin"))

    def raw(self) -> Iterator[Document]:
        """Every version of every record once, in an order that content alone decides."""
        decoder = msgspec.json.Decoder(Document)
        for (data,) in self._rows("SELECT document FROM raw ORDER BY key"):
            yield self._read(decoder, self._unpack(data))

    def put_annotations(self, annotations: Iterable[Annotated]) -> None:
        """Keeps these annotations, each in place of an older one of the same id; in one transaction."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO annotated VALUES (?, ?, ?, ?)",
                ((one.id, one.input, one.annotator, _pack(one.annotation)) for one in annotations),
            )

    def annotation_keys(self) -> Mapping[str, tuple[str, str]]:
        """The (input, annotator) keys of what is annotated, by document id: what need not be done again."""
        return {
            id_: (input_, annotator)
            for id_, input_, annotator in self._rows("SELECT id, input, annotator FROM annotated")
        }

    def drop_annotations(self, ids: Iterable[str]) -> None:
        """Forgets the annotations of documents that are no more."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM annotated WHERE id = ?", ((one,) for one in ids))

    def annotation(self, identifier: str) -> bytes | None:
        """The JSON of one document's annotation, if there is one."""
        found = list(self._rows("SELECT annotation FROM annotated WHERE id = ?", (identifier,)))
        return self._unpack(found[0][0]) if found else None

    def annotations(self) -> Iterator[bytes]:
        """The JSON of every annotation, by document id in code point order."""
        for (data,) in self._rows("SELECT annotation FROM annotated ORDER BY id"):
            yield self._unpack(data)

    def annotated(self, identifier: str) -> Annotation | None:
        """One document as it was annotated, if it was.

        Raises:
            BadGraph: another version of cartkg wrote it.
        """
        data = self.annotation(identifier)
        return None if data is None else self._read(msgspec.json.Decoder(Annotation), data)

    def all_annotated(self) -> Iterator[Annotation]:
        """Every document as it was annotated, in the order of `annotations`.

        Raises:
            BadGraph: another version of cartkg wrote one.
        """
        decoder = msgspec.json.Decoder(Annotation)
        for data in self.annotations():
            yield self._read(decoder, data)

    def close(self) -> None:
        self._connection.close()

    def _prepare(self) -> None:
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application == 0 and tables == 0:
            # One transaction: a process killed here leaves an empty database, which the next one fills.
            self._connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {APPLICATION}; COMMIT;")
        elif application != APPLICATION:
            raise BadGraph(f"{self._path}: expected the records of a cartkg graph, got another database or version")
        self._connection.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, sql: str, values: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
        with self._errors():
            # In chunks, so that an iteration given up halfway leaves no cursor behind.
            cursor = self._connection.execute(sql, values)
            while rows := cursor.fetchmany(64):
                yield from rows

    def _read(self, decoder: msgspec.json.Decoder[T], data: bytes) -> T:
        try:
            return decoder.decode(data)
        except msgspec.DecodeError as error:  # ValidationError is one, too
            raise BadGraph(f"{self._path}: expected documents of this version of cartkg, got {error}") from error

    def _unpack(self, data: bytes) -> bytes:
        with self._errors():
            return zlib.decompress(data)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, zlib.error) as error:
            raise BadGraph(f"{self._path}: expected readable records, got: {error}") from error


def _pack(data: bytes) -> bytes:
    return zlib.compress(data, 6)
