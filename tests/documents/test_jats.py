"""JATS: what PubMed has of a paper and the figures' legends, each from where the tag set puts it; no body."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.documents import formats, jats
from kg.documents.merge import groups, merge
from kg.documents.pubmed_xml import read as read_pubmed
from kg.errors import BadInput, BadRecord
from kg.model import Document
from kg.sources.files import Raw, open_inputs

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "records" / "article.nxml"


def read(data: bytes) -> list[Document | BadInput]:
    return list(jats.read(io.BytesIO(data), origin="given"))


def one(data: bytes) -> Document:
    (document,) = read(data)
    assert isinstance(document, Document), document
    return document


def article(meta: str, *, rest: str = "", attributes: str = "") -> bytes:
    """An article with this front matter."""
    front = f"<front><article-meta>{meta}</article-meta></front>"
    return f"<article xmlns:xlink='http://www.w3.org/1999/xlink'{attributes}>{front}{rest}</article>".encode()


TITLE = "<title-group><article-title>On SSc</article-title></title-group>"


@pytest.fixture(scope="module")
def document() -> Document:
    """The fixture's article."""
    return one(FIXTURE.read_bytes())


def sections(document: Document, kind: str) -> list[tuple[str, str]]:
    """Label and text of each section of a kind."""
    return [(part.label, document.text[part.start : part.end]) for part in document.sections if part.kind == kind]


def test_front_matter_is_read(document: Document) -> None:
    """Every identifier, the journal as MEDLINE has it, the finer date of one year, the authors and no editor."""
    assert document.ids.curies == ("PMID:99100021", "DOI:10.5555/invent.21", "PMCID:PMC99100021")
    assert document.ids.nct == ("NCT00000021",)
    assert (document.journal, document.date, document.year) == ("Invent J Rheum", "2024-03-07", 2024)
    assert (document.volume, document.issue, document.pages) == ("12", "4", "33-39")
    assert document.authors == ("Edda Marie Ravn Jr", "The Nowhere Group")
    assert (document.publication_types, document.language) == (("Case Reports",), "eng")
    assert document.keywords == ("Sjögren disease", "CAR-T")


def test_title_has_its_subtitle_and_no_footnote_mark(document: Document) -> None:
    """As PubMed prints it."""
    assert document.title == "CD19+ B cells after BCMA CAR-T cells in Sjögren disease: a report of two patients"


def test_abstract_is_the_abstract_proper(document: Document) -> None:
    """Labels from its sections; no picture, no summary for laypeople, no citation marks, no word of the site's own."""
    assert sections(document, "abstract") == [
        ("Background", "Background: Sjögren disease harms salivary glands."),
        ("Results", "Results: Two patients received BCMA CAR-T cells (NCT00000021). No ICANS was seen (Fig. 1)."),
    ]


def test_legends_are_read_and_body_and_tables_are_not(document: Document) -> None:
    """A figure inside a paragraph too, none of a reply's, and "Rituximab was given" stands nowhere."""
    assert sections(document, "figure") == [
        ("Figure 1", "Course of patient 1. IgG fell after infusion. Dotted: normal range.")
    ]
    assert "Rituximab" not in document.text
    assert "Nothing of note" not in document.text


def test_references_take_their_title_from_the_mark_up(document: Document) -> None:
    """Bare fields are put in order, printed citations stay as printed, a book's title is its source's."""
    found = [(r.citation, r.title, r.year, r.journal, r.ids.curies) for r in document.references]
    assert found == [
        (
            "Oyelaran T, Quist BB. B cells come back in lupus. Invent Med. 2021;5(2):11-19.",
            "B cells come back in lupus",
            2021,
            "Invent Med",
            ("PMID:99100900", "DOI:10.5555/im.5.2"),
        ),
        (
            "Tamm K. CAR-T cells in everything: yes? J Made Up. 2022;1:2.",
            "CAR-T cells in everything: yes?",
            2022,
            "J Made Up",
            ("DOI:10.5555/jmu.1",),
        ),
        ("Book A. Handbook of invented cells. 1999.", "Handbook of invented cells", 1999, None, ()),
        (
            "Doe J. A report that is not marked up. Invent Rep. 2018;7:1-2.",
            "A report that is not marked up",
            2018,
            "Invent Rep",
            (),
        ),
    ]
    for reference in document.references:
        assert document.text[reference.title_start : reference.title_end] == reference.title
    assert document.references[0].authors == ("Oyelaran T", "Quist BB")
    assert (document.references[0].volume, document.references[0].pages) == ("5", "11-19")


def test_a_retracted_paper_is_one(document: Document) -> None:
    """The paper that points forward to its retraction is retracted; a notice that points back is not."""
    assert document.status == ("retracted",)
    notice = one(
        article(
            f"{TITLE}<related-article related-article-type='retracted-article'/>",
            attributes=" article-type='retraction'",
        )
    )
    assert (notice.status, notice.publication_types) == ((), ("Retraction Notice",))


def test_a_citation_without_a_title_gets_none() -> None:
    """Where the fields are marked, nothing else is taken for a title: lists of chemistry have none."""
    entry = (
        "<back><ref-list><ref><mixed-citation><name><surname>Spek</surname><given-names>A. L.</given-names></name> "
        "(<year>2009</year>). <source>Acta Invent.</source> <volume>65</volume>, <fpage>148</fpage>–<lpage>155</lpage>."
        "</mixed-citation></ref></ref-list></back>"
    )
    (reference,) = one(article(TITLE, rest=entry)).references
    assert (reference.title, reference.journal, reference.volume) == (None, "Acta Invent.", "65")
    assert reference.citation == "Spek A. L. (2009). Acta Invent. 65, 148–155."


def test_entries_of_several_works_are_as_many_references() -> None:
    """(a) and (b) under one number count on."""
    cited = "<element-citation><article-title>Title {0}</article-title><year>200{0}</year></element-citation>"
    entry = (
        f"<back><ref-list><ref>{cited.format(1)}{cited.format(2)}</ref><ref>{cited.format(3)}</ref></ref-list></back>"
    )
    found = one(article(TITLE, rest=entry)).references
    assert [(r.number, r.title) for r in found] == [(1, "Title 1"), (2, "Title 2"), (3, "Title 3")]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<pub-date pub-type='ppub'><month>10</month><year>2022</year></pub-date>"
         "<pub-date pub-type='epub'><day>15</day><month>9</month><year>2022</year></pub-date>", "2022-10"),
        ("<pub-date pub-type='collection'><year>2023</year></pub-date>"
         "<pub-date pub-type='epub'><day>15</day><month>9</month><year>2022</year></pub-date>", "2022-09-15"),
        ("<pub-date pub-type='ppub'><season>Winter</season><year>2019</year></pub-date>", "2019"),
        ("<pub-date date-type='pub' publication-format='electronic' iso-8601-date='2024-12-12'/>", "2024-12-12"),
        ("<pub-date pub-type='pmc-release'><year>2020</year></pub-date>", None),
        ("<pub-date pub-type='epub'><month>Mar</month><year>2021</year></pub-date>", "2021-03"),
    ],
)  # fmt: skip
def test_date_is_the_printed_one_else_the_electronic(dates: str, expected: str | None) -> None:
    """The day on which an archive released it is never the paper's."""
    assert one(article(TITLE + dates)).date == expected


def test_abstract_without_sections_is_cut_at_its_labels() -> None:
    """One paragraph with labels in bold type, and soft hyphens dropped."""
    body = "<abstract><p><bold>Aim:</bold> To try. <bold>Results:</bold> It wor\xadked.</p></abstract>"
    assert sections(one(article(TITLE + body)), "abstract") == [
        ("Aim", "Aim: To try."),
        ("Results", "Results: It worked."),
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Seen before [<xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>2</xref>].", "Seen before."),
        ("By Roe (<xref ref-type='bibr'>3</xref>) too.", "By Roe too."),
        ("Given once <xref ref-type='bibr'>[4]</xref>. Then", "Given once. Then"),
        ("Cells<sup><xref ref-type='bibr'>5</xref>–<xref ref-type='bibr'>7</xref></sup> grew.", "Cells grew."),
        ("In (CD19) [<xref ref-type='fig'>Fig. 1</xref>] it", "In (CD19) [Fig. 1] it"),
        ("If <inline-formula><alternatives><tex-math>\\documentclass x</tex-math><mi>n</mi></alternatives>"
         "</inline-formula> &gt; 2", "If n > 2"),
    ],
)  # fmt: skip
def test_marks_of_citations_leave_no_brackets_behind(marked: str, expected: str) -> None:
    """Neither the numbers nor what held them; references to figures are words and stay, TeX beside MathML goes."""
    assert sections(one(article(f"{TITLE}<abstract><p>{marked}</p></abstract>")), "abstract") == [("", expected)]


def test_short_summary_stands_in_for_a_missing_abstract() -> None:
    """A summary of the table of contents is better than nothing, a picture is not."""
    graphical = "<abstract abstract-type='graphical'><p>See.</p></abstract>"
    assert sections(one(article(TITLE + graphical)), "abstract") == []
    short = "<abstract abstract-type='toc'><p>SSc is rare.</p></abstract>"
    assert sections(one(article(TITLE + graphical + short)), "abstract") == [("", "SSc is rare.")]


def test_a_set_gives_each_article() -> None:
    """PubMed Central's answer, a plain set, and one in a namespace as OAI-PMH sends it."""
    inner = article(TITLE).decode()
    for text in (
        f"<pmc-articleset>{inner}{inner}</pmc-articleset>",
        f"<articles>{inner}{inner}</articles>",
        "<OAI-PMH><ListRecords>"
        + inner.replace("<article ", "<article xmlns='https://jats.nlm.nih.gov/ns/archiving/1.3/' ") * 2
        + "</ListRecords></OAI-PMH>",
    ):
        assert formats.recognise(text.encode()) == ("jats", jats)
        assert [found.title for found in read(text.encode()) if isinstance(found, Document)] == ["On SSc", "On SSc"]


def test_abstracts_of_a_meeting_are_documents_of_their_own() -> None:
    """They have the meeting's journal and date, an ID made of both, and their body is their abstract."""
    poster = (
        "<sub-article id='s{0}'><front><article-meta><title-group><article-title>Poster {0}</article-title>"
        "</title-group></article-meta></front><body><p>Aims: To try {0}.</p><p>Results: It worked.</p></body>"
        "</sub-article>"
    )
    meta = (
        "<article-id pub-id-type='doi'>10.5555/m</article-id><title-group><article-title>Posters</article-title>"
        "</title-group><pub-date pub-type='epub'><year>2020</year></pub-date>"
    )
    found = read(article(meta, rest=poster.format(1) + poster.format(2), attributes=" article-type='abstract'"))
    documents = [one for one in found if isinstance(one, Document)]
    assert [(one.id, one.title, one.year) for one in documents] == [
        ("DOI:10.5555/m", "Posters", 2020),
        ("record:10.5555/m_s1", "Poster 1", 2020),
        ("record:10.5555/m_s2", "Poster 2", 2020),
    ]
    assert documents[1].text == "Poster 1\nAims: To try 1.\nResults: It worked."
    plain = read(article(meta, rest=poster.format(1), attributes=" article-type='research-article'"))
    assert len(plain) == 1


def test_a_broken_article_costs_only_itself() -> None:
    """No front matter, or nothing in it, is a BadRecord between two articles."""
    good = article(TITLE).decode()
    text = f"<articles>{good}<article article-type='letter'/>{article('').decode()}{good}</articles>"
    kinds = [type(found) for found in read(text.encode())]
    assert kinds == [Document, BadRecord, BadRecord, Document]


def test_declared_entities_are_refused_and_unknown_ones_left_out() -> None:
    """Nothing is expanded: neither a bomb nor a file of the machine gets into a text."""
    bomb = b'<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + article(TITLE.replace("SSc", "&a;"))
    (refused,) = read(bomb)
    assert isinstance(refused, BadInput)
    assert "entities" in str(refused)


def test_one_paper_of_both_sources_is_one_document(document: Document) -> None:
    """JATS brings its legends and its references, PubMed's record the rest."""
    pubmed = (
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99100021</PMID><Article><ArticleTitle>CD19+ B cells."
        b"</ArticleTitle><Abstract><AbstractText>PubMed's.</AbstractText></Abstract></Article></MedlineCitation>"
        b"</PubmedArticle></PubmedArticleSet>"
    )
    (other,) = read_pubmed(io.BytesIO(pubmed), origin="p")
    assert isinstance(other, Document)
    ((*versions,),) = groups([document, other])
    merged = merge(versions)
    assert (merged.id, merged.title, merged.format) == ("PMID:99100021", "CD19+ B cells", "pubmed_xml")
    assert len(merged.references) == 4
    assert sections(merged, "figure") == sections(document, "figure")


def test_docbook_is_not_jats() -> None:
    """An `<article>` alone is not enough."""
    assert not jats.recognises(b"<article><title>DocBook</title><para>x</para></article>")
    assert not jats.recognises(b"<articles><item/></articles>")


def test_every_shared_article_is_read(shared: Path) -> None:
    """Each file gives its article with title and references; those with a legend in them give figures."""
    without: set[str] = set()
    for raw in open_inputs([str(shared / "samples" / "jats")], record_bytes=50_000_000):
        assert isinstance(raw, Raw)
        assert formats.recognise(raw.head) == ("jats", jats), raw.origin
        with raw.open() as stream:
            found = list(jats.read(stream, origin=raw.origin))
        documents = [one for one in found if isinstance(one, Document)]
        assert len(documents) == len(found) > 0
        assert all(one.title and (one.ids.curies or one.id.startswith("record:")) and one.year for one in documents)
        if not any(part.kind == "abstract" for one in documents for part in one.sections):
            without.add(Path(raw.origin).name)
        with raw.open() as stream:
            figures = b"<fig " in stream.read()
        assert figures == any(part.kind == "figure" for one in documents for part in one.sections), raw.origin
    # An erratum; everything else has an abstract.
    assert without == {"efetch_pmc.xml"}
