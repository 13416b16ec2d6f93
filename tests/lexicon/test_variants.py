"""Spellings of a name: plural, possessive, British, Greek, umlauts, catalogue form, CAR-T."""

from __future__ import annotations

import pytest

from kg.lexicon import variants
from kg.lexicon.prepare import key


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("hematologic malignancy", "haematologic malignancies"),
        ("Sjögren syndrome", "Sjögren's syndrome"),
        ("Sjögren syndrome", "Sjoegren syndrome"),
        ("Crohn's disease", "Crohn disease"),
        ("interferon gamma", "interferon γ"),
        ("TNF-α", "TNF alpha"),
        ("vasculitis", "vasculitides"),
        ("branchial fistula", "branchial fistulae"),
        ("neurofibroma", "neurofibromata"),
        ("idiopathic inflammatory myopathy", "idiopathic inflammatory myopathies"),
        ("autoimmune disease", "auto-immune diseases"),
        ("tumor lysis syndrome", "tumour lysis syndrome"),
        ("CD19 CAR-T cell therapy", "CD19 CART cells"),
        ("CAR-T cell therapy", "chimeric antigen receptor-modified T cells"),
    ],
)
def test_spelling_is_among_those_of_its_name(name: str, spelling: str) -> None:
    """Each way that abstracts write the name is expected."""
    assert key(spelling) in set(variants.spellings(name))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("lupus", "lupi"),
        ("sepsis", "sepsiss"),
        ("systemic sclerosis", "system sclerosis"),
        ("CAR-T cell therapy", "cartilage"),
    ],
)
def test_another_word_is_not_among_them(name: str, other: str) -> None:
    """No spelling is guessed that means something else."""
    assert key(other) not in set(variants.spellings(name))


@pytest.mark.parametrize("name", ["Sjögren syndrome", "CAR-T cell therapy", "", "CD19", "β-cell"])
def test_no_spelling_comes_twice_and_all_are_prepared(name: str) -> None:
    """The lexicon can take them as they are."""
    found = list(variants.spellings(name))
    assert len(found) == len(set(found))
    assert all(form == key(form) and form for form in found)


def test_the_catalogue_form_turns_either_end() -> None:
    """Index entries put the head first ("lupus erythematosus, systemic"), and long names are never turned."""
    assert "lupus erythematosus systemic" in variants.inverted("systemic lupus erythematosus")
    assert variants.inverted("sclerosis") == ()
    assert variants.inverted("a very long name of something") == ()


def test_a_short_form_has_a_plural_only_where_it_lacks_an_s() -> None:
    """ "SSc" has "SSc" and "SScs", "MS" only itself."""
    assert list(variants.short_spellings("CAR")) == ["car", "cars"]
    assert list(variants.short_spellings("MS")) == ["ms"]
