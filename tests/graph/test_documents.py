"""What a library would say of a paper."""

from __future__ import annotations

import msgspec
import pytest

from kg.graph._rdf import node
from kg.graph.documents import describe
from kg.model import Document, Ids, MeshHeading
from kg.namespaces import curie

PAPER = Document(id="PMID:7", ids=Ids(pmid="7"), title="T", text="T", sections=(), format="jsonl", sha256="0")


def values(document: Document, predicate: str) -> list[str]:
    found = [triple.object for triple in describe(document) if triple.predicate == node(predicate)]
    return sorted(curie(str(getattr(value, "value", value))) for value in found)


def test_every_id_is_named_and_the_others_are_links() -> None:
    """Each id is a literal CURIE; all but the document's own are exact matches."""
    paper = msgspec.structs.replace(PAPER, ids=Ids(pmid="7", doi="10.1000/a(b)<c>", pmcid="PMC9", nct=("NCT00000001",)))
    assert values(paper, "dcterms:identifier") == ["DOI:10.1000/a(b)<c>", "PMCID:PMC9", "PMID:7"]
    assert values(paper, "skos:exactMatch") == ["DOI:10.1000/a(b)<c>", "PMCID:PMC9"]
    assert values(paper, "kg:names_trial") == ["NCT:NCT00000001"]


def test_authors_keep_their_order() -> None:
    """One literal holds them as the record does; the first stands alone too."""
    paper = msgspec.structs.replace(PAPER, authors=("Zoe A", "Abel B"))
    assert values(paper, "kg:authors") == ["Zoe A; Abel B"]
    assert values(paper, "kg:first_author") == ["Zoe A"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {"kg:Record", "biolink:Article", "fabio:Article"}),
        ({"journal": "J"}, {"kg:Record", "biolink:JournalArticle", "fabio:JournalArticle"}),
        (
            {"journal": "J", "publication_types": ("Systematic Review",)},
            {"kg:Record", "biolink:JournalArticle", "fabio:JournalArticle", "fabio:ReviewArticle"},
        ),
        ({"status": ("preprint",)}, {"kg:Record", "biolink:PreprintPublication", "fabio:Preprint"}),
    ],
)
def test_types_follow_from_the_record(change: dict[str, object], expected: set[str]) -> None:
    """A journal makes a journal article, a publication type a review, a status a preprint."""
    assert set(values(msgspec.structs.replace(PAPER, **change), "rdf:type")) == expected


def test_a_date_that_is_none_falls_back_to_the_year() -> None:
    """`Winter 2024` is no date, but the year is known."""
    assert values(msgspec.structs.replace(PAPER, date="Winter 2024", year=2024), "dcterms:issued") == ["2024"]
    assert values(msgspec.structs.replace(PAPER, date="Winter 2024"), "dcterms:issued") == []


def test_major_headings_are_headings_too() -> None:
    """A major MeSH heading is given by both predicates, a minor one by one."""
    paper = msgspec.structs.replace(
        PAPER, mesh=(MeshHeading(ui="D1", name="a", major=True), MeshHeading(ui="D2", name="b"))
    )
    assert values(paper, "kg:mesh_heading") == ["MESH:D1", "MESH:D2"]
    assert values(paper, "kg:major_mesh_heading") == ["MESH:D1"]


def test_a_heading_without_a_number_is_kept_by_name() -> None:
    """Pages print MeSH headings by name alone; they make no edge to a descriptor without an ID."""
    named = MeshHeading(ui="", name="Adult")
    numbered = MeshHeading(ui="D012595", name="Scleroderma, Systemic", major=True)
    paper = msgspec.structs.replace(PAPER, mesh=(named, numbered))
    assert values(paper, "kg:mesh_name") == ["Adult", "Scleroderma, Systemic"]
    assert values(paper, "kg:mesh_heading") == values(paper, "kg:major_mesh_heading") == ["MESH:D012595"]
