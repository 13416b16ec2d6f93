"""`kg ask`: any SPARQL, its answer in the form asked for, and limits that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.cli.conftest import Kg

TRIED = "SELECT ?d { HGNC:1633 kg:target_tried_in ?d } ORDER BY ?d"


def test_a_select_is_a_table_csv_or_json(kg: Kg, graph: Path) -> None:
    """The same rows in each form; the prefixes need not be declared; the table shows CURIEs."""
    table = kg("ask", TRIED, "--graph", graph)
    assert (table.code, table.err) == (0, "")
    head, *rows = table.out.split()
    assert head == "d"
    assert "MONDO:0005100" in rows
    comma = kg("ask", TRIED, "--graph", graph, "--format", "csv").out.split()
    assert comma == ["d", *(f"http://purl.obolibrary.org/obo/{row.replace(':', '_')}" for row in rows)]
    found = json.loads(kg("ask", TRIED, "--graph", graph, "--json").out)
    assert len(found["results"]["bindings"]) == len(rows)


def test_a_query_can_come_from_standard_input(kg: Kg, graph: Path) -> None:
    """`-` reads the query; the answer is the same."""
    ran = kg("ask", "-", "--graph", graph, stdin=TRIED.encode())
    assert ran.out == kg("ask", TRIED, "--graph", graph).out


def test_ask_answers_true_or_false(kg: Kg, graph: Path) -> None:
    """ASK prints a word; as JSON, a SPARQL result."""
    assert kg("ask", "ASK { ?d a kg:Record }", "--graph", graph).out == "true\n"
    assert kg("ask", "ASK { ?d a kg:NoSuchThing }", "--graph", graph).out == "false\n"
    assert json.loads(kg("ask", "ASK { ?d a kg:Record }", "--graph", graph, "--json").out)["boolean"] is True


@pytest.mark.parametrize(
    ("style", "form"), [("table", ox.RdfFormat.TURTLE), ("csv", ox.RdfFormat.N_TRIPLES), ("json", ox.RdfFormat.JSON_LD)]
)
def test_construct_answers_rdf(kg: Kg, graph: Path, style: str, form: ox.RdfFormat) -> None:
    """CONSTRUCT gives Turtle, N-Triples or JSON-LD of the same triples."""
    query = "CONSTRUCT { ?t kg:target_tried_in ?d } WHERE { ?t kg:target_tried_in ?d }"
    ran = kg("ask", query, "--graph", graph, "--format", style)
    assert ran.code == 0
    triples = {str(quad.triple) for quad in ox.parse(ran.out.encode(), form)}
    assert any("hgnc:1633" in triple for triple in triples)


@pytest.mark.parametrize(
    "query",
    ["SELEC ?x", "SELECT * { ?s ?p ", "", "INSERT DATA { <a:b> <a:b> <a:b> }", "ASK " + "{" * 3000 + "}" * 3000],
)
def test_what_is_no_query_is_one_message(kg: Kg, graph: Path, query: str) -> None:
    """A broken query, an update and one that is nested beyond reason end with 1, and the graph is as before."""
    ran = kg("ask", query, "--graph", graph)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("kg: ")
    assert kg("ask", "ASK { <a:b> ?p ?o }", "--graph", graph).out == "false\n"


def test_a_query_past_its_time_gives_no_answer(kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is the configuration's; nothing of the answer is printed."""
    monkeypatch.setenv("KG_QUERY_SECONDS", "0.3")
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5))
    ran = kg("ask", f"SELECT (COUNT(*) AS ?n) {{ {product} }}", "--graph", graph)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.messages) == 1


def test_no_other_server_is_asked(kg: Kg, graph: Path) -> None:
    """SERVICE is refused."""
    ran = kg("ask", "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }", "--graph", graph)
    assert (ran.code, ran.out) == (1, "")
