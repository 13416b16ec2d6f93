"""The lexicon: finding, resolving, nearest names, hierarchy, targets, exclusions."""

from __future__ import annotations

import pytest

from kg.errors import UnknownName
from kg.lexicon import Exclusion, Lexicon, shipped
from kg.model import Name, Scope, Term


def _term(
    identifier: str, label: str, *names: tuple[str, Scope], type_: str = "disease", **more: tuple[str, ...]
) -> Term:
    all_names = (Name(text=label, scope="label"), *(Name(text=text, scope=scope) for text, scope in names))
    return Term(
        id=identifier,
        type=type_,
        label=label,
        names=all_names,
        parents=more.get("parents", ()),
        xrefs=more.get("xrefs", ()),
        targets=more.get("targets", ()),
    )


_SMALL = Lexicon(
    [
        _term("X:1", "lumpy disease", ("LD", "abbreviation"), ("bumpiness", "related"), xrefs=("MESH:D9",)),
        _term("X:2", "grumpy disease", parents=("X:1",)),
        _term("T:1", "cell therapy", type_="therapy"),
        _term("T:2", "A therapy", type_="therapy", parents=("T:1",), targets=("G:A",)),
        _term("T:3", "A product", type_="therapy", parents=("T:2",), targets=("G:A",)),
        _term("T:4", "AB therapy", type_="therapy", parents=("T:1",), targets=("G:A", "G:B")),
    ],
    exclusions=[Exclusion(name="lumpy disease index", id="*", reason="a score")],
)


@pytest.mark.parametrize("name", ["lumpy disease", "Lumpy-Diseases", "LD", "X:1", "mesh:d9", "bumpiness"])
def test_a_user_may_name_a_term_in_any_way(name: str) -> None:
    """Label, plural, abbreviation, ID, cross-reference and related name all resolve."""
    assert _SMALL.resolve("disease", name) == "X:1"


def test_an_unknown_name_carries_the_nearest() -> None:
    """A misspelling is answered with names of the kind asked for."""
    with pytest.raises(UnknownName) as error:
        _SMALL.resolve("disease", "lumpi disease")
    assert error.value.nearest[0] == "lumpy disease"


def test_a_nearest_name_that_two_terms_have_is_told_once() -> None:
    """Twice the same word helps nobody to choose."""
    namesakes = Lexicon([_term("Y:1", "humpy disease"), _term("Y:2", "humpy disease"), _term("Y:3", "dumpy disease")])
    assert sorted(namesakes.nearest("disease", "wumpy disease")) == ["dumpy disease", "humpy disease"]


def test_a_name_of_another_kind_is_unknown() -> None:
    """A therapy is no disease."""
    with pytest.raises(UnknownName):
        _SMALL.resolve("disease", "cell therapy")


def test_the_most_general_therapy_of_exactly_these_targets_is_chosen() -> None:
    """A product is not taken for its class, nor a class with more targets."""
    found = _SMALL.with_targets(["G:A"], within="T:1")
    both = _SMALL.with_targets(["G:B", "G:A"], within="T:1")
    assert found is not None
    assert both is not None
    assert (found.id, both.id) == ("T:2", "T:4")
    assert _SMALL.with_targets(["G:B"], within="T:1") is None


def test_a_phrase_is_headed_by_the_name_it_ends_with() -> None:
    """ "severe lumpy disease" means the disease; a name that is the lesser part of a phrase does not head it."""
    assert [entry.term for entry in _SMALL.head_of("severe lumpy disease")] == ["X:1"]
    assert _SMALL.head_of("a long story that happens to end in some lumpy disease") == ()
    assert _SMALL.head_of("severe LD") == ()


def test_related_names_ground_nothing() -> None:
    """They help a search, but a text that uses them is not read so (DESIGN §6)."""
    assert _SMALL.find("bumpiness") == []


def test_an_excluded_phrase_bars_what_stands_inside_it_only() -> None:
    """The score is no disease, the disease beside it is."""
    text = "lumpy disease index in lumpy disease"
    assert [hit.start for hit in _SMALL.find(text)] == [23]


def test_offsets_hold_behind_letters_of_any_width() -> None:
    """Code points are counted, whatever stands before."""
    text = "🧬 β “ö” — lumpy disease"
    (hit,) = _SMALL.find(text)
    assert text[hit.start : hit.end] == "lumpy disease"


def test_hierarchy_and_categories_answer() -> None:
    """Ancestors go up, descendants down, an unknown term or type is told."""
    assert _SMALL.ancestors("T:3") == {"T:1", "T:2"}
    assert _SMALL.descendants("X:1") == {"X:2"}
    with pytest.raises(UnknownName):
        _SMALL.term("X:9")
    with pytest.raises(UnknownName):
        _SMALL.category("weather")


def test_the_digest_follows_the_content() -> None:
    """Equal vocabularies have equal digests, and one name more gives another."""
    one, same, other = (
        Lexicon([_term("X:1", "a")]),
        Lexicon([_term("X:1", "a")]),
        Lexicon([_term("X:1", "a", ("b", "exact"))]),
    )
    assert one.digest == same.digest != other.digest


def test_an_empty_vocabulary_finds_nothing() -> None:
    """No terms are no error."""
    assert Lexicon([]).find("anything at all") == []


@pytest.mark.parametrize("name", ["SSc", "systemic sclerosis", "MONDO:0005100", "MESH:D012595", "Systemic scleroderma"])
def test_the_shipped_vocabulary_knows_its_field(name: str) -> None:
    """SSc under each of its names and IDs."""
    assert shipped().resolve("disease", name) == "MONDO:0005100"
