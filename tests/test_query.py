"""Headers, bindings and typed rows."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KGError, QueryFailed, UnknownName, UsageError
from kg.namespaces import iri
from kg.query import bind, load_all, parse, run
from tests.graph_fixture import SSC, SmallVocabulary, fixture_store

HEAD = "# question: What?\n# parameter: disease (disease, required): a disease\n# column: x: a thing\n"
NAMES = SmallVocabulary()


def query(folder: Path, text: str) -> Path:
    path = folder / "made.rq"
    path.write_text(text)
    return path


def test_there_are_at_least_twenty() -> None:
    """Each by its file's name, in name order."""
    assert len(load_all()) >= 20
    assert list(load_all()) == sorted(load_all())


@pytest.mark.parametrize("name", sorted(load_all()))
def test_every_header_is_true(name: str) -> None:
    """The projection is the columns in their order, then a `given_` variable for each parameter in its order."""
    found = load_all()[name]
    solutions = ox.Store().query(found.sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [column.name for column in found.columns]
    given = [f"given_{parameter.name}" for parameter in found.parameters]
    assert [variable.value for variable in solutions.variables] == columns + given


@pytest.mark.parametrize("name", sorted(load_all()))
def test_every_query_orders_all_its_rows(name: str) -> None:
    """Each has an ORDER BY at its end, so that the same graph gives the same answer."""
    assert re.search(r"\nORDER BY [^}]+$", load_all()[name].sparql)


@pytest.mark.parametrize("name", sorted(load_all()))
def test_every_disease_query_takes_subclasses(name: str) -> None:
    """Through `kg:within`, unless `exact` is true."""
    found = load_all()[name]
    if any(parameter.kind == "disease" for parameter in found.parameters):
        assert {"exact", "min_grade"} <= {parameter.name for parameter in found.parameters}
        assert "kg:within ?given_disease" in found.sparql


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("# column: x: a thing\nSELECT ?x {}", "one question"),
        ("# question: What?\nSELECT ?x {}", "columns"),
        (HEAD + "# note: hello\nSELECT ?x {}", "line 4"),
        (HEAD.replace("(disease, required)", "(illness, required)"), "illness"),
        (HEAD.replace("(disease, required)", "disease required"), "line 2"),
    ],
)
def test_a_header_of_another_form_is_refused(tmp_path: Path, text: str, word: str) -> None:
    """With the file and the line."""
    with pytest.raises(KGError, match=word) as caught:
        parse(query(tmp_path, text))
    assert "made.rq" in str(caught.value)


def test_names_become_terms_and_defaults_are_bound() -> None:
    """A name, an abbreviation and an ID are the same term; what is not given has its default."""
    found = load_all()["targets-tried-in"]
    for name in ("SSc", "systemic sclerosis", SSC):
        bound = bind(found, {"disease": name}, NAMES)
        assert bound["given_disease"] == ox.NamedNode(iri(SSC))
        assert (bound["given_exact"], bound["given_min_grade"]) == (ox.Literal(False), ox.Literal(6))


def test_an_optional_parameter_without_default_is_an_empty_text() -> None:
    """pyoxigraph cannot tell whether a substituted variable is bound, so every one is."""
    bound = bind(load_all()["evidence-for"], {"subject": "CD19", "object": "SSc"}, NAMES)
    assert bound["given_predicate"] == ox.Literal("")


@pytest.mark.parametrize(
    ("values", "error", "word"),
    [
        ({}, UsageError, "disease"),
        ({"disease": "SSc", "colour": "red"}, UsageError, "colour.*disease, exact, min_grade"),
        ({"disease": "SSc", "exact": "perhaps"}, UsageError, "perhaps"),
        ({"disease": "SSc", "min_grade": "Rumour"}, UnknownName, "SentenceAssertion"),
        ({"disease": "SScc"}, UnknownName, "nearest known: SSc"),
        ({"disease": "CD19"}, UnknownName, "CD19"),
        ({"disease": 'SSc" . ?s ?p ?o . #'}, UnknownName, "unknown disease"),
    ],
)
def test_bad_values_are_told(values: dict[str, str], error: type[KGError], word: str) -> None:
    """Missing, not known, of the wrong kind, or a name of something else."""
    with pytest.raises(error, match=word):
        bind(load_all()["targets-tried-in"], values, NAMES)


@pytest.mark.parametrize("text", ["sentence-assertion", "SENTENCEASSERTION", "Sentence Assertion", "SentenceAssertion"])
def test_grades_are_known_by_any_spelling(text: str) -> None:
    """Case, hyphens and spaces do not matter."""
    bound = bind(load_all()["targets-tried-in"], {"disease": "SSc", "min_grade": text}, NAMES)
    assert bound["given_min_grade"] == ox.Literal(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID:7", "PMID:7"),
        ("pmid 007", "PMID:7"),
        ("7", "PMID:7"),
        ("PMC9", "PMCID:PMC9"),
        ("10.1000/ABC", "DOI:10.1000/abc"),
        ("https://doi.org/10.1000/abc", "DOI:10.1000/abc"),
    ],
)
def test_papers_are_known_by_any_spelling(text: str, expected: str) -> None:
    """As people write a paper's ID."""
    bound = bind(load_all()["document-says"], {"document": text}, NAMES)
    assert bound["given_document"] == ox.Literal(expected)


def test_what_is_no_id_is_told() -> None:
    """With an example of one."""
    with pytest.raises(UsageError, match="PMID:38381673"):
        bind(load_all()["document-says"], {"document": "that paper"}, NAMES)


def test_cells_are_typed() -> None:
    """CURIEs, whole numbers, decimals and booleans come as such."""
    found = load_all()["adverse-events-of"]
    table = run(fixture_store(), found, bind(found, {"therapy": "CAR-T"}, NAMES))
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["event"], row["n"], row["percent"], row["negated"]) == ("MONDO:0600008", 3, 60.0, False)
    assert isinstance(row["percent"], float)


def test_a_text_is_bound_and_never_read_as_sparql() -> None:
    """Quotes and braces in a value find nothing and break nothing."""
    found = load_all()["senses-of"]
    for text in ('" } DROP ALL #', "?surface", "\\", "AAV\n"):
        assert run(fixture_store(), found, bind(found, {"form": text}, NAMES)).rows == ()


def test_a_query_that_is_none_fails_in_one_line(tmp_path: Path) -> None:
    """Not valid SPARQL, or a parameter that it does not project."""
    broken = parse(query(tmp_path, "# question: What?\n# column: x: a thing\nSELECT ?x WHERE {"))
    with pytest.raises(QueryFailed, match="made"):
        run(ox.Store(), broken, {})
    unprojected = parse(query(tmp_path, HEAD + "SELECT ?x { ?x ?p ?given_disease }"))
    with pytest.raises(QueryFailed, match="given_disease"):
        run(ox.Store(), unprojected, bind(unprojected, {"disease": "SSc"}, NAMES))
