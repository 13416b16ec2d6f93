"""The flat form of a vocabulary, made from a few terms and asked for them again."""

from __future__ import annotations

import pytest

from kg.lexicon import Exclusion
from kg.lexicon.image import Image, build
from kg.model import Name, Term

LUPUS = Term(
    id="MONDO:0007915",
    type="disease",
    label="systemic lupus erythematosus",
    names=(
        Name(text="systemic lupus erythematosus", scope="label"),
        Name(text="SLE", scope="abbreviation"),
        Name(text="lupus-like", scope="related"),
    ),
    parents=("MONDO:0004670",),
)
IL6 = Term(id="HGNC:6018", type="target", label="IL6", names=(Name(text="IL6", scope="label"),))


@pytest.fixture
def image() -> Image:
    return Image(build([LUPUS, IL6], [Exclusion(name="lupus band test", id="*", reason="a test")], meta=b"kept"))


def test_terms_come_back_as_they_were(image: Image) -> None:
    """A term is decoded to the one that was put in, whatever its number."""
    assert [image.term(image.index[term.id]) for term in (IL6, LUPUS)] == [IL6, LUPUS]
    assert tuple(image.terms()) == (LUPUS, IL6)
    assert image.type_of(image.index["HGNC:6018"]) == "target"
    assert image.parents == {LUPUS.id: LUPUS.parents}
    assert image.meta == b"kept"


def test_a_spelling_is_found_by_bisection_and_nothing_else_is(image: Image) -> None:
    """Every pattern is found under its number; a name of a scope that grounds nothing is no pattern."""
    assert [image.number(image.pattern(number)) for number in range(image.size)] == list(range(image.size))
    assert image.number("lupus like") is None
    assert image.number("") is None
    assert image.number("zzz") is None


def test_a_reading_says_its_name_and_whether_it_is_the_catalogue_form(image: Image) -> None:
    """ "lupus erythematosus, systemic" reads as the same term, marked as inverted."""
    number = image.number("lupus erythematosus systemic")
    assert number is not None
    (entry,) = image.entries(number)
    assert (entry.term, entry.scope, entry.inverted) == (LUPUS.id, "label", True)


def test_an_excluded_phrase_is_a_pattern_without_readings(image: Image) -> None:
    """It has to be found, so that the names inside of it are not."""
    number = image.number("lupus band test")
    assert number is not None
    assert image.barred[number] == {"*"}
    assert image.entries(number) == ()


def test_a_symbol_is_found_with_its_number_apart(image: Image) -> None:
    """ "IL-6" and "IL6" are the same symbol."""
    assert [image.number(form) is not None for form in ("il6", "il 6")] == [True, True]


def test_the_same_terms_give_the_same_bytes() -> None:
    """Nothing in an image depends on when or where it was made."""
    assert build([LUPUS, IL6]) == build([LUPUS, IL6])


def test_a_vocabulary_without_names_finds_nothing() -> None:
    """An automaton without patterns is an error to its library; ours is empty instead."""
    empty = Image(build([]))
    assert empty.ids == ()
    assert list(empty.automaton.find_overlapping(" lupus ")) == []
