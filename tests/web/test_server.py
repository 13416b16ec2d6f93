"""`serve` as a process of its own: it starts, swaps releases under its clients, and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph
import pytest

from kg.errors import BadGraph, KGError
from kg.web.server import serve
from tests.web.conftest import publish, serving
from tests.web.test_pool import ENDLESS, gone

_SERVE = """
import sys
from pathlib import Path
from kg.web.server import serve
serve(Path(sys.argv[1]), port=0, ready=lambda address: print(address, flush=True))
"""


@contextmanager
def process(graph: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(graph)], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server, server.stdout.readline().strip()
        finally:
            server.kill()


def children(pid: int) -> list[int]:
    """The processes whose parent is this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see processes")
@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_server(graph: Path, kind: signal.Signals) -> None:
    """Stopped while one query runs and another worker is idle, the server takes both with it, also when killed."""
    with process(graph) as (server, address):

        def endless() -> None:
            with pytest.raises((httpx.HTTPError, AssertionError)):
                assert httpx.get(f"{address}sparql", params={"query": ENDLESS}, trust_env=False).status_code == 200

        thread = threading.Thread(target=endless)
        thread.start()
        until = time.monotonic() + 5
        while not children(server.pid) and time.monotonic() < until:
            time.sleep(0.02)
        assert httpx.get(f"{address}sparql", params={"query": "ASK {}"}, trust_env=False).json()["boolean"] is True
        workers = children(server.pid)
        assert len(workers) == 2
        server.send_signal(kind)
        status = server.wait(15)
        thread.join(15)
    assert status == (-signal.SIGKILL if kind is signal.SIGKILL else 0)
    assert all(gone(worker) for worker in workers)


def test_a_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    """While a client asks on and on, a build moves `current`: no answer fails, and the new triple is soon there."""
    folder = tmp_path / "graph"
    publish(folder)
    ask = "ASK { <http://e/new> ?p ?o }"
    new = pyoxigraph.NamedNode("http://e/new")
    with serving(folder) as served:
        before = served.client.get("/health").json()["release"]
        assert served.ask(ask).json()["boolean"] is False
        answers: list[httpx.Response] = []
        stop = threading.Event()

        def clients() -> None:
            while not stop.is_set():
                answers.append(httpx.get(f"{served.client.base_url}/sparql", params={"query": ask}, trust_env=False))

        thread = threading.Thread(target=clients)
        thread.start()
        publish(folder, pyoxigraph.Triple(new, new, new))
        assert served.ask(ask).json()["boolean"] is True
        stop.set()
        thread.join()
        assert {answer.status_code for answer in answers} == {200}
        assert served.client.get("/health").json()["release"] != before


def test_a_folder_that_is_no_graph_is_told(tmp_path: Path) -> None:
    """Nothing is served from a folder without a graph."""
    with pytest.raises(BadGraph):
        serve(tmp_path, port=0)


def test_an_address_in_use_is_told(graph: Path) -> None:
    """A port that another server holds is one clear error."""
    with serving(graph) as served, pytest.raises(KGError, match="to listen at"):
        serve(graph, port=served.client.base_url.port or 0)
