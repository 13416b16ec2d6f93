"""What every named query answers on the fixture graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.query import Cell, bind, load_all, run
from tests.graph_fixture import (
    APPLIED,
    BCMA,
    CAR_T,
    CD19,
    CD19_CAR_T,
    CD20,
    CRS,
    DIFFUSE,
    HARM,
    ICANS,
    INFECTION,
    MYELOMA,
    SLE,
    SSC,
    STUDIED,
    TOGETHER,
    TRIED,
    SmallVocabulary,
    fixture_store,
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The six papers' graph."""
    return fixture_store()


def ask(store: ox.Store, query: str, columns: str, **values: str) -> list[tuple[Cell, ...]]:
    """The answer's rows, these columns of them."""
    found = load_all()[query]
    table = run(store, found, bind(found, values, SmallVocabulary()))
    picked = [table.columns.index(column) for column in columns.split()]
    return [tuple(row[i] for i in picked) for row in table.rows]


def test_targets_tried_in(store: ox.Store) -> None:
    """The best evidence first, a subclass's with it, a retracted paper's last."""
    assert ask(store, "targets-tried-in", "target disease grade document via antecedent retracted", disease="SSc") == [
        (CD19, DIFFUSE, "SentenceAssertion", "PMID:2", "CD19 CAR-T cells", None, False),
        (CD19, SSC, "DocumentAssertion", "PMID:1", None, "SSc, SLE and AAV", False),
        (CD20, SSC, "DocumentAssertion", "PMID:1", None, "SSc, SLE and AAV", False),
        (BCMA, SSC, "SentenceAssertion", "PMID:3", None, None, True),
    ]


def test_exact_leaves_subclasses_out(store: ox.Store) -> None:
    """The diffuse form's trial is not of the disease itself."""
    found = ask(store, "targets-tried-in", "disease", disease="SSc", exact="true")
    assert set(found) == {(SSC,)}


def test_a_subclass_does_not_answer_for_its_parent(store: ox.Store) -> None:
    """Asking for the diffuse form gives nothing of SSc in general."""
    assert ask(store, "targets-tried-in", "target document", disease="dcSSc") == [(CD19, "PMID:2")]


def test_min_grade_is_the_weakest_shown(store: ox.Store) -> None:
    """Only sentences that say it themselves."""
    found = ask(store, "targets-tried-in", "document grade", disease="SSc", min_grade="SentenceAssertion")
    assert found == [("PMID:2", "SentenceAssertion"), ("PMID:3", "SentenceAssertion")]


def test_another_disease_of_the_same_target_is_not_answered(store: ox.Store) -> None:
    """Multiple myeloma has the reference title and nothing of SSc or SLE."""
    found = ask(store, "targets-tried-in", "target disease grade document quote", disease="multiple myeloma")
    assert found == [(BCMA, MYELOMA, "ReferenceTitle", "PMID:5", "BCMA CAR-T in multiple myeloma")]


def test_hypothetical_comes_after_what_was_done(store: ox.Store) -> None:
    """ "Could be used" is shown, marked, behind what has the same grade and is not."""
    found = ask(store, "targets-tried-in", "target hypothetical grade", disease="autoimmune disease")
    firm = [row for row in found if row[2] == "SentenceAssertion" and row[0] != BCMA]
    assert firm == [(CD19, False, "SentenceAssertion"), (CD20, True, "SentenceAssertion")]


def test_diseases_target_tried_in(store: ox.Store) -> None:
    """By the target; BCMA's two are the weak reference title and the retracted paper."""
    found = ask(store, "diseases-target-tried-in", "disease grade retracted", target="BCMA")
    assert found == [(MYELOMA, "ReferenceTitle", False), (SSC, "SentenceAssertion", True)]


def test_therapies_tried_in(store: ox.Store) -> None:
    """A therapy that is said to be applied comes once, not once more through its target."""
    found = ask(store, "therapies-tried-in", "therapy relation disease document", disease="SSc")
    assert found == [(CD19_CAR_T, APPLIED, DIFFUSE, "PMID:2")]


def test_therapies_that_were_only_thought_of(store: ox.Store) -> None:
    """Rituximab could be used in SLE, and the row says so."""
    found = ask(store, "therapies-tried-in", "therapy_label relation hypothetical", disease="SLE")
    assert found == [("rituximab", STUDIED, True)]


def test_adverse_events_of(store: ox.Store) -> None:
    """Numbers as the text gives them, a denied event as such, and the subclass's events for the class."""
    columns = "event therapy negated n total percent max_grade disease_label grade"
    assert ask(store, "adverse-events-of", columns, therapy="CAR-T") == [
        (CRS, CD19_CAR_T, False, 3, 5, 60.0, 2, "diffuse systemic sclerosis", "SentenceAssertion"),
        (ICANS, CD19_CAR_T, True, 0, 8, None, None, "systemic lupus erythematosus", "SentenceAssertion"),
        (INFECTION, CAR_T, False, None, None, None, None, None, "ReferenceTitle"),
    ]
    assert ask(store, "adverse-events-of", "event", therapy="CAR-T", exact="yes") == [(INFECTION,)]


def test_evidence_for(store: ox.Store) -> None:
    """Every relation between two terms, or one."""
    found = ask(store, "evidence-for", "predicate object document", subject="CD19", object="SSc")
    assert found == [(TRIED, DIFFUSE, "PMID:2"), (TRIED, SSC, "PMID:1"), (TOGETHER, SSC, "DOI:10.5555/six")]
    for predicate in ("kg:target_tried_in", "target_tried_in"):
        found = ask(store, "evidence-for", "predicate", subject="CD19", object="SSc", predicate=predicate, exact="true")
        assert found == [(TRIED,)]
    assert ask(store, "evidence-for", "predicate", subject="CD19", object="SSc", predicate="tried_in") == []


def test_evidence_for_statement(store: ox.Store) -> None:
    """By the ID that other queries print."""
    ((statement,),) = ask(
        store, "evidence-for", "statement", subject="CD20", object="SLE", min_grade="SentenceAssertion"
    )
    found = ask(store, "evidence-for-statement", "document grade hypothetical start end", statement=str(statement))
    assert [row[:3] for row in found] == [
        ("PMID:5", "SentenceAssertion", True),
        ("PMID:1", "DocumentAssertion", False),
    ]
    assert found[0][3:] == (0, len("Rituximab could be used in SLE."))


def test_documents_about(store: ox.Store) -> None:
    """Papers that mention both, subclasses counted in."""
    columns = "document first_count second_count"
    assert ask(store, "documents-about", columns, first="SSc", second="CAR-T") == [("PMID:2", 2, 1), ("PMID:1", 1, 1)]
    assert ask(store, "documents-about", columns, first="SSc", second="CAR-T", exact="true") == [("PMID:1", 1, 1)]
    assert ask(store, "documents-about", columns, first="SSc", second="ICANS") == []


def test_co_mentions(store: ox.Store) -> None:
    """Whichever of the two stands first in the statement; by type if wanted."""
    found = ask(store, "co-mentions", "other grade documents", term="SSc")
    assert found == [(CAR_T, "SentenceCoMention", 1), (CD19, "SentenceCoMention", 1)]
    assert ask(store, "co-mentions", "other", term="CD19") == [(SSC,)]
    assert ask(store, "co-mentions", "other", term="SSc", type="target") == [(CD19,)]


@pytest.mark.parametrize("document", ["PMID:1", "DOI:10.5555/one", "10.5555/ONE"])
def test_document_says(store: ox.Store, document: str) -> None:
    """By any of the paper's IDs: six tried-in statements, a co-mention, a reference title's."""
    found = ask(store, "document-says", "predicate grade", document=document)
    assert found == [
        *[(TRIED, "DocumentAssertion")] * 6,
        (TOGETHER, "SentenceCoMention"),
        (HARM, "ReferenceTitle"),
    ]


def test_references_of(store: ox.Store) -> None:
    """A paper that is in the graph is described by its own record, one that is not by its citations."""
    assert ask(store, "references-of", "cited year in_graph", document="PMID:1") == [
        ("PMID:900", 2021, False),
        ("DOI:10.5555/six", 2019, True),
    ]
    cited = ask(store, "references-of", "cited journal", document="PMID:5")
    assert ("PMID:900", None) in cited
    assert [journal for name, journal in cited if str(name).startswith("reference:")] == ["Lancet"]


def test_senses_of(store: ox.Store) -> None:
    """What AAV was taken for, what it was not, and why; in any case of letters."""
    columns = "surface chosen_label rejected_label reason count"
    expected = [("AAV", "ANCA-associated vasculitis", "adeno-associated virus", "context words", 1)]
    assert ask(store, "senses-of", columns, form="aav") == expected
    abstained = ask(store, "senses-of", columns, form="AAV vector")
    assert abstained == [("AAV vector", None, "adeno-associated virus", "abstained: too close", 1)]


def test_graph_counts(store: ox.Store) -> None:
    """Papers by class, evidence by grade, statements by predicate, sources by version."""
    found = ask(store, "graph-counts", "what name count version")
    for row in (
        ("nodes", "kg:Record", 6, None),
        ("evidence", "ReferenceTitle", 2, None),
        ("statements", TOGETHER, 2, None),
        ("statements", HARM, 3, None),
        ("source", "hand-made", None, "1"),
    ):
        assert row in found


def test_sle_is_answered_by_its_own_papers(store: ox.Store) -> None:
    """CD19 and CD20 by the review, CD20 once more hypothetically, and not the denied adverse event."""
    found = ask(store, "targets-tried-in", "target document", disease=SLE)
    assert sorted(found) == [(CD19, "PMID:1"), (CD20, "PMID:1"), (CD20, "PMID:5")]
