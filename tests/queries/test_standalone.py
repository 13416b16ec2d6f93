"""A named query printed with its values in it: the same rows from the store, and as many from rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph.quads import triples
from kg.namespaces import iri
from kg.query import Node, bind, cell, load_all, parse, run, standalone
from tests import graph_fixture, pack_fixture
from tests.graph_fixture import HARM, SOURCES
from tests.pack_fixture import VOCABULARY

# What to ask each query about, where it must be told.
GIVEN = {
    "disease": "SSc",
    "target": "BCMA",
    "therapy": "CAR-T",
    "term": "SSc",
    "first": "SSc",
    "second": "CAR-T",
    "subject": "CD19",
    "object": "SSc",
    "document": "PMID:1",
    "form": "AAV",
    "year": "2023",
}
OF_ITS_OWN = {"products-by-target": {"target": "CD19"}}
HOSTILE = ('" } UNION { ?s ?p ?o } #', "\\u0041", "\\", "\x1b1234", "?given_x", "a\nb", "\\\\U00000041", "🧬")


def every() -> Iterator[ox.Triple]:
    """The triples of all hand-made papers."""
    return triples((*graph_fixture.papers(), *pack_fixture.papers()), VOCABULARY, sources=SOURCES)


@cache
def store() -> ox.Store:
    """The graph of all hand-made papers, for pyoxigraph."""
    found = ox.Store()
    found.bulk_extend(ox.Quad(*triple) for triple in every())
    return found


@cache
def graph() -> rdflib.Graph:
    """The same, for rdflib."""
    lines = ox.serialize(every(), format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    return rdflib.Graph().parse(data=lines, format="nt")


def bindings(name: str) -> dict[str, Node]:
    """The query's values: those it requires, and the defaults."""
    found = load_all()[name]
    given = {one.name: GIVEN[one.name] for one in found.parameters if one.required and one.kind != "statement"}
    if any(one.kind == "statement" for one in found.parameters):
        quads = store().quads_for_pattern(None, ox.NamedNode(iri("biolink:predicate")), ox.NamedNode(iri(HARM)), None)
        given["statement"] = min(str(cell(quad.subject)) for quad in quads)
    return dict(bind(found, given | OF_ITS_OWN.get(name, {}), VOCABULARY))


@pytest.mark.parametrize("name", load_all())
def test_a_printed_query_gives_the_same_rows(name: str) -> None:
    """It needs no parameter any more: as printed, it answers what the named query answers, in the same order."""
    found = load_all()[name]
    bound = bindings(name)
    printed = standalone(found, bound)
    assert "given_" not in printed
    solutions = store().query(printed)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(column.name for column in found.columns)
    assert tuple(variable.value for variable in solutions.variables) == columns
    rows = tuple(tuple(cell(row[name]) for name in columns) for row in solutions)
    assert rows
    assert rows == run(store(), found, bound).rows


@pytest.mark.parametrize("name", load_all())
def test_rdflib_gives_as_many_rows(name: str) -> None:
    """The queries are standard SPARQL 1.1: another engine agrees."""
    found = load_all()[name]
    bound = bindings(name)
    assert len(list(graph().query(standalone(found, bound)))) == len(run(store(), found, bound).rows)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text(text: str) -> None:
    """What looks like SPARQL in a value is written so that both engines read it back as it was."""
    named = load_all()["co-mentions"]
    printed = standalone(named, {**bindings("co-mentions"), "given_type": ox.Literal(text)})
    value = printed[printed.index("FILTER(?type = ") + len("FILTER(?type = ") :].partition(")")[0]
    if ")" not in text:
        echo = f"SELECT ({value} AS ?x) {{}}"
        (row,) = list(store().query(echo))  # type: ignore[arg-type]  # a SELECT gives rows
        assert row["x"].value == text
        assert [str(found[0]) for found in graph().query(echo)] == [text]  # type: ignore[index]
    assert list(store().query(printed)) == []  # type: ignore[arg-type]


def test_variables_in_texts_and_comments_are_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Only a variable is replaced; a list of variables loses it, an expression in the list keeps its value."""
    path = tmp_path_factory.mktemp("made") / "made.rq"
    path.write_text(
        """# question: What?
# parameter: x (text, required): a text
# column: a: a thing
SELECT (CONCAT(?given_x, "?given_x", '?given_x') AS ?a) ?given_x # ?given_x
WHERE { BIND(?given_x AS ?b) FILTER(?b != <http://e/?given_x>) }
GROUP BY ?b ?given_x
ORDER BY ?a
""",
        "utf-8",
    )
    printed = standalone(parse(path), {"given_x": ox.Literal("v")})
    assert printed == (
        """# What?
SELECT (CONCAT("v", "?given_x", '?given_x') AS ?a)
WHERE { BIND("v" AS ?b) FILTER(?b != <http://e/?given_x>) }
GROUP BY ?b
ORDER BY ?a
"""
    )
