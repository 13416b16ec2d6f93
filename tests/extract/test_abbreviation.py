"""Definitions of short forms: directions, tails, and how many of a corpus are found."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import abbreviation


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("systemic sclerosis (SSc)", "SSc", "systemic sclerosis"),
        ("SSc (systemic sclerosis)", "SSc", "systemic sclerosis"),
        ("In (cytokine release syndrome, CRS) cases", "CRS", "cytokine release syndrome"),
        ("cytokine release syndrome (CRS; grade 1)", "CRS", "cytokine release syndrome"),
        ("B-cell maturation antigen (BCMA)-directed cells", "BCMA", "B-cell maturation antigen"),
        ("chimeric antigen receptor (CAR)-T cells", "CAR", "chimeric antigen receptor"),
        ("chimeric antigen receptor T cells (CAR-T cells)", "CAR-T cells", "chimeric antigen receptor T cells"),
        ("a proliferation-inducing ligand (APRIL)", "APRIL", "a proliferation-inducing ligand"),
        ("graft-versus-host disease [GvHD]", "GvHD", "graft-versus-host disease"),
        ("dose-limiting toxicities (DLTs)", "DLTs", "dose-limiting toxicities"),
        ("methotrexate (MTX) was stopped", "MTX", "methotrexate"),
        ("2,6-diaminopurine (DAP)", "DAP", "2,6-diaminopurine"),
        ("three-dimensional (3D) images", "3D", "three-dimensional"),
        ("prostaglandin E2 (PGE2) rose", "PGE2", "prostaglandin E2"),
        ("idiopathic inflammatory myopathy (IIM)", "IIM", "idiopathic inflammatory myopathy"),
        ("amino acid (aa) sequence", "aa", "amino acid"),
        ("yellow (yw) mice", "yw", "yellow"),
        ("prolactone (P4) rose", "P4", "prolactone"),
        ("inositol 1,4-bisphosphate (IP2)", "IP2", "inositol 1,4-bisphosphate"),
        ("castrated, ovariectomized (OVX) rats", "OVX", "ovariectomized"),
        ("17-beta-oestrenol (O2)", "O2", "17-beta-oestrenol"),
        ("N-(1-benzyl) ethylene diamine (NED) reacts", "NED", "N-(1-benzyl) ethylene diamine"),
        ("the ester (4-O-tetradecanoyl-phorbol, TDP)", "TDP", "4-O-tetradecanoyl-phorbol"),
        ("gap junction protein, alpha 9 (GJA9)", "GJA9", "gap junction protein, alpha 9"),
        ("at an M.O.I. (multiplicity of infection)", "M.O.I.", "multiplicity of infection"),
        ("IL (interleukin) 1", "IL", "interleukin"),
        ("fell. C-Jun NH(2)-terminal kinase (JNK) rose", "JNK", "Jun NH(2)-terminal kinase"),
        ("of E(2) and mouse embryo fibroblast cells (MEF cells)", "MEF cells", "mouse embryo fibroblast cells"),
    ],
)
def test_definition_is_found_with_its_place(text: str, short: str, long: str) -> None:
    """Short and long form are found where they stand, in each way that abstracts write them."""
    (found,) = abbreviation.find(text)
    assert (found.short, found.long) == (short, long)
    assert text[found.start : found.start + len(short)] == short
    assert text[found.long_start : found.long_start + len(long)] == long


@pytest.mark.parametrize(
    "text",
    [
        "five patients (n = 5)",
        "the kit (Roche, Basel)",
        "as shown (Figure 1)",
        "patients (USA)",
        "occurrence (OR = 6.9)",
        "treated with the (3H) label",
        "it rose (95% CI 2 to 3)",
        "mean age (years)",
        "macrophages (M2) grew",
        "a contrast medium (CT)",
        "iron, zinc and copper ions (IC)",
        "antibodies (see Table 2)",
        "(SSc)",
        "",
    ],
)
def test_a_bracket_that_defines_nothing_gives_nothing(text: str) -> None:
    """Counts, makers, figures and values are no short forms."""
    assert abbreviation.find(text) == ()


def test_brackets_are_looked_for_once() -> None:
    """Definitions, and what stands alone in brackets, come from the same brackets, with offsets in the whole text."""
    text = "In systemic sclerosis (SSc) [and not in RA (B(2))] of NZB (n = 5"
    brackets = abbreviation.brackets(text)
    assert [bracket[1] for bracket in brackets] == ["SSc", "B(2)"]
    (found,) = abbreviation.find(text, brackets, start=100)
    assert (found.start, found.long_start) == (123, 103)
    assert list(abbreviation.alone(brackets, start=100)) == [(123, "SSc"), (144, "B(2)")]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aSc B()[],;=-\n1β’"), max_size=80))
def test_every_definition_stands_where_it_says(text: str) -> None:
    """Of any text with brackets: both forms are substrings at their offsets."""
    for item in abbreviation.find(text):
        assert text[item.start : item.start + len(item.short)] == item.short
        assert text[item.long_start : item.long_start + len(item.long)] == item.long


def test_pairs_of_the_corpus_are_found(shared: Path) -> None:
    """On half of MED1250 the F1 of pairs is at least 0.90 (published: Ab3P 0.895, Schwartz and Hearst 0.833)."""
    right = wrong = missed = 0
    with gzip.open(shared / "corpora" / "abbreviations_med1250_half.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = f"{record['title']}\n{record['abstract']}"
            gold = {(pair["short"], " ".join(pair["long"].split())) for pair in record["relations"]}
            found = {(item.short, " ".join(item.long.split())) for item in abbreviation.find(text)}
            right, wrong, missed = right + len(gold & found), wrong + len(found - gold), missed + len(gold - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.90
