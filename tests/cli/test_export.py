"""`kg export`: the whole graph in a file, the same bytes each time, all or nothing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.cli.conftest import Kg

FORMS = {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def _triples(graph: Path) -> int:
    return int(json.loads((graph / "current" / "manifest.json").read_text("utf-8"))["counts"]["triples"])


@pytest.mark.parametrize("suffix", FORMS)
def test_each_form_holds_every_triple(kg: Kg, graph: Path, tmp_path: Path, suffix: str) -> None:
    """The file's ending names the form; what is read back is as much as the manifest counts."""
    out = tmp_path / f"out{suffix}"
    ran = kg("export", "rdf", out, "--graph", graph)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{out}: {_triples(graph)} triples\n"
    assert sum(1 for _ in ox.parse(out.read_bytes(), FORMS[suffix])) == _triples(graph)


def test_a_compressed_export_holds_the_same_and_no_time(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """`.gz` unpacks to the plain export; twice written, twice the same bytes."""
    for name in ("a.nq", "b.nq.gz", "c.nq.gz"):
        assert kg("export", "rdf", tmp_path / name, "--graph", graph).code == 0
    assert gzip.decompress((tmp_path / "b.nq.gz").read_bytes()) == (tmp_path / "a.nq").read_bytes()
    assert (tmp_path / "b.nq.gz").read_bytes() == (tmp_path / "c.nq.gz").read_bytes()


def test_json_tells_where_and_how_many(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """`--json` gives the path and the count."""
    ran = kg("export", "rdf", tmp_path / "out.nt", "--graph", graph, "--json")
    assert json.loads(ran.out) == {"out": str(tmp_path / "out.nt"), "triples": _triples(graph)}


@pytest.mark.parametrize(
    ("style", "name", "code", "said"),
    [
        ("rdf", "out.docx", 2, ".nq"),
        ("rdf", "out", 2, ".nq"),
        ("rdf", "nowhere/out.nq", 1, "nowhere/out.nq"),
        ("wordperfect", "out.nq", 2, "rdf"),
    ],
)
def test_what_cannot_be_written_leaves_nothing(
    kg: Kg, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str, name: str, code: int, said: str
) -> None:
    """An unknown form, ending or folder is one line; no file and no part of one is left."""
    monkeypatch.chdir(tmp_path)
    ran = kg("export", style, name, "--graph", graph)
    assert (ran.code, ran.out, len(ran.messages)) == (code, "", 1)
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def _counts(kg: Kg, graph: Path, out: Path, *options: str) -> dict[str, int]:
    ran = kg("export", "graphml", out, "--graph", graph, "--json", *options)
    assert ran.code == 0, ran.err
    return {name: count for name, count in json.loads(ran.out).items() if name != "out"}


def test_a_part_is_smaller_than_the_whole(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """By disease, by grade, by both, and by kinds of edges."""
    whole = _counts(kg, graph, tmp_path / "whole")
    disease = _counts(kg, graph, tmp_path / "disease", "--disease", "SSc")
    both = _counts(kg, graph, tmp_path / "both", "--disease", "SSc", "--min-grade", "sentence-assertion")
    edges = _counts(kg, graph, tmp_path / "edges", "--edges", "statement", "--edges", "has_target")
    assert 0 < both["edges"] < disease["edges"] < whole["edges"]
    assert 0 < edges["nodes"] < whole["nodes"]
    assert 0 < edges["edges"] < whole["edges"]


def test_a_querys_answer_is_a_part(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """It has the targets and diseases of the answer's rows; the query's own options are its own."""
    options = ("--query", "targets-tried-in", "--disease", "SSc", "--min-grade", "SentenceAssertion")
    counts = _counts(kg, graph, tmp_path / "part.graphml", *options, "--edges", "statement")
    asked = kg("query", *options[1:], "--graph", graph, "--json")
    rows = json.loads(asked.out)
    pairs = {(row["target"], row["disease"]) for row in rows}
    assert counts["edges"] == len(pairs) > 0


def test_given_parameters_reach_the_query(kg: Kg, graph: Path, tmp_path: Path) -> None:
    """`--given` names a parameter that has no option of its own."""
    counts = _counts(kg, graph, tmp_path / "a", "--query", "adverse-events-of", "--given", "therapy=CAR-T")
    assert 0 < counts["edges"] < _counts(kg, graph, tmp_path / "b")["edges"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--given", "therapy=CAR-T"), 2, "--query"),
        (("--query", "adverse-events-of", "--given", "therapy"), 2, "NAME=VALUE"),
        (("--query", "adverse-events-of", "--given", "colour=red"), 2, "colour"),
        (("--query", "no-such-query"), 1, "targets-tried-in"),
        (("--disease", "Sclerodermosis"), 1, "Sclerodermosis"),
        (("--min-grade", "excellent"), 1, "SentenceAssertion"),
    ],
)
def test_a_part_that_cannot_be_told_is_refused(
    kg: Kg, graph: Path, tmp_path: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    """In one line, with what would do; nothing is written."""
    ran = kg("export", "graphml", tmp_path / "out", "--graph", graph, *options)
    assert ran.code == code
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_format(kg: Kg) -> None:
    """With the first line of its module."""
    ran = kg("export", "--help")
    for name in ("csv", "gephi", "graphml", "kgx", "nanopub", "neo4j", "parquet", "rdf", "rdf12", "sssom"):
        assert f"\n  {name} " in ran.out
