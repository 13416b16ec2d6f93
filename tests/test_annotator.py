"""The annotator as a whole: determinism, its key, odd input, and the real page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.annotator import Annotator
from kg.config import Config
from kg.lexicon import Lexicon
from kg.model import Annotation, Document
from tests.marked import annotate, annotator

_SIX = {
    "MONDO:0007915": "SLE",
    "MONDO:0008383": "RA",
    "MONDO:0010030": "SS",
    "MONDO:0005100": "SSc",
    "MONDO:0019344": "ASS",
    "MONDO:0015492": "AAV",
}


def test_the_same_document_gives_the_same_annotation() -> None:
    """Also from another annotator of the same vocabulary."""
    document = annotate("CD19 CAR-T cells in SSc: CRS in 2 of 5.").document
    assert annotator().annotate(document) == Annotator.open().annotate(document)


def test_the_key_follows_the_vocabulary() -> None:
    """A graph is annotated anew when the vocabulary changed, and not when it did not."""
    assert Annotator.open().key == annotator().key
    assert Annotator(Lexicon([])).key != annotator().key


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_annotated(text: str) -> None:
    """No text at all raises; what is found stands where it says."""
    if not text.strip():
        return
    annotation = annotator().annotate_text(text)
    for grounding in annotation.tagged.groundings:
        mention = grounding.mention
        assert annotation.document.text[mention.start : mention.end] == mention.text


def test_a_text_of_your_own_needs_no_title() -> None:
    """Offsets count in the text as given."""
    found = annotator().annotate_text("SSc")
    assert found.document.text == "SSc"
    assert found.tagged.groundings[0].mention.start == 0


@pytest.fixture(scope="module")
def page(shared: Path) -> Annotation:
    """The one real page among the seeds, read and annotated."""
    (document,) = [
        record for _, record in pipeline.read([str(shared / "seeds")], config=Config()) if isinstance(record, Document)
    ]
    return annotator().annotate(document)


def _places(page: Annotation, term: str) -> set[str]:
    return {g.mention.section for g in page.tagged.groundings if g.term == term}


def test_page_grounds_each_disease_in_each_of_its_forms(page: Annotation) -> None:
    """Long and short forms have one ID; the short form's reason names the long form in the document."""
    for term, short in _SIX.items():
        (found,) = {
            g.term for g in page.tagged.groundings if g.mention.text == short and g.mention.section == "abstract"
        }
        assert found == term
        assert all(
            g.reason.startswith("long form in document: ") for g in page.tagged.groundings if g.mention.text == short
        )


@pytest.mark.parametrize(
    ("term", "sections"),
    [
        ("MONDO:0007915", {"abstract", "keywords", "reference"}),
        ("MONDO:0008383", {"abstract", "keywords"}),
        ("MONDO:0010030", {"abstract", "keywords"}),
        ("MONDO:0005100", {"abstract", "keywords"}),
        ("MONDO:0019344", {"abstract"}),
        ("MONDO:0015492", {"abstract", "keywords"}),
        ("MONDO:0600023", {"keywords"}),
        ("MONDO:0007179", {"abstract", "keywords", "figure", "reference"}),
        ("MONDO:0044881", {"abstract"}),
        ("MONDO:0005109", {"reference"}),
        ("MONDO:0009693", {"reference"}),
        ("HGNC:1633", {"abstract"}),
        ("HGNC:7315", {"abstract"}),
        ("HGNC:11913", {"abstract"}),
        ("cartkg:car-t", {"title", "abstract", "keywords", "figure", "reference"}),
        ("cartkg:severe-adverse-event", {"abstract"}),
    ],
)
def test_page_finds_each_term_wherever_it_stands(page: Annotation, term: str, sections: set[str]) -> None:
    """Title, abstract, keywords, legends and reference titles alike."""
    assert _places(page, term) == sections


def test_page_tells_harm_from_disease(page: Annotation) -> None:
    """Infections after CAR-T are a harm; osteoporosis in rheumatic diseases is a disease."""
    types = {(g.mention.text, g.mention.type) for g in page.tagged.groundings}
    assert ("Infections", "adverse_event") in types
    assert ("Osteoporosis", "disease") in types


def test_page_finds_nothing_among_authors_and_journals(page: Annotation) -> None:
    """Of a reference only its title is read."""
    titles = [(r.title_start, r.title_end) for r in page.document.references]
    for grounding in page.tagged.groundings:
        if grounding.mention.section == "reference":
            assert any(a <= grounding.mention.start and grounding.mention.end <= b for a, b in titles)


def test_page_answers_which_targets_were_tried(page: Annotation) -> None:
    """CD19, CD20 and BCMA in each of the six diseases, resolved in the document, with sentence and antecedent."""
    tried = {(s.subject, s.object): s for s in page.statements if s.predicate == "kg:target_tried_in"}
    for disease in _SIX:
        for target in ("HGNC:1633", "HGNC:7315", "HGNC:11913"):
            statement = tried[target, disease]
            (item,) = statement.evidence
            assert not statement.negated
            assert not item.hypothetical
            assert item.grade == "DocumentAssertion"
            assert item.quote.startswith("Current targets under investigation for the treatment of these conditions")
            assert item.antecedent is not None
            assert page.document.text[item.antecedent_start : item.antecedent_end] == item.antecedent
            assert "systemic sclerosis (SSc)" in item.antecedent


def test_page_tries_no_target_in_multiple_myeloma(page: Annotation) -> None:
    """The reference's title speaks of CAR-T and of infections, of no target."""
    of_myeloma = [s for s in page.statements if s.object == "MONDO:0009693" and "occurs" not in s.predicate]
    assert {s.predicate for s in of_myeloma} == {"biolink:treats_or_applied_or_studied_to_treat"}
    assert {item.grade.value for s in of_myeloma for item in s.evidence} == {"ReferenceTitle"}


def test_page_states_infection_as_a_harm_seen_in_a_title_only(page: Annotation) -> None:
    """Graded as the title of a cited paper, with the disease of its patients."""
    (found,) = [
        s for s in page.statements if s.object == "MONDO:0005550" and s.predicate == "biolink:has_adverse_event"
    ]
    (item,) = found.evidence
    assert (found.subject, item.grade, item.cited) == ("cartkg:car-t", "ReferenceTitle", "DOI:10.1002/cam4.7372")
    assert item.context_disease == "MONDO:0009693"


def test_annotating_loads_no_spacy() -> None:
    """spaCy takes seconds to import; only its component and its models need it."""
    code = (
        "import sys; from kg.annotator import Annotator; "
        "Annotator.open('overlay', recogniser='lexicon').annotate_text('SSc (systemic sclerosis) got rituximab.'); "
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_findings_are_told_apart_in_records_on_autoimmune_diseases() -> None:
    """By the same words a record on another disease is read as literature in general is."""
    annotator = Annotator.open("full", recogniser="lexicon")

    def types(text: str) -> dict[str, str]:
        return {g.mention.text: g.mention.type for g in annotator.annotate_text(text).tagged.groundings}

    told = types("Fatigue and lung damage in multiple sclerosis; psoriatic and hypertensive patients.")
    assert told == {"Fatigue": "phenotype", "multiple sclerosis": "disease"}
    assert types("Fatigue in breast cancer; hypertensive patients.") == {
        "Fatigue": "disease",
        "breast cancer": "disease",
        "hypertensive": "disease",
    }


@pytest.mark.parametrize(
    ("then", "type_"),
    [
        ("Two developed fever.", "adverse_event"),
        ("Fever occurred in 3 patients.", "adverse_event"),
        ("Two had fever at baseline.", "phenotype"),
        ("Fever is common.", "phenotype"),
    ],
)
def test_a_finding_counted_after_a_therapy_was_given_is_its_harm(then: str, type_: str) -> None:
    """The therapy stands in the sentence before; what was there at baseline is none of it."""
    found = Annotator.open("full", recogniser="lexicon").annotate_text(
        f"Five patients with SSc received CD19 CAR-T cells. {then}"
    )
    told = {g.mention.text.lower(): g.mention.type for g in found.tagged.groundings}
    assert told["fever"] == type_


_OPEN = """
import sys
from kg.annotator import Annotator
from kg.documents.assemble import Draft, Passage, assemble
annotator = Annotator.open("overlay", recogniser="lexicon")
document = assemble(Draft(format="text", sha256="", abstract=(Passage("", "Rituximab in SSc."),), newline=False))
annotator.tag(document)
print("kg.relate.tried_in" in sys.modules, bool(annotator.annotate(document).statements))
"""


def test_tagging_loads_nothing_that_finds_statements() -> None:
    """Their patterns take longer to compile than all else; the first statements bring them."""
    done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
