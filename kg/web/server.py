"""A graph's folder, host and port in; serves until told to stop. Prints nothing; the caller is told the address."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from kg.config import Config
from kg.errors import KGError
from kg.web.app import create_app

GRACE_SECONDS = 2


def serve(
    graph: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    config: Config | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves a graph until SIGTERM or SIGINT; then running queries get `GRACE_SECONDS`, and every worker is ended.

    Args:
        graph: the graph's folder.
        host: the address to listen at.
        port: the port; 0 for any free one.
        config: limits; the defaults unless given.
        ready: called once with `http://host:port/` when the server listens.

    Raises:
        BadGraph: the folder holds no graph.
        KGError: the address cannot be listened at.
    """
    app = create_app(graph, config)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(128)
        except (OSError, OverflowError) as error:
            raise KGError(f"{host}:{port}: expected an address to listen at, got: {error}") from error
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            timeout_graceful_shutdown=GRACE_SECONDS,
            ws="none",
        )
        _Server(settings, lambda: ready(address)).run(sockets=[listening])
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Tells when it listens, and ends in peace: uvicorn's own would end the process by the signal it got."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True
