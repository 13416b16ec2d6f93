"""The walls of a worker, each tried from inside a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="needs Linux system call filters"
)


def _inside(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@_LINUX
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_no_socket_can_be_made(family: str) -> None:
    """Behind the wall no socket of any family can be made, whatever the query text was."""
    assert "PermissionError" in _inside(f"""
import socket
from kg.web import wall
socket.socket(socket.{family}).close()
assert wall.forbid_network()
try:
    socket.socket(socket.{family})
except OSError as error:
    print(type(error).__name__)
""")


@_LINUX
def test_threads_started_later_are_inside_too() -> None:
    """A thread that starts behind the wall has no socket either."""
    assert "PermissionError" in _inside("""
import socket, threading
from kg.web import wall
wall.forbid_network()
def attempt():
    try:
        socket.socket()
    except OSError as error:
        print(type(error).__name__)
thread = threading.Thread(target=attempt)
thread.start()
thread.join()
""")


@_LINUX
def test_no_program_can_be_started() -> None:
    """Behind the wall no other program can be run."""
    assert "PermissionError" in _inside("""
import os
from kg.web import wall
wall.forbid_network()
try:
    os.execv('/bin/true', ['true'])
except OSError as error:
    print(type(error).__name__)
""")


def test_memory_is_limited() -> None:
    """More address space than allowed cannot be had."""
    assert (
        _inside("""
from kg.web import wall
wall.limit_memory(256)
try:
    bytearray(400 << 20)
except MemoryError:
    print('refused')
""")
        == "refused"
    )


def test_no_file_can_grow(tmp_path: object) -> None:
    """Behind the wall a file cannot be written, while a pipe can."""
    assert (
        _inside(f"""
from kg.web import wall
wall.forbid_writing()
try:
    with open({str(tmp_path)!r} + '/x', 'wb', buffering=0) as file:
        file.write(b'x')
except OSError as error:
    print('refused')
""")
        == "refused"
    )


def test_a_worker_loads_no_heavy_library() -> None:
    """Importing the worker brings neither spaCy nor numpy nor the store's library: walls come first."""
    assert (
        _inside("""
import sys
import kg.web.worker
print(sorted({'spacy', 'numpy', 'pyoxigraph', 'starlette', 'daachorse'} & set(sys.modules)))
""")
        == "[]"
    )
