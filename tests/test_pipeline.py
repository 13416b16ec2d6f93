"""The pipeline as a library: what it reports, counts and keeps when one document fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import pipeline
from kg.annotator import Annotator
from kg.config import Config
from kg.errors import BadInput, BadRecord, KGError, Locked
from kg.model import Annotation, Document
from kg.pipeline import annotate, build, read
from kg.store import Graph

LINES = (
    '{"pmid": "1", "title": "CD19 CAR-T cells in SSc"}\n'
    '{"pmid": "2", "title": "Rituximab in SLE"}\n'
    "not a record\n"
    '{"pmid": "3", "title": "Teclistamab in RA"}\n'
)


@pytest.fixture
def inputs(tmp_path: Path) -> Sequence[str]:
    """Three records and a line that is none."""
    path = tmp_path / "in.jsonl"
    path.write_text(LINES, "utf-8")
    return (str(path),)


@pytest.fixture
def fails_on_2(monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotator with a fault that one document meets."""
    sound = Annotator.annotate

    def faulty(self: Annotator, document: Document) -> Annotation:
        if document.ids.pmid == "2":
            raise RecursionError("too deep")
        return sound(self, document)

    monkeypatch.setattr(Annotator, "annotate", faulty)


def test_reading_gives_records_and_faults_in_their_order(inputs: Sequence[str]) -> None:
    """Each item has its origin; a bad line stands where it stood."""
    found = list(read(inputs, config=Config()))
    assert [origin for origin, _ in found] == [inputs[0]] * 4
    assert [item.id if isinstance(item, Document) else type(item) for _, item in found] == [
        "PMID:1",
        "PMID:2",
        BadRecord,
        "PMID:3",
    ]


def test_annotating_reports_what_it_skips(inputs: Sequence[str]) -> None:
    """The bad line is reported once, the records around it are annotated in their order."""
    reported: list[BadInput] = []
    found = [one.document.id for one in annotate(inputs, config=Config(), report=reported.append)]
    assert found == ["PMID:1", "PMID:2", "PMID:3"]
    assert [str(bad).partition(": expected")[0] for bad in reported] == [f"{inputs[0]}: line 3"]


def test_a_build_counts_what_it_did(inputs: Sequence[str], tmp_path: Path) -> None:
    """Read, skipped, annotated, documents; the progress of each stage ends at the number of its records."""
    reported: list[BadInput] = []
    stages: dict[str, int] = {}
    outcome = build(inputs, tmp_path / "g", config=Config(), report=reported.append, progress=stages.__setitem__)
    assert (outcome.read, outcome.skipped, outcome.annotated, outcome.documents) == (3, 1, 3, 3)
    assert len(reported) == 1
    assert stages == {"read": 3, "annotate": 3, "graph": 3}
    assert outcome.release.path.name == outcome.release.hash == Graph.open(tmp_path / "g").release.hash


def _annotated(graph: Path) -> list[str]:
    return sorted(Graph.open(graph).records.annotation_keys())


@pytest.mark.usefixtures("fails_on_2")
def test_a_document_that_cannot_be_annotated_is_skipped_and_tried_again(
    inputs: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ID and the fault are reported, the others are in the graph; the next build does it when the fault is gone."""
    pipeline._annotator.cache_clear()
    reported: list[BadInput] = []
    first = build(inputs, tmp_path / "g", config=Config(), report=reported.append)
    assert [str(bad) for bad in reported if "PMID:2" in str(bad)] == [
        "annotate: PMID:2: expected an annotation, got RecursionError: too deep"
    ]
    assert first.skipped == 2
    assert _annotated(tmp_path / "g") == ["PMID:1", "PMID:3"]
    monkeypatch.undo()
    second = build(inputs, tmp_path / "g", config=Config(), report=reported.append)
    assert second.annotated == 1
    assert _annotated(tmp_path / "g") == ["PMID:1", "PMID:2", "PMID:3"]


@pytest.mark.usefixtures("fails_on_2")
def test_annotating_survives_a_document_that_fails(inputs: Sequence[str]) -> None:
    """The stream goes on behind it."""
    reported: list[BadInput] = []
    found = [one.document.id for one in annotate(inputs, config=Config(), report=reported.append)]
    assert found == ["PMID:1", "PMID:3"]
    assert any("PMID:2" in str(bad) for bad in reported)


def test_another_annotator_does_all_anew(
    inputs: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What names the annotator decides: same key, nothing to do; another key, every record again."""
    build(inputs, tmp_path / "g", config=Config(), report=lambda bad: None)
    assert build(inputs, tmp_path / "g", config=Config(), report=lambda bad: None).annotated == 0
    monkeypatch.setattr(Annotator, "key", "another")
    assert build(inputs, tmp_path / "g", config=Config(), report=lambda bad: None).annotated == 3


def test_a_build_waits_for_nobody(inputs: Sequence[str], tmp_path: Path) -> None:
    """A graph that is being written raises Locked at once, before anything is read into it."""
    build(inputs, tmp_path / "g", config=Config(), report=lambda bad: None)
    with Graph.create(tmp_path / "g").lock(), pytest.raises(Locked):
        build(inputs, tmp_path / "g", config=Config(), report=lambda bad: None)


def test_a_build_without_any_record_raises(tmp_path: Path) -> None:
    """The inputs are named; no release is made."""
    reported: list[BadInput] = []
    with pytest.raises(KGError, match="at least one readable record"):
        build([str(tmp_path / "nothing")], tmp_path / "g", config=Config(), report=reported.append)
    assert len(reported) == 1
    assert not (tmp_path / "g" / "current").exists()


def test_the_default_configuration_limits_a_record(tmp_path: Path) -> None:
    """A record above `record_bytes` is refused, and the one behind it read."""
    path = tmp_path / "long.jsonl"
    long = '{"pmid": "4", "title": "' + "x" * 60_000_000 + '"}\n'
    path.write_text(long + '{"pmid": "5", "title": "SSc"}\n', "utf-8")
    found = [item for _, item in read([str(path)], config=Config())]
    assert isinstance(found[0], BadInput)
    assert [item.id for item in found if isinstance(item, Document)] == ["PMID:5"]
