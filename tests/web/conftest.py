"""A graph with one hostile record, and a real server of it on a free port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import pyoxigraph
import pytest
import uvicorn

from kg.config import Config
from kg.graph import quads
from kg.graph.dataset import Source
from kg.lexicon import Lexicon
from kg.model import (
    Annotation,
    Document,
    Evidence,
    Grade,
    Grounding,
    Ids,
    Mention,
    Name,
    Reference,
    Section,
    Span,
    Statement,
    Tagged,
    Term,
)
from kg.records import Annotated
from kg.store import Graph
from kg.web.app import create_app
from kg.web.pool import Pool

TITLE = "CD19 cells <script>alert(1)</script> in SSc"
QUOTE = 'Five of 8 patients with "onmouseover="alert(2) SSc</mark> received CD19 CAR-T cells.'
CITED = "Doe J. <img src=x onerror=alert(3)> B cells in lupus. 2020."
KEYWORDS = "=1+1; systemic sclerosis"


def _term(curie: str, kind: str, label: str, *names: str, **more: tuple[str, ...]) -> Term:
    spelled = (Name(text=label, scope="label"), *(Name(text=name, scope="abbreviation") for name in names))
    term = Term(id=curie, type=kind, label=label, names=spelled, source="made for tests")
    return msgspec.structs.replace(term, usual=names[0] if kind == "target" and names else "", **more)


LEXICON = Lexicon(
    [
        _term("MONDO:0005100", "disease", "systemic sclerosis", "SSc", "SS", parents=("MONDO:0007179",)),
        _term("MONDO:0007179", "disease", "autoimmune disease"),
        _term("MONDO:0010030", "disease", "Sjogren syndrome", "SS"),
        _term("HGNC:1633", "target", "CD19", "B4"),
        _term("cartkg:car-t-cd19", "therapy", "CD19 CAR-T cells", targets=("HGNC:1633",)),
    ],
    categories={"disease": "biolink:Disease", "target": "biolink:Gene", "therapy": "biolink:Treatment"},
)


def annotation() -> Annotation:
    """The hostile record, annotated by hand."""
    text = "\n".join([TITLE, QUOTE, KEYWORDS, CITED])
    starts = [0, len(TITLE) + 1, len(TITLE) + len(QUOTE) + 2, len(TITLE) + len(QUOTE) + len(KEYWORDS) + 3]
    kinds = ["title", "abstract", "keywords", "reference"]
    lengths = [len(TITLE), len(QUOTE), len(KEYWORDS), len(CITED)]
    sections = tuple(
        Section(kind=kind, start=start, end=start + length)
        for kind, start, length in zip(kinds, starts, lengths, strict=True)
    )
    document = Document(
        id="PMID:7",
        ids=Ids(pmid="7", doi="10.1000/a/b"),
        title=TITLE,
        text=text,
        sections=sections,
        format="pubmed_xml",
        sha256="0" * 64,
        journal="J <b>Test</b>",
        year=2024,
        publication_types=("Journal Article",),
        references=(Reference(number=1, citation=CITED, start=starts[3], end=len(text), ids=Ids(doi="10.1000/c")),),
    )

    def found(words: str, kind: str, curie: str | None, label: str, after: int = 0) -> Grounding:
        start = text.index(words, after)
        section = document.section_at(start)
        assert section is not None
        mention = Mention(start=start, end=start + len(words), text=words, type=kind, section=section.kind, sentence=0)
        reason = 'only "sense" <i>here</i>'
        return Grounding(mention=mention, term=curie, label=label, score=0.9, reason=reason)

    abstract = starts[1]
    groundings = (
        found("CD19", "target", "HGNC:1633", "CD19"),
        found("SSc", "disease", "MONDO:0005100", "systemic sclerosis"),
        found("SSc", "disease", "MONDO:0005100", "systemic sclerosis", abstract),
        found("CD19 CAR-T cells", "therapy", "cartkg:car-t-cd19", "CD19 CAR-T cells", abstract),
        found("CD19", "target", "HGNC:1633", "CD19", abstract),
        found("lupus", "disease", None, "", starts[3]),
    )
    evidence = Evidence(
        document="PMID:7",
        section="abstract",
        quote=QUOTE,
        start=abstract,
        end=abstract + len(QUOTE),
        grade=Grade.SENTENCE_ASSERTION,
        method="test",
        n=5,
        total=8,
        antecedent="these <u>conditions</u>",
        via=("cartkg:car-t-cd19",),
    )
    tried = Statement(subject="HGNC:1633", predicate="kg:target_tried_in", object="MONDO:0005100", evidence=(evidence,))
    tagged = Tagged(
        document=document, sentences=(Span(start=0, end=len(text)),), abbreviations=(), groundings=groundings
    )
    return Annotation(tagged=tagged, statements=(tried,))


def publish(folder: Path, *extra: pyoxigraph.Triple) -> Graph:
    """A release of the hostile record and these triples, made current."""
    one = annotation()
    graph = Graph.create(folder)
    graph.records.put_annotations(
        [Annotated(id=one.document.id, input="i", annotator="a", annotation=msgspec.json.encode(one))]
    )
    sources = [Source(name="MONDO", version="2026-05", licence="CC-BY-4.0")]
    triples = [*quads.triples([one], LEXICON, sources=sources), *extra]
    graph.publish(triples, manifest={"sources": [{"name": "MONDO", "version": "2026-05", "licence": "CC-BY-4.0"}]})
    graph.records.close()
    return graph


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph's folder; not to be changed."""
    folder = tmp_path_factory.mktemp("web") / "graph"
    publish(folder)
    return folder


LIMITS = Config(
    query_seconds=1.5, query_memory=900, query_rows=5000, query_bytes=2_000_000, query_workers=2, query_queue=4
)


class Served:
    """A running server: a client of it, and its pool of workers."""

    def __init__(self, client: httpx.Client, pool: Pool, stop: Callable[[], None]) -> None:
        self.client, self.pool, self.stop = client, pool, stop

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> httpx.Response:
        """One GET query."""
        return self.client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


@contextmanager
def serving(folder: Path, config: Config = LIMITS) -> Iterator[Served]:
    """A real uvicorn server of this graph on a free port."""
    app = create_app(folder, config, names=lambda: LEXICON)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="none", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]

    def stop() -> None:
        server.should_exit = True
        thread.join(20)

    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client:
        try:
            yield Served(client, app.state.pool, stop)
        finally:
            stop()


@pytest.fixture(scope="session")
def served(graph: Path) -> Iterator[Served]:
    """The server most tests share."""
    with serving(graph) as running:
        yield running
