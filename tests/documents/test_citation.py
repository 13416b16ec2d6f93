"""The title of a citation is found in the styles that reference lists are printed in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.documents.citation import parse, told
from kg.model import Ids

# Citations with invented content; the title stands between the marks.
CITATIONS = {
    "frontiers": (
        "Adell N., Rey M. A. ",
        "(2023). «CAR-T cells in systemic sclerosis». J. Gene Invent. 25 (5), e3484. 10.5555/jgi.3484",
        2023,
        "J. Gene Invent",
        "25",
        "e3484",
    ),
    "vancouver": (
        "Feag BG, Rutt P, et al. ",
        "«Rituximab vs. placebo in SLE». N Engl J Invent. 2013;369(2):699–710.",
        2013,
        "N Engl J Invent",
        "369",
        "699–710",
    ),
    "vancouver with jr": (
        "deShaw RD, Mihm MC Jr, van der Lund AB. ",
        "«Bed rest in vasculitis». Am J Invent. 2012;125:688-694.",
        2012,
        "Am J Invent",
        "125",
        "688-694",
    ),
    "springer": (
        "Wei L, Chen R et al ",
        "(2017) «Beliefs of patients with RA». BMJ Invent 7(10):e017293",
        2017,
        "BMJ Invent",
        "7",
        "e017293",
    ),
    "nature": (
        "Irv, M., Vuill de Silly, R. & Couk, G. ",
        "«T cells: don’t forget the fuel». Front. Invent. 8, 267 (2017).",
        2017,
        "Front. Invent",
        "8",
        "267",
    ),
    "apa": (
        "Qiu, C. Z., & Gao, L. M. ",
        "(2018). «Self-management of lupus». Invented Medicine and Pharmacy. 8(6), 10-13. https://doi.org/10.5555/q",
        2018,
        "Invented Medicine and Pharmacy",
        "8",
        "10-13",
    ),
    "acr": (
        "Smith J, Jones K. ",
        "«BAFF in Sjögren's disease» [abstract]. Arthritis Invent 2023;75:1-9.",
        2023,
        "Arthritis Invent",
        "75",
        "1-9",
    ),
    "elsevier": (
        "J. Smith, K.L. Jones, ",
        "«CAR T cells in lupus: a review», J. Autoinvent. 110 (2020) 102357.",
        2020,
        "J. Autoinvent",
        "110",
        "102357",
    ),
    "acs": (
        "Smith, J.; Jones, K. L. ",
        "«Targeting BCMA in SLE». J. Med. Invent. 2020, 63, 1-10.",
        2020,
        "J. Med. Invent",
        "63",
        "1-10",
    ),
    "endnote": (
        "1. Smith, J.A., et al., ",
        "«A trial of rituximab in RA». Arthritis Invent, 2006. 54(9): p. 2793-806.",
        2006,
        "Arthritis Invent",
        "54",
        "2793-806",
    ),
    "question": (
        "Lee A, Moss T. ",
        "«Remyelination: friend or foe?» Mol Invent. 2014;49(3):1117-1125.",
        2014,
        "Mol Invent",
        "49",
        "1117-1125",
    ),
    "two sentences": (
        "Lee A, Moss T. ",
        "«Arteritis and adhesion. A view from the wards». Ann Invent Dis. 1999;58(3):189-192.",
        1999,
        "Ann Invent Dis",
        "58",
        "189-192",
    ),
    "group": (
        "Voll R, LUMEN Study Group. ",
        "«Trial of x in SLE». Lancet 2020; 395: 1–9.",
        2020,
        "Lancet",
        "395",
        "1–9",
    ),
    "group behind et al": (
        "Blau A, Papp K et al. RAY-Q Study Group. ",
        "«A comparison of two drugs in plaque psoriasis». Br J Invent 2020; 182:1348-58.",
        2020,
        "Br J Invent",
        "182",
        "1348-58",
    ),
    "institution": (
        "World Order of Doctors Association. ",
        "«Report on lupus». Geneva: WOD; 2020.",
        2020,
        None,
        None,
        None,
    ),
    "no numbers": (
        "Kun A, Sny M et al ",
        "(2020) «Antibodies in NMOSD». Mult Invent J. https://doi.org/10.5555/135",
        2020,
        "Mult Invent J",
        None,
        None,
    ),
    "mla": (
        "Leigh, Ann, and Bo Woo. ",
        '"«CAR T Cells in Lupus: A Review»." Invented Lupus, vol. 29, no. 3, 2020, pp. 100-110.',
        2020,
        "Invented Lupus",
        None,
        None,
    ),
    "ieee": (
        "A. Leigh, B. Woo, and C. D. Kimm, ",
        '"«CAR T cells in lupus»," Invented Lupus, vol. 29, no. 3, pp. 100–110, Mar. 2020, doi: 10.5555/7.',
        2020,
        "Invented Lupus",
        None,
        None,
    ),
    "bullet": (
        "• Avi A, Shou R, et al. ",
        "«A response in lymphoma». Bone Marrow Invent. 2018;53(12):1583–5.",
        2018,
        "Bone Marrow Invent",
        "53",
        "1583–5",
    ),
}


@pytest.mark.parametrize("style", sorted(CITATIONS))
def test_title_and_numbers_of_a_style(style: str) -> None:
    """Title, its place, year, journal, volume and pages are those that stand there."""
    lead, rest, year, journal, volume, pages = CITATIONS[style]
    printed = lead + rest
    text = printed.replace("«", "").replace("»", "")
    reference = parse(text, number=1)
    assert reference.title == printed[printed.index("«") + 1 : printed.index("»")]
    assert reference.citation[reference.title_start : reference.title_end] == reference.title
    assert reference.year == year
    assert journal is None or reference.journal == journal
    assert volume is None or (reference.volume, reference.pages) == (volume, pages)
    assert reference.authors
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lee et al. gave CAR T cells to five patients with lupus in 2020.",
        "Lupus. 2020;29:1-9.",
        "Lee A, Wu B. T cells in SSc. Lupus 2020;29:1-9.\nWu B, Lee A. B cells in SSc. Lupus 2021;30:1-9.",
        "CAR T cells in systemic lupus erythematosus: a review",
        "We read with interest the paper by Lee et al. on CAR T cells in SSc. They saw it in 2021. We saw fever.",
        "In a recent study, Lee et al. treated five patients with lupus. In 2022, we treated three with myositis.",
        "Recently, Lee et al. (2023) reported CAR-T cells in SSc. We report myositis. Neutropenia occurred in 3 of 5.",
        "Lee et al. (Lupus 2022) showed that lupus is cured. We treated a man. He had fever in May.",
        "Lee J, Wu K. We report two patients with SSc. They got rituximab. In 2020 neutropenia occurred.",
        "We treated 12 patients (2019-2021). Lupus Low Disease Activity State was reached in 8 (67%).",
    ],
)
def test_sentence_is_no_citation(text: str) -> None:
    """A year, a name and numbers do not make a sentence a citation."""
    assert not told(text)


def test_printed_identifiers_complete_the_known_ones() -> None:
    """DOI, PMID and PMCID in the text are found, and what is known from elsewhere goes first."""
    text = (
        "Porter D, Lee B. Receptor T cells in SSc. N Engl J Invent. 2011;365:725. doi: 10.5555/ABC.1. PMID: 99100021."
    )
    text += " PMCID: PMC99100021."
    reference = parse(text, number=1, ids=Ids(pmid="99100020"))
    assert reference.ids == Ids(pmid="99100020", doi="10.5555/abc.1", pmcid="PMC99100021")
    assert reference.title == "Receptor T cells in SSc"


@pytest.mark.parametrize(
    "text", ["", "   ", "1.", "(2020)", "Lee A.", "10.5555/x", "https://example.org/", "((((", "et al. et al."]
)
def test_no_title_is_given_where_none_can_be_told(text: str) -> None:
    """Scraps give a reference without a title, both offsets zero."""
    reference = parse(text, number=1)
    assert reference.title is None
    assert (reference.title_start, reference.title_end) == (0, 0)


def test_real_citations_have_titles(shared: Path) -> None:
    """Of 1,280 real citations, 99 in 100 have a title, none of them an author's name or a number alone."""
    with gzip.open(
        shared / "samples/abstracts/reference_citations_cart_autoimmune.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        references = [parse(json.loads(line)["citation"], number=1) for line in lines]
    titles = [reference.title for reference in references if reference.title]
    assert len(titles) >= 0.99 * len(references)
    assert sum(" et al" in title for title in titles) <= 0.01 * len(titles)
    for reference in references:
        assert (
            reference.title is None
            or reference.citation[reference.title_start : reference.title_end] == reference.title
        )
