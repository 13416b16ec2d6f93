"""Which sentences the recogniser is asked about, and what is kept of its answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.extract.recogniser import Nothing, Recognised
from kg.extract.unlisted import Seen, find, needs
from kg.lexicon import Hit, shipped
from kg.model import Document, Span


class Marking:
    """A recogniser that takes every word ending in `pathy`, with the word before, and notes what it was asked."""

    name = "marking"
    digest = "0"
    types = ("disease",)

    def __init__(self) -> None:
        self.asked: list[str] = []

    def spans(self, sentences: Sequence[str], type_: str) -> tuple[tuple[Recognised, ...], ...]:
        """One name a sentence: all of it up to the first `pathy`."""
        self.asked += sentences
        ends = [sentence.find("pathy") + 5 for sentence in sentences]
        return tuple((Recognised(0, end, type_),) if end > 4 else () for end in ends)


def _document(text: str) -> Document:
    return assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))


def test_only_sentences_that_look_like_it_are_analysed() -> None:
    """A sentence whose uncovered words hold no part of a name is not given to the model."""
    marking = Marking()
    document = _document("Patients gave consent. Zoric neuropathy was seen. Lupus nephritis got better.")
    found = find(document, Extractor(shipped()).extract(document), marking, shipped())
    assert marking.asked == ["Zoric neuropathy was seen."]
    assert [document.text[start:end] for start, end, _ in found.names] == ["Zoric neuropathy"]


def test_a_name_around_a_listed_one_is_told_apart() -> None:
    """A span that holds what the vocabulary found is no name of its own; which is the better is asked later."""
    marking = Marking()
    document = _document("Lupus with zoric neuropathy was seen.")
    found = find(document, Extractor(shipped()).extract(document), marking, shipped())
    assert found.names == ()
    assert [document.text[start:end] for start, end, _ in found.wider] == ["Lupus with zoric neuropathy"]


def test_a_short_name_is_doubted_only_where_no_place_of_it_is_confirmed() -> None:
    """One place that the recogniser takes for a name speaks for the others of the same form."""
    extractor = Extractor(shipped())
    doubted = _document("Patients with SLE came. SLE stayed.")
    confirmed = _document("SLE nephropathy came. Patients with SLE came.")
    assert len(find(doubted, extractor.extract(doubted), Marking(), shipped()).doubted) == 2
    assert find(confirmed, extractor.extract(confirmed), Marking(), shipped()).doubted == frozenset()


def test_without_a_recogniser_nothing_is_found() -> None:
    """The recogniser `lexicon` asks for no sentence."""
    document = _document("Zoric neuropathy was seen.")
    assert find(document, Extractor(shipped()).extract(document), Nothing(), shipped()) == Seen()


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("a rare nephropathy", True),
        ("hyperkalaemia", True),
        ("the XLA families", True),
        ("retinal tumours", True),
        ("We enrolled adults in two centres.", False),
        ("", False),
    ],
)
def test_the_cue_is_how_names_of_conditions_are_made(text: str, needed: bool) -> None:
    """Medical endings, words like tumour, and short forms call for the model; plain prose does not."""
    assert needs(text, Span(start=0, end=len(text)), (), "disease") is needed


def test_a_covered_word_is_no_cue() -> None:
    """What a hit covers is known already."""
    text = "nephropathy in adults"
    assert not needs(text, Span(start=0, end=len(text)), (Hit(0, 11, ()),), "disease")
