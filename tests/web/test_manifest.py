"""The W3C's own protocol tests, query and bad-request ones, against a real server with their data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import msgspec
import pyoxigraph
import pytest
from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from kg.store import LAYOUT
from tests.web.conftest import Served, serving

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
ROWS = {
    "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
}  # fmt: skip
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": ROWS,
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@pytest.fixture(scope="module")
def manifest(shared: Path) -> Graph:
    """The manifest, its relative IRIs resolved to files."""
    path = shared / "w3c" / "sparql" / "sparql11" / "protocol" / "manifest.ttl"
    if not path.is_file():
        pytest.skip(f"no W3C protocol tests at {path}")
    return Graph().parse(path, publicID=path.as_uri())


@pytest.fixture(scope="module")
def endpoint(manifest: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the tests' data, each file in the named graph that the manifest says."""
    folder = tmp_path_factory.mktemp("w3c")
    release = folder / "releases" / ("0" * 64)
    release.mkdir(parents=True)
    store = pyoxigraph.Store(str(release / "store"))
    for data in set(manifest.objects(None, UT.graphData)):
        file = Path(unquote(urlsplit(str(manifest.value(data, UT.graph))).path))
        name = pyoxigraph.NamedNode(str(manifest.value(data, RDFS.label)))
        store.load(path=file, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=name)
    store.flush()
    (release / "manifest.json").write_bytes(msgspec.json.encode({"layout": LAYOUT, "hash": release.name, "counts": {}}))
    (folder / "current").symlink_to(release)
    del store
    with serving(folder) as running:
        yield running


def _requests(graph: Graph, test: Node) -> Iterator[Node]:
    for action in graph.objects(test, MF.action):
        for head in graph.objects(action, HT.requests):
            yield from Collection(graph, head)


def _send(graph: Graph, request: Node, client: httpx.Client) -> httpx.Response:
    headers = {}
    for head in graph.objects(request, HT.headers):
        for header in Collection(graph, head):
            headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
    body = graph.value(request, HT.body)
    content = None
    if body is not None:
        content = str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))
    path = str(graph.value(request, HT.absolutePath))
    return client.request(str(graph.value(request, HT.methodName)), path, headers=headers, content=content)


def test_w3c_protocol_manifest(manifest: Graph, endpoint: Served) -> None:
    """Every query test, and every test of a bad request, is answered as the manifest expects.

    Update tests that expect success are left out: the endpoint is read-only, and says so with 403.
    """
    ran = 0
    for test in sorted(manifest.subjects(MF.action, None), key=str):
        name = str(test).rpartition("#")[2]
        if name.startswith("update_"):
            continue
        for request in _requests(manifest, test):
            answer = _send(manifest, request, endpoint.client)
            expected = manifest.value(request, HT.resp)
            allowed = {str(status)[-3] for status in manifest.objects(expected, MF.expectedStatus)}
            assert str(answer.status_code)[0] in allowed, f"{name}: {answer.status_code} {answer.text}"
            if (kind := manifest.value(expected, MF.expectedFormat)) is not None:
                assert answer.headers["content-type"].partition(";")[0] in FORMATS[str(kind)], name
            if (boolean := manifest.value(expected, MF.expectedBoolean)) is not None:
                assert answer.json()["boolean"] is boolean.toPython(), name  # type: ignore[attr-defined]  # a literal
            ran += 1
    assert ran >= 20
