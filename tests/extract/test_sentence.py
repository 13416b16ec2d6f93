"""Sentence splitting: borders, short forms, and what holds of any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract import sentence
from kg.model import Document


def _document(title: str, abstract: str, keywords: tuple[str, ...] = ()) -> Document:
    passages = (Passage("", abstract),) if abstract else ()
    return assemble(Draft(format="test", sha256="0" * 64, title=title, abstract=passages, keywords=keywords))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One is here. Two is there.", 2),
        ("CD19 vs. CD20 was compared. Both fell.", 2),
        ("Smith et al. Treated five.", 1),
        ("A dose of 1.5 mg was given.", 1),
        ("It worked (n = 3). β cells did not.", 2),
        ("E. coli grew.", 1),
        ("Did it work? It did!", 2),
        ("Fever was seen in no. 5 of the list.", 1),
        ("Hepatitis B. Vaccination helps.", 2),
        ("It ended. 12 patients relapsed.", 2),
        (". A", 2),
        ("p. 5 and cf. Table 2", 1),
    ],
)
def test_a_full_stop_ends_a_sentence_unless_it_is_a_short_forms(text: str, count: int) -> None:
    """Short forms, decimals and initials do not end sentences; digits and Greek letters may begin them."""
    assert len(list(sentence.spans(text))) == count


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_sentences_are_ordered_apart_and_inside_one_section(title: str, abstract: str) -> None:
    """Of any text: spans are not empty, in order, do not overlap, hold no outer blanks, and stay in one section."""
    if not (title.strip() or abstract.strip()):
        return
    document = _document(title, abstract)
    spans = sentence.split(document)
    for one, other in pairwise(spans):
        assert one.end <= other.start
    for span in spans:
        assert span.start < span.end
        assert document.text[span.start : span.end] == document.text[span.start : span.end].strip()
        assert any(s.start <= span.start and span.end <= s.end for s in document.sections)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    """Only blanks stand outside of the sentences of a running text."""
    inside = {position for span in sentence.spans(text) for position in range(span.start, span.end)}
    assert all(text[position].isspace() for position in range(len(text)) if position not in inside)


def test_each_keyword_is_a_sentence_of_its_own() -> None:
    """Two keywords say nothing about each other."""
    document = _document("A title.", "An abstract.", ("SSc", "CAR-T cell"))
    words = [document.text[s.start : s.end] for s in sentence.split(document)]
    assert words[-2:] == ["SSc", "CAR-T cell."] or words[-2:] == ["SSc", "CAR-T cell"]


def test_an_empty_text_has_no_sentences() -> None:
    """Blanks alone make no sentence."""
    assert list(sentence.spans(" \n ")) == []


def test_a_sentence_without_an_end_is_cut() -> None:
    """What is longer than any sentence comes in pieces between words, and nothing of it is lost."""
    document = _document("Lupus", "lupus " * 2000)
    pieces = sentence.split(document)
    assert len(pieces) > 4
    assert all(piece.end - piece.start <= 3000 for piece in pieces)
    assert " ".join(document.text[piece.start : piece.end] for piece in pieces).split() == document.text.split()
