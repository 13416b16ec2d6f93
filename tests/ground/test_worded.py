"""Findings in other words than those of their names."""

from __future__ import annotations

import pytest

from kg.ground.worded import Worded
from kg.lexicon import Lexicon
from kg.model import Name, Term


def _finding(identifier: str, label: str, *related: str) -> Term:
    names = (Name(text=label, scope="label"), *(Name(text=name, scope="related") for name in related))
    return Term(id=identifier, type="phenotype", label=label, names=names)


WORDED = Worded(
    Lexicon(
        [
            _finding("HP:1", "Abnormal clavicle morphology"),
            _finding("HP:2", "Bridged sella turcica"),
            _finding("HP:3", "Small kidney"),
            _finding("HP:4", "Abnormality of the eye", "Eye trouble"),
            _finding("HP:5", "Abnormal joint morphology"),
            _finding("HP:6", "Hearing abnormality"),
            _finding("HP:7", "Hypopigmentation of the skin"),
            _finding("HP:8", "Hypopigmentation of hair"),
            _finding("HP:9", "Abdominal pain"),
            _finding("HP:10", "Leg pain"),
            _finding("HP:11", "Mandibular hyperplasia"),
            _finding("HP:12", "Absence seizure"),
            _finding("HP:13", "Abnormality of the brain"),
            _finding("HP:14", "Short arm"),
        ]
    )
)


def _found(sentence: str) -> set[tuple[str, str]]:
    return {(sentence[found.start : found.end], found.term) for found in WORDED.find(sentence)}


@pytest.mark.parametrize(
    ("sentence", "phrase", "term"),
    [
        ("An abnormal clavicular shape was seen.", "abnormal clavicular shape", "HP:1"),
        ("She had bridging of the sella turcica.", "bridging of the sella turcica", "HP:2"),
        ("The kidneys were small.", "kidneys were small", "HP:3"),
        ("It has ophthalmic manifestations.", "ophthalmic manifestations", "HP:4"),
    ],
)
def test_neither_order_nor_form_of_the_words_counts(sentence: str, phrase: str, term: str) -> None:
    """Adjectives of organs, verbs and nouns of a change, words that only say that something is wrong."""
    assert (phrase, term) in _found(sentence)


def test_members_of_a_coordination_are_read_with_what_they_share() -> None:
    """A head behind adjectives, or one before nouns."""
    sentence = "There are ophthalmic, articular and auditory manifestations."
    assert {term for _, term in _found(sentence)} == {"HP:4", "HP:5", "HP:6"}
    assert {term for _, term in _found("Hypopigmentation of skin or hair is common.")} == {"HP:7", "HP:8"}


def test_a_noun_before_a_head_with_an_adjective_does_not_share_it() -> None:
    """Legs have no part in "abdominal pain", and an anomaly none in what is behind the "and"."""
    assert {term for _, term in _found("Cramps in the legs and abdominal pain were told.")} == {"HP:9"}


def test_the_beginning_of_a_longer_phrase_is_none() -> None:
    """What is told is the coronoid process's, the development's, the chromosome's."""
    assert _found("Hyperplasia of the mandibular coronoid process was seen.") == set()
    assert _found("Abnormalities in brain development were seen.") == set()
    assert _found("It lies on the short arm of chromosome 9.") == set()


def test_what_is_absent_is_no_absence() -> None:
    """Words in any order must not turn a denial into a name."""
    assert _found("Absence of seizures was the aim.") == set()
    assert ("Absence seizures", "HP:12") in _found("Absence seizures were seen.")


def test_a_looser_name_refers_to_its_finding() -> None:
    """It is no name by which the finding is told."""
    assert WORDED.loosely("eye troubles") == ("HP:4",)
    assert _found("No list has eye ache.") == set()
