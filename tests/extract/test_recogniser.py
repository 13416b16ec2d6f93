"""What finds names that no list holds: the shipped model, an installed one, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.documents.assemble import Draft, Passage, assemble
from kg.errors import BadVocabulary, KGError, UnknownName
from kg.extract.crf import Model, Tagger
from kg.extract.extraction import Extraction, Extractor
from kg.extract.features import Sentence
from kg.extract.recogniser import Installed, Recognised, Recogniser, Shipped, named
from kg.lexicon import shipped
from kg.model import Document, Span

# Invented: no vocabulary and no corpus holds it.
INVENTED = "zoricopathy"


@pytest.fixture(scope="module")
def hybrid() -> Recogniser:
    """The shipped models, loaded once."""
    return named("hybrid", shipped())


def _document(text: str) -> Document:
    return assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))


def _read(text: str) -> Extraction:
    """What the overlay finds in a text, all of it one sentence."""
    found = Extractor(shipped()).extract(_document(text)) if text.strip() else None
    return Extraction(
        text=text,
        sentences=(Span(start=0, end=len(text)),),
        abbreviations=found.abbreviations if found else (),
        hits=found.hits if found else (),
    )


def _spans(recogniser: Recogniser, text: str, type_: str = "disease") -> tuple[Recognised, ...]:
    extraction = _read(text)
    (spans,) = recogniser.spans(text, extraction, extraction.sentences, type_)
    return spans


def _texts(recogniser: Recogniser, text: str, type_: str = "disease") -> list[str]:
    return [text[span.start : span.end] for span in _spans(recogniser, text, type_)]


def test_the_shipped_model_finds_a_disease_that_was_invented(hybrid: Recogniser) -> None:
    """A name that stands in no list is found by how it is written and where it stands."""
    assert _texts(hybrid, f"We treated three patients with {INVENTED} and severe nephritis.") == [
        INVENTED,
        "nephritis",
    ]


def test_the_shipped_model_finds_genes(hybrid: Recogniser) -> None:
    """A symbol that no vocabulary holds is told from the words around it."""
    assert _texts(hybrid, "Mutations of the ZQX3 gene were found.", "target") == ["ZQX3"]


def test_a_sentence_without_names_has_none(hybrid: Recogniser) -> None:
    """Words of method and of time are no disease."""
    assert _texts(hybrid, "Written consent was obtained from all participants in May.") == []


def test_offsets_are_code_points(hybrid: Recogniser) -> None:
    """Signs of several bytes before a name move nothing: each span is the text between its offsets."""
    plain = "Two patients with zoric neuropathy recovered."
    prefix = "Naïve β-cells (≥ 5 µg, 𝛼𝛽): "
    (here,), (there,) = _spans(hybrid, plain), _spans(hybrid, prefix + plain)
    assert (there.start, there.end) == (here.start + len(prefix), here.end + len(prefix))


def test_a_sentence_is_read_as_it_is_read_alone(hybrid: Recogniser) -> None:
    """The sentences before it change nothing, and the order of answers is that of the sentences."""
    text = "Patients with zoric neuropathy came. No names here. All patients with zoric nephropathy relapsed."
    extraction = Extractor(shipped()).extract(_document(text))
    together = hybrid.spans(text, extraction, extraction.sentences, "disease")
    alone = tuple(hybrid.spans(text, extraction, [sentence], "disease")[0] for sentence in extraction.sentences)
    assert together == alone
    assert [len(spans) for spans in together] == [1, 0, 1]


def test_two_loads_find_the_same() -> None:
    """A model loaded anew has the same digest and finds the same spans."""
    text = "Two had interstitial pneumonitis; one had macrophage activation syndrome."
    one, other = named("hybrid", shipped()), named("hybrid", shipped())
    assert one.digest == other.digest
    assert _spans(one, text) == _spans(other, text) != ()


def test_a_very_long_sentence_is_read_to_its_end(hybrid: Recogniser) -> None:
    """A name behind thousands of words keeps its offsets."""
    text = "and the value was 5 " * 2_000 + "in patients with zoric neuropathy."
    assert _texts(hybrid, text)[-1] == "zoric neuropathy"


@pytest.mark.parametrize("text", ["", " ", "\n", "?!", "𝛼", "x" * 50_000, "# #", "_", "\u0307"])
def test_odd_sentences_break_nothing(hybrid: Recogniser, text: str) -> None:
    """Nothing, blanks, signs and a word without end are read like any other sentence."""
    for type_ in hybrid.types:
        assert all(0 <= span.start < span.end <= len(text) for span in _spans(hybrid, text, type_))


def test_a_type_without_a_model_has_no_names(hybrid: Recogniser) -> None:
    """A type nobody trained for is answered with nothing."""
    assert _spans(hybrid, "Rituximab.", "therapy") == ()


def test_the_shipped_models_stay_small(hybrid: Recogniser) -> None:
    """All models together take no more than 15 MB, as the wheel carries them."""
    folder = resources.folder("ontologies") / "recogniser"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert 0 < size <= 15_000_000


def test_changed_parameters_change_the_digest(tmp_path: Path) -> None:
    """A model with another byte is another model."""
    path = tmp_path / "disease.crf"
    path.write_bytes(b"1")
    before = Shipped(tmp_path, shipped()).digest
    path.write_bytes(b"2")
    assert Shipped(tmp_path, shipped()).digest != before


def test_a_broken_model_is_told_by_its_file(tmp_path: Path) -> None:
    """What the training did not write is refused when it is first asked."""
    (tmp_path / "disease.crf").write_bytes(b"not a model")
    with pytest.raises(BadVocabulary, match=r"disease\.crf: expected a model"):
        _spans(Shipped(tmp_path, shipped()), "Lupus.")


def test_decoding_is_the_best_path_through_the_weights(tmp_path: Path) -> None:
    """Of all legal sequences of labels the one of the highest sum; a name that begins also ends."""
    weights = {"w=b": (0, 5, 0, 0, 3), "w=e": (0, 0, 0, 5, 0), "w=x": (1, -9, -9, -9, -9)}
    model = Model(transitions=(0,) * 25, weights=weights, words={})
    words = ("x", "b", "e", "b", "x", "e")
    sentence = Sentence(words=words, listed=("O",) * len(words), short=((),) * len(words))
    # The last "e" would be an end without a beginning; "b" before "x" is a name alone.
    assert Tagger(model).spans(sentence) == ((1, 3), (3, 4))
    (tmp_path / "a.crf").write_bytes(model.packed())
    assert Tagger(Model.from_path(tmp_path / "a.crf")).spans(sentence) == ((1, 3), (3, 4))


def test_lexicon_recognises_nothing() -> None:
    """The name `lexicon` leaves all finding to the vocabulary."""
    nothing = named("lexicon", shipped())
    assert nothing.types == ()
    assert _spans(nothing, f"A case of {INVENTED}.") == ()


@pytest.mark.parametrize("name", ["", "Hybrid", "scispacy", "scispacy:", "bert"])
def test_an_unknown_name_lists_the_known(name: str) -> None:
    """A recogniser that is none is an error that says which there are."""
    with pytest.raises(UnknownName, match="hybrid, lexicon, scispacy:MODEL"):
        named(name, shipped())


@pytest.mark.parametrize("package", ["en_core_nowhere_md", "../models", "a.b", "os; x"])
def test_a_model_that_is_not_installed_is_told_by_name(package: str) -> None:
    """A missing model, or what cannot be one, is named with what to do; nothing is fetched or imported."""
    with pytest.raises(KGError, match="expected an installed spaCy model") as caught:
        named(f"scispacy:{package}", shipped())
    assert package in str(caught.value)


def test_a_package_that_is_no_model_is_told_so() -> None:
    """A package that is installed but cannot load a pipeline is refused when it is first asked."""
    with pytest.raises(KGError, match="got a package without load"):
        _spans(named("scispacy:click", shipped()), "Lupus.")


def test_the_labels_of_an_installed_model_become_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GENE_OR_GENE_PRODUCT is a target, DISEASE and ENTITY a disease, and other labels are left out."""
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    rules = [("DISEASE", "lupus"), ("ENTITY", "fever"), ("GENE_OR_GENE_PRODUCT", "CD19"), ("CHEMICAL", "aspirin")]
    ruler.add_patterns([{"label": label, "pattern": name} for label, name in rules])  # type: ignore[attr-defined]
    package = tmp_path / "a_tiny_model"
    nlp.to_disk(package)
    (package / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
        "def load(**overrides):\n    return load_model_from_path(Path(__file__).parent, **overrides)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    model = Installed("scispacy:a_tiny_model")
    text = "CD19 in lupus with fever under aspirin."
    found = {type_: [text[s.start : s.end] for s in _spans(model, text, type_)] for type_ in model.types}
    assert found == {"disease": ["lupus", "fever"], "target": ["CD19"]}
    assert len(model.digest) == 64
