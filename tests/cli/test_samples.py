"""Real records of other formats (read from the shared folder): they build, check, and answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


def _build(kg: Kg, graph: Path, *inputs: object) -> dict[str, object]:
    ran = kg("build", *inputs, "--graph", graph, "--json")
    assert ran.code in (0, 3), ran.err
    found: dict[str, object] = json.loads(ran.out)
    return found


def test_the_sample_of_nlm_builds(kg: Kg, shared: Path, tmp_path: Path) -> None:
    """Every article of NLM's own gzipped sample of the baseline becomes a document; the graph is sound."""
    path = shared / "samples" / "pubmed_xml" / "pubmedsample18n0001.xml.gz"
    articles = gzip.decompress(path.read_bytes()).count(b"<PubmedArticle>")
    found = _build(kg, tmp_path / "g", path)
    assert (found["read"], found["skipped"]) == (articles, 0)
    ran = kg("check", "--graph", tmp_path / "g")
    assert ran.code == 0, ran.out


def test_json_lines_of_abstracts_build(kg: Kg, shared: Path, tmp_path: Path) -> None:
    """Every line becomes a document, and what is asked of them is answered with a quote of the record's own text."""
    path = shared / "samples" / "abstracts" / "cart_abstracts.jsonl.gz"
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    found = _build(kg, tmp_path / "g", path)
    assert (found["read"], found["skipped"]) == (len(lines), 0)
    ran = kg("query", "diseases-target-tried-in", "--target", "CD19", "--graph", tmp_path / "g", "--json")
    rows = json.loads(ran.out)
    assert rows
    text = "\n".join(lines)
    assert all(json.dumps(row["quote"], ensure_ascii=False)[1:-1].split("\\n")[0] in text for row in rows[:5])
    assert kg("check", "--graph", tmp_path / "g").code == 0


def test_a_folder_of_xml_names_what_is_no_record(kg: Kg, shared: Path, tmp_path: Path) -> None:
    """Files of MeSH vocabulary among the records are skipped, each by its name, with exit code 3."""
    ran = kg("build", shared / "samples" / "pubmed_xml", "--graph", tmp_path / "g")
    assert ran.code == 3
    skipped = {Path(message.split(": ")[2]).name for message in ran.messages}
    assert skipped == {path.name for path in (shared / "samples" / "pubmed_xml").glob("mesh_*.xml")}


@pytest.mark.slow
def test_real_abstracts_build_in_any_order(kg: Kg, shared: Path, tmp_path: Path) -> None:
    """A hundred real abstracts: two workers and one, and lines turned round, give one release, and it is sound."""
    path = shared / "samples" / "abstracts" / "autoimmune_abstracts.jsonl.gz"
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)[:100]
    (tmp_path / "turned.jsonl").write_bytes(b"".join(line.rstrip(b"\n") + b"\n" for line in reversed(lines)))
    (tmp_path / "some.jsonl.gz").write_bytes(gzip.compress(b"".join(lines), mtime=0))
    first = _build(kg, tmp_path / "a", tmp_path / "some.jsonl.gz", "--workers", 2)
    second = _build(kg, tmp_path / "b", tmp_path / "turned.jsonl")
    assert first["documents"] == second["documents"]
    assert first["release"] == second["release"]
    assert kg("check", "--graph", tmp_path / "a").code == 0
