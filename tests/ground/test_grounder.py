"""The order of decision, over the shipped vocabulary: full names, definitions, shared names, reasons."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Grounding
from tests.marked import annotate


def _first(text: str, words: str) -> Grounding:
    return next(g for g in annotate(text).tagged.groundings if g.mention.text == words)


def test_every_grounding_says_why() -> None:
    """Chosen or not, no reason is empty."""
    text = "Systemic sclerosis (SSc), RA and CD19 CAR-T cells: ICANS, CRS and the AAV vector."
    assert all(grounding.reason for grounding in annotate(text).tagged.groundings)


def test_a_label_is_surer_than_a_synonym() -> None:
    """A term under its own label has score 1."""
    assert _first("rituximab and MabThera", "rituximab").score > _first("rituximab and MabThera", "MabThera").score


def test_a_long_form_cut_short_is_read_whole() -> None:
    """Letters alone would define AAV as "antibody-associated vasculitis", which nobody knows."""
    text = "Anti-neutrophil cytoplasmic antibody-associated vasculitis (AAV) is rare. AAV relapses."
    assert {g.term for g in annotate(text).tagged.groundings} == {"MONDO:0015492"}


def test_a_definition_reaches_the_keywords_and_the_title() -> None:
    """It holds for the whole record, also before the place where it stands."""
    found = annotate("Antisynthetase syndrome (ASS) was seen.", title="Outcomes of ASS").tagged.groundings
    assert [g.term for g in found if g.mention.text == "ASS"] == ["MONDO:0019344"] * 2


def test_cross_references_come_along() -> None:
    """A grounded mention carries its term's other IDs."""
    assert "MESH:D012595" in _first("SSc (systemic sclerosis)", "SSc").xrefs


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["SSc", "(", ")", "RA", ",", ".", "CD19", "CAR-T cells", "β", "no", " ", "anti-", "\n"]),
        max_size=25,
    )
)
def test_spans_hold_in_any_order_of_words(words: list[str]) -> None:
    """Each mention's text is the text at its offsets, inside of the sentence that it names."""
    text = " ".join(words)
    if not text.strip():
        return
    tagged = annotate(text).tagged
    for grounding in tagged.groundings:
        mention = grounding.mention
        sentence = tagged.sentences[mention.sentence]
        assert tagged.document.text[mention.start : mention.end] == mention.text
        assert sentence.start <= mention.start < mention.end <= sentence.end


def test_a_short_form_of_a_kind_of_disease_means_the_disease() -> None:
    """The vocabulary has neither; a short form that it has goes by its own readings."""
    text = "Refractory inflammatory erosive lupus nephritis (RIELN) is rare. RIELN relapses."
    assert [g.term for g in annotate(text).tagged.groundings if g.mention.text == "RIELN"] == ["MONDO:0005556"] * 2
    text = "Antineutrophil cytoplasmic antibodies-associated vasculitis (AAV) is rare. AAV relapses."
    assert {g.term for g in annotate(text).tagged.groundings} == {"MONDO:0015492"}
    text = "Patients without any history of lupus nephritis (PWHLN) came. PWHLN"
    assert not [g for g in annotate(text).tagged.groundings if g.mention.text == "PWHLN"]


def test_what_the_title_names_and_the_text_lays_at_a_therapys_door_is_its_harm() -> None:
    """At all its places."""
    found = annotate(
        "Guillain-Barré syndrome (GBS) induced by rituximab is rare. GBS was seen in 3 patients on rituximab.",
        title="Guillain-Barré syndrome in patients treated with rituximab",
    ).tagged.groundings
    types = [g.mention.type for g in found if g.mention.text in ("GBS", "Guillain-Barré syndrome")]
    assert len(types) >= 3
    assert set(types) == {"adverse_event"}


def test_side_effects_are_harm_where_no_therapy_is_named() -> None:
    """The word says so; toxicity may be a chemical's."""
    found = annotate("No side effects were seen in lupus.").tagged.groundings
    assert [g.mention.type for g in found if g.mention.text == "side effects"] == ["adverse_event"]
