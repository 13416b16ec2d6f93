"""What finds names that no list holds: the shipped model, an installed one, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.errors import KGError, UnknownName
from kg.extract.recogniser import Installed, Recogniser, Shipped, named

# Invented: no vocabulary and no corpus holds it.
INVENTED = "Zorblatt-Quimby syndrome"


@pytest.fixture(scope="module")
def hybrid() -> Recogniser:
    """The shipped models, loaded once."""
    return named("hybrid")


def _texts(recogniser: Recogniser, sentence: str, type_: str) -> list[str]:
    (spans,) = recogniser.spans([sentence], type_)
    return [sentence[span.start : span.end] for span in spans]


def test_the_shipped_model_finds_a_disease_that_was_invented(hybrid: Recogniser) -> None:
    """A name that stands in no list is found by how it is written and where it stands."""
    assert _texts(hybrid, f"We treated three patients with {INVENTED} and severe nephritis.", "disease") == [
        INVENTED,
        "nephritis",
    ]


def test_a_sentence_without_names_has_none(hybrid: Recogniser) -> None:
    """Words of method and of time are no disease."""
    assert _texts(hybrid, "Written consent was obtained from all participants in May.", "disease") == []


def test_offsets_are_code_points(hybrid: Recogniser) -> None:
    """Signs of several bytes before a name move nothing: each span is the text between its offsets."""
    plain = f"The man with {INVENTED} recovered."
    prefix = "Naïve β-cells (≥ 5 µg, 𝛼𝛽): "
    (here,), (there,) = hybrid.spans([plain], "disease")[0], hybrid.spans([prefix + plain], "disease")[0]
    assert (there.start, there.end) == (here.start + len(prefix), here.end + len(prefix))


def test_a_batch_finds_what_its_sentences_find_alone(hybrid: Recogniser) -> None:
    """What stands beside a sentence in a batch changes nothing, and the order of answers is that of the sentences."""
    sentences = [
        f"A case of {INVENTED}.",
        "",
        "No names here.",
        "Lupus nephritis relapsed.",
        "Fever and rash occurred.",
    ]
    together = hybrid.spans(sentences, "disease")
    assert together == tuple(hybrid.spans([sentence], "disease")[0] for sentence in sentences)
    assert together[0]
    assert together[1] == ()


def test_two_loads_find_the_same() -> None:
    """A model loaded anew has the same digest and finds the same spans."""
    sentences = ["Two had interstitial pneumonitis; one had macrophage activation syndrome."]
    one, other = named("hybrid"), named("hybrid")
    assert one.digest == other.digest
    assert one.spans(sentences, "disease") == other.spans(sentences, "disease") != ((),)


def test_a_very_long_sentence_is_read_to_its_end(hybrid: Recogniser) -> None:
    """A sentence longer than a model bears is cut at blanks; a name behind the cut keeps its offsets."""
    text = "and the value was 5 " * 2_000 + f"in patients with {INVENTED}."
    spans = hybrid.spans([text], "disease")[0]
    assert text[spans[-1].start : spans[-1].end] == INVENTED


@pytest.mark.parametrize("text", ["", " ", "\n", "?!", "𝛼", "x" * 50_000])
def test_odd_sentences_break_nothing(hybrid: Recogniser, text: str) -> None:
    """Nothing, blanks, signs and a word without end are read like any other sentence."""
    for type_ in hybrid.types:
        (spans,) = hybrid.spans([text], type_)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_type_without_a_model_has_no_names(hybrid: Recogniser) -> None:
    """A type nobody trained for is answered with nothing, sentence by sentence."""
    assert hybrid.spans(["Rituximab.", "Anakinra."], "therapy") == ((), ())


def test_the_shipped_models_stay_small(hybrid: Recogniser) -> None:
    """All models together take no more than 15 MB, as the wheel carries them."""
    folder = resources.folder("ontologies") / "recogniser"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert 0 < size <= 15_000_000


def test_changed_parameters_change_the_digest(tmp_path: Path) -> None:
    """A model with another byte is another model."""
    (tmp_path / "disease").mkdir()
    (tmp_path / "disease" / "meta.json").write_text("{}")
    before = Shipped(tmp_path).digest
    (tmp_path / "disease" / "meta.json").write_text("{ }")
    assert Shipped(tmp_path).digest != before


def test_lexicon_recognises_nothing() -> None:
    """The name `lexicon` leaves all finding to the vocabulary."""
    nothing = named("lexicon")
    assert nothing.types == ()
    assert nothing.spans([f"A case of {INVENTED}."], "disease") == ((),)


@pytest.mark.parametrize("name", ["", "Hybrid", "scispacy", "scispacy:", "bert"])
def test_an_unknown_name_lists_the_known(name: str) -> None:
    """A recogniser that is none is an error that says which there are."""
    with pytest.raises(UnknownName, match="hybrid, lexicon, scispacy:MODEL"):
        named(name)


@pytest.mark.parametrize("package", ["en_core_nowhere_md", "../models", "a.b", "os; x"])
def test_a_model_that_is_not_installed_is_told_by_name(package: str) -> None:
    """A missing model, or what cannot be one, is named with what to do; nothing is fetched or imported."""
    with pytest.raises(KGError, match="expected an installed spaCy model") as caught:
        named(f"scispacy:{package}")
    assert package in str(caught.value)


def test_a_package_that_is_no_model_is_told_so() -> None:
    """A package that is installed but cannot load a pipeline is refused when it is first asked."""
    with pytest.raises(KGError, match="got a package without load"):
        named("scispacy:click").spans(["Lupus."], "disease")


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
    found = {type_: [text[s.start : s.end] for s in model.spans([text], type_)[0]] for type_ in model.types}
    assert found == {"disease": ["lupus", "fever"], "target": ["CD19"]}
    assert len(model.digest) == 64
