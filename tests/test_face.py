"""`kg.Graph`: a built graph from Python, on the example records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import kg
from kg import Graph, resources
from kg.errors import BadGraph, KGError, QueryFailed, UnknownName, UsageError
from kg.plot import Passages
from kg.plot.adverse_events import rates
from kg.store import reader

EXAMPLES = resources.folder("examples") / "records"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the example records, opened."""
    folder = tmp_path_factory.mktemp("face") / "graph"
    kg.build([str(EXAMPLES)], folder, config=kg.Config(), report=lambda bad: pytest.fail(str(bad)))
    return Graph.open(folder)


@pytest.fixture
def without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without pandas."""
    monkeypatch.setitem(sys.modules, "pandas", None)


def test_a_folder_may_be_given_as_text(graph: Graph) -> None:
    """And a folder that is no graph is told so."""
    assert Graph.open(str(graph.path)).release.hash == graph.release.hash
    with pytest.raises(BadGraph, match="expected a graph folder, got nothing there"):
        Graph.open(graph.path / "nowhere")


def test_the_headline_question(graph: Graph) -> None:
    """Targets tried in SSc: a frame, a row for each passage, its columns those of the query."""
    pd = pytest.importorskip("pandas")
    found = graph.targets_tried_in("SSc")
    assert isinstance(found, pd.DataFrame)
    assert list(found.columns) == [column.name for column in graph.queries["targets-tried-in"].columns]
    assert set(found["target_label"]) == {"CD19", "BCMA (TNFRSF17)", "CD20 (MS4A1)"}
    assert (str(found["year"].dtype), str(found["hypothetical"].dtype)) == ("Int64", "boolean")
    best = graph.targets_tried_in("systemic sclerosis", min_grade=kg.Grade.SENTENCE_ASSERTION, exact=True)
    assert list(best["document"]) == ["PMID:99000002"]


def test_shorthands_answer_as_their_queries(graph: Graph) -> None:
    """Each method is a named query with its parameters."""
    pytest.importorskip("pandas")
    assert graph.diseases_tried_with("BCMA").equals(graph.query("diseases-target-tried-in", target="BCMA"))
    assert graph.adverse_events_of("CAR-T").equals(graph.query("adverse-events-of", therapy="CAR-T"))
    told = graph.evidence("CD19", "SSc", predicate="target_tried_in", min_grade="SentenceAssertion")
    assert set(told["predicate"]) == {"kg:target_tried_in"}
    assert graph.stats().equals(graph.query("graph-counts"))


def test_tables_need_no_pandas(graph: Graph, without_pandas: None) -> None:
    """The same rows as typed values; a frame says what is missing."""
    table = graph.table("targets-tried-in", disease="SSc", exact=True)
    assert table.columns[:2] == ("target", "target_label")
    assert all(type(row[table.columns.index("hypothetical")]) is bool for row in table.rows)
    with pytest.raises(KGError, match=r"expected pandas, which is not installed; install cartkg\[pandas\]"):
        graph.targets_tried_in("SSc")


def test_a_query_of_ones_own(graph: Graph, tmp_path: Path) -> None:
    """A path is a query file; a name that is none lists the known."""
    own = tmp_path / "years.rq"
    own.write_text(
        "# question: Which papers are of a year?\n"
        "# parameter: year (integer, required): the year\n"
        "# column: document: the paper's ID\n"
        "SELECT ?document ?given_year WHERE { ?document a kg:Record ; kg:year ?year FILTER(?year = ?given_year) }",
        "utf-8",
    )
    assert graph.table(own, year=2019).rows == (("PMID:99000007",),)
    with pytest.raises(UnknownName, match="targets-tried-in"):
        graph.table("targets-tried")
    with pytest.raises(UsageError, match="expected no parameter 'illness'"):
        graph.table("targets-tried-in", illness="SSc")


def test_free_sparql_is_asked_of_a_worker(graph: Graph) -> None:
    """IRIs come as CURIEs, numbers as numbers; what is no SELECT, or no query, is refused and ends nothing."""
    pytest.importorskip("pandas")
    found = graph.sparql(
        "SELECT ?paper ?year ?none { ?paper a kg:Record ; kg:year ?year } ORDER BY ?year ?paper LIMIT 1"
    )
    assert found.to_dict("records")[0]["paper"] == "PMID:99000007"
    assert found["year"].iloc[0] == 2019
    for bad in ("SELECT", "ASK { ?s ?p ?o }", "SELECT * {" + "{" * 3000 + "}" * 3000 + "}"):
        with pytest.raises(QueryFailed):
            graph.sparql(bad)


def test_a_paper_by_any_of_its_ids(graph: Graph) -> None:
    """PMID, DOI and PMCID give the same paper; its quotes are its text."""
    papers = [graph.document(name) for name in ("99000002", "10.5555/CARTKG.example.0002", "PMC99000002")]
    assert papers[0] == papers[1] == papers[2]
    text = papers[0].document.text
    assert all(text[one.start : one.end] == one.quote for said in papers[0].statements for one in said.evidence)
    with pytest.raises(UnknownName, match="unknown document 'PMID:1'"):
        graph.document("PMID:1")
    with pytest.raises(UsageError, match="expected an ID such as"):
        graph.document("the paper on mice")


def test_all_papers_come_in_order(graph: Graph) -> None:
    """As many as are counted, by ID."""
    found = [annotation.document.id for annotation in graph.documents()]
    assert found == sorted(found)
    assert len(found) == graph.counts["documents"]


def test_names_are_resolved(graph: Graph) -> None:
    """A term by an abbreviation, or of a kind."""
    assert graph.term("SSc").id == "MONDO:0005100"
    assert graph.term("CD20", kind="target").display == "CD20 (MS4A1)"


def test_a_text_of_ones_own_is_read_and_shown(graph: Graph) -> None:
    """With the graph's vocabulary; the page is closed off from the notebook around it."""
    found = graph.annotate("Five patients with SSc received CD19 CAR-T cells <script>.")
    assert ("HGNC:1633", "MONDO:0005100") in {(one.subject, one.object) for one in found.statements}
    page = graph.show(found)
    assert page.startswith("<!doctype html>")
    frame = page._repr_html_()
    assert frame.startswith('<iframe sandbox="" srcdoc="&lt;!doctype html&gt;')
    assert "<script" not in frame


def test_the_network_is_of_what_the_text_says(graph: Graph) -> None:
    """Without co-mentions unless they are asked for."""
    said = graph.to_networkx()
    assert said.nodes["MONDO:0005100"] == {"label": "systemic sclerosis", "type": "disease"}
    assert {edge["grade"] for _, _, edge in said.edges(data=True)} == {"SentenceAssertion", "DocumentAssertion"}
    assert graph.to_networkx(min_grade="document-co-mention").number_of_edges() > said.number_of_edges()


def test_pictures_are_drawn(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name; without matplotlib the message says what to install."""
    pytest.importorskip("matplotlib")
    assert graph.plot("evidence-map", disease="SSc").render(".png").startswith(b"\x89PNG")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(KGError, match=r"pip install 'cartkg\[plot\]'"):
        graph.plot("timeline")


def test_a_zero_of_the_text_is_a_zero_of_the_picture(graph: Graph) -> None:
    """ "No ICANS was observed" in the series of the examples: none of those treated."""
    found, _ = rates(Passages(reader(graph.release.path), disease=None, min_grade=kg.Grade.DOCUMENT_ASSERTION))
    zeros = {(rate.event, rate.targets, rate.n) for rate in found if rate.n == 0}
    assert ("immune effector cell-associated neurotoxicity syndrome", "CD19", 0) in zeros


def test_a_build_meanwhile_changes_nothing_of_it(graph: Graph, tmp_path: Path) -> None:
    """What was opened stays at its release; opened again, the new one is there."""
    (tmp_path / "a.jsonl").write_text('{"pmid": "1", "title": "Rituximab in systemic sclerosis"}\n', "utf-8")
    folder = tmp_path / "graph"
    kg.build([str(tmp_path / "a.jsonl")], folder, config=kg.Config(), report=print)
    before = Graph.open(folder)
    kg.build([str(EXAMPLES / "abstracts.jsonl")], folder, config=kg.Config(), report=print)
    assert before.table("graph-counts") != Graph.open(folder).table("graph-counts")
    assert before.counts["documents"] == 1
    assert ("nodes", "kg:Record", 1) in {row[:3] for row in before.table("graph-counts").rows}


def test_the_face_is_small(graph: Graph) -> None:
    """Some fifteen names, each documented."""
    names = [name for name in dir(graph) if not name.startswith("_")]
    assert len(names) <= 20
    assert all(getattr(Graph, name).__doc__ for name in names if name in vars(Graph))
