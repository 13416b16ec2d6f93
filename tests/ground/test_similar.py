"""Names that no list holds, grounded by the names that are like them, or not at all."""

from __future__ import annotations

import pytest

from kg.ground.canonical import distinct, words
from kg.ground.similar import THRESHOLD, Nearest, decide
from kg.ground.trigrams import Index
from kg.lexicon import Lexicon
from kg.model import Name, Term


def _term(identifier: str, label: str, *synonyms: str, type_: str = "disease") -> Term:
    names = (Name(text=label, scope="label"), *(Name(text=text, scope="exact") for text in synonyms))
    return Term(id=identifier, type=type_, label=label, names=names)


TERMS = (
    _term("X:1", "kidney disorder", "renal disease"),
    _term("X:2", "type 1 diabetes mellitus"),
    _term("X:3", "type 2 diabetes mellitus"),
    _term("X:4", "hyperkalemia"),
    _term("X:5", "hypokalemia"),
    _term("X:6", "interstitial lung disease"),
    _term("X:7", "liver cancer"),
    _term("X:8", "fever", type_="adverse_event"),
    _term("X:9", "interleukin 6 receptor", type_="target"),
    _term("X:10", "interleukin 5 receptor", type_="target"),
)


@pytest.fixture(scope="module")
def nearest() -> Nearest:
    """The names of those terms."""
    return Nearest(Lexicon(TERMS))


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("renal dysfunction", "X:1"),
        ("Diseases of the kidneys", "X:1"),
        ("diabetes mellitus, type II", "X:3"),
        ("hyperkalaemia", "X:4"),
        ("interstitial pulmonary disorders", "X:6"),
        ("hepatic malignancies", "X:7"),
        ("intersitial lung disease", "X:6"),
        ("fevers", "X:8"),
    ],
)
def test_another_wording_of_a_name_finds_its_term(nearest: Nearest, name: str, term: str) -> None:
    """Order, inflection, organs' adjectives, British spelling, Roman numbers and a slip of the pen are seen through."""
    choice = decide(name, "disease", nearest)
    assert choice.term == term
    assert choice.reason.startswith("similar to ")
    assert THRESHOLD["disease"] * 0.9 <= choice.score <= 0.9


@pytest.mark.parametrize(
    "name", ["Zorblatt-Quimby syndrome", "hypercalcemia", "tumor", "type 3 diabetes mellitus", "", "?", "β"]
)
def test_nothing_similar_is_an_abstention_with_its_reason(nearest: Nearest, name: str) -> None:
    """A name of another thing gets no ID, however alike its letters are, and the reason says so."""
    choice = decide(name, "disease", nearest)
    assert (choice.term, choice.score) == (None, 0.0)
    assert choice.reason.startswith("abstained: ")


def test_genes_are_told_apart_by_their_numbers(nearest: Nearest) -> None:
    """One digit makes another gene."""
    assert decide("interleukin-6 receptor", "target", nearest).term == "X:9"
    assert decide("interleukin-7 receptor", "target", nearest).term is None


def test_kinds_are_searched_apart(nearest: Nearest) -> None:
    """A gene's name finds no disease."""
    assert nearest.search("kidney disorder", "target") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("hypertension", "hypotension", True),
        ("acute leukemia", "chronic leukemia", True),
        ("non-Hodgkin lymphoma", "Hodgkin lymphoma", True),
        ("vitamin A deficiency", "vitamin D deficiency", True),
        ("benign tumor", "malignant tumor", True),
        ("type II glycogenosis", "glycogenosis type 2", False),
        ("renal failure", "kidney failures", False),
    ],
)
def test_opposites_and_numbers_tell_names_apart(one: str, other: str, apart: bool) -> None:
    """The rule is the same from either side."""
    assert distinct(one, other) is distinct(other, one) is apart


def test_words_are_the_same_however_often_they_are_taken() -> None:
    """Taking the words of canonical words changes nothing."""
    for name in ("dysfunction of the kidneys", "Tumours of the Oesophagus", "vasculitides", "paediatric leukaemias"):
        assert words(" ".join(words(name))) == words(name)


def test_the_index_gives_exact_cosines() -> None:
    """Scores are those of a TF-IDF cosine computed one by one, over trigrams of words padded with blanks."""
    from collections import Counter
    from math import log, sqrt

    names = ["systemic sclerosis", "multiple sclerosis", "systemic lupus", "sarcoidosis", "multiple multiple myeloma"]

    def grams(name: str) -> Counter[str]:
        return Counter(f" {word} "[i : i + 3] for word in name.split() for i in range(len(word)))

    frequency = Counter(gram for name in names for gram in grams(name))

    def weights(name: str) -> dict[str, float]:
        found = {g: n * (log((1 + len(names)) / (1 + frequency[g])) + 1) for g, n in grams(name).items()}
        norm = sqrt(sum(value**2 for value in found.values()))
        return {gram: value / norm for gram, value in found.items()}

    query = weights("sclerosis systemica")
    wanted = {name: sum(query.get(g, 0) * w for g, w in weights(name).items()) for name in names}
    found = {near.name: near.score for near in Index(names).search("sclerosis systemica")}
    assert found == pytest.approx({name: score for name, score in wanted.items() if score > 0}, abs=1e-5)


def test_an_empty_index_finds_nothing() -> None:
    """A vocabulary without names is searched without harm."""
    assert Index([]).search("lupus") == ()
    assert Nearest(Lexicon([])).search("lupus", "disease") == ()


def test_signs_of_any_script_are_searched() -> None:
    """Letters outside of the Latin alphabet take part."""
    index = Index(["синдром", "症候群", "β thalassemia"])
    assert [index.search(name)[0].name for name in ("синдром", "症候群", "β-thalassemia")] == sorted(
        ["синдром", "症候群", "β thalassemia"], key=["синдром", "症候群", "β thalassemia"].index
    )
