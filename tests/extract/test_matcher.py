"""The choice among overlapping names: case, length, nesting, catalogue forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import matcher
from kg.extract.engineered import Engineered
from kg.lexicon import Entry, Hit, shipped


def _found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in matcher.find(text, shipped())]


def test_the_longest_name_wins_and_its_own_entity_stays_inside() -> None:
    """ "lupus nephritis" is one name; CD19 inside of CD19 CAR-T cells is a target of its own."""
    assert _found("lupus nephritis") == ["lupus nephritis"]
    assert _found("CD19 CAR-T cells") == ["CD19 CAR-T cells", "CD19"]


def test_a_catalogue_form_loses_to_a_name_it_cuts() -> None:
    """In a list the comma divides names; in an index entry it turns one around."""
    assert _found("psoriatic arthritis, juvenile idiopathic arthritis") == [
        "psoriatic arthritis",
        "juvenile idiopathic arthritis",
    ]
    assert _found("Lupus Erythematosus, Systemic") == ["Lupus Erythematosus, Systemic"]


def test_a_catalogue_form_is_no_part_of_a_longer_phrase() -> None:
    """What its comma divides are two phrases where a word follows."""
    assert _found("sclerosis, systemic") == ["sclerosis, systemic"]
    assert "sclerosis, systemic" not in _found("tuberous sclerosis, systemic vasculitis")


def test_of_two_names_as_long_the_later_counts() -> None:
    """It holds the head: "pediatric lupus nephritis" is a nephritis."""
    assert _found("pediatric lupus nephritis") == ["lupus nephritis"]


@pytest.mark.parametrize(
    ("name", "surface", "fits"),
    [
        ("SSc", "SSc", True),
        ("SSc", "SSC", True),
        ("SSc", "ssc", False),
        ("SLE", "SLEs", True),
        ("ALL", "all", False),
        ("CD19", "cd19", True),
        ("IL-6", "Il-6", True),
        ("RA", "Ra", False),
        ("KIT", "kit", False),
    ],
)
def test_case_counts_for_short_forms(name: str, surface: str, fits: bool) -> None:
    """A short form may be in capitals or as it is; one with digits in any case; never a common word."""
    assert matcher.fits_case(Entry("X:1", name, "abbreviation"), surface) is fits


def test_a_name_does_not_cross_a_sentence_or_a_bracket_of_another_kind() -> None:
    """ "… systemic. Sclerosis …" is no systemic sclerosis."""
    assert _found("It was systemic. Sclerosis came later.") == []


def test_excluded_phrases_bar_the_names_inside_them() -> None:
    """No lupus in "lupus anticoagulant", but in the words around it."""
    assert _found("lupus anticoagulant in lupus") == ["lupus"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(["cartkg:car-t", "HGNC:1633"]))))
def test_of_all_overlapping_names_the_longest_are_kept(places: list[tuple[int, int, str]]) -> None:
    """Of any hits: each in order of length is kept or left out, by those kept that it overlaps."""
    hits = [Hit(start, start + length, (Entry(term, "x", "exact"),)) for start, length, term in places]
    kept: list[Hit] = []
    dropped: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.start)):
        over = [other for other in kept if other.start < hit.end and hit.start < other.end]
        nested = all(
            other.start <= hit.start
            and hit.end <= other.end
            and (other.entries[0].term, hit.entries[0].term) == ("cartkg:car-t", "HGNC:1633")
            for other in over
        )
        (kept if nested else dropped).append(hit)
    left_out: list[Hit] = []
    assert list(matcher.choose(hits, shipped(), left_out=left_out)) == sorted(kept, key=lambda h: (h.start, -h.end))
    assert left_out == dropped


def _joined(text: str) -> dict[str, str]:
    hits = Engineered(shipped()).join(text, matcher.find(text, shipped()))
    return {text[hit.start : hit.end]: hit.entries[0].term for hit in hits}


@pytest.mark.parametrize(
    ("text", "whole", "term"),
    [
        (
            "CD19-directed second-generation CAR-T cells",
            "CD19-directed second-generation CAR-T cells",
            "cartkg:car-t-cd19",
        ),
        ("anti-BCMA autologous CAR T cells", "anti-BCMA autologous CAR T cells", "cartkg:car-t-bcma"),
        ("BCMA/CD19 dual-target CAR-T", "BCMA/CD19 dual-target CAR-T", "cartkg:car-t-cd19-bcma"),
        ("CD8 was low; CAR-T cells rose", "CAR-T cells", "cartkg:car-t"),
        ("CD27 and CAR-T cells", "CAR-T cells", "cartkg:car-t"),
    ],
)
def test_targets_in_front_make_the_cells_more_specific(text: str, whole: str, term: str) -> None:
    """Only words of the product may stand between; "and" or a clause's end keeps both apart."""
    assert _joined(text)[whole] == term
