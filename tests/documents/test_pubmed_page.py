"""A PubMed page saved as text is read as the article it shows, without the site's words."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from kg.documents import pubmed_page
from kg.errors import BadInput
from kg.model import Document
from kg.resources import folder

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures/records"
EXAMPLES = folder("examples") / "records"
SITE = re.compile(
    r"Skip to|official website|\.gov|Access keys|PubMed|PMC\b|LinkOut|Affiliations|Similar articles|Cited by|"
    r"Disclaimer|Show all|Search in|Conflict of interest statement|\bActions\b|All rights",
)


def page(data: bytes) -> Document:
    (document,) = pubmed_page.read(io.BytesIO(data), origin="page.txt")
    assert isinstance(document, Document), document
    return document


def sections(document: Document, kind: str) -> list[tuple[str, str]]:
    return [(s.label, document.text[s.start : s.end]) for s in document.sections if s.kind == kind]


def test_real_page_is_read_as_the_issue_lists_it(shared: Path) -> None:
    """The real page: DOI, title once, first author, journal, date, volume, type, keywords, abstract, figures,
    references.
    """
    document = page((shared / "seeds/000_031819f4954d36e8.txt").read_bytes())
    assert document.id == "DOI:10.3389/fphar.2024.1502298"
    assert document.ids.curies == ("DOI:10.3389/fphar.2024.1502298",)
    assert document.text.count(document.title) == 1
    assert document.title.startswith("The advent of chimeric antigen receptor T Cell therapy")
    assert document.title.endswith("rheumatic autoimmune disease treatment")
    assert document.authors == ("Qianyu Guo",)
    assert (document.journal, document.date, document.volume, document.pages) == (
        "Front Pharmacol",
        "2024-12-12",
        "15",
        "1502298",
    )
    assert document.publication_types == ("Review",)
    assert len(document.keywords) == 8
    assert (document.keywords[0], document.keywords[-1]) == ("ANCA-associated vasculitis", "systemic sclerosis")
    ((label, abstract),) = sections(document, "abstract")
    assert label == ""
    assert abstract.startswith("CAR-T cell therapy, a cutting-edge")
    assert abstract.endswith("ongoing challenges.")
    figures = sections(document, "figure")
    assert [label for label, _ in figures] == ["FIGURE 1", "FIGURE 2"]
    assert figures[0][1].startswith("(A): The manufacturing process")
    references = document.references
    assert [reference.number for reference in references] == [1, 2, 3, 4, 5]
    assert [reference.year for reference in references] == [2023, 2019, 2022, 2024, 2023]
    assert [reference.ids.doi for reference in references] == [
        "10.1002/jgm.3484",
        "10.3390/ijms20235867",
        "10.7759/cureus.30330",
        "10.1002/cam4.7372",
        "10.1038/s41586-023-06243-w",
    ]
    assert [reference.journal for reference in references] == [
        "J. Gene Med",
        "Int. J. Mol. Sci",
        "Cureus",
        "Cancer Med",
        "Nature",
    ]
    assert references[1].title == "Osteoporosis in rheumatic diseases"
    assert (
        references[3].title
        == "Infections associated with CAR-T cell therapy in patients with relapsed refractory multiple myeloma: "
        "risks and prevention strategies"
    )
    assert references[0].authors == ("Adabi N.", "Pordel S.", "Rezaee M. A.", "Shobeiri F. S.", "Shobeiri S. S.")
    assert references[4].citation.endswith("10.1038/s41586-023-06243-w")
    assert not SITE.search(document.text)


def test_page_with_the_whole_header_and_menus() -> None:
    """Menus above the citation, headings alone in the abstract, wrapped title and reference, comma keywords."""
    document = page((FIXTURES / "page_full_header.txt").read_bytes())
    assert document.ids.curies == ("PMID:99100001", "DOI:10.1016/s0140-6736(23)99126-1", "PMCID:PMC99100001")
    assert (
        document.title
        == "[Telitacicept for lupus nephritis in adults: an invented, double-blind, placebo-controlled, phase 3 trial]"
    )
    assert document.authors == ("Ångström Öberg", "Marie-Claire de la Fontaine", "Xu Y", "TELI-X Study Group")
    assert (document.journal, document.date, document.language) == ("Lancet Invent", "2023-09-15", "German")
    assert document.publication_types == ("Randomized Controlled Trial",)
    assert document.status == ("corrected",)
    assert [label for label, _ in sections(document, "abstract")] == [
        "Background",
        "Methods",
        "Findings",
        "Interpretation",
        "Funding",
    ]
    assert document.keywords == ("lupus nephritis", "telitacicept")
    assert sections(document, "figure") == [
        ("Figure 1", "Trial profile."),
        ("Figure 2", "Kaplan-Meier curve of the renal response."),
    ]
    assert [reference.title for reference in document.references] == [
        "BAFF in systemic lupus erythematosus",
        "Engineering T cells",
        "Rituximab for lupus nephritis: a very long title that the window wrapped",
    ]
    assert not SITE.search(document.text)


def test_page_without_header_has_its_authors_and_mesh() -> None:
    """A page copied from the title on: authors without marks, PMID, PMCID, trial, MeSH by name, no similar article."""
    document = page((EXAMPLES / "page_case_series.txt").read_bytes())
    assert document.id == "PMID:99000002"
    assert (document.ids.pmcid, document.ids.nct) == ("PMC99000002", ("NCT99000002",))
    assert document.authors == ("Tomke Farrow", "Ada Okonjo", "Luis Brandão", "Wen-Li Sato")
    assert (document.journal, document.date, document.volume, document.issue, document.pages) == (
        "Ann Made Up Rheumatol",
        "2024-10",
        "12",
        "4",
        "201-209",
    )
    assert {heading.name: (heading.major, heading.qualifiers) for heading in document.mesh} == {
        "Antigens, CD19": (True, ()),
        "Dermatomyositis": (True, ("therapy",)),
        "Humans": (False, ()),
        "Scleroderma, Systemic": (True, ("therapy",)),
    }
    assert "Another invented title" not in document.text
    assert not SITE.search(document.text)


def test_page_without_abstract_and_with_windows_line_ends() -> None:
    """A letter with no-break spaces, tabs and CRLF, without abstract and references; its notice makes it retracted."""
    document = page((FIXTURES / "page_letter_crlf.txt").read_bytes())
    assert document.text == "RETRACTED: A short letter on SSc"
    assert (document.id, document.authors, document.date, document.status) == (
        "PMID:99100002",
        ("Egon Falsby",),
        "2001-03",
        ("retracted",),
    )
    assert document.publication_types == ("Letter",)


def test_text_is_the_same_with_windows_line_ends(shared: Path) -> None:
    """CRLF and tabs for blanks change nothing but the hash."""
    data = (EXAMPLES / "page_review.txt").read_bytes()
    assert page(data).text == page(data.replace(b"\n", b"\r\n").replace(b"    1.", b"\t1.")).text


@pytest.mark.parametrize(
    "tail",
    [
        "- DOI - PMC - PubMed",
        "- DOI",
        "DOI PubMed",
        "- PubMed",
        "– DOI – PubMed – Google Scholar",
        "- [DOI] - [PMC free article]"[:7],
        "",
    ],
)
def test_link_words_never_stay_in_a_citation(tail: str) -> None:
    """Whatever link words a site puts behind a citation are gone."""
    lines = ". 2024 Jan 1:1:1.\n\nA title of SSc\n\nAffiliations\n\nAbstract\n\nText.\n\nReferences\n\n"
    lines += f" 1. Lee A. On SSc in mice. J Invent. 2020;1:2. {tail}\n"
    (reference,) = page(lines.encode()).references
    assert reference.citation == "Lee A. On SSc in mice. J Invent. 2020;1:2."


@pytest.mark.parametrize(
    "text",
    [
        "Skip to main page content\nAn official website of the United States government\nSearch results\n1\nA title",
        "Abstract\nReferences\nFigures\n",
        "Dear Sir,\nin 2024 we met.\nAbstract\n",
    ],
)
def test_other_pages_are_not_recognised(text: str) -> None:
    """A page of search results, bare headings and a letter are no article's page."""
    assert not pubmed_page.recognises(text.encode())


def test_broken_encoding_is_one_bad_input() -> None:
    """A page that is no UTF-8 is refused with the place of the first wrong byte."""
    (bad,) = pubmed_page.read(io.BytesIO(b". 2024 Jan 1:1:1.\nT\nAbstract\n\x92s\n"), origin="p.txt")
    assert isinstance(bad, BadInput)
    assert str(bad) == "p.txt: expected UTF-8 text, got byte 0x92 at 29"
