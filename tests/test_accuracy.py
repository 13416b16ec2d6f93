"""How well conditions and genes are found and linked in public corpora: floors that no later change may fall below.

The corpora are read from the shared folder, and only these bytes of them are measured. Floors stand a little below what
`benchmarks/accuracy.py` measured when they were set (docs/recogniser.md).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg import evaluate
from kg.annotator import Annotator
from kg.cli.evaluate import human, predictions

# File, sha256, type, whose IDs count; the least F1 of spans, of spans with ID, of concepts a document.
FLOORS = [
    ("bc5cdr.dev", "875ed6be9d9b4d734d9140dcc3f24ad834849b81f1c02816e5874960805c1c4a", "disease", "", 84.5, 79.5, 82.0),
    (
        "ncbi_disease.dev",
        "6bb90303a1cf40088d138ed017ef8a97409b1d31e989a298c04d175d3dfb6049",
        "disease",
        "",
        82.5,
        75.5,
        85.0,
    ),
    ("biored.dev", "318bbfba6ff4b0b33bed22bb3e9d3f7374b4416d760bad6c6fac245040c14b09", "disease", "", 83.5, 77.0, 78.5),
    (
        "hpo_gsc_plus.dev",
        "007bba649435f5a0ccbf153382bd51534d4b38da74982cbd28b22bcd78a91cd8",
        "phenotype",
        "HP:",
        74.5,
        66.0,
        76.5,
    ),
    (
        "hpo_gsc_plus.dev",
        "007bba649435f5a0ccbf153382bd51534d4b38da74982cbd28b22bcd78a91cd8",
        "phenotype",
        "",
        62.5,
        51.5,
        65.0,
    ),
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The default one: all vocabularies, the shipped models."""
    return Annotator.open()


@pytest.mark.slow
@pytest.mark.parametrize(("stem", "digest", "type_", "within", "spans", "linked", "concepts"), FLOORS)
def test_conditions_of_a_corpus_stay_above_their_floors(
    annotator: Annotator,
    shared: Path,
    stem: str,
    digest: str,
    type_: str,
    within: str,
    spans: float,
    linked: float,
    concepts: float,
) -> None:
    """On the development part with that digest: another file would make another figure."""
    path = shared / "corpora" / f"{stem}.jsonl.gz"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    found = evaluate.score(predictions(path, annotator), types=[type_], within=within)
    assert found.spans.f1 >= spans
    assert found.linked.f1 >= linked
    assert found.concepts.f1 >= concepts


@pytest.mark.slow
def test_human_genes_of_biored_stay_above_their_floors(annotator: Annotator, shared: Path) -> None:
    """Genes of animals are none of HGNC's: only marks of human genes count, and every gene that is told."""
    path = shared / "corpora" / "biored.dev.jsonl.gz"
    digest = "318bbfba6ff4b0b33bed22bb3e9d3f7374b4416d760bad6c6fac245040c14b09"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    found = evaluate.score(predictions(path, annotator), types=["target"], only=human(annotator))
    assert found.linked.f1 >= 75.0
    assert found.concepts.f1 >= 81.0
