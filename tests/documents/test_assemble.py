"""`Document.text` is what was given, and every offset in it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import citation
from kg.documents.assemble import Draft, Passage, assemble, take_apart
from kg.documents.plain import scrub, squeeze
from kg.model import Ids

texts = st.text(max_size=40)
lines = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda text: squeeze(text) == text
)
drafts = st.builds(
    Draft,
    format=st.sampled_from(["pubmed_xml", "pubmed_page", "jsonl"]),
    sha256=st.sampled_from(["a", "b", "c"]),
    ids=st.builds(Ids, pmid=st.sampled_from([None, "7", "8"]), doi=st.sampled_from([None, "10.5555/x"])),
    title=texts.filter(lambda text: bool(text.strip())),
    abstract=st.lists(st.builds(Passage, st.sampled_from(["", "AIM"]), texts), max_size=3).map(tuple),
    keywords=st.lists(lines, max_size=3, unique=True).map(tuple),
    figures=st.lists(st.builds(Passage, st.sampled_from(["", "FIGURE 1"]), lines), max_size=2).map(tuple),
    references=st.lists(lines, max_size=3).map(
        lambda many: tuple(citation.parse(one, number=n) for n, one in enumerate(many, 1))
    ),
    date=st.sampled_from([None, "2024", "2024-12-12"]),
)


@given(drafts)
def test_every_section_gives_back_what_was_given(draft: Draft) -> None:
    """Title, parts, keywords, legends and citations are where their sections say."""
    document = assemble(draft)
    found = [(s.kind, s.label, document.text[s.start : s.end]) for s in document.sections]
    expected = [("title", "", scrub(draft.title).replace("\n", " "))]
    expected += [
        ("abstract", part.label, f"{part.label}: {scrub(part.text)}" if part.label else scrub(part.text))
        for part in draft.abstract
    ]
    expected += [("keywords", "", "; ".join(draft.keywords))] if draft.keywords else []
    expected += [("figure", legend.label, legend.text) for legend in draft.figures]
    expected += [("reference", str(one.number), one.citation) for one in draft.references]
    assert found == expected
    assert document.text == "\n".join(text for _, _, text in expected)


@given(drafts)
def test_taking_apart_is_the_inverse(draft: Draft) -> None:
    """A document taken apart and assembled is the same document."""
    document = assemble(draft)
    assert assemble(take_apart(document)) == document


@given(st.text(st.characters(), max_size=60))
def test_scrubbing_keeps_every_offset(text: str) -> None:
    """Scrubbed text is as long, can be written as UTF-8, and has no control character but the line feed."""
    clean = scrub(text)
    assert len(clean) == len(text)
    clean.encode("utf-8")
    assert not any(ord(letter) < 32 and letter != "\n" for letter in clean)


def test_blanks_of_title_and_abstract_stay() -> None:
    """PubTator's offsets hold: leading, trailing and double blanks are text."""
    document = assemble(Draft(format="pubtator", sha256="", title=" A  title ", abstract=(Passage("", "  SSc  and "),)))
    assert document.text == " A  title \n  SSc  and "


def test_abstract_without_title_starts_behind_a_newline() -> None:
    """PubTator counts the newline behind an empty title; a bare text has none."""
    part = (Passage("", "SSc"),)
    assert assemble(Draft(format="pubtator", sha256="", abstract=part)).text == "\nSSc"
    assert assemble(Draft(format="jsonl", sha256="", abstract=part, newline=False)).text == "SSc"


def test_trials_in_references_are_not_the_papers_own() -> None:
    """Only title, abstract and keywords tell a paper's trials."""
    draft = Draft(
        format="jsonl",
        sha256="",
        title="Trial NCT99000001",
        references=(citation.parse("Lee A. Results of NCT99000002. J Invent. 2020;1:2.", number=1),),
    )
    assert assemble(draft).ids.nct == ("NCT99000001",)


@pytest.mark.parametrize(
    "turn", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u202c", "\u2069"]
)
def test_no_text_turns_the_direction_of_what_follows_it(turn: str) -> None:
    """An override that a title leaves open would reverse the words that a page shows beside it."""
    document = assemble(Draft(format="jsonl", sha256="a", ids=Ids(pmid="7"), title=f"CD19 in SSc{turn}x", abstract=()))
    assert turn not in document.text
    assert document.title == "CD19 in SSc x"


def test_a_thin_blank_stays_beside_what_is_scrubbed() -> None:
    """Blanks of another width are text; what no output can hold is replaced whatever stands beside it."""
    assert scrub("n\u2009=\u00a05\nof\u202f7") == "n\u2009=\u00a05\nof\u202f7"
    assert scrub("n\u2009=\u00a05\x00\ufffe") == "n\u2009=\u00a05 \N{REPLACEMENT CHARACTER}"
