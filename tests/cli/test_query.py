"""`kg query`: each named query is a command; formats, names that may mean several things, ids as people write them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.query import NamedQuery, load_all
from tests.cli.conftest import Kg

# A value of each kind, or for a parameter of this name, that the example records know.
GIVEN = {
    "subject": "CD19",
    "object": "SSc",
    "disease": "SSc",
    "target": "CD19",
    "therapy": "CAR-T",
    "adverse_event": "CRS",
    "term": "SSc",
    "document": "10.5555/cartkg.example.0001",
    "text": "tried",
    "form": "AAV",
    "grade": "MeshHeading",
    "integer": "3",
    "boolean": "",
}

# What the example records say nothing of: no paper is cited twice, nothing is told both ways, no trial has a number.
NOTHING_TOLD = frozenset({"contradictions", "most-cited-papers", "targets-by-patients", "trials-of-target"})


def _arguments(named: NamedQuery, graph: Path, kg: Kg) -> list[str]:
    found = []
    for parameter in named.parameters:
        if not parameter.required:
            continue
        value = (
            _statement(kg, graph) if parameter.kind == "statement" else GIVEN.get(parameter.name, GIVEN[parameter.kind])
        )
        found += [f"--{parameter.name.replace('_', '-')}", value]
    return found


def _statement(kg: Kg, graph: Path) -> str:
    ran = kg("ask", "SELECT ?s { ?s a kg:Statement } ORDER BY ?s LIMIT 1", "--graph", graph, "--format", "csv")
    return "statement:" + ran.out.split()[1].rpartition("/")[2]


@pytest.mark.parametrize("name", load_all())
def test_every_query_answers_in_every_format(kg: Kg, graph: Path, name: str) -> None:
    """JSON, CSV, Markdown, page and table hold equally many rows, if any is told, under the columns of the header."""
    named = load_all()[name]
    arguments = ["query", name, *_arguments(named, graph, kg), "--graph", str(graph)]
    rows = json.loads(kg(*arguments, "--format", "json").out)
    columns = [column.name for column in named.columns]
    assert rows or name in NOTHING_TOLD
    assert all(list(row) == columns for row in rows)
    table = list(csv.reader(io.StringIO(kg(*arguments, "--format", "csv").out)))
    assert table[0] == columns
    assert len(table) == len(rows) + 1
    assert len(kg(*arguments, "--format", "md").out.splitlines()) == len(rows) + 2
    page = kg(*arguments, "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert page.count("<tbody>") == len(rows)
    shown = kg(*arguments)
    assert (shown.code, shown.out != "no rows\n") == (0, bool(rows))
    printed = kg(*arguments, "--sparql").out
    assert json.loads(kg("ask", printed, "--graph", graph, "--json").out)["head"]["vars"] == columns
    asked = kg("ask", printed, "--graph", graph, "--format", "csv").out
    assert len(list(csv.reader(io.StringIO(asked)))) == len(rows) + 1


@pytest.mark.parametrize("name", load_all())
def test_the_help_of_a_query_tells_parameters_and_columns(kg: Kg, name: str) -> None:
    """`kg query NAME --help` shows the question, each parameter and each column."""
    ran = kg("query", name, "--help")
    named = load_all()[name]
    assert ran.code == 0
    flat = " ".join(ran.out.split())
    assert named.question in flat
    assert all(f"--{parameter.name.replace('_', '-')}" in flat for parameter in named.parameters)
    assert all(f"{column.name}: {column.help}" in flat for column in named.columns)


def test_an_unknown_query_lists_the_known_ones(kg: Kg, graph: Path) -> None:
    """Exit code 2, and every query there is."""
    ran = kg("query", "targets-tried", "--graph", graph)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown query 'targets-tried'; known: " in ran.err
    assert all(name in ran.err for name in load_all())


def test_an_unknown_grade_lists_the_known_ones(kg: Kg, graph: Path) -> None:
    """A misspelt grade is no request that can be answered."""
    ran = kg("query", "targets-tried-in", "--disease", "SSc", "--min-grade", "best", "--graph", graph)
    assert (ran.code, ran.out) == (1, "")
    assert "SentenceAssertion" in ran.err


def test_a_name_of_several_terms_says_which_was_taken(kg: Kg, graph: Path) -> None:
    """The answer stands on stdout, the choice and the other readings on stderr."""
    from kg.lexicon import shipped

    name = next(
        entry.text
        for term in shipped()
        if term.type == "disease"
        for entry in term.names
        if len(shipped().candidates("disease", entry.text)) > 1
    )
    ran = kg("query", "targets-tried-in", "--disease", name, "--graph", graph, "--json")
    assert ran.code == 0
    assert ran.err.startswith(f"kg: {name} taken as ")
    assert "; also: " in ran.err
    json.loads(ran.out)


@pytest.mark.parametrize(
    "written",
    [
        "99000002",
        "PMID:99000002",
        "pmid 99000002",
        "PMC99000001x",
        "10.5555/cartkg.example.0002",
        "https://doi.org/10.5555/CARTKG.example.0002",
    ],
)
def test_a_paper_is_found_by_its_id_as_people_write_it(kg: Kg, graph: Path, written: str) -> None:
    """PMID with or without its prefix; another of the paper's ids, or none of any kind, is told apart."""
    ran = kg("query", "document-says", "--document", written, "--graph", graph, "--json")
    if written.endswith("x"):
        assert (ran.code, ran.out) == (2, "")
        assert "expected an ID such as" in ran.err
    elif "99000002" in written:
        assert ran.code == 0
        assert json.loads(ran.out)
    else:
        assert ran.code == 0


def test_a_quote_cannot_leave_its_cell(kg: Kg, tmp_path: Path) -> None:
    """A title that begins as a spreadsheet's formula, or holds a terminal's escape, is harmless in every format."""
    record = {"pmid": "5", "title": '=HYPERLINK("http://x") CD19 CAR-T cells in SSc\u001b[31m'}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert kg("build", tmp_path / "a.jsonl", "--graph", tmp_path / "g").code == 0
    arguments = ("query", "targets-tried-in", "--disease", "SSc", "--graph", tmp_path / "g")
    rows = list(csv.DictReader(io.StringIO(kg(*arguments, "--format", "csv").out)))
    assert rows[0]["title"].startswith("'=")
    for style in ("table", "csv", "md", "json"):
        assert "\u001b" not in kg(*arguments, "--format", style).out


@pytest.mark.parametrize(
    "given", ["http://purl.obolibrary.org/obo/MONDO_0005100", "MONDO_0005100", "D012595", "mondo:0005100"]
)
def test_an_id_may_be_given_as_it_is_pasted(kg: Kg, graph: Path, given: str) -> None:
    """An IRI, an OBO ID with an underscore and a bare MeSH number answer as the name does."""
    wanted = kg("query", "targets-tried-in", "--disease", "systemic sclerosis", "--graph", graph, "--json")
    ran = kg("query", "targets-tried-in", "--disease", given, "--graph", graph, "--json")
    assert (ran.code, ran.out) == (0, wanted.out)


def test_a_misspelt_name_is_answered_with_the_right_one_first(kg: Kg, graph: Path) -> None:
    """Nearest is what differs least, not the shortest abbreviation; an unknown ID has no neighbours."""
    ran = kg("query", "targets-tried-in", "--disease", "systemic sclerodermma", "--graph", graph)
    assert (ran.code, ran.messages) == (1, ran.messages)
    assert "nearest known: systemic scleroderma" in ran.messages[0]
    assert kg("query", "targets-tried-in", "--disease", "MONDO:9999999", "--graph", graph).messages == [
        "kg: unknown disease 'MONDO:9999999'"
    ]


def test_a_paper_that_is_not_in_the_graph_is_said_to_be_unknown(kg: Kg, graph: Path) -> None:
    """Nothing to say of a paper, and no such paper, are two answers."""
    ran = kg("query", "document-says", "--document", "PMID:1", "--graph", graph)
    assert (ran.code, ran.messages) == (1, ["kg: unknown document 'PMID:1'"])
