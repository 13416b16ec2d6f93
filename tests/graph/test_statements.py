"""One node for a statement, whoever says it; a shortcut only for what is well said."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import BadGraph
from kg.graph._rdf import node
from kg.graph.references import Citations
from kg.graph.statements import Statements
from kg.model import Annotation, Document, Evidence, Grade, Ids, Reference, Statement, Tagged

TRIPLE = ("HGNC:1633", "kg:target_tried_in", "MONDO:0005100")


def said(
    pmid: str = "1", *, grade: Grade = Grade.SENTENCE_ASSERTION, negated: bool = False, status: Any = (), **more: Any
) -> Annotation:
    document = Document(
        id=f"PMID:{pmid}", ids=Ids(pmid=pmid), title="T", text="T", sections=(), format="x", sha256="0", status=status
    )
    evidence = Evidence(
        document=document.id, section="title", quote="T", start=0, end=1, grade=grade, method="m", **more
    )
    subject, predicate, object_ = TRIPLE
    statement = Statement(subject=subject, predicate=predicate, object=object_, negated=negated, evidence=(evidence,))
    tagged = Tagged(document=document, sentences=(), abbreviations=(), groundings=())
    return Annotation(tagged=tagged, statements=(statement,))


def graph(*annotations: Annotation) -> list[Triple]:
    statements = Statements(Citations())
    streamed = [triple for annotation in annotations for triple in statements.add(annotation)]
    return streamed + list(statements.triples())


def objects(triples: list[Triple], predicate: str) -> set[NamedNode | Literal]:
    return {t.object for t in triples if t.predicate == node(predicate) and isinstance(t.object, NamedNode | Literal)}


def test_a_statement_of_two_papers_is_one_node_with_both_evidences() -> None:
    """Its best grade is the better of the two, and it counts both papers."""
    found = graph(said("1", grade=Grade.DOCUMENT_CO_MENTION), said("2", grade=Grade.DOCUMENT_ASSERTION))
    assert len({t.subject for t in found if t.predicate == node("biolink:has_evidence")}) == 1
    assert len(objects(found, "biolink:has_evidence")) == 2
    assert objects(found, "kg:best_grade") == {node("kg:DocumentAssertion")}
    assert objects(found, "kg:documents_count") == {Literal(2)}


def test_the_same_passage_told_twice_is_one_evidence() -> None:
    """A paper that gives the same statement and passage twice counts once."""
    one = said()
    twice = msgspec.structs.replace(one, statements=one.statements * 2)
    assert set(graph(twice)) == set(graph(one))
    assert len(graph(twice)) == len(graph(one))


def test_what_is_denied_is_another_statement() -> None:
    """The negated statement has its own node."""
    found = graph(said("1"), said("2", negated=True))
    assert len({t.subject for t in found if t.predicate == node("biolink:negated")}) == 2


@pytest.mark.parametrize(
    ("annotation", "earned"),
    [
        (said(), True),
        (said(grade=Grade.DOCUMENT_ASSERTION), True),
        (said(grade=Grade.SENTENCE_CO_MENTION), False),
        (said(grade=Grade.REFERENCE_TITLE), False),
        (said(negated=True), False),
        (said(hypothetical=True), False),
        (said(direction="refutes"), False),
        (said(status=("retracted",)), False),
        (said(status=("corrected",)), True),
    ],
)
def test_shortcuts_are_earned(annotation: Annotation, earned: bool) -> None:
    """Only a supporting, not hypothetical passage of grade 1 or 2 in a standing paper makes a plain triple."""
    plain = Triple(node(TRIPLE[0]), node(TRIPLE[1]), node(TRIPLE[2]))
    found = graph(annotation)
    assert (plain in found) is earned
    assert objects(found, "kg:shortcut") == {Literal(earned)}


def test_one_good_passage_is_enough() -> None:
    """A retracted paper does not take away what another says."""
    assert objects(graph(said("1", status=("retracted",)), said("2")), "kg:shortcut") == {Literal(True)}


def test_evidence_of_another_paper_is_refused() -> None:
    """Offsets into another text would point nowhere."""
    mixed = msgspec.structs.replace(said("1"), statements=said("2").statements)
    with pytest.raises(BadGraph, match="PMID:2"):
        graph(mixed)


def test_numbers_that_are_zero_are_told() -> None:
    """No event in 8 patients is n = 0, not a missing number."""
    found = graph(said(n=0, total=8))
    assert objects(found, "kg:n") == {Literal(0)}
    assert objects(found, "kg:total") == {Literal(8)}
    assert objects(found, "kg:percent") == set()


def test_patients_are_counted_with_their_units() -> None:
    """Months and days as decimals, trials as the registry's IRIs; what is not told is not there."""
    found = graph(
        said(treated=6, responders=4, evaluable=5, follow_up=7.5, onset=2.0, trials=("NCT00000001",), cohort="PMID:1")
    )
    assert objects(found, "kg:treated") == {Literal(6)}
    assert objects(found, "kg:responders") == {Literal(4)}
    assert objects(found, "kg:evaluable") == {Literal(5)}
    assert objects(found, "kg:follow_up_months") == {Literal("7.5", datatype=node("xsd:decimal"))}
    assert objects(found, "kg:onset_days") == {Literal("2", datatype=node("xsd:decimal"))}
    assert objects(found, "kg:trial") == {NamedNode("https://identifiers.org/clinicaltrials:NCT00000001")}
    assert objects(found, "kg:cohort") == {node("NCT:NCT00000001")}
    assert not objects(found, "kg:species") | objects(found, "kg:model") | objects(found, "kg:efficacy")


def test_a_mouse_has_a_species_and_a_strain() -> None:
    """Both as text."""
    found = graph(said(setting="preclinical_in_vivo", species="mouse", model="MRL/lpr"))
    assert objects(found, "kg:species") == {Literal("mouse")}
    assert objects(found, "kg:model") == {Literal("MRL/lpr")}


def test_what_had_been_tried_before_earns_no_shortcut() -> None:
    """ "Previously failed rituximab" is told, and told as history."""
    found = graph(said(historical=True))
    assert objects(found, "kg:shortcut") == {Literal(False)}
    assert objects(found, "kg:historical") == {Literal(True)}


@pytest.mark.parametrize("wrong", [{"responders": 6, "evaluable": 5}, {"follow_up": -1.0}, {"onset": -0.5}])
def test_impossible_numbers_are_refused(wrong: dict[str, Any]) -> None:
    """Evidence checks itself at birth."""
    with pytest.raises(ValueError, match="PMID:1"):
        said(**wrong)


def citing(pmid: str, cited: str, *, title: str = "T") -> Annotation:
    """A paper that says nothing itself and whose reference list has a title that does."""
    citation = f"Doe J. {title}. 2020."
    start = citation.index(title)
    reference = Reference(number=1, citation=citation, start=0, end=len(citation), ids=Ids(pmid=cited))
    document = Document(
        id=f"PMID:{pmid}",
        ids=Ids(pmid=pmid),
        title="R",
        text=citation,
        sections=(),
        format="x",
        sha256="0",
        references=(reference,),
    )
    evidence = Evidence(
        document=document.id,
        section="reference",
        quote=title,
        start=start,
        end=start + len(title),
        grade=Grade.REFERENCE_TITLE,
        method="m",
    )
    subject, predicate, object_ = TRIPLE
    statement = Statement(subject=subject, predicate=predicate, object=object_, evidence=(evidence,))
    return Annotation(
        tagged=Tagged(document=document, sentences=(), abbreviations=(), groundings=()), statements=(statement,)
    )


def whole(*annotations: Annotation, retracted: tuple[str, ...] = ()) -> list[Triple]:
    """The statements' part of the graph, with the citations of its documents."""
    citations = Citations(retracted=retracted)
    for annotation in annotations:
        citations.add(annotation.document)
    statements = Statements(citations)
    streamed = [triple for annotation in annotations for triple in statements.add(annotation)]
    return streamed + list(statements.triples())


def number(triples: list[Triple], predicate: str) -> float:
    (found,) = (t.object for t in triples if t.predicate == node(predicate) and "statement" in str(t.subject))
    assert isinstance(found, Literal)
    return float(found.value)


def test_a_title_that_several_reviews_cite_counts_once() -> None:
    """Two reviews that cite one paper bring one paper and its worth; two that cite two bring two."""
    once = whole(citing("1", "900"))
    twice = whole(citing("1", "900"), citing("2", "900"))
    both = whole(citing("1", "900"), citing("2", "901"))
    assert [number(found, "kg:documents_count") for found in (once, twice, both)] == [1, 1, 2]
    assert number(once, "kg:confidence") == number(twice, "kg:confidence") < number(both, "kg:confidence")
    assert objects(twice, "kg:cited") == {node("PMID:900")}
    assert objects(twice, "kg:document") == {node("PMID:1"), node("PMID:2")}


def test_a_cited_title_is_raised_only_when_the_paper_itself_is_read() -> None:
    """Read itself, the paper gives the better grade, and is still one paper."""
    assert objects(whole(citing("1", "900")), "kg:best_grade") == {node("kg:ReferenceTitle")}
    read = whole(citing("1", "900"), said("900", role="primary_result", cohort="PMID:900"))
    assert objects(read, "kg:best_grade") == {node("kg:SentenceAssertion")}
    assert number(read, "kg:documents_count") == 1
    assert objects(read, "kg:cohort") == {node("PMID:900")}


def test_two_reports_of_one_trial_are_one_source() -> None:
    """Their cohort is the trial, and together they are worth no more than the better one."""
    trial: Any = {"role": "primary_result", "trials": ("NCT00000001",), "cohort": "NCT:NCT00000001"}
    one, two = said("1", **trial), said("2", **trial)
    other = said("3", role="primary_result", cohort="PMID:3")
    assert number(whole(one, two), "kg:confidence") == number(whole(one), "kg:confidence")
    assert number(whole(one, two), "kg:documents_count") == 2
    assert number(whole(one, other), "kg:confidence") > number(whole(one), "kg:confidence")


def test_what_many_reviews_retell_is_one_source() -> None:
    """A second review adds nothing to the first."""
    reviews = [said(str(pmid), role="review_synthesis") for pmid in range(1, 5)]
    assert number(whole(*reviews), "kg:confidence") == number(whole(reviews[0]), "kg:confidence")


def test_the_confidence_of_retracted_papers_is_zero() -> None:
    """The statement stays visible; its evidence says why it is worth nothing."""
    found = whole(said("1", status=("retracted",)))
    assert number(found, "kg:confidence") == 0
    assert objects(found, "kg:retracted") == {Literal(True)}
    cited = whole(citing("1", "900"), retracted=("PMID:900",))
    assert number(cited, "kg:confidence") == 0
    assert objects(cited, "kg:retracted") == {Literal(True)}
