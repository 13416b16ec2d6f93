"""The main job on the real page (read from the shared folder): from a saved PubMed page to an answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from tests.cli.conftest import Kg

DOI = "DOI:10.3389/fphar.2024.1502298"
TARGETS = {"HGNC:1633": "CD19", "HGNC:7315": "CD20 (MS4A1)", "HGNC:11913": "BCMA (TNFRSF17)"}
# Each disease by full name, abbreviation, MONDO ID and, where MeSH has it, descriptor (MeSH 2025).
DISEASES = {
    "MONDO:0007915": ("systemic lupus erythematosus", "SLE", "MONDO:0007915", "MESH:D008180"),
    "MONDO:0008383": ("rheumatoid arthritis", "RA", "MONDO:0008383", "MESH:D001172"),
    "MONDO:0010030": ("Sjögren's syndrome", "SS", "MONDO:0010030", "MESH:D012859"),
    "MONDO:0005100": ("systemic sclerosis", "SSc", "MONDO:0005100", "MESH:D012595"),
    "MONDO:0019344": ("antisynthetase syndrome", "ASS", "MONDO:0019344"),
    "MONDO:0015492": ("ANCA-associated vasculitis", "AAV", "MONDO:0015492", "MESH:D056648"),
}
SAID = "Current targets under investigation for the treatment of these conditions"


def _rows(kg: Kg, graph: Path, *arguments: object) -> list[dict[str, object]]:
    ran = kg("query", *arguments, "--graph", graph, "--format", "json")
    assert ran.code == 0, ran.err
    found: list[dict[str, object]] = json.loads(ran.out)
    return found


@pytest.mark.parametrize(("curie", "name"), [(curie, name) for curie, names in DISEASES.items() for name in names])
def test_three_targets_were_tried_in_each_disease(kg: Kg, page: Path, curie: str, name: str) -> None:
    """CD19, CD20 and BCMA, each with its grade, the sentence, and what "these conditions" was resolved to."""
    rows = _rows(kg, page, "targets-tried-in", "--disease", name)
    assert {str(row["target"]): row["target_label"] for row in rows} == TARGETS
    for row in rows:
        assert (row["disease"], row["grade"], row["document"]) == (curie, "DocumentAssertion", DOI)
        assert str(row["quote"]).startswith(SAID)
        assert "systemic sclerosis (SSc)" in str(row["antecedent"])
        assert row["year"] == 2024


def test_an_abbreviation_is_taken_in_any_case(kg: Kg, page: Path) -> None:
    """`ssc` asks what `SSc` asks."""
    assert _rows(kg, page, "targets-tried-in", "--disease", "ssc") == _rows(
        kg, page, "targets-tried-in", "--disease", "SSc"
    )


def test_myeloma_has_no_target_from_this_page(kg: Kg, page: Path) -> None:
    """The page names multiple myeloma in the title of a cited paper only, and no target with it."""
    rows = _rows(kg, page, "targets-tried-in", "--disease", "multiple myeloma")
    assert [row for row in rows if row["grade"] != "ReferenceTitle"] == []
    assert not {row["target"] for row in rows} & TARGETS.keys()
    text = kg("query", "targets-tried-in", "--disease", "multiple myeloma", "--graph", page)
    assert (text.code, text.out) == (0, "no rows\n")


def test_an_unknown_disease_answers_with_the_nearest_names(kg: Kg, page: Path) -> None:
    """Exit code 1, nothing on stdout, one line with names that the vocabulary has."""
    ran = kg("query", "targets-tried-in", "--disease", "systemic sclerrosis", "--graph", page)
    assert (ran.code, ran.out, len(ran.messages)) == (1, "", 1)
    assert ran.err.startswith("kg: unknown disease 'systemic sclerrosis'; nearest known: ")
    assert "systemic sclerosis" in ran.err.partition("nearest known: ")[2]


def test_a_better_grade_than_the_page_gives_leaves_nothing(kg: Kg, page: Path) -> None:
    """`--min-grade SentenceAssertion` shows no row: the page needs two sentences to say it."""
    assert _rows(kg, page, "targets-tried-in", "--disease", "SSc", "--min-grade", "SentenceAssertion") == []
    assert len(_rows(kg, page, "targets-tried-in", "--disease", "SSc", "--min-grade", "DocumentAssertion")) == 3


def test_the_way_back_from_a_target(kg: Kg, page: Path) -> None:
    """BCMA, by alias, symbol or ID, was tried in the six diseases."""
    for name in ("BCMA", "TNFRSF17", "HGNC:11913"):
        rows = _rows(kg, page, "diseases-target-tried-in", "--target", name)
        assert {row["disease"] for row in rows if row["grade"] == "DocumentAssertion"} >= DISEASES.keys()


def test_the_references_are_the_five_of_the_page(kg: Kg, page: Path) -> None:
    """Five cited papers, each with its DOI."""
    rows = _rows(kg, page, "references-of", "--document", DOI)
    dois = {str(value) for row in rows for value in row.values() if str(value).startswith("DOI:") and value != DOI}
    assert dois == {
        "DOI:10.1002/jgm.3484",
        "DOI:10.3390/ijms20235867",
        "DOI:10.7759/cureus.30330",
        "DOI:10.1002/cam4.7372",
        "DOI:10.1038/s41586-023-06243-w",
    }


def test_annotate_gives_every_mention_where_it_stands(kg: Kg, shared: Path) -> None:
    """One line of JSON; offsets are code points; each mention has ID, reason and section; quotes are their text."""
    ran = kg("annotate", shared / "seeds")
    assert (ran.code, ran.err, len(ran.out.splitlines())) == (0, "", 1)
    line = json.loads(ran.out)
    text = line["text"]
    assert line["id"] == DOI
    for mention in line["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["reason"]
        assert mention["section"] in {"title", "abstract", "keywords", "figure", "reference"}
    for statement in line["statements"]:
        assert text[statement["start"] : statement["end"]] == statement["quote"]
    found = {(mention["type"], mention["id"]) for mention in line["mentions"]}
    assert {("disease", curie) for curie in DISEASES} <= found
    assert {("target", curie) for curie in TARGETS} <= found
    assert {"LinkOut", "Affiliations", "official website"} & set(text.split("\n")) == set()


def test_the_html_page_stands_alone(kg: Kg, shared: Path) -> None:
    """`--format html` is one document with the mentions marked, and loads nothing from elsewhere."""
    ran = kg("annotate", shared / "seeds", "--format", "html")
    assert ran.code == 0
    assert ran.out.lower().startswith("<!doctype html>")
    assert re.search(r"<mark\b[^>]*>SSc</mark>|<mark\b[^>]*>.*?SSc", ran.out)
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?https?:", ran.out)


def test_pubtator_offsets_count_over_title_and_abstract(kg: Kg, shared: Path) -> None:
    """Title, abstract, then a line a mention; its words stand where it says."""
    ran = kg("annotate", shared / "seeds", "--format", "pubtator")
    title, abstract, *lines = [line for line in ran.out.splitlines() if line]
    text = f"{title.split('|t|')[1]}\n{abstract.split('|a|')[1]}"
    rows = [line.split("\t") for line in lines]
    assert {row[5] for row in rows} >= DISEASES.keys() | TARGETS.keys()
    for row in rows:
        assert text[int(row[1]) : int(row[2])] == row[3]


def test_the_graph_is_sound(kg: Kg, page: Path) -> None:
    """`kg check` finds nothing: shapes and invariants hold."""
    ran = kg("check", "--graph", page)
    assert (ran.code, ran.err) == (0, "")
    assert "sound" in ran.out


def test_stats_count_one_document(kg: Kg, page: Path) -> None:
    """The counts are those of the manifest."""
    ran = kg("stats", "--graph", page, "--json")
    assert ran.code == 0
    counts = json.loads((page / "current" / "manifest.json").read_text("utf-8"))["counts"]
    assert counts["documents"] == 1
    assert counts["cited_papers"] == 5
    assert counts["statements"] > 18
    assert "1" in {str(value) for row in json.loads(ran.out) for value in row.values()}


def test_rdflib_and_oxigraph_read_equally_many_triples(kg: Kg, page: Path, tmp_path: Path) -> None:
    """The N-Quads export has no blank node, and both libraries read the number of triples that the manifest says."""
    out = tmp_path / "out.nq"
    assert kg("export", "rdf", out, "--graph", page).code == 0
    triples = json.loads((page / "current" / "manifest.json").read_text("utf-8"))["counts"]["triples"]
    read = list(ox.parse(out.read_bytes(), ox.RdfFormat.N_QUADS))
    assert len(read) == triples
    assert not any(isinstance(term, ox.BlankNode) for quad in read for term in (quad.subject, quad.object))
    assert len(rdflib.Graph().parse(out, format="nt")) == triples


@pytest.mark.parametrize("page_first", [True, False])
def test_a_record_of_the_same_paper_joins_the_page(kg: Kg, shared: Path, tmp_path: Path, page_first: bool) -> None:
    """PubMed XML with the page's DOI and a PMID gives one document under the PMID, with both ids and all statements."""
    record = tmp_path / "record.xml"
    record.write_text(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version='1'>39999999</PMID><Article>"
        "<ArticleTitle>CAR T cells for rheumatic disease.</ArticleTitle></Article></MedlineCitation><PubmedData>"
        "<ArticleIdList><ArticleId IdType='pubmed'>39999999</ArticleId>"
        "<ArticleId IdType='doi'>10.3389/FPHAR.2024.1502298</ArticleId></ArticleIdList></PubmedData>"
        "</PubmedArticle></PubmedArticleSet>",
        "utf-8",
    )
    graph = tmp_path / "g"
    for one in (shared / "seeds", record) if page_first else (record, shared / "seeds"):
        ran = kg("build", one, "--graph", graph, "--json")
        assert ran.code == 0, ran.err
    assert json.loads(ran.out)["documents"] == 1
    rows = _rows(kg, graph, "targets-tried-in", "--disease", "SSc")
    assert {row["target"] for row in rows} == TARGETS.keys()
    assert {row["document"] for row in rows} == {"PMID:39999999"}
    ids = kg("ask", "SELECT ?o { PMID:39999999 ?p ?o }", "--graph", graph, "--format", "csv")
    assert "fphar.2024.1502298" in ids.out
    assert kg("check", "--graph", graph).code == 0
