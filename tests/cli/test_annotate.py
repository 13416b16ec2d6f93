"""`kg annotate`: records in, mentions and statements out, without a graph."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Kg, snapshot

KEYS = {"start", "end", "text", "type", "id", "xrefs", "score", "negated", "reason", "section"}
SAYS = {"subject", "predicate", "object", "negated", "grade", "quote", "start", "end"}


def test_a_line_a_document_in_input_order(kg: Kg, examples: tuple[str, ...]) -> None:
    """Versions of one paper are not merged here; each line has the fields that other programs read (DESIGN §8)."""
    ran = kg("annotate", *examples)
    assert (ran.code, ran.err) == (0, "")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert len(lines) == 10
    assert lines[0]["id"] == "PMID:99000006"
    for line in lines:
        assert {"id", "text", "mentions", "statements"} <= line.keys()
        assert all(mention.keys() >= KEYS for mention in line["mentions"])
        assert all(statement.keys() >= SAYS for statement in line["statements"])


def test_the_same_input_gives_the_same_bytes(kg: Kg, program: Kg, examples: tuple[str, ...]) -> None:
    """Another process, with another hash seed, prints the same."""
    assert kg("annotate", *examples).out == program("annotate", *examples).out


def test_json_is_the_lines_whatever_else_was_asked(kg: Kg, examples: tuple[str, ...]) -> None:
    """`--json` wins over `--format`."""
    assert kg("annotate", examples[0], "--format", "html", "--json").out == kg("annotate", examples[0]).out


def test_numbers_stand_with_the_harm_they_count(kg: Kg, examples: tuple[str, ...]) -> None:
    """4 of 30 had an infusion-related reaction; 6 of 12 had CRS of grade 1; nobody had ICANS, which is a zero."""
    harms = {
        (line["id"], statement["object"]): statement
        for line in map(json.loads, kg("annotate", *examples).out.splitlines())
        for statement in line["statements"]
        if statement["predicate"] == "biolink:has_adverse_event"
    }
    reaction = harms["PMID:99000007", "cartkg:infusion-related-reaction"]
    assert (reaction["negated"], reaction["n"], reaction["N"]) == (False, 4, 30)
    syndrome = harms["PMID:99000004", "MONDO:0600008"]
    assert (syndrome["negated"], syndrome["n"], syndrome["N"], syndrome["max_grade"]) == (False, 6, 12, 1)
    assert harms["PMID:99000002", "NCIT:C162909"]["negated"] is True


def test_offsets_count_code_points(kg: Kg) -> None:
    """Characters outside the basic plane and combining ones count one each."""
    title = "𝛼𝛽 Sjögren's disease and Sjo\u0308gren's disease treated with rituximab"
    ran = kg("annotate", "-", stdin=(json.dumps({"pmid": "1", "title": title}) + "\n").encode())
    line = json.loads(ran.out)
    assert line["text"].startswith("𝛼𝛽 ")
    found = [mention for mention in line["mentions"] if mention["type"] == "disease"]
    assert found
    assert all(line["text"][mention["start"] : mention["end"]] == mention["text"] for mention in line["mentions"])


def test_a_record_cannot_write_into_the_page(kg: Kg) -> None:
    """Markup in a title is text in the HTML page."""
    record = {"pmid": "1", "title": "<script>alert(1)</script> CD19 in SSc</title><img src=x onerror=alert(1)>"}
    ran = kg("annotate", "-", "--format", "html", stdin=(json.dumps(record) + "\n").encode())
    assert ran.code == 0
    assert "<script>alert" not in ran.out
    assert "<img" not in ran.out


def test_nothing_is_written(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """No folder is made and no input is changed."""
    copy = tmp_path / "a.txt"
    copy.write_bytes(Path(examples[1]).read_bytes())
    before = snapshot(tmp_path)
    assert kg("annotate", copy).code == 0
    assert snapshot(tmp_path) == before
