"""Which papers cite the same paper."""

from __future__ import annotations

from itertools import permutations

from pyoxigraph import NamedNode

from kg.graph._rdf import node
from kg.graph.references import Citations
from kg.model import Document, Ids, Reference
from kg.namespaces import curie
from kg.ntriples import sorted_lines


def cite(citation: str, *, pmid: str | None = None, doi: str | None = None) -> Reference:
    return Reference(number=1, citation=citation, start=0, end=1, ids=Ids(pmid=pmid, doi=doi))


def paper(identifier: str, *references: Reference, ids: Ids | None = None) -> Document:
    own = ids or Ids(pmid=identifier.partition(":")[2])
    return Document(
        id=identifier, ids=own, title="T", text="T", sections=(), format="x", sha256="0", references=references
    )


def cited(*documents: Document) -> dict[str, set[str]]:
    citations = Citations()
    for document in documents:
        citations.add(document)
    found: dict[str, set[str]] = {}
    for triple in citations.triples():
        if triple.predicate == node("cito:cites"):
            assert isinstance(triple.subject, NamedNode)
            assert isinstance(triple.object, NamedNode)
            found.setdefault(curie(triple.subject.value), set()).add(curie(triple.object.value))
    return found


def test_a_paper_cited_by_pmid_here_and_doi_there_is_one() -> None:
    """A third citation with both ids joins them, in whatever order they are read."""
    documents = (
        paper("PMID:1", cite("a", pmid="900")),
        paper("PMID:2", cite("b", doi="10.1000/x")),
        paper("PMID:3", cite("c", pmid="900", doi="10.1000/x")),
    )
    for order in permutations(documents):
        assert set.union(*cited(*order).values()) == {"PMID:900"}


def test_without_the_joining_citation_they_stay_two() -> None:
    """Nothing but a shared id says that two citations are of one paper."""
    found = cited(paper("PMID:1", cite("a", pmid="900")), paper("PMID:2", cite("b", doi="10.1000/x")))
    assert found == {"PMID:1": {"PMID:900"}, "PMID:2": {"DOI:10.1000/x"}}


def test_a_wrong_id_does_not_pull_papers_together() -> None:
    """Two PMIDs with one DOI contradict each other: each citation keeps its own."""
    found = cited(
        paper("PMID:1", cite("a", pmid="900", doi="10.1000/x")), paper("PMID:2", cite("b", pmid="901", doi="10.1000/x"))
    )
    assert found == {"PMID:1": {"PMID:900"}, "PMID:2": {"PMID:901"}}


def test_a_cited_record_of_the_graph_is_that_record() -> None:
    """Cited by the DOI, held under its PMID, and not described a second time."""
    citations = Citations()
    citations.add(paper("PMID:1", cite("a", doi="10.1000/x")))
    citations.add(paper("PMID:2", ids=Ids(pmid="2", doi="10.1000/x")))
    (only,) = citations.triples()
    assert (only.subject, only.object) == (node("PMID:1"), node("PMID:2"))


def test_without_ids_the_text_decides() -> None:
    """Case, marks and spacing make no difference; other words do."""
    found = cited(
        paper("PMID:1", cite("Doe J. On B cells. 2020;1:2")),
        paper("PMID:2", cite("DOE J, On B  cells 2020;1:2")),
        paper("PMID:3", cite("Doe J. On T cells. 2020;1:2")),
    )
    assert found["PMID:1"] == found["PMID:2"] != found["PMID:3"]
    assert all(name.startswith("reference:") for names in found.values() for name in names)


def test_a_cited_paper_has_one_text_of_each_kind() -> None:
    """Printed differently by two papers, it is described the same way in both orders."""
    documents = (paper("PMID:1", cite("b", pmid="9")), paper("PMID:2", cite("a", pmid="9")))
    results = []
    for order in permutations(documents):
        citations = Citations()
        for document in order:
            citations.add(document)
        results.append(b"".join(sorted_lines(citations.triples())))
    assert results[0] == results[1]
    assert results[0].count(b"bibliographicCitation") == 1
