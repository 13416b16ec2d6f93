"""Evidence: quotes are the stored text, the best is kept, reference titles stay what they are."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.assemble import Draft, Passage, assemble
from kg.model import Annotation, Document, Ids, Reference, Section
from tests.marked import annotate, annotator

_TITLE = "Rituximab in systemic sclerosis"
_CITATION = f"Doe J. (2020). {_TITLE}. J Made Up 1, 2."


def _with_reference(abstract: str) -> Annotation:
    start = _CITATION.index(_TITLE)
    cited = Reference(
        number=1,
        citation=_CITATION,
        start=0,
        end=len(_CITATION),
        title=_TITLE,
        title_start=start,
        title_end=start + len(_TITLE),
        ids=Ids(pmid="77"),
    )
    draft = Draft(
        format="test", sha256="0" * 64, title="A review", abstract=(Passage("", abstract),), references=(cited,)
    )
    return annotator().annotate(assemble(draft))


def _tried(annotation: Annotation) -> dict[tuple[str, str], list[str]]:
    return {
        (s.subject, s.object): [item.grade.value for item in s.evidence]
        for s in annotation.statements
        if s.predicate == "kg:target_tried_in"
    }


def test_a_reference_title_is_never_raised() -> None:
    """What only a cited title says has the lowest grade and names the paper that says it."""
    annotation = _with_reference("We review much.")
    assert _tried(annotation) == {("HGNC:7315", "MONDO:0005100"): ["ReferenceTitle"]}
    statement = next(s for s in annotation.statements if s.predicate == "kg:target_tried_in")
    assert statement.evidence[0].cited == "PMID:77"


def test_own_words_and_a_cited_title_stand_side_by_side() -> None:
    """The record's own sentence comes first, the title stays beside it."""
    annotation = _with_reference("Rituximab was given to patients with systemic sclerosis.")
    assert _tried(annotation) == {("HGNC:7315", "MONDO:0005100"): ["SentenceAssertion", "ReferenceTitle"]}


def test_what_a_sentence_says_needs_no_lesser_evidence() -> None:
    """With a sentence that says it outright, the one that needs the title is left out."""
    found = _tried(annotate("All patients received rituximab.", title="Rituximab in SSc"))
    assert found == {("HGNC:7315", "MONDO:0005100"): ["SentenceAssertion"]}


def test_a_pair_keeps_its_best_passage() -> None:
    """Of several sentences that say it outright, only the one that is no hypothesis and gives numbers is kept."""
    found = annotate(
        "Rituximab may help in SSc. Rituximab is used in SSc. Rituximab was given to 5 patients with SSc.",
        types=("Case Reports",),
    )
    statements = [s for s in found.statements if s.predicate == "kg:target_tried_in"]
    assert [[item.n for item in s.evidence] for s in statements] == [[5]]
    assert len([s for s in found.statements if (s.subject, s.object) == ("DRUGBANK:DB00073", "MONDO:0005100")]) == 2


def test_each_of_several_diseases_takes_its_own_number() -> None:
    """ "Five with SLE and two with SSc": nobody counts the sum for one of them."""
    found = annotate(
        "Five patients with SLE, two with SSc and others with rheumatoid arthritis were treated with rituximab."
    )
    tried = {s.object: s.evidence[0].n for s in found.statements if s.predicate == "kg:target_tried_in"}
    assert (tried["MONDO:0007915"], tried["MONDO:0005100"]) == (5, 2)


def test_a_cited_title_alone_is_a_reference_title() -> None:
    """A record known only by its citation says no more than a cited title does, and is itself what is cited."""
    draft = Draft(format="test", sha256="0" * 64, title="A review", references=(), abstract=())
    document = assemble(draft)
    text = f"A review\n{_TITLE}"
    bare = msgspec.structs.replace(
        document,
        text=text,
        sections=(*document.sections, Section(kind="reference", start=9, end=len(text), label="1")),
    )
    statement = next(s for s in annotator().annotate(bare).statements if s.predicate == "kg:target_tried_in")
    assert [(item.grade.value, item.cited) for item in statement.evidence] == [("ReferenceTitle", bare.id)]


@pytest.mark.parametrize("kind", ["Retraction of Publication", "Published Erratum", "Expression of Concern"])
def test_a_notice_states_nothing(kind: str) -> None:
    """What the title of a notice names, another paper said."""
    assert annotate("Rituximab was given in SSc.", title="Rituximab in SSc", types=(kind,)).statements == ()


def test_a_drug_is_named_where_it_stands_for_its_target() -> None:
    """`via` says through which therapy a target is meant."""
    statements = annotate("Rituximab was given to patients with SSc.").statements
    assert next(s for s in statements if s.predicate == "kg:target_tried_in").evidence[0].via == ("DRUGBANK:DB00073",)


_WORDS = [
    "Rituximab",
    "CD19 CAR-T cells",
    "in",
    "patients with",
    "SSc",
    "SLE",
    "ICANS",
    "no",
    "occurred",
    "in 2 of 5",
    ".",
    "These diseases",
    "β",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25))
def test_quotes_and_antecedents_are_the_text_at_their_offsets(words: list[str]) -> None:
    """Of any order of words: quotes and antecedents are the substrings they claim to be (as `kg check` asks)."""
    annotation = annotate(" ".join(words), title="SSc and SLE")
    document: Document = annotation.document
    keys = [statement.key for statement in annotation.statements]
    assert keys == sorted(keys)
    for statement in annotation.statements:
        for item in statement.evidence:
            assert document.text[item.start : item.end] == item.quote
            if item.antecedent is not None and item.antecedent_start is not None:
                assert document.text[item.antecedent_start : item.antecedent_end] == item.antecedent
