"""What the queries that count, compare and date answer on the graph of the fifteen papers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph import invariants, shapes
from kg.graph.statements import name
from kg.query import Cell, bind, load_all, run
from tests.graph_fixture import (
    AAV,
    BCMA,
    CD19,
    CD19_CAR_T,
    CD20,
    CRS,
    HARM,
    ICANS,
    RITUXIMAB,
    SLE,
    SSC,
    TRIED,
)
from tests.pack_fixture import CD38, NEPHRITIS, VOCABULARY, pack_store, papers

TRIAL = "https://identifiers.org/clinicaltrials:NCT00000101"
TRIAL_PAPERS = "https://identifiers.org/pubmed:101 https://identifiers.org/pubmed:102"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The fifteen papers' graph."""
    return pack_store()


def ask(store: ox.Store, query: str, columns: str, **values: str) -> list[tuple[Cell, ...]]:
    """The answer's rows, these columns of them."""
    found = load_all()[query]
    table = run(store, found, bind(found, values, VOCABULARY))
    picked = [table.columns.index(column) for column in columns.split()]
    return [tuple(row[i] for i in picked) for row in table.rows]


def test_the_graph_is_sound(store: ox.Store) -> None:
    """What the answers are asked of keeps shapes and invariants."""
    assert [*shapes.violations(store), *invariants.statements(store), *invariants.quotes(store, papers())] == []


def test_evidence_table_counts_each_cohort_once(store: ox.Store) -> None:
    """Five and then eight of one trial are eight; a review, mice, cells, hopes and a retracted paper add nobody.

    A paper that cites another's patients has its own beside them.
    """
    columns = "target disease best_grade studies patients responders evaluable first_year papers against trials"
    assert ask(store, "evidence-table", columns) == [
        (CD19, SLE, "SentenceAssertion", 1, 8, 7, 8, 2022, 3, 0, TRIAL),
        (BCMA, SLE, "SentenceAssertion", 2, 6, None, None, 2020, 2, 0, ""),
        (CD19, NEPHRITIS, "SentenceAssertion", 1, 4, None, None, 2024, 1, 0, TRIAL),
        (CD19, SSC, "SentenceAssertion", 1, 3, None, None, 2023, 1, 0, ""),
        (CD20, SLE, "SentenceAssertion", 1, None, None, None, 2019, 1, 1, ""),
        (CD38, SLE, "SentenceAssertion", 0, None, None, None, 2020, 2, 0, ""),
        (CD20, AAV, "DocumentAssertion", 0, None, None, None, 2025, 1, 0, ""),
    ]


def test_evidence_table_of_a_target_or_a_disease(store: ox.Store) -> None:
    """One row or one column of it; the papers are links; a grade leaves out what is weaker."""
    found = ask(store, "evidence-table", "disease links", target="CD19")
    assert found[0] == (SLE, f"{TRIAL_PAPERS} https://identifiers.org/pubmed:104")
    assert {disease for disease, _ in found} == {SLE, NEPHRITIS, SSC}
    assert ask(store, "evidence-table", "target disease", disease="SSc") == [(CD19, SSC)]
    assert {row[1] for row in ask(store, "evidence-table", "target disease", disease="SLE")} == {SLE, NEPHRITIS}
    assert {row[1] for row in ask(store, "evidence-table", "target disease", disease="SLE", exact="yes")} == {SLE}
    assert ask(store, "evidence-table", "target", disease="AAV", min_grade="SentenceAssertion") == []
    (row,) = ask(store, "evidence-table", "statement", disease="SSc")
    assert row == (name(CD19, TRIED, SSC, False),)


def test_targets_by_patients(store: ox.Store) -> None:
    """Eight of the trial and three others; the four with nephritis are of the eight."""
    columns = "target patients cohorts diseases largest trials"
    assert ask(store, "targets-by-patients", columns) == [(CD19, 11, 2, 2, 8, TRIAL), (BCMA, 6, 2, 1, 4, "")]
    assert ask(store, "targets-by-patients", columns, disease="SLE") == [
        (CD19, 8, 1, 1, 8, TRIAL),
        (BCMA, 6, 2, 1, 4, ""),
    ]
    assert ask(store, "targets-by-patients", columns, disease="LN") == [(CD19, 4, 1, 1, 4, TRIAL)]


def test_adverse_event_rates(store: ox.Store) -> None:
    """The highest numbers of each cohort, by disease; nobody of three is a rate too."""
    columns = "event target disease n total percent cohorts none max_grade links"
    other = "https://identifiers.org/pubmed:103"
    assert ask(store, "adverse-event-rates", columns) == [
        (CRS, CD19, SLE, 5, 8, 62.5, 1, 0, 2, TRIAL_PAPERS),
        (ICANS, CD19, SLE, 1, 8, 12.5, 1, 0, None, TRIAL_PAPERS),
        (ICANS, CD19, SSC, 0, 3, 0.0, 1, 1, None, other),
    ]
    assert ask(store, "adverse-event-rates", "event n total", target="CD19", disease="SSc") == [(ICANS, 0, 3)]
    assert ask(store, "adverse-event-rates", "event", target="CD20") == []


def test_zero_event_reports(store: ox.Store) -> None:
    """Each with its denominator and the sentence; the trial's later one case is none of them."""
    columns = "event therapy disease_label total document"
    assert ask(store, "zero-event-reports", columns) == [
        (ICANS, CD19_CAR_T, "systemic lupus erythematosus", 5, "PMID:101"),
        (ICANS, CD19_CAR_T, "systemic sclerosis", 3, "PMID:103"),
    ]
    assert len(ask(store, "zero-event-reports", columns, therapy="CAR-T", adverse_event="ICANS")) == 2
    assert ask(store, "zero-event-reports", columns, therapy="rituximab") == []
    assert ask(store, "zero-event-reports", columns, adverse_event="CRS") == []


def test_preclinical_only(store: ox.Store) -> None:
    """Mice and cells, with their kind; what patients got as well is left out."""
    links = "https://identifiers.org/pubmed:105 https://identifiers.org/pubmed:106"
    columns = "target disease in_vivo in_vitro animals first_year links"
    assert ask(store, "preclinical-only", columns) == [(CD38, SLE, 1, 1, "mouse MRL/lpr", 2020, links)]
    assert ask(store, "preclinical-only", columns, disease="SSc") == []


def test_first_reports(store: ox.Store) -> None:
    """The earliest paper of each pair, a retracted or hopeful one never; `since` leaves out what is older."""
    assert ask(store, "first-reports", "year target disease paper setting") == [
        (2017, CD20, SLE, "PMID:112", "clinical"),
        (2020, BCMA, SLE, "PMID:115", "clinical"),
        (2020, CD38, SLE, "PMID:106", "in_vitro"),
        (2022, CD19, SLE, "PMID:101", "clinical"),
        (2023, CD19, SSC, "PMID:103", "clinical"),
        (2024, CD19, NEPHRITIS, "PMID:102", "clinical"),
        (2025, CD20, AAV, "PMID:104", "clinical"),
    ]
    assert ask(store, "first-reports", "target disease", since="2024", disease="SLE") == [(CD19, NEPHRITIS)]
    assert ask(store, "first-reports", "year paper", target="CD38") == [(2020, "PMID:106")]


def test_review_only_claims(store: ox.Store) -> None:
    """CD20 in AAV is a review's alone; CD19 in SLE is a trial's as well."""
    columns = "target disease best_grade reviews others first_year links"
    paper = "https://identifiers.org/pubmed:104"
    assert ask(store, "review-only-claims", columns) == [(CD20, AAV, "DocumentAssertion", 1, 0, 2025, paper)]


def test_retracted_evidence(store: ox.Store) -> None:
    """The retracted paper's quote, and that another paper bears the statement out."""
    columns = "subject_label object_label paper quote other_papers shortcut"
    quote = "BCMA CAR-T in twenty patients with SLE"
    assert ask(store, "retracted-evidence", columns) == [
        ("BCMA (TNFRSF17)", "systemic lupus erythematosus", "PMID:107", quote, 2, True)
    ]


def test_contradictions(store: ox.Store) -> None:
    """For and against side by side, each with its own denominators, where the texts give any."""
    columns = "subject predicate object papers_for n_for total_for papers_against n_against total_against links_against"
    against = "https://identifiers.org/pubmed:101 https://identifiers.org/pubmed:103"
    assert ask(store, "contradictions", columns) == [
        (CD19_CAR_T, HARM, ICANS, 1, 1, 8, 2, 0, 8, against),
        (CD20, TRIED, SLE, 2, None, None, 1, None, None, "https://identifiers.org/pubmed:110"),
    ]
    (quotes,) = ask(store, "contradictions", "quote_for quote_against", term="CD20")
    assert quotes == ("All with SLE had failed rituximab before", "Rituximab has not been given in SLE")
    assert ask(store, "contradictions", "object", term="SLE") == [(SLE,)]
    assert ask(store, "contradictions", "object", term="BCMA") == []


def test_products_by_target(store: ox.Store) -> None:
    """What is directed at it, with papers, diseases and harms."""
    columns = "therapy papers diseases events first_year"
    assert ask(store, "products-by-target", columns, target="CD20") == [(RITUXIMAB, 1, 1, 0, 2019)]
    # That ICANS did not occur is no harm told; that it did, and CRS, are two.
    assert ask(store, "products-by-target", columns, target="CD19") == [(CD19_CAR_T, 1, 0, 2, 2023)]


def test_diseases_never_combined(store: ox.Store) -> None:
    """Among the diseases that papers mention: those with a hope are told, those with a trial are not there."""
    columns = "disease papers together proposed"
    assert ask(store, "diseases-never-combined", columns, target="BCMA") == [
        (SSC, 2, 1, True),
        (AAV, 1, 0, False),
        (NEPHRITIS, 1, 0, False),
    ]
    assert ask(store, "diseases-never-combined", columns, target="CD38", disease="SLE") == [(NEPHRITIS, 1, 0, False)]
    assert ask(store, "diseases-never-combined", "disease", target="CD19", disease="SLE") == []
    assert ask(store, "diseases-never-combined", "disease", target="CD20", min_grade="SentenceAssertion") == [
        (SSC,),
        (AAV,),
        (NEPHRITIS,),
    ]


def test_trials_of_target(store: ox.Store) -> None:
    """By number, with phase and patients; what is only planned comes last."""
    columns = "trial target disease phase treated planned first_year"
    assert ask(store, "trials-of-target", columns) == [
        ("NCT:NCT00000101", CD19, NEPHRITIS, "1", 4, False, 2024),
        ("NCT:NCT00000101", CD19, SLE, "1", 8, False, 2022),
        ("NCT:NCT00000113", CD20, SSC, "2", 24, True, 2023),
    ]
    assert ask(store, "trials-of-target", "trial", target="BCMA") == []


def test_most_cited_papers(store: ox.Store) -> None:
    """A record of the graph by its own title, another by its citation; once cited is not shown unless asked for."""
    assert ask(store, "most-cited-papers", "cited citations title in_graph") == [
        ("PMID:101", 3, "CD19 CAR-T cells in SLE", True),
        ("PMID:990", 3, "A paper that is not here", False),
    ]
    assert ask(store, "most-cited-papers", "cited", least="4") == []
    assert ask(store, "most-cited-papers", "cited citations", term="SSc", least="1") == [("PMID:101", 1)]
