"""`--recogniser`: what finds the names that the vocabulary lacks, chosen on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg

RECORD = {
    "id": "1",
    "title": "A case of scleroses, systemic form",
    "abstract": "Two patients with zoricopathy died.",
}


@pytest.fixture
def record(tmp_path: Path) -> str:
    """A file of one record with two names that no vocabulary writes so."""
    path = tmp_path / "record.jsonl"
    path.write_text(json.dumps(RECORD) + "\n")
    return str(path)


def test_the_hybrid_tells_what_it_could_not_ground(kg: Kg, record: str) -> None:
    """A disease that is in no vocabulary is listed as seen and not grounded, with the reason; `lexicon` sees none."""
    line = json.loads(kg("annotate", record, "--recogniser", "hybrid").out)
    seen = {item["text"]: item["reason"] for item in line["not_grounded"]}
    assert seen["zoricopathy"].startswith("abstained: ")
    assert json.loads(kg("annotate", record, "--recogniser", "lexicon").out)["not_grounded"] == []


@pytest.mark.parametrize("command", ["annotate", "build"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bert", "unknown recogniser 'bert'; nearest known: hybrid, lexicon, scispacy:MODEL"),
        ("scispacy:en_core_nowhere_md", "expected an installed spaCy model 'en_core_nowhere_md', found none"),
    ],
)
def test_a_recogniser_that_is_none_is_told(
    kg: Kg, record: str, tmp_path: Path, command: str, name: str, told: str
) -> None:
    """An unknown name lists the known ones, a missing model says what is missing; nothing is annotated without it."""
    ran = kg(command, record, "--recogniser", name, *(["--graph", str(tmp_path / "g")] if command == "build" else []))
    assert ran.code == 1
    assert told in ran.err
    assert ran.out == ""
