"""Records of one paper become one document, whatever their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.documents import citation
from kg.documents.assemble import Draft, Passage, assemble
from kg.documents.merge import groups, merge
from kg.model import Document, Ids, MeshHeading


def document(format: str, **fields: object) -> Document:
    return assemble(Draft(format=format, sha256=f"{format}{fields}", **fields))  # type: ignore[arg-type]


versions = st.lists(
    st.builds(
        document,
        st.sampled_from(["pubmed_xml", "medline", "pubmed_page", "jsonl"]),
        ids=st.builds(Ids, pmid=st.sampled_from([None, "7"]), doi=st.just("10.5555/x")),
        title=st.sampled_from(["T", "Title"]),
        abstract=st.sampled_from([(), (Passage("", "A."),), (Passage("AIM", "B."),)]),
        keywords=st.sampled_from([(), ("SSc",), ("ssc", "SLE")]),
        date=st.sampled_from([None, "2024", "2024-12-12"]),
        status=st.sampled_from([(), ("retracted",)]),
    ),
    min_size=1,
    max_size=5,
)


@given(versions, st.randoms())
def test_order_and_repetition_do_not_matter(many: list[Document], random: st.Random) -> None:  # type: ignore[name-defined]
    """The merged document depends on the set of versions alone."""
    shuffled = [*many, *many]
    random.shuffle(shuffled)
    assert merge(shuffled) == merge(many)


@given(versions, st.randoms())
def test_groups_do_not_depend_on_order(many: list[Document], random: st.Random) -> None:  # type: ignore[name-defined]
    """The same documents fall into the same groups."""
    shuffled = list(many)
    random.shuffle(shuffled)
    assert groups(shuffled) == groups(many)


def test_page_and_xml_of_one_paper_complete_each_other() -> None:
    """The XML record's PMID and headings join the page's abstract, figures and references."""
    xml = document(
        "pubmed_xml",
        ids=Ids(pmid="7", doi="10.5555/x"),
        title="T",
        date="2024",
        mesh=(MeshHeading(ui="D1", name="SSc"),),
        authors=("A", "B"),
    )
    page = document(
        "pubmed_page",
        ids=Ids(doi="10.5555/x"),
        title="T",
        abstract=(Passage("", "Text."),),
        figures=(Passage("FIGURE 1", "Legend."),),
        references=(citation.parse("Lee A. On sclerosis. J Invent. 2020;1:2.", number=1),),
        mesh=(MeshHeading(ui="", name="SSc", major=True),),
        date="2024-12-12",
        authors=("A",),
        keywords=("SSc",),
    )
    (group,) = groups([page, xml])
    merged = merge(group)
    assert (merged.id, merged.format, merged.date, merged.authors) == ("PMID:7", "pubmed_xml", "2024-12-12", ("A", "B"))
    assert merged.text == "T\nText.\nSSc\nLegend.\nLee A. On sclerosis. J Invent. 2020;1:2."
    assert merged.mesh == (MeshHeading(ui="D1", name="SSc", major=True),)
    assert len(merged.references) == 1


def test_longest_reference_list_is_completed() -> None:
    """An identifier that another version gives for the same cited title is kept."""
    text = "Lee A. A long enough title about systemic sclerosis. J Invent. 2020;1:2."
    known = document(
        "pubmed_xml", ids=Ids(pmid="7"), title="T", references=(citation.parse(text, number=1, ids=Ids(pmid="99")),)
    )
    longer = document(
        "pubmed_page",
        ids=Ids(pmid="7"),
        title="T",
        references=(citation.parse("Moss T. Other. J Invent. 2019;1:2.", number=1), citation.parse(text, number=2)),
    )
    assert [reference.ids.pmid for reference in merge([known, longer]).references] == [None, "99"]


def test_two_pmids_are_two_papers() -> None:
    """An erratum that is printed with the paper's DOI stays another paper; a record with that DOI alone joins one of
    them.
    """
    paper = document("pubmed_xml", ids=Ids(pmid="7", doi="10.5555/x"), title="Paper")
    erratum = document("pubmed_xml", ids=Ids(pmid="8", doi="10.5555/x"), title="Erratum")
    page = document("pubmed_page", ids=Ids(doi="10.5555/x"), title="Paper")
    for order in ([paper, erratum, page], [page, erratum, paper], [erratum, page, paper]):
        found = groups(order)
        assert sorted(len(group) for group in found) == [1, 2]
        assert not any({"7", "8"} <= {one.ids.pmid for one in group} for group in found)


def test_papers_that_share_nothing_stay_apart() -> None:
    """Different records without identifiers are no versions of each other."""
    assert len(groups([document("jsonl", title="One"), document("jsonl", title="Two")])) == 2


def test_citation_gives_way_to_the_paper() -> None:
    """What was known of a cited paper by its citation only does not stand in the text of its record."""
    cited = document("jsonl", ids=Ids(pmid="7"), title="On SSc", citation="Lee A. On SSc. J Invent. 2020;1:2.")
    assert [section.kind for section in cited.sections] == ["reference"]
    assert cited.title == "On SSc"
    real = document("pubtator", ids=Ids(pmid="7"), title="On SSc.", abstract=(Passage("", "Text."),))
    assert merge([cited, real]).text == "On SSc.\nText."
