"""GEXF: valid, complete in four readers, and the same bytes each time."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.export import gephi
from kg.export.elements import Edge, Node
from kg.export.property_graph import PropertyGraph
from kg.part import Part
from tests.exported import NAMES, empty_release, hostile_release
from tests.graph_fixture import fixture_store, release_of
from tests.programs import java_archive, node_packages

_SCHEMA = Path("schemas") / "gexf-1.3" / "gexf.rng"
_NAMESPACE = {"g": "http://gexf.net/1.3", "v": "http://gexf.net/1.3/viz"}


@pytest.fixture(scope="module", params=["fixture", "empty", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs: small and ordinary, empty, and hostile."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return empty_release(folder) if request.param == "empty" else hostile_release(folder)


@pytest.fixture(scope="module")
def written(release: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The file, and the counts told."""
    out = tmp_path_factory.mktemp("out") / "graph.gexf"
    return out, dict(gephi.write(release, out, Part()))


def test_it_is_valid(shared: Path, written: tuple[Path, dict[str, int]]) -> None:
    """By the format's RELAX NG schema."""
    if not (shared / _SCHEMA).is_file():
        pytest.skip(f"no GEXF schema at {shared / _SCHEMA}")
    schema = etree.RelaxNG(etree.parse(shared / _SCHEMA))
    document = etree.parse(written[0])
    assert schema.validate(document), schema.error_log


def test_networkx_reads_all(release: Path, written: tuple[Path, dict[str, int]]) -> None:
    """As many nodes and edges, each edge with its ends, negation and papers, each node with its label."""
    out, counts = written
    read = nx.read_gexf(out)
    with PropertyGraph.open(release, Part()) as graph:
        nodes, edges = list(graph.nodes()), list(graph.edges())
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(nodes), len(edges))
    assert counts == {"nodes": len(nodes), "edges": len(edges)}
    labels = Counter(data["label"] for _, data in read.nodes(data=True))
    assert labels == Counter(" ".join(_held(node.label).split()) for node in nodes)
    said = Counter((data["predicate"], data.get("negated", False)) for *_, data in read.edges(data=True))
    assert said == Counter((edge.predicate, edge.negated) for edge in edges)


def test_names_survive(tmp_path: Path) -> None:
    """What XML can hold is read back as it was, in texts and in lists."""
    synonyms = tuple(name for name in NAMES if "\x00" not in name)
    node = Node(id="x:1", kind="term", label="x", categories=(), documents=0, official=NAMES[2], synonyms=synonyms)
    file = io.BytesIO()
    gephi.write_elements(file, [node], [])
    root = etree.fromstring(file.getvalue())
    values = {one.get("for"): one.get("value") for one in root.iterfind(".//g:attvalue", _NAMESPACE)}
    assert values["official"] == NAMES[2]
    assert _pieces(values["synonyms"] or "") == synonyms


def test_an_edge_without_anything_is_written(tmp_path: Path) -> None:
    """None and empty lists leave no attribute behind."""
    node = Node(id="x:1", kind="term", label="x", categories=(), documents=0)
    edge = Edge(id="e", kind="cites", subject="x:1", predicate="p:q", object="x:1", knowledge_level="k", agent_type="a")
    (tmp_path / "a.gexf").write_bytes(b"")
    with (tmp_path / "a.gexf").open("wb") as file:
        assert gephi.write_elements(file, [node], [edge]) == {"nodes": 1, "edges": 1}
    data = nx.read_gexf(tmp_path / "a.gexf").edges["x:1", "x:1"]
    assert not {"grade", "publications", "negated", "first_year", "start"} & data.keys()
    assert data["weight"] == 1


def test_the_timeline_has_the_years(written: tuple[Path, dict[str, int]], release: Path) -> None:
    """Each edge from the first day of its first year to the last of its last; a paper from its year on."""
    root = etree.parse(written[0]).getroot()
    spans = {e.get("id"): (e.get("start"), e.get("end")) for e in root.iterfind(".//g:edge", _NAMESPACE)}
    with PropertyGraph.open(release, Part()) as graph:
        for edge in graph.edges():
            told = (f"{edge.first_year}-01-01", f"{edge.last_year}-12-31") if edge.first_year else (None, None)
            assert spans[edge.id] == told
        starts = Counter(f"{n.first_year}-01-01" for n in graph.nodes() if n.kind != "term" and n.first_year)
    found = [node.get("start") for node in root.iterfind(".//g:node", _NAMESPACE)]
    assert Counter(start for start in found if start) == starts
    (mode,) = root.iterfind("g:graph", _NAMESPACE)
    assert (mode.get("mode"), mode.get("timeformat")) == ("dynamic", "date")


def test_kinds_have_their_colours_and_sizes(written: tuple[Path, dict[str, int]]) -> None:
    """One colour a kind, another for each; more papers, a larger node."""
    root = etree.parse(written[0]).getroot()
    colours: dict[str, set[tuple[str | None, ...]]] = {}
    sizes = []
    for node in root.iterfind(".//g:node", _NAMESPACE):
        values = {one.get("for"): one.get("value") for one in node.iterfind(".//g:attvalue", _NAMESPACE)}
        (colour,) = node.iterfind("v:color", _NAMESPACE)
        (size,) = node.iterfind("v:size", _NAMESPACE)
        colours.setdefault(str(values["kind"]), set()).add(tuple(colour.get(part) for part in "rgb"))
        sizes.append((int(values["documents"] or 0), float(size.get("value") or 0)))
    assert all(len(found) == 1 for found in colours.values())
    assert len({one for found in colours.values() for one in found}) == len(colours)
    assert [size for _, size in sorted(sizes)] == sorted(size for _, size in sizes)


def test_it_is_the_same_each_time(release: Path, written: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    """Byte for byte."""
    gephi.write(release, tmp_path / "again.gexf", Part())
    assert (tmp_path / "again.gexf").read_bytes() == written[0].read_bytes()


@pytest.mark.slow
def test_graphology_reads_all(written: tuple[Path, dict[str, int]]) -> None:
    """The reader of Gephi Lite and Sigma: the same counts, lists as lists."""
    folder = node_packages("graphology", "graphology@0.26.0", "graphology-gexf@0.13.2")
    script = (
        "const gexf = require('graphology-gexf'); const {MultiGraph} = require('graphology');"
        "const g = gexf.parse(MultiGraph, require('fs').readFileSync(process.argv[1], 'utf8'));"
        "const lists = g.filterNodes((n, a) => Array.isArray(a.synonyms)).length;"
        "console.log(g.order, g.size, lists)"
    )
    done = subprocess.run(["node", "-e", script, written[0]], cwd=folder, capture_output=True, text=True, check=True)
    order, size, lists = map(int, done.stdout.split())
    assert {"nodes": order, "edges": size} == written[1]
    assert lists > 0 or order == 0


@pytest.mark.slow
def test_gephi_reads_all(written: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    """The toolkit of the real program: the same counts, no edge merged, the timeline's bounds and no complaint."""
    jar = java_archive("org.gephi", "gephi-toolkit", "0.10.1", "all")
    if written[1]["nodes"] == 0:
        pytest.skip("Gephi makes no graph of an empty file")
    (tmp_path / "Count.java").write_text(_JAVA)
    command = ["java", "-Djava.awt.headless=true", "-cp", str(jar), str(tmp_path / "Count.java"), str(written[0])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    told = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert {"nodes": int(told["nodes"]), "edges": int(told["edges"])} == written[1]
    assert told["dynamic"] == "true"
    assert told["issues"] == "0", done.stdout
    assert told["grade"] == "String"
    assert told["publications"] == "String[]"


_JAVA = """
import java.io.File;
import org.gephi.graph.api.*;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

public class Count {
  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    int issues = 0;
    for (Issue issue : container.getReport().getIssuesList(1000)) {
      if (issue.getLevel() != Issue.Level.INFO) issues++;
      System.out.println("issue: " + issue.getLevel() + " " + issue.getMessage());
    }
    importer.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    System.out.println("nodes=" + model.getDirectedGraph().getNodeCount());
    System.out.println("edges=" + model.getDirectedGraph().getEdgeCount());
    System.out.println("dynamic=" + model.isDynamic());
    System.out.println("bounds=" + model.getTimeBounds());
    for (String column : new String[] {"grade", "publications"}) {
      System.out.println(column + "=" + model.getEdgeTable().getColumn(column).getTypeClass().getSimpleName());
    }
    System.out.println("issues=" + issues);
    System.exit(0);
  }
}
"""


def _held(text: str) -> str:
    return "".join("\ufffd" if ord(one) < 32 and one not in "\t\n\r" else one for one in text)


def _pieces(text: str) -> tuple[str, ...]:
    """The texts of a list, by the rules of Gephi's own reader."""
    found, piece, at = [], None, 1
    while at < len(text) - 1:
        one = text[at]
        if piece is None:
            piece = "" if one == '"' else None
        elif one == "\\":
            at += 1
            piece += {"n": "\n", "r": "\r", "t": "\t"}.get(text[at], text[at])
        elif one == '"':
            found.append(piece)
            piece = None
        else:
            piece += one
        at += 1
    return tuple(found)
