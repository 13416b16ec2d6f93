"""What makes two annotators the same: vocabulary, recogniser and code."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotator import Annotator
from kg.extract.extraction import Extraction
from kg.extract.recogniser import Recognised, named
from kg.lexicon import shipped
from kg.model import Span


class Other:
    """A recogniser that finds nothing, of a given name and digest."""

    types = ()

    def __init__(self, name: str, digest: str) -> None:
        self.name = name
        self.digest = digest

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """Nothing."""
        return ((),) * len(sentences)


def test_the_key_knows_the_recogniser_and_its_model() -> None:
    """Another name or another model makes another key; the same ones the same."""
    keys = [
        Annotator(shipped(), recogniser=Other(*made)).key for made in (("a", "1"), ("b", "1"), ("a", "2"), ("a", "1"))
    ]
    assert keys[0] == keys[3]
    assert len(set(keys)) == 3


def test_without_a_recogniser_the_annotator_is_that_of_the_lexicon() -> None:
    """`Annotator(lexicon)` and the recogniser `lexicon` are one and the same."""
    full = shipped("full")
    plain = Annotator.open(recogniser="lexicon").key
    assert Annotator(full).key == plain == Annotator(full, recogniser=named("lexicon", full)).key


def test_what_the_recogniser_saw_says_so() -> None:
    """A mention that the model found is marked `recogniser`; those of the vocabulary are the same as without it."""
    text = "Systemic sclerosis and systemic forms of scleroses. Two patients with zoricopathy died."
    plain = Annotator.open(recogniser="lexicon").annotate_text(text).tagged.groundings
    found = Annotator.open(recogniser="hybrid").annotate_text(text).tagged.groundings
    assert [g for g in found if g.mention.found_by == "lexicon"] == list(plain)
    assert "zoricopathy" in {g.mention.text for g in found if g.mention.found_by == "recogniser"}
    assert [g.mention.start for g in found] == sorted(g.mention.start for g in found)
