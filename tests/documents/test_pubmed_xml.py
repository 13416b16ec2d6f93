"""PubMed XML is read article by article, and what breaks costs only itself."""

from __future__ import annotations

import io

import pytest

from kg.documents import pubmed_xml
from kg.errors import BadInput, BadRecord
from kg.model import Document, MeshHeading
from kg.resources import folder

EXAMPLES = folder("examples") / "records"


def read(text: str) -> list[Document | BadInput]:
    return list(pubmed_xml.read(io.BytesIO(text.encode()), origin="set.xml"))


def article(
    pmid: str, inside: str = "<ArticleTitle>On SSc.</ArticleTitle>", *, model: str = "", around: str = ""
) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article {model}>{inside}</Article>{around}"
        "</MedlineCitation></PubmedArticle>"
    )


def one(inside: str, *, model: str = "", around: str = "") -> Document:
    (document,) = read(article("99100030", inside, model=model, around=around))
    assert isinstance(document, Document)
    return document


def test_example_articles_have_all_their_parts() -> None:
    """Structured abstract, markup flattened, collective author, MeSH numbers, references with identifiers, status,
    trials.
    """
    documents = [
        found
        for found in pubmed_xml.read(io.BytesIO((EXAMPLES / "pubmed_set.xml").read_bytes()), origin="set")
        if isinstance(found, Document)
    ]
    review, mouse, trial, retracted = documents
    assert (review.id, review.date, review.volume, review.language) == ("PMID:99000001", "2025-03-04", "3", "eng")
    assert review.mesh[0] == MeshHeading(
        ui="D012595", name="Scleroderma, Systemic", major=True, qualifiers=("therapy",)
    )
    assert [section.label for section in mouse.sections if section.kind == "abstract"] == [
        "BACKGROUND",
        "METHODS",
        "RESULTS",
    ]
    assert "received 106 anti-CD19 CAR-T cells or saline at week 12." in mouse.text
    assert mouse.authors == ("Peter Quill", "Imaginary Mouse Group")
    assert mouse.references[0].ids.pmid == "99000301"
    assert mouse.references[0].title == "Depletion of B cells by engineered T cells in lupus-prone mice"
    assert (trial.ids.nct, trial.ids.pmcid) == (("NCT99000004",), "PMC99000004")
    assert (retracted.status, retracted.date) == (("retracted",), "2020-11")


@pytest.mark.parametrize(
    ("model", "dates", "expected"),
    [
        ('PubModel="Print"', "<PubDate><Year>2023</Year><Month>Feb</Month></PubDate>", "2023-02"),
        ('PubModel="Print"', "<PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate>", "1998-12"),
        ('PubModel="Print"', "<PubDate><Year>2019</Year><Season>Winter</Season></PubDate>", "2019"),
        (
            'PubModel="Print-Electronic"',
            "<PubDate><Year>2022</Year><Month>10</Month><Day>3</Day></PubDate>|2022-09-15",
            "2022-10-03",
        ),
        ('PubModel="Electronic"', "<PubDate><Year>2025</Year></PubDate>|2024-12-12", "2024-12-12"),
        ('PubModel="Print-Electronic"', "<PubDate><Year>2022</Year></PubDate>|2022-09-15", "2022-09-15"),
    ],
)
def test_date_is_the_one_pubmed_cites(model: str, dates: str, expected: str) -> None:
    """The electronic date for papers that appear so only or where it is finer; else the issue's."""
    printed, _, electronic = dates.partition("|")
    inside = f"<Journal><JournalIssue>{printed}</JournalIssue></Journal><ArticleTitle>T.</ArticleTitle>"
    if electronic:
        year, month, day = electronic.split("-")
        inside += f"<ArticleDate><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></ArticleDate>"
    assert one(inside, model=model).date == expected


def test_notices_become_the_status() -> None:
    """An erratum and an expression of concern are told; the notice of a retraction is not itself retracted."""
    notices = "".join(
        f'<CommentsCorrections RefType="{kind}"/>' for kind in ("ErratumIn", "ExpressionOfConcernIn", "RetractionOf")
    )
    document = one(
        "<ArticleTitle>T.</ArticleTitle>", around=f"<CommentsCorrectionsList>{notices}</CommentsCorrectionsList>"
    )
    assert document.status == ("corrected", "expression_of_concern")


def test_title_that_is_missing_is_the_vernacular_one() -> None:
    """`[Not Available].` is no title."""
    inside = "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Über Sklerodermie.</VernacularTitle>"
    assert one(inside).title == "Über Sklerodermie"


def test_broken_article_costs_only_itself() -> None:
    """An article without title and one without content are reported by number and PMID; those around them are read."""
    found = read(
        f"<PubmedArticleSet>{article('99100031')}{article('99100032', '')}{article('99100033')}</PubmedArticleSet>"
    )
    assert [getattr(item, "id", None) for item in found] == ["PMID:99100031", None, "PMID:99100033"]
    assert isinstance(found[1], BadRecord)
    assert str(found[1]).startswith("set.xml: record 2 (99100032): expected a PubMed article")


def test_withdrawn_numbers_are_no_articles() -> None:
    """DeleteCitation lists PMIDs, and none of them becomes a document."""
    found = read(
        f"<PubmedArticleSet>{article('99100031')}<DeleteCitation><PMID>5</PMID></DeleteCitation></PubmedArticleSet>"
    )
    assert [item.id for item in found if isinstance(item, Document)] == ["PMID:99100031"]
    assert len(found) == 1


def test_articles_before_broken_xml_are_kept() -> None:
    """Where the XML breaks, one BadInput tells the line; the articles before it are there."""
    found = read(f"<PubmedArticleSet>\n{article('99100031')}\n<PubmedArticle><PMID>7</Oops>")
    assert isinstance(found[0], Document)
    (bad,) = found[1:]
    assert isinstance(bad, BadInput)
    assert "line 3" in str(bad)
    assert "after 1 records" in str(bad)


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://example.org/x.dtd"><!ENTITY c "x">',
    ],
)
def test_entities_are_refused(subset: str) -> None:
    """A bomb, a file and an address are refused in one BadInput, and nothing of them is read."""
    inside = article("7", "<ArticleTitle>&c;</ArticleTitle>")
    (bad,) = read(f"<!DOCTYPE PubmedArticleSet [{subset}]><PubmedArticleSet>{inside}</PubmedArticleSet>")
    assert isinstance(bad, BadInput)
    assert bad.got == "XML that declares its own entities"


def test_deep_nesting_is_a_bad_input() -> None:
    """A hundred thousand open elements end in one BadInput."""
    (bad,) = read("<PubmedArticleSet>" + "<PubmedArticle>" * 100_000)
    assert isinstance(bad, BadInput)


def test_large_set_gives_up_no_record() -> None:
    """Records that lie across the pieces in which a file is read are whole."""
    count = 500
    text = "<PubmedArticleSet>" + "".join(article(str(99_200_000 + n)) for n in range(count)) + "</PubmedArticleSet>"
    assert [item.id for item in read(text) if isinstance(item, Document)] == [
        f"PMID:{99_200_000 + n}" for n in range(count)
    ]
