"""Phrases that describe what a phenotype's label names."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon
from kg.lexicon.described import descriptions
from kg.lexicon.prepare import key
from kg.model import Name, Term


@pytest.mark.parametrize(
    ("label", "phrase"),
    [
        ("Abnormality of the kidney", "renal anomalies"),
        ("Abnormality of the eye", "abnormalities of the eye"),
        ("Abnormality of the skin", "cutaneous abnormality"),
        ("Abnormal rib morphology", "abnormal ribs"),
        ("Abnormal renal morphology", "malformations of the kidney"),
        ("Calcification of falx cerebri", "calcification of the falx cerebri"),
        ("Hypoplasia of the maxilla", "maxillary hypoplasia"),
        ("Cerebellar atrophy", "atrophy of the cerebellum"),
        ("Dysplastic patella", "patellar dysplasia"),
        ("Numerous nevi", "multiple nevi"),
        ("Preauricular pit", "pre-auricular pits"),
    ],
)
def test_a_phrase_that_authors_use_is_among_those_of_the_label(label: str, phrase: str) -> None:
    """Each is another wording of what the label says, with nothing added."""
    assert key(phrase) in set(descriptions(label))


@pytest.mark.parametrize(
    "label", ["Abnormality of body height", "Abnormal circulating glucose concentration", "Fever", "Sensory neuropathy"]
)
def test_what_is_measured_or_has_no_part_of_the_body_is_not_described(label: str) -> None:
    """Nobody has anomalies of the body height."""
    assert list(descriptions(label)) == []


def test_no_phrase_comes_twice_and_all_are_prepared() -> None:
    """The vocabulary can take them as they are."""
    found = list(descriptions("Abnormality of the central nervous system"))
    assert found
    assert len(found) == len(set(found))
    assert all(phrase == key(phrase) for phrase in found)


def _term(identifier: str, *names: str) -> Term:
    listed = tuple(Name(text=name, scope="exact" if at else "label") for at, name in enumerate(names))
    return Term(id=identifier, type="phenotype", label=names[0], names=listed)


def test_a_name_that_is_listed_goes_before_a_description() -> None:
    """What a term has for a name is not another's description, and only labels of HPO are described."""
    lexicon = Lexicon(
        [
            _term("HP:1", "Abnormality of the ear"),
            _term("HP:2", "Abnormality of the outer ear", "Ear anomalies"),
            _term("X:3", "Abnormality of the nose"),
        ]
    )
    assert [entry.term for entry in lexicon.named("ear anomalies")] == ["HP:2"]
    assert [entry.term for entry in lexicon.named("abnormalities of the ear")] == ["HP:1"]
    assert lexicon.named("abnormalities of the nose") == ()
