"""The annotator as a spaCy component."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.spacy_pipe import blank


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A blank English pipeline with the component."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("cartkg")
    return pipeline


def test_entities_carry_their_ids(nlp: Language) -> None:
    """The outer ones in `ents`, with type and ID."""
    doc = nlp("CD19 CAR-T cells in SSc.")
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("CD19 CAR-T cells", "therapy", "cartkg:car-t-cd19"),
        ("SSc", "disease", "MONDO:0005100"),
    ]


def test_nested_mentions_are_in_the_span_group(nlp: Language) -> None:
    """`ents` cannot overlap; the group holds the target inside too, with score and reason."""
    doc = nlp("CD19 CAR-T cells in SSc.")
    assert [span.text for span in doc.spans["cartkg"]] == ["CD19 CAR-T cells", "CD19", "SSc"]
    assert doc.spans["cartkg"][1]._.cartkg.reason
    assert doc._.cartkg.statements


def test_offsets_hold_behind_non_ascii_text(nlp: Language) -> None:
    """Code points are spaCy's offsets too."""
    text = "🧬 “β-cells” — Sjögren’s disease"
    (ent,) = nlp(text).ents
    assert (text[ent.start_char : ent.end_char], ent.kb_id_) == ("Sjögren’s disease", "MONDO:0010030")


def test_many_texts_and_an_empty_one_go_through_pipe(nlp: Language) -> None:
    """An empty text has no entities and no annotation."""
    docs = list(nlp.pipe(["SSc", "", "  ", "SLE and RA synovitis"]))
    assert [len(doc.ents) for doc in docs[:3]] == [1, 0, 0]
    assert docs[1]._.cartkg is None
    assert docs[3].ents[0].kb_id_ == "MONDO:0007915"


def test_entities_of_other_components_are_kept() -> None:
    """An entity that somebody else set stays where ours do not overlap with a longer one."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler", config={}).add_patterns([{"label": "CITY", "pattern": "Bern"}])  # type: ignore[attr-defined]
    pipeline.add_pipe("cartkg")
    assert [ent.label_ for ent in pipeline("SSc in Bern").ents] == ["disease", "CITY"]


def test_a_saved_pipeline_loads_again(nlp: Language, tmp_path: Path) -> None:
    """To disk, to bytes, and back."""
    nlp.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    assert [ent.kb_id_ for ent in loaded("SSc").ents] == ["MONDO:0005100"]
    again = spacy.blank("en")
    again.add_pipe("cartkg")
    assert again.from_bytes(nlp.to_bytes()).pipe_names == ["cartkg"]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("T cells (CAR-T cells) expand", "CAR-T"),
        ("anti-CD19 cells", "anti-CD19"),
        ("IL-6 rose", "IL-6"),
        ("CD19 CAR-T cells (n = 5)", "CAR-T"),
    ],
)
def test_names_are_tokens(text: str, token: str) -> None:
    """In the pipeline that is made for it hyphenated names are one token, brackets are tokens of their own."""
    assert token in [word.text for word in blank()(text)]


def test_tokens_stand_where_the_text_has_them() -> None:
    """Offsets count code points, also behind letters of several bytes."""
    text = "β-cells of Sjögren’s 🧬 (SSc)"
    for token in blank()(text):
        assert text[token.idx : token.idx + len(token)] == token.text
