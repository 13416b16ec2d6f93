"""The child process without its first wall: the second one holds alone."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
import pyoxigraph
import pytest

from kg.web import message

_BLIND = """
import sys
from kg.web import scan, worker
scan.wants_network = lambda sparql: False
worker.main()
"""


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="needs Linux system call filters"
)
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_service_connects_nowhere_even_if_the_scan_is_blind(tmp_path: Path, silent: str) -> None:
    """With the text scan off, a SERVICE reaches no listener on this machine: the kernel refuses the socket."""
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.flush()
    del store
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        port = listener.getsockname()[1]
        query = f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        with subprocess.Popen(
            [sys.executable, "-c", _BLIND, str(tmp_path / "store"), "900", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as child:
            requests, answers = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
            request = message.Request(sparql=query, results="text/csv", graph=None, seconds=5, rows=10, size=1000)
            message.write(requests, message.REQUEST, msgspec.msgpack.encode(request))
            assert message.read(answers)[0] == message.READY
            kinds = [message.read(answers)[0]]
            while kinds[-1] not in (message.END, message.FAILURE):
                kinds.append(message.read(answers)[0])
            requests.close()
        # SILENT turns the failure into one empty row; without it the failure is told.
        assert kinds[-1] == (message.END if silent else message.FAILURE)
        with pytest.raises(TimeoutError):
            listener.accept()
