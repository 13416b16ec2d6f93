"""`kg serve` as a process: it says where it is, answers, and ends when told."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import ROOT, Kg


@pytest.fixture
def server(graph: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server at a free port, and its address."""
    child = subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--graph", str(graph), "--port", "0"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    try:
        said = child.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said + child.stderr.read()
        yield child, found[0]
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()


@pytest.mark.slow
def test_a_server_answers_and_ends(server: tuple[subprocess.Popen[str], str]) -> None:
    """Pages, SPARQL and health are where the message says; Ctrl-C ends it with 0."""
    child, address = server
    with httpx.Client(base_url=address, timeout=30) as client:
        assert client.get("/health").status_code == 200
        assert "text/html" in client.get("/", headers={"Accept": "text/html"}).headers["content-type"]
        query = "SELECT ?d { <https://identifiers.org/hgnc:1633> <https://w3id.org/cartkg/vocab/target_tried_in> ?d }"
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
        assert answer.status_code == 200
        assert "MONDO_0005100" in json.dumps(answer.json())
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=30)
    assert (child.returncode, out) == (0, "")


def test_a_graph_that_is_not_there_is_not_served(kg: Kg, tmp_path: Path) -> None:
    """One line and exit code 1, before any port is opened."""
    ran = kg("serve", "--graph", tmp_path / "nowhere", "--port", "0")
    assert (ran.code, ran.out, len(ran.messages)) == (1, "", 1)
