"""Whom a record tells of."""

from __future__ import annotations

from kg.ground.species import Species, of_animals


def test_a_hyphened_word_tells_with_its_parts() -> None:
    """ "rat-derived" and "C57BL/6" name animals."""
    assert Species("rat-derived cells").counts == {"rat": 1}
    assert Species("C57BL/6 females").counts == {"mouse": 1}


def test_the_kind_named_last_before_a_place() -> None:
    """Nothing is named before the first."""
    species = Species("In mice and in patients, ZAX1 rose.")
    assert species.before(0) == ""
    assert species.before(20) == "people"
    assert species.among(0, 10) == {"mouse"}


def test_plants_and_microbes_are_no_animals() -> None:
    """A yeast strain makes no record an animal's."""
    assert not of_animals("Saccharomyces cerevisiae grew.")
    assert of_animals("Zebrafish grew.")


def test_places_hold_where_a_small_letter_is_longer() -> None:
    """The Turkish dotted capital I is two characters in lower case."""
    assert Species("İ rats").among(2, 6) == {"rat"}


def test_places_are_in_text_order() -> None:
    """Whatever order the words were looked up in."""
    species = Species("Rats, mice, patients, humans, dogs and yeast, then rats.")
    assert [species.before(place) for place in (3, 9, 20, 27, 34, 44, 99)] == [
        "rat",
        "mouse",
        "people",
        "human",
        "animal",
        "lower",
        "rat",
    ]
