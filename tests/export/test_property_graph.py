"""Nodes, edges and passages of a release or a part of it: all there, in order, and true to the store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BadGraph
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.namespaces import PREFIXES, curie, iri
from kg.part import EDGE_KINDS, Named, Part
from tests import graph_fixture as fixture
from tests.graph_fixture import fixture_store, release_of

ROWS = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the fixture graph."""
    return release_of(fixture_store(), tmp_path_factory.mktemp("graph"), "release")


def _asked(sparql: str) -> set[tuple[str, ...]]:
    found = fixture_store().query(sparql, prefixes=dict(PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(curie(term.value) for term in row) for row in found}


def test_every_statement_is_an_edge_with_what_the_store_sums_up(release: Path) -> None:
    """Grade and number of papers, counted anew from the passages, are those that the graph was built with."""
    expected = _asked(
        "SELECT ?s ?a ?p ?o ?n ?g ?d ?c WHERE { ?s biolink:subject ?a ; biolink:predicate ?p ; biolink:object ?o ;"
        " biolink:negated ?n ; kg:best_grade ?g ; kg:documents_count ?d ; kg:shortcut ?c }"
    )
    with PropertyGraph.open(release, Part(edges=("statement",))) as graph:
        found = {
            (
                edge.id,
                edge.subject,
                edge.predicate,
                edge.object,
                str(edge.negated).lower(),
                f"kg:{edge.grade}",
                str(edge.documents),
                str(edge.shortcut).lower(),
            )
            for edge in graph.edges()
        }
    assert found == expected
    assert len(expected) > 10


def test_every_passage_is_read_whole(release: Path) -> None:
    """As many as the store has; the trial's has its numbers, therapy and patients."""
    with PropertyGraph.open(release, Part()) as graph:
        told = {edge.id: (edge, passages) for edge, passages in graph.statements()}
    passages = [one for _, some in told.values() for one in some]
    assert {(one.id,) for one in passages} == _asked("SELECT ?e WHERE { ?e a kg:Evidence }")
    (crs,) = [one for one in passages if one.object == fixture.CRS]
    assert (crs.n, crs.total, crs.percent, crs.max_grade, crs.onset_days) == (3, 5, 60.0, 2, 3.0)
    assert (crs.context_disease, crs.grading_system, crs.year) == (fixture.DIFFUSE, "ASTCT", 2023)
    (tried,) = [one for one in passages if (one.subject, one.object) == (fixture.CD19, fixture.DIFFUSE)]
    assert (tried.treated, tried.responders, tried.evaluable, tried.follow_up_months) == (5, 4, 5, 12.5)
    assert (tried.trial, tried.cohort) == (("NCT:NCT00000002",), "NCT:NCT00000002")
    assert tried.via == (fixture.CD19_CAR_T,)
    assert tried.quote == "Five patients with dcSSc received CD19 CAR-T cells."
    edge, _ = told[crs.statement]
    assert (edge.n, edge.total, edge.publications, edge.first_year, edge.last_year) == (3, 5, ("PMID:2",), 2023, 2023)
    assert told[tried.statement][0].patients == 5


def test_edges_are_the_same_however_they_are_read(release: Path) -> None:
    """By themselves, after their passages, and after passages that were left half read; each as often as wanted."""
    with PropertyGraph.open(release, Part()) as graph:
        alone = list(graph.edges())
        next(graph.statements())
        assert list(graph.edges()) == alone
        told = list(graph.statements())
        assert list(graph.edges()) == alone
        assert list(graph.statements()) == told
    assert [edge for edge, _ in told] == [edge for edge in alone if edge.kind == "statement"]


def test_a_retracted_paper_marks_its_statements(release: Path) -> None:
    """Where it alone says so."""
    with PropertyGraph.open(release, Part()) as graph:
        assert [(edge.subject, edge.object) for edge in graph.edges() if edge.retracted] == [
            (fixture.BCMA, fixture.SSC)
        ]


@pytest.mark.parametrize(
    ("kind", "sparql"),
    [
        ("mentions", "SELECT ?d ?t ?c WHERE { ?m kg:document ?d ; kg:term ?t ; kg:count ?c }"),
        ("cites", "SELECT ?a ?b WHERE { ?a cito:cites ?b }"),
        ("subclass_of", "SELECT ?a ?b WHERE { ?a rdfs:subClassOf ?b ; kg:source ?s }"),
        ("has_target", "SELECT ?a ?b WHERE { ?a kg:has_target ?b }"),
    ],
)
def test_links_are_those_of_the_store(release: Path, kind: str, sparql: str) -> None:
    """Mentions with their counts; the ontology's own classes are no terms."""
    expected = _asked(sparql)
    with PropertyGraph.open(release, Part()) as graph:
        edges = [edge for edge in graph.edges() if edge.kind == kind]
    found = {(edge.subject, edge.object, *([str(edge.count)] if kind == "mentions" else [])) for edge in edges}
    assert found == expected
    assert len(edges) == len(expected) > 0


def test_every_edge_stands_between_nodes(release: Path) -> None:
    """Whole and in parts, whatever kinds are asked for; IDs are given once; order is that of code points."""
    parts = [Part(), Part(min_grade=Grade.DOCUMENT_ASSERTION), Part(disease=fixture.SSC), Part(answer=())]
    parts += [Part(edges=(kind,)) for kind in EDGE_KINDS]
    for part in parts:
        with PropertyGraph.open(release, part) as graph:
            nodes, edges = list(graph.nodes()), list(graph.edges())
        names = {node.id for node in nodes}
        assert len(names) == len(nodes)
        assert len({edge.id for edge in edges}) == len(edges)
        assert {end for edge in edges for end in (edge.subject, edge.object)} <= names
        assert {edge.kind for edge in edges} <= set(part.edges)
        assert [(node.kind != "term", node.kind != "record", node.id) for node in nodes] == sorted(
            (node.kind != "term", node.kind != "record", node.id) for node in nodes
        )


def test_papers_come_with_the_edges_that_reach_them(release: Path) -> None:
    """Without `mentions` and `cites` none; cited papers with `cites` alone."""
    kinds = {}
    for edges in (("statement",), ("mentions",), ("cites",)):
        with PropertyGraph.open(release, Part(edges=edges)) as graph:
            kinds[edges[0]] = {node.kind for node in graph.nodes()}
    assert kinds == {
        "statement": {"term"},
        "mentions": {"term", "record"},
        "cites": {"term", "record", "cited_paper"},
    }


def test_a_part_by_grade_counts_only_its_passages(release: Path) -> None:
    """Weaker evidence is gone, and with it the statements that have no other."""
    with PropertyGraph.open(release, Part(min_grade=Grade.SENTENCE_ASSERTION)) as graph:
        told = list(graph.statements())
        nodes = {node.id for node in graph.nodes()}
    assert {one.grade for _, some in told for one in some} == {Grade.SENTENCE_ASSERTION}
    assert (fixture.CD20, fixture.SSC) not in {(edge.subject, edge.object) for edge, _ in told}
    assert fixture.AAV not in nodes
    assert "PMID:2" in nodes


def test_a_disease_holds_its_subclasses_and_what_is_told_in_them(release: Path) -> None:
    """CRS was seen in diffuse systemic sclerosis, which lies within SSc; what is of SLE alone stays out."""
    with PropertyGraph.open(release, Part(disease=fixture.SSC)) as graph:
        pairs = {(edge.subject, edge.object) for edge in graph.edges() if edge.kind == "statement"}
    assert {(fixture.CD19, fixture.DIFFUSE), (fixture.CD19, fixture.SSC), (fixture.CD19_CAR_T, fixture.CRS)} <= pairs
    assert not {object_ for _, object_ in pairs} & {fixture.SLE, fixture.MYELOMA}


@pytest.mark.parametrize(
    ("row", "pairs"),
    [
        (
            Named(ids=frozenset({fixture.CD19, fixture.SSC, "PMID:1"})),
            {(fixture.CD19, "kg:target_tried_in", fixture.SSC)},
        ),
        (Named(ids=frozenset({fixture.CD19, fixture.SSC, "PMID:2"})), set()),
        (Named(ids=frozenset({fixture.CD19, fixture.SSC, "biolink:treats"})), set()),
        (Named(ids=frozenset({fixture.CD19, fixture.SSC}), negated=True), set()),
        (Named(ids=frozenset({fixture.CD19, fixture.SSC}), quote="something else"), set()),
        (
            Named(ids=frozenset({fixture.CD19, fixture.SSC})),
            {
                (fixture.CD19, "kg:target_tried_in", fixture.SSC),
                (fixture.CD19, "biolink:occurs_together_in_literature_with", fixture.SSC),
            },
        ),
    ],
)
def test_an_answer_names_its_statements(release: Path, row: Named, pairs: set[tuple[str, str, str]]) -> None:
    """By both ends, narrowed by whatever else the row tells; its papers and terms are nodes either way."""
    with PropertyGraph.open(release, Part(answer=(row,))) as graph:
        found = {(edge.subject, edge.predicate, edge.object) for edge in graph.edges() if edge.kind == "statement"}
        assert {fixture.CD19, fixture.SSC} <= {node.id for node in graph.nodes()}
    assert found == pairs


def test_an_answer_with_a_statement_names_no_other(release: Path) -> None:
    """Though another statement has the same ends."""
    with PropertyGraph.open(release, Part()) as graph:
        (wanted,) = [
            edge
            for edge in graph.edges()
            if (edge.subject, edge.object) == (fixture.CD19, fixture.SSC) and "together" in edge.predicate
        ]
    row = Named(ids=frozenset({wanted.id, fixture.CD19, fixture.SSC}))
    with PropertyGraph.open(release, Part(answer=(row,), edges=("statement",))) as graph:
        assert list(graph.edges()) == [wanted]


def test_terms_tell_their_names_and_how_often_they_are_named(release: Path) -> None:
    """MS4A1 is shown as people call it; SSc is named by three records from 2019 to 2024."""
    with PropertyGraph.open(release, Part()) as graph:
        nodes = {node.id: node for node in graph.nodes()}
    cd20 = nodes[fixture.CD20]
    assert (cd20.label, cd20.official, cd20.abbreviations) == ("CD20 (MS4A1)", "MS4A1", ("CD20",))
    ssc = nodes[fixture.SSC]
    assert (ssc.documents, ssc.first_year, ssc.last_year, ssc.xrefs) == (3, 2019, 2024, ("MESH:D012595",))
    paper = nodes["PMID:1"]
    assert (paper.kind, paper.journal, paper.categories) == ("record", "J Invent", ("biolink:JournalArticle",))
    assert (nodes["PMID:900"].kind, nodes["PMID:900"].documents) == ("cited_paper", 2)
    assert nodes["PMID:3"].status == ("retracted",)


def test_a_term_is_first_what_records_name_it_as(tmp_path: Path) -> None:
    """An infection that a record names as an adverse event is one before it is a disease."""
    store = fixture_store()
    infection, named = ox.NamedNode(iri(fixture.INFECTION)), ox.NamedNode(iri("mention:x"))
    with PropertyGraph.open(release_of(store, tmp_path, "before"), Part()) as graph:
        before = {node.id: node.entity_types for node in graph.nodes()}
    store.add(ox.Quad(named, ox.NamedNode(iri("kg:term")), infection))
    store.add(ox.Quad(named, ox.NamedNode(iri("kg:entity_type")), ox.Literal("adverse_event")))
    with PropertyGraph.open(release_of(store, tmp_path, "after"), Part()) as graph:
        after = {node.id: node.entity_types for node in graph.nodes()}
    assert before[fixture.INFECTION] == ("disease", "adverse_event")
    assert after == before | {fixture.INFECTION: ("adverse_event", "disease")}


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    """By our own error."""
    with pytest.raises(BadGraph, match="readable store"):
        PropertyGraph.open(tmp_path, Part())
