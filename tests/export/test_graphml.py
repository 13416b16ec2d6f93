"""GraphML: complete in networkx and igraph, with every text as it was."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pytest

from kg.export import graphml
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from tests.exported import NAMES, hostile_release
from tests.graph_fixture import fixture_store, release_of


@pytest.fixture(scope="module", params=["fixture", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph and a hostile one."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return hostile_release(folder)


@pytest.fixture(scope="module")
def written(release: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The file, and the counts told."""
    out = tmp_path_factory.mktemp("out") / "graph.graphml"
    return out, dict(graphml.write(release, out, Part()))


def test_networkx_reads_all(release: Path, written: tuple[Path, dict[str, int]]) -> None:
    """Nodes and edges with their fields, each as what it is."""
    read = nx.read_graphml(written[0], force_multigraph=True)
    with PropertyGraph.open(release, Part()) as graph:
        nodes, edges = list(graph.nodes()), list(graph.edges())
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(nodes), len(edges))
    assert Counter(data["label"] for _, data in read.nodes(data=True)) == Counter(node.label for node in nodes)
    found = Counter(
        (data["predicate"], data["negated"], data.get("grade"), data.get("first_year"), data["weight"])
        for *_, data in read.edges(data=True)
    )
    assert found == Counter(
        (edge.predicate, edge.negated, edge.grade, edge.first_year, edge.count or edge.documents or 1) for edge in edges
    )


def test_igraph_reads_all(release: Path, written: tuple[Path, dict[str, int]]) -> None:
    """The same counts, directed, and the same labels."""
    read = igraph.Graph.Read_GraphML(str(written[0]))
    assert {"nodes": read.vcount(), "edges": read.ecount()} == written[1]
    assert read.is_directed()
    with PropertyGraph.open(release, Part()) as graph:
        assert Counter(read.vs["label"]) == Counter(node.label for node in graph.nodes())
    assert set(read.es["negated"]) <= {True, False}


def test_hostile_lists_come_apart_again(tmp_path: Path) -> None:
    """Parts with separators and backslashes of their own."""
    out = tmp_path / "graph.graphml"
    release = hostile_release(tmp_path)
    graphml.write(release, out, Part())
    synonyms = {tuple(_apart(data.get("synonyms", ""))) for _, data in nx.read_graphml(out).nodes(data=True)}
    for name in NAMES:
        kept = name.replace("\x00", "\ufffd").replace("\x01", "\ufffd").replace("\x0b", "\ufffd")
        kept = kept.replace("\x1f", "\ufffd").replace("\ufffe", "\ufffd")
        assert (f"{kept} again",) in synonyms


def _apart(text: str) -> list[str]:
    """The parts of a list, by the rule of the module."""
    parts, at = [""], 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            parts[-1] += text[at]
        elif text[at] == "|":
            parts.append("")
        else:
            parts[-1] += text[at]
        at += 1
    return parts
