"""What "these conditions" stands for, when it is sure and when it is not."""

from __future__ import annotations

import pytest

from kg.lexicon import shipped
from kg.relate import anaphora
from kg.relate.view import View
from tests.marked import annotate

_SSC, _SLE, _RA = "MONDO:0005100", "MONDO:0007915", "MONDO:0008383"


def _resolved(text: str) -> list[tuple[str, set[str]]]:
    """Expression and diseases, of every anaphor of the text."""
    view = View(annotate(text).tagged, shipped())
    return [
        (sentence.text[found.start : found.end], {term for item in found.antecedents for term in item.diseases})
        for sentence in view.sentences
        for found in anaphora.anaphors(sentence)
    ]


def test_these_diseases_are_those_listed_before() -> None:
    """A plural takes the whole list of the sentence before it."""
    assert _resolved("SSc, SLE and rheumatoid arthritis last. These diseases are old.") == [
        ("These diseases", {_SSC, _SLE, _RA})
    ]


def test_this_disease_takes_one_only() -> None:
    """A singular is sure where the sentence before names one disease, and unsure where it names two."""
    assert _resolved("Systemic sclerosis (SSc) lasts. This disease is old.") == [("This disease", {_SSC})]
    assert _resolved("SSc and SLE scar. This disease is old.") == []


@pytest.mark.parametrize(
    "text",
    [
        "These conditions are old.",
        "It rained. These conditions are old.",
        "SSc. " + "It rained. " * 4 + "These conditions.",
    ],
)
def test_nothing_is_resolved_without_an_antecedent_nearby(text: str) -> None:
    """No disease before it, or too far before it: nothing is guessed."""
    assert _resolved(text) == []


def test_a_class_stands_for_the_members_listed_elsewhere() -> None:
    """Also where the list comes behind the class's use."""
    text = "Autoimmune diseases are many. We saw autoimmune diseases, including SSc and SLE."
    assert ("Autoimmune diseases", {_SSC, _SLE}) in _resolved(text)


def test_a_disease_and_its_short_form_are_no_list() -> None:
    """ "Systemic lupus erythematosus (SLE) is an autoimmune disease" lists no members of lupus."""
    text = "Systemic lupus erythematosus (SLE) is an autoimmune disease. SLE is old."
    assert _resolved(text) == []


def test_the_antecedents_words_are_kept() -> None:
    """Its offsets lead to the words in the document, closing bracket and all."""
    tagged = annotate("Systemic sclerosis (SSc) lasts. This disease is old.").tagged
    view = View(tagged, shipped())
    (found,) = [item for sentence in view.sentences for item in anaphora.anaphors(sentence)]
    (antecedent,) = found.antecedents
    assert tagged.document.text[antecedent.start : antecedent.end] == "Systemic sclerosis (SSc)"
