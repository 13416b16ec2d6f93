"""What is kept of a recogniser's answers, and what they say of the vocabulary's hits."""

from __future__ import annotations

from collections.abc import Sequence

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extraction, Extractor
from kg.extract.recogniser import Nothing, Recognised
from kg.extract.unlisted import Seen, find
from kg.lexicon import shipped
from kg.model import Document, Span


class Marking:
    """A recogniser that takes all of a sentence up to its first `pathy`, and notes what it was asked."""

    name = "marking"
    digest = "0"

    def __init__(self, type_: str = "disease") -> None:
        self.types = (type_,)
        self.asked: list[str] = []

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """One name a sentence at most."""
        words = [text[sentence.start : sentence.end] for sentence in sentences]
        self.asked += words
        ends = [sentence.find("pathy") + 5 for sentence in words]
        return tuple((Recognised(0, end, type_),) if end > 4 else () for end in ends)


def _document(text: str) -> Document:
    return assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))


def _seen(text: str, recogniser: Marking | None = None) -> tuple[Seen, Document]:
    document = _document(text)
    extraction = Extractor(shipped()).extract(document)
    return find(extraction, recogniser or Marking(), shipped()), document


def _names(text: str) -> list[str]:
    found, document = _seen(text)
    return [document.text[start:end] for start, end, _ in found.names]


def test_a_condition_is_looked_for_in_every_sentence() -> None:
    """Also where the vocabulary found something, and where nothing looks like a name."""
    marking = Marking()
    found, _ = _seen("Patients gave consent. Zoric neuropathy was seen. Lupus nephritis got better.", marking)
    assert len(marking.asked) == 3
    assert [(start, end) for start, end, _ in found.names] == [(23, 39)]


def test_a_name_around_a_listed_one_is_a_name_of_its_own() -> None:
    """Which of the two is meant is decided later."""
    assert _names("Lupus with zoric neuropathy was seen.") == ["Lupus with zoric neuropathy"]


def test_a_listed_name_that_is_seen_so_is_confirmed() -> None:
    """It is no name beyond the vocabulary, and nobody doubts it."""
    found, document = _seen("IgA nephropathy.")
    assert found.names == ()
    assert {document.text[start:end] for start, end, _ in found.confirmed} == {"IgA nephropathy"}
    assert found.doubted == frozenset()


def test_a_listed_condition_that_is_not_seen_is_doubted() -> None:
    """A long name like a short one; what is no condition is not."""
    found, document = _seen("Lupus nephritis under rituximab.")
    assert {document.text[start:end] for start, end, _ in found.doubted} == {"Lupus nephritis"}


def test_a_name_is_one_at_its_other_places_too() -> None:
    """In any case; but a short form only as it was written."""
    text = "Zoric neuropathy was seen beside zoric neuropathy."
    assert _names(text) == ["Zoric neuropathy", "zoric neuropathy"]
    text = "Zoric neuropathy (ZN) was seen. Some zn and some ZNX beside ZN."
    assert _names(text) == ["Zoric neuropathy", "ZN", "ZN"]


def test_the_short_form_of_a_name_is_one() -> None:
    """Where the document defines it behind the name."""
    assert _names("Zoric neuropathy (ZN) was seen. We saw ZN.") == ["Zoric neuropathy", "ZN", "ZN"]


def test_what_stands_within_an_excluded_phrase_is_no_name() -> None:
    """A vocabulary's exclusions hold for the recogniser too."""
    assert _names("Lupus pernio") == []


def test_a_short_gene_is_doubted_only_where_no_place_of_it_is_confirmed() -> None:
    """One place that the recogniser takes for a name speaks for the others of the same form."""
    doubted, _ = _seen("Cells with CD19 came. CD19 stayed.", Marking("target"))
    confirmed, _ = _seen("CD19 nephropathy came. Cells with CD19 came.", Marking("target"))
    assert len(doubted.doubted) == 2
    assert confirmed == Seen()


def test_genes_are_looked_for_only_where_the_vocabulary_has_a_short_one() -> None:
    """A sentence without any is not given to the model."""
    marking = Marking("target")
    _seen("Patients gave consent. CD19 was seen. Lupus got better.", marking)
    assert marking.asked == ["CD19 was seen."]


def test_without_a_recogniser_nothing_is_found() -> None:
    """The recogniser `lexicon` asks for no sentence."""
    document = _document("Zoric neuropathy was seen.")
    assert find(Extractor(shipped()).extract(document), Nothing(), shipped()) == Seen()


def test_two_names_seen_as_one_are_two() -> None:
    """Where the vocabulary has both."""
    found, _ = _seen("Lupus nephritis and immune-mediated necrotizing myopathy were seen.")
    assert not found.names
    assert {(start, end) for start, end, kind in found.confirmed if kind == "disease"} == {(0, 15), (20, 56)}


def test_a_general_word_behind_a_name_is_none_of_it() -> None:
    """The recogniser takes the whole of "immune-mediated necrotizing myopathy disease" for a name."""

    class Whole(Marking):
        def spans(
            self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
        ) -> tuple[tuple[Recognised, ...], ...]:
            return tuple((Recognised(0, text.index(" disease") + 8, type_),) for _ in sentences)

    found, _ = _seen("Immune-mediated necrotizing myopathy disease activity fell.", Whole())
    assert not found.names
    assert (0, 36, "disease") in found.confirmed
