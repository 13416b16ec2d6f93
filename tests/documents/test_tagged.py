"""MEDLINE tagged text, PubMed's abstract text, PubTator and HTML pages: what is particular to each."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.documents import medline, pubmed_html, pubmed_text, pubtator
from kg.documents.abstract import parts
from kg.documents.imprint import imprint
from kg.errors import BadInput, BadRecord
from kg.model import Document

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures/records"

MEDLINE = """
PMID- 99100040
OWN - NLM
VI  - 3
IP  - 2
PG  - 7-9
DP  - 2020 Sep
TI  - Belimumab in lupus nephritis: an invented,
      very small trial.
LID - 10.5555/cartkg.40 [doi]
LID - S0000-00(20)1 [pii]
AB  - BACKGROUND: LN is common. RESULTS: Three of five
      patients responded. No deaths.
FAU - Moss, Tom
AU  - Moss T
LA  - eng
PT  - Clinical Trial
PT  - Retracted Publication
TA  - Invent J
RIN - Invent J. 2021;4:1. PMID: 99100041
MH  - *Lupus Nephritis/drug therapy
OT  - belimumab
PMC - PMC99100040
SI  - ClinicalTrials.gov/NCT99000040

OWN - NLM
TI  - Second record
"""


def documents(found: object) -> list[Document]:
    return [item for item in found if isinstance(item, Document)]  # type: ignore[attr-defined]


def test_medline_record_has_all_its_parts() -> None:
    """Wrapped lines are joined, the abstract cut at its labels, the notice becomes the status."""
    first, second = documents(medline.read(io.BytesIO(MEDLINE.encode()), origin="x.nbib"))
    assert first.title == "Belimumab in lupus nephritis: an invented, very small trial"
    assert [s.label for s in first.sections if s.kind == "abstract"] == ["BACKGROUND", "RESULTS"]
    assert "RESULTS: Three of five patients responded. No deaths." in first.text
    assert first.ids.curies == ("PMID:99100040", "DOI:10.5555/cartkg.40", "PMCID:PMC99100040")
    assert (first.ids.nct, first.authors, first.date) == (("NCT99000040",), ("Tom Moss",), "2020-09")
    assert (first.status, first.mesh[0].name, first.mesh[0].qualifiers) == (
        ("retracted",),
        "Lupus Nephritis",
        ("drug therapy",),
    )
    assert second.id.startswith("record:")


def test_medline_records_without_a_blank_line_are_two() -> None:
    """A PMID field begins a record."""
    text = b"PMID- 1\nTI  - A.\nPMID- 2\nTI  - B.\n"
    assert [document.id for document in documents(medline.read(io.BytesIO(text), origin="x"))] == ["PMID:1", "PMID:2"]


def test_abstract_text_holds_several_records() -> None:
    """Numbered records are parted; a numbered sentence inside an abstract parts nothing."""
    text = """1. Invent J. 2020 Mar 1;2(5):26-55. doi: 10.5555/a.

First wrapped
title.

Moss T(1), Wren P.

Author information:
(1)Nowhere.

OBJECTIVE: To try anti-
CD19 cells.

2. A second paragraph that begins like a list item.

RESULTS: None.

Erratum in
    Invent J. 2021;3:1.

DOI: 10.5555/a
PMCID: PMC99100050
PMID: 99100050 [Indexed for MEDLINE]


2. Invent J. 2021;3(1):1.

[Second title].

[Article in German]

Wren P.

PMID: 99100051
"""
    first, second = documents(pubmed_text.read(io.BytesIO(text.encode()), origin="x"))
    assert (first.id, first.title, first.authors) == ("PMID:99100050", "First wrapped title", ("Moss T", "Wren P"))
    assert [(s.label, first.text[s.start : s.end]) for s in first.sections[1:]] == [
        ("OBJECTIVE", "OBJECTIVE: To try anti-CD19 cells."),
        ("", "2. A second paragraph that begins like a list item."),
        ("RESULTS", "RESULTS: None."),
    ]
    assert (first.status, first.ids.doi, first.ids.pmcid) == (("corrected",), "10.5555/a", "PMC99100050")
    assert (second.title, second.language, second.text) == ("[Second title]", "German", "[Second title]")


def test_pubtator_is_taken_to_the_character() -> None:
    """Blanks stay; an id that is no PMID is the record's own; an odd line is told."""
    text = b"1|t| A  title \n1|a|  Text\n1\t0\t1\tA\tGene\t1\n\nX-7|t|Other\nX-7|a|\nnonsense\n"
    first, bad, second = pubtator.read(io.BytesIO(text), origin="x")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == " A  title \n  Text"
    assert second.id == "record:X-7"
    assert isinstance(bad, BadRecord)
    assert "line 7" in str(bad)


def test_html_page_is_read_as_the_article() -> None:
    """Menus, header and footer are left; journal, authors, abstract, figure and reference are there."""
    (document,) = documents(pubmed_html.read(io.BytesIO((FIXTURES / "page.html").read_bytes()), origin="x"))
    assert (document.id, document.ids.doi) == ("PMID:99100003", "10.5555/cartkg.0003")
    assert (document.title, document.journal) == ("Anifrolumab in cutaneous lupus: invented numbers", "Invent J Skin")
    assert (document.date, document.volume, document.issue, document.pages) == ("2021-10", "8", "3", "e5")
    assert (document.authors, document.publication_types) == (("Pia Wren", "Tom Moss"), ("Multicenter Study",))
    assert document.text == (
        "Anifrolumab in cutaneous lupus: invented numbers\nBackground: Interferon matters in cutaneous lupus (CLE).\n"
        "Results: CD19+ cells fell in 9 of 10 patients.\nanifrolumab; cutaneous lupus\nSkin before and after.\n"
        "Moss T, Wren P. Type I interferon in skin. Invent J Skin. 2018;5:1-9."
    )


def test_html_of_another_site_is_refused() -> None:
    """A page without the article's marks is not recognised, and read all the same gives one BadInput."""
    data = b"<html><body><div><p>CAR-T</p></div></body></html>"
    assert not pubmed_html.recognises(data)
    (bad,) = pubmed_html.read(io.BytesIO(data), origin="x.html")
    assert isinstance(bad, BadInput)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (". 2024 Dec 12:15:1502298.", ("2024-12-12", None, "15", None, "1502298")),
        ("2022 Oct;28(10):2124-2132.", ("2022-10", None, "28", "10", "2124-2132")),
        (
            "Nat Med. 2022 Oct;28(10):2124-2132. doi: 10.5555/x. Epub 2022 Sep 15.",
            ("2022-10", "Nat Med", "28", "10", "2124-2132"),
        ),
        (". 2023 Sep 15:S0140-6736(23)01126-1.", ("2023-09-15", None, None, None, "S0140-6736(23)01126-1")),
        (". 2021 Aug 5;385(6):567-569.", ("2021-08-05", None, "385", "6", "567-569")),
        (". 2020;2020:1234567.", ("2020", None, "2020", None, "1234567")),
        (". 2019 Mar-Apr;37 Suppl 117(2):18.", ("2019-03", None, "37 Suppl 117", "2", "18")),
        (". 2018 Jul 1;57(suppl_3):iii1-iii9.", ("2018-07-01", None, "57", "suppl_3", "iii1-iii9")),
        (
            "Arthritis Rheumatol. 2024 May 3. doi: 10.5555/x. Online ahead of print.",
            ("2024-05-03", "Arthritis Rheumatol", None, None, None),
        ),
        (". 2019 Winter;9(4):3.", ("2019", None, "9", "4", "3")),
        ("3 Biotech. 2020 Jan;10(1):1.", ("2020-01", "3 Biotech", "10", "1", "1")),
        (". 2024.", ("2024", None, None, None, None)),
    ],
)
def test_imprint_of_a_shape(line: str, expected: tuple[str | None, ...]) -> None:
    """Date, journal, volume, issue and pages of each shape in which PubMed prints them."""
    found = imprint(line)
    assert found is not None
    assert (found.date, found.journal, found.volume, found.issue, found.pages) == expected


@pytest.mark.parametrize(
    "line", ["", "Abstract", "In 2024 we met.", "doi: 10.5555/x", "A trial of 2024 patients", "© 2024 Press."]
)
def test_other_lines_have_no_imprint(line: str) -> None:
    """A line with a year in it is not enough."""
    assert imprint(line) is None


def test_a_colon_alone_makes_no_label() -> None:
    """A sentence with a colon is text, unless known labels stand around it."""
    (part,) = parts(["Two drugs were tried: rituximab and belimumab."])
    assert (part.label, part.text) == ("", "Two drugs were tried: rituximab and belimumab.")


def test_labels_inside_a_paragraph_are_found_beside_other_paragraphs() -> None:
    """One paragraph with all labels, and the trial's registration in another."""
    found = parts(["AIM: To try. RESULTS: CRS in three: mild.", "Trial registration: NCT99000001."])
    assert [part.label for part in found] == ["AIM", "RESULTS", "Trial registration"]
