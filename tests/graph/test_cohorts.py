"""Whose patients are counted: one cohort told twice is one."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kg.graph.cohorts import Cohorts, same_author
from kg.graph.references import Citations
from kg.model import Annotation, Document, Evidence, Grade, Ids, Reference, Statement, Tagged

CD19, SLE, SSC = "HGNC:1633", "MONDO:0007915", "MONDO:0005100"


def told(pmid: str, *, author: str, treated: int = 5, disease: str = SLE, cites: str = "", **more: Any) -> Annotation:
    """A paper by this author on so many patients, that cites another."""
    references = (Reference(number=1, citation="x", start=0, end=1, ids=Ids(pmid=cites)),) if cites else ()
    document = Document(
        id=f"PMID:{pmid}",
        ids=Ids(pmid=pmid),
        title="T",
        text="T",
        sections=(),
        format="x",
        sha256="0",
        authors=(author, "Other B"),
        references=references,
    )
    fields: dict[str, Any] = {"cohort": document.id, "role": "primary_result"} | more
    evidence = Evidence(
        document=document.id,
        section="title",
        quote="T",
        start=0,
        end=1,
        grade=Grade.SENTENCE_ASSERTION,
        method="m",
        treated=treated,
        **fields,
    )
    statement = Statement(subject=CD19, predicate="kg:target_tried_in", object=disease, evidence=(evidence,))
    tagged = Tagged(document=document, sentences=(), abbreviations=(), groundings=())
    return Annotation(tagged=tagged, statements=(statement,))


def resolved(*annotations: Annotation) -> list[str]:
    citations = Citations()
    for annotation in annotations:
        citations.add(annotation.document)
    cohorts = Cohorts(citations)
    for annotation in annotations:
        cohorts.add(annotation)
    return [cohorts.resolve(str(item.statements[0].evidence[0].cohort)) for item in annotations]


def test_a_paper_and_its_longer_follow_up_are_one_cohort() -> None:
    """The second cites the first, and has its first author, disease, target and number; in any order of reading."""
    papers = (told("1", author="Doe J"), told("2", author="Doe, Jane", cites="1"))
    for order in permutations(papers):
        assert resolved(*order) == ["PMID:1", "PMID:1"]


@pytest.mark.parametrize(
    "other",
    [
        {"author": "Roe R", "cites": "1"},
        {"author": "Doe J", "cites": ""},
        {"author": "Doe J", "cites": "1", "treated": 6},
        {"author": "Doe J", "cites": "1", "disease": SSC},
    ],
    ids=["another author", "no citation", "another number", "another disease"],
)
def test_otherwise_they_are_two(other: dict[str, Any]) -> None:
    """All four have to agree."""
    assert resolved(told("1", author="Doe J"), told("2", **other)) == ["PMID:1", "PMID:2"]


def test_reports_of_one_trial_are_one_cohort() -> None:
    """Whoever wrote them, however many they count; its name is the trial's."""
    trial: Any = {"trials": ("NCT00000001",), "cohort": "NCT:NCT00000001"}
    papers = (told("1", author="Doe J", **trial), told("2", author="Roe R", treated=9, **trial))
    assert resolved(*papers) == ["NCT:NCT00000001"] * 2


def test_a_pooled_analysis_joins_its_trials() -> None:
    """So that its patients are not counted beside theirs: the total may be too small, never too large."""
    one: Any = {"trials": ("NCT00000001",), "cohort": "NCT:NCT00000001"}
    two: Any = {"trials": ("NCT00000002",), "cohort": "NCT:NCT00000002"}
    pooled: Any = {"trials": ("NCT00000001", "NCT00000002"), "cohort": "PMID:3"}
    papers = (told("1", author="A A", **one), told("2", author="B B", **two), told("3", author="C C", **pooled))
    assert resolved(*papers) == ["NCT:NCT00000001"] * 3


def test_initials_have_to_agree() -> None:
    """A shared surname alone is not a person; a middle initial may be left out."""
    assert same_author("van der Berg AB", "van der Berg A")
    assert not same_author("Wang X", "Wang Y")
