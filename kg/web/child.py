"""A question and limits in, a whole answer or an error out: one child process, killed when it must be."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import msgspec

from kg.config import Config
from kg.errors import QueryFailed, QueryTimeout, QueryTooLarge
from kg.web import message

logger = logging.getLogger(__name__)

SPOOL = 4 << 20
START_SECONDS = 30.0
_ROOT = Path(__file__).resolve().parent.parent.parent


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one query may use. seconds: wall clock; memory: MiB of address space; rows, size (bytes): of its answer."""

    seconds: float = 30.0
    memory: int = 2048
    rows: int = 1_000_000
    size: int = 256 << 20

    @classmethod
    def of(cls, config: Config) -> Self:
        """The limits a configuration sets."""
        return cls(
            seconds=config.query_seconds, memory=config.query_memory, rows=config.query_rows, size=config.query_bytes
        )


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A query and the form its answer should have; fields as in `kg.web.message.Request`."""

    sparql: str
    results: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"
    base: str | None = None
    dataset: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    bindings: dict[str, message.Term] = {}


class Answer:
    """A whole answer: its media type, its size in bytes, and a file that stands at its start. Close it after use."""

    def __init__(self, media_type: str, body: BinaryIO, size: int) -> None:
        self.media_type, self.body, self.size = media_type, body, size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.body.close()

    def chunks(self) -> Iterator[bytes]:
        """The body, piece by piece; closes the file at the end."""
        with self.body as body:
            while data := body.read(message.CHUNK):
                yield data


class Ticket:
    """Lets another thread give up a query that waits or runs: `cancel` ends it wherever it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self.cancelled = threading.Event()

    def cancel(self) -> None:
        """Gives the query up; its worker, if it has one, is killed."""
        with self._lock:
            self.cancelled.set()
            if self._worker is not None:
                self._worker.kill()

    @contextmanager
    def holding(self, worker: Worker) -> Iterator[None]:
        """While a worker is at it, `cancel` kills that worker, and none later."""
        with self._lock:
            if self.cancelled.is_set():
                raise QueryFailed("query: given up by its client")
            self._worker = worker
        try:
            yield
        finally:
            with self._lock:
                self._worker = None


class Worker:
    """One child process on one store."""

    def __init__(self, store: Path, *, memory: int) -> None:
        self.store = store
        path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kg.web.worker", str(store), str(memory), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Each of the library's threads would reserve an arena of 64 MiB out of the limit on address space.
            env={**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,  # a Ctrl-C at the terminal is the server's to handle
        )
        self._timed_out = False
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: Question, limits: Limits) -> Answer:
        """The whole answer.

        Raises:
            QueryTimeout: it took longer than allowed; the child is gone.
            QueryTooLarge: its answer or its memory was more than allowed.
            QueryFailed: it is no query, it is refused, or the child died of it.
        """
        if not self._ready:
            with self._limited(START_SECONDS, "start"):
                self._expect_ready()
        request = message.Request(
            seconds=limits.seconds, rows=limits.rows, size=limits.size, **msgspec.structs.asdict(question)
        )
        with self._limited(limits.seconds, "query"):
            message.write(cast(BinaryIO, self._process.stdin), message.REQUEST, msgspec.msgpack.encode(request))
            return self._receive(limits)

    def kill(self) -> None:
        """Ends the child now, whatever it does; callable from any thread."""
        self._process.kill()

    def close(self) -> None:
        """Ends the child and forgets it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            try:
                cast(BinaryIO, stream).close()
            except BrokenPipeError:
                continue  # what was still to be written to a dead child

    def _expect_ready(self) -> None:
        kind, payload = message.read(cast(BinaryIO, self._process.stdout))
        if kind == message.FAILURE:
            raise msgspec.msgpack.decode(payload, type=message.Failure).error()
        self._ready = True

    def _receive(self, limits: Limits) -> Answer:
        media_type, size = "", 0
        spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=SPOOL))  # noqa: SIM115  handed to the answer
        try:
            while True:
                kind, payload = message.read(cast(BinaryIO, self._process.stdout))
                if kind == message.TYPE:
                    media_type = payload.decode("ascii")
                elif kind == message.BODY:
                    size += len(payload)
                    if size > limits.size:
                        self._process.kill()
                        self._process.wait()
                        raise QueryTooLarge(f"answer: expected at most {limits.size} bytes, got more; add a LIMIT")
                    spool.write(payload)
                elif kind == message.FAILURE:
                    raise msgspec.msgpack.decode(payload, type=message.Failure).error()
                else:
                    spool.seek(0)
                    return Answer(media_type, spool, size)
        except BaseException:
            spool.close()
            raise

    @contextmanager
    def _limited(self, seconds: float, what: str) -> Iterator[None]:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, BrokenPipeError) as error:
            self._process.wait()
            if self._timed_out:
                raise QueryTimeout(f"{what}: expected an answer within {seconds:g} s, got none") from error
            raise self._death() from error
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _death(self) -> QueryFailed:
        """Why the child died, told from its last words and its exit status."""
        words = cast(BinaryIO, self._process.stderr).read()[-2000:].decode("utf-8", "replace")
        status = self._process.returncode
        if "memory allocation" in words or "bad_alloc" in words or "MemoryError" in words:
            return QueryTooLarge("query: expected to fit the memory limit, needed more")
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        logger.warning("query worker %d ended with %s: %s", self.pid, how, words.strip()[-300:])
        if status == -signal.SIGSEGV or "overflowed its stack" in words:
            return QueryFailed("query: nested too deeply to be evaluated")
        return QueryFailed(f"query: its worker ended with {how}")
