"""`kg explain`: by names and by ID, as Markdown and as JSON, with SPARQL that runs as printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


def _rows(kg: Kg, graph: Path, sparql: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kg("ask", sparql, "--graph", graph, "--format", "csv").out)))


@pytest.mark.parametrize("names", [("CD19", "SSc"), ("HGNC:1633", "systemic sclerosis"), ("cd19", "MONDO:0005100")])
def test_two_terms_by_any_name(kg: Kg, graph: Path, names: tuple[str, str]) -> None:
    """Each passage with paper, grade, quote and the reason of each name."""
    ran = kg("explain", *names, "--graph", graph)
    assert ran.code == 0
    assert "# CD19 – target tried in – systemic sclerosis" in ran.out
    assert "**SentenceAssertion** · PMID:99000002" in ran.out
    assert "“CD19” is CD19 (HGNC:1633): " in ran.out
    assert ran.out == kg("explain", "CD19", "SSc", "--graph", graph).out


def test_the_printed_sparql_gives_the_same(kg: Kg, graph: Path) -> None:
    """Copied from the Markdown and asked, it answers as many passages as are shown, and the same ones."""
    text = kg("explain", "CD19", "SSc", "--graph", graph).out
    found = json.loads(kg("explain", "CD19", "SSc", "--graph", graph, "--json").out)
    sparql = text[text.index("```sparql\n") + len("```sparql\n") :].partition("\n```")[0]
    assert sparql == found["sparql"].rstrip("\n")
    shown = [one["evidence"] for claim in found["claims"] for one in claim["supporting"] + claim["against"]]
    asked = {"evidence:" + row["evidence"].rpartition("/")[2] for row in _rows(kg, graph, sparql)}
    assert asked == set(shown)
    assert len(shown) == len(set(shown)) == text.count("   > ")


def test_json_has_the_numbers_and_the_offsets(kg: Kg, graph: Path) -> None:
    """A quote is what the record's text has there, and so is each name."""
    found = json.loads(kg("explain", "CAR-T", "CRS", "--graph", graph, "--json").out)
    passages = [one for claim in found["claims"] for one in claim["supporting"] + claim["against"]]
    assert any("n" in one and "total" in one for one in passages)
    for one in passages:
        assert len(one["quote"]) == one["end"] - one["start"]
        assert one["names"]
        for name in one["names"]:
            if one["start"] <= name["start"] < one["end"]:
                assert one["quote"][name["start"] - one["start"] : name["end"] - one["start"]] == name["text"]


def test_a_statement_by_its_id(kg: Kg, graph: Path) -> None:
    """The same claim as by its names, alone."""
    by_name = json.loads(
        kg("explain", "CD19", "SSc", "--predicate", "target_tried_in", "--exact", "--graph", graph, "--json").out
    )
    (claim,) = by_name["claims"]
    (same,) = json.loads(kg("explain", claim["statement"], "--graph", graph, "--json").out)["claims"]
    assert same == claim


def test_the_wrong_way_round_is_turned_and_told(kg: Kg, graph: Path) -> None:
    """A target is tried in a disease, whichever is named first."""
    ran = kg("explain", "SSc", "CD20", "--predicate", "target_tried_in", "--graph", graph)
    assert ran.code == 0
    assert ran.messages == ["kg: nothing with SSc as subject; shown with CD20 as subject"]
    assert ran.out == kg("explain", "CD20", "SSc", "--predicate", "target_tried_in", "--graph", graph).out


def test_nothing_to_say_is_no_error(kg: Kg, graph: Path) -> None:
    """Two known terms that nothing relates."""
    ran = kg("explain", "CD19", "SSc", "--predicate", "no_such_thing", "--graph", graph)
    assert ran.code == 0
    assert ran.out.startswith("The graph says nothing about this.\n\n## ")


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("statement:" + "0" * 32,), 1, "unknown statement"),
        (("SSc",), 1, "unknown statement 'SSc'"),
        (("CD19", "no such disease"), 1, "unknown term"),
        (("CD19", "SSc", "--min-grade", "Rumour"), 1, "unknown grade"),
        (("statement:" + "0" * 32, "--exact"), 2, "need a SUBJECT and an OBJECT"),
        ((), 2, "Missing argument"),
    ],
)
def test_bad_requests_are_told(kg: Kg, graph: Path, arguments: tuple[str, ...], code: int, word: str) -> None:
    """One line, and the exit codes of the documentation."""
    ran = kg("explain", *arguments, "--graph", graph)
    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err


def test_a_record_cannot_write_markdown(kg: Kg, tmp_path: Path) -> None:
    """A title with markup, and a terminal's escape in it, stays one line of text."""
    record = {"pmid": "5", "title": "CD19 CAR-T cells in SSc\u001b[31m | <b>*x*</b> `y` [z](http://e)"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert kg("build", tmp_path / "a.jsonl", "--graph", tmp_path / "g").code == 0
    text = kg("explain", "CD19", "SSc", "--graph", tmp_path / "g").out
    assert "\u001b" not in text
    assert "<b>" not in text
    assert "[z](" not in text
