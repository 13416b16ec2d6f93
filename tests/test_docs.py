"""The documentation is true: its Python runs, and each new file that CONTRIBUTING shows does what it says."""

from __future__ import annotations

import doctest
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import kg.documents
import kg.export
import kg.relate
from kg import plugins, query, resources
from kg.annotator import Annotator
from kg.config import Config
from kg.lexicon import Lexicon, overlay, shipped
from kg.model import Document
from kg.part import Part
from kg.pipeline import build
from kg.plugins import DocumentFormat, Export, Relation
from kg.store import Graph, reader

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
PYTHON = DOCS / "python.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
CITATION = ROOT / "CITATION.cff"
RECORDS = resources.folder("examples") / "records"
pytestmark = pytest.mark.skipif(not PYTHON.is_file(), reason="needs a checkout, and this is an installed wheel")


def shown() -> dict[str, str]:
    """The files of CONTRIBUTING by path: a path on a line of its own, then a block with the content."""
    found = re.findall(
        r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", CONTRIBUTING.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return dict(found)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the example records."""
    folder = tmp_path_factory.mktemp("docs") / "graph"
    build([str(RECORDS)], folder, config=Config(), report=lambda bad: pytest.fail(str(bad)))
    return folder


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[ModuleType, str], str]]:
    """Puts a file of CONTRIBUTING into a package, as if it lay in its folder; returns the plugin's name."""
    added = []

    def put(package: ModuleType, path: str) -> str:
        (tmp_path / Path(path).name).write_text(shown()[path], "utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        plugins._modules.cache_clear()
        added.append(f"{package.__name__}.{Path(path).stem}")
        return Path(path).stem

    yield put
    plugins._modules.cache_clear()
    for name in added:
        sys.modules.pop(name, None)


def test_the_python_of_the_documentation_runs(tmp_path: Path) -> None:
    """Every example of docs/python.md gives what the page says."""
    blocks = re.findall(r"^```python\n(.*?)^```$", PYTHON.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    source = "\n".join(blocks)
    names = {"examples": RECORDS, "graph": tmp_path / "graph"}
    examples = doctest.DocTestParser().get_doctest(source, names, "docs/python.md", "docs/python.md", 0)
    assert len(examples.examples) > 20
    report = io.StringIO()
    result = doctest.DocTestRunner(verbose=False).run(examples, out=report.write)
    assert result.failed == 0, report.getvalue()


def test_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python blocks of the README run and print what they found."""
    for block in re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        exec(compile(block, "README.md", "exec"), {})  # our own page
        assert "MONDO:" in capsys.readouterr().out


def test_contributing_shows_one_file_for_each_kind() -> None:
    """A format, an entity type, a relation, an export and a query."""
    assert [Path(path).parent.as_posix() for path in shown()] == [
        "kg/documents",
        "ontologies/overlay",
        "kg/relate",
        "kg/export",
        "queries",
    ]


def test_the_new_format_reads(add: Callable[[ModuleType, str], str]) -> None:
    """Its records become documents; a bad one is told; what is of another format stays so."""
    name = add(kg.documents, "kg/documents/two_lines.py")
    format_ = plugins.discover("kg.documents", DocumentFormat)[name]
    data = b"%TITLE CD19 in SSc\n%TEXT Five patients were treated.\n"
    assert format_.recognises(data)
    assert not format_.recognises(b"PMID- 1\n")
    (document,) = format_.read(io.BytesIO(data), origin="a.txt")
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("CD19 in SSc", "CD19 in SSc\nFive patients were treated.")
    bad = [str(one) for one in format_.read(io.BytesIO(b"%TITLE alone"), origin="b.txt")]
    assert bad == ["b.txt: expected a line with %TEXT, got none"]


def test_the_new_entity_type_is_found_in_text(tmp_path: Path) -> None:
    """Its name is its file's, its Biolink class its head's, and its terms are found."""
    folder = tmp_path / "overlay"
    folder.mkdir()
    for path in (resources.folder("ontologies") / "overlay").glob("*.tsv"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "device.tsv").write_text(shown()["ontologies/overlay/device.tsv"], "utf-8")
    lexicon = Lexicon.from_overlay(overlay.read(folder))
    assert lexicon.category("device") == "biolink:Device"
    found = Annotator(lexicon).annotate_text("Cells were taken with an apheresis machine.").tagged.groundings
    assert [(one.mention.type, one.term) for one in found] == [("device", "cartkg:leukapheresis-device")]


def test_the_new_relation_speaks(add: Callable[[ModuleType, str], str]) -> None:
    """An annotator finds its statements; their quotes are the title."""
    name = add(kg.relate, "kg/relate/named_in_title.py")
    assert name in plugins.discover("kg.relate", Relation)
    annotator = Annotator(shipped())
    line = io.BytesIO(b'{"pmid": "1", "title": "Rituximab in systemic sclerosis"}\n')
    (record,) = plugins.discover("kg.documents", DocumentFormat)["jsonl"].read(line, origin="a.jsonl")
    assert isinstance(record, Document)
    said = [one for one in annotator.annotate(record).statements if one.evidence[0].method.endswith(name)]
    assert [(one.subject, one.object, one.evidence[0].quote) for one in said] == [
        ("DRUGBANK:DB00073", "MONDO:0005100", "Rituximab in systemic sclerosis")
    ]


def test_the_new_export_writes(add: Callable[[ModuleType, str], str], graph: Path, tmp_path: Path) -> None:
    """The command finds it by its name; it writes the whole graph, or a part of it."""
    name = add(kg.export, "kg/export/pairs.py")
    export = plugins.discover("kg.export", Export)[name]
    counts = export.write(Graph.open(graph).release.path, tmp_path / "out.txt", Part())
    lines = (tmp_path / "out.txt").read_text("utf-8").splitlines()
    assert counts == {"edges": len(lines)}
    assert "HGNC:1633\tkg:target_tried_in\tMONDO:0005100" in lines
    some = Part(disease="MONDO:0005100", edges=("statement",))
    assert 0 < export.write(Graph.open(graph).release.path, tmp_path / "part.txt", some)["edges"] < len(lines)


def test_the_new_query_answers(graph: Path, tmp_path: Path) -> None:
    """Its header is read and its rows are those of the year."""
    path = tmp_path / "documents-of-year.rq"
    path.write_text(shown()["queries/documents-of-year.rq"], "utf-8")
    named = query.parse(path)
    store = reader(Graph.open(graph).release.path)
    answer = query.run(store, named, query.bind(named, {"year": "2019"}, shipped()))
    assert [row[0] for row in answer.rows] == ["PMID:99000007"]


def test_the_citation_tells_the_version_of_the_package() -> None:
    """CITATION.cff is of format 1.2.0 and has the project's version, licence and authors."""
    text = CITATION.read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert "cff-version: 1.2.0" in text
    version = re.search(r'(?m)^version = "(.+)"$', project)
    assert version
    assert f"\nversion: {version[1]}\n" in text
    assert "license: Apache-2.0" in text
    assert "  - name: The cartkg authors" in text


def test_every_page_has_its_place() -> None:
    """The index lists each page of `docs/` and each notebook, once; a page nobody finds is none."""
    listed = []
    for block in re.findall(r"^```\{toctree\}\n(.*?)^```$", (DOCS / "index.md").read_text("utf-8"), re.M | re.S):
        listed += [line for line in block.splitlines() if line and not line.startswith(":")]
    wanted = {str(path.relative_to(DOCS)).removesuffix(".md") for path in PAGES if path.name != "index.md"}
    wanted |= {f"../notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert len(listed) == len(set(listed))
    assert {name for name in listed if not name.startswith("../") or "notebooks" in name} == wanted


@pytest.mark.parametrize("path", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    """Every link and picture of a page that leads into the repository leads to a file; GitHub shows the pages too."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [target for target in targets if target and "://" not in target]
    assert [target for target in inside if not (path.parent / target).exists()] == []
