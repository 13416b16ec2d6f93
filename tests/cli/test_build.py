"""`kg build`: what a graph holds does not depend on order, workers or how often; papers merge; changes replace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Kg, snapshot

RECORD = '{{"pmid": "{}", "title": "CD19 CAR-T cells in {}", "abstract": "Five patients with {} received them."}}\n'


def _build(kg: Kg, folder: Path, *inputs: object) -> dict[str, object]:
    ran = kg("build", *inputs, "--graph", folder, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, object] = json.loads(ran.out)
    return found


def _export(kg: Kg, graph: Path, out: Path) -> bytes:
    assert kg("export", "rdf", out, "--graph", graph).code == 0
    return out.read_bytes()


def _documents(kg: Kg, graph: Path) -> set[str]:
    ran = kg("ask", "SELECT ?d { ?d a kg:Record }", "--graph", graph, "--json")
    assert ran.code == 0, ran.err
    return {row["d"]["value"].rpartition("/")[2] for row in json.loads(ran.out)["results"]["bindings"]}


def test_the_result_is_one_line_on_stdout(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """Counts and the release's hash stand on stdout; nothing stands on stderr of a run without faults."""
    ran = kg("build", *examples, "--graph", tmp_path / "g")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1
    assert ran.out.startswith(f"{tmp_path / 'g'}: ")
    assert "0 skipped" in ran.out


def test_json_tells_what_was_done(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """`--json` gives counts, the release and its manifest as one object; the release is what `current` names."""
    found = _build(kg, tmp_path / "g", *examples)
    assert found["read"] == 10
    assert found["documents"] == 9  # the review stands in two of the inputs
    assert found["annotated"] == 9
    assert found["skipped"] == 0
    assert (tmp_path / "g" / "current").resolve().name == found["release"]


def test_building_again_annotates_nothing_and_changes_nothing(
    kg: Kg, examples: tuple[str, ...], tmp_path: Path
) -> None:
    """A second build of the same inputs gives the same release, and every file of it stays as it was."""
    first = _build(kg, tmp_path / "g", *examples)
    before = snapshot(tmp_path / "g" / "releases")
    second = _build(kg, tmp_path / "g", *examples)
    assert (second["annotated"], second["release"]) == (0, first["release"])
    assert snapshot(tmp_path / "g" / "releases") == before


def test_the_order_of_the_inputs_does_not_matter(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """Inputs given backwards, or one build at a time, give the same release and the same exported bytes."""
    forwards = _build(kg, tmp_path / "a", *examples)
    backwards = _build(kg, tmp_path / "b", *reversed(examples))
    for one in reversed(examples):
        singly = _build(kg, tmp_path / "c", one)
    assert forwards["release"] == backwards["release"] == singly["release"]
    exports = [_export(kg, tmp_path / name, tmp_path / f"{name}.nq") for name in "abc"]
    assert exports[0] == exports[1] == exports[2]


@pytest.mark.slow
def test_the_number_of_workers_does_not_matter(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """Two processes give the same release as one; there are more records than one process takes at a time."""
    names = ("SSc", "SLE", "rheumatoid arthritis", "lupus nephritis")
    lines = [RECORD.format(number, names[number % 4], names[number % 4]) for number in range(1, 140)]
    (tmp_path / "many.jsonl").write_text("".join(lines), "utf-8")
    one = _build(kg, tmp_path / "a", tmp_path / "many.jsonl", *examples, "--workers", "1")
    two = _build(kg, tmp_path / "b", tmp_path / "many.jsonl", *examples, "--workers", "2")
    assert one["annotated"] == two["annotated"] == 148
    assert one["release"] == two["release"]
    assert _export(kg, tmp_path / "a", tmp_path / "a.nq") == _export(kg, tmp_path / "b", tmp_path / "b.nq")


def test_a_changed_file_replaces_what_it_held(kg: Kg, tmp_path: Path) -> None:
    """A record that is gone from its file is gone from the graph; the one that stays is not annotated again."""
    path = tmp_path / "in.jsonl"
    path.write_text(RECORD.format(11, "SSc", "SSc") + RECORD.format(12, "SLE", "SLE"), "utf-8")
    _build(kg, tmp_path / "g", path)
    path.write_text(RECORD.format(12, "SLE", "SLE") + RECORD.format(13, "RA", "rheumatoid arthritis"), "utf-8")
    found = _build(kg, tmp_path / "g", path)
    assert (found["annotated"], found["documents"]) == (1, 2)
    assert _documents(kg, tmp_path / "g") == {"pubmed:12", "pubmed:13"}
    gone = kg("query", "targets-tried-in", "--disease", "SSc", "--graph", tmp_path / "g", "--format", "json")
    assert (gone.code, json.loads(gone.out)) == (0, [])


def test_a_changed_record_is_annotated_anew(kg: Kg, tmp_path: Path) -> None:
    """New text under an old ID: the old text's statements are gone."""
    path = tmp_path / "in.jsonl"
    path.write_text(RECORD.format(11, "SSc", "SSc"), "utf-8")
    _build(kg, tmp_path / "g", path)
    path.write_text(RECORD.format(11, "SLE", "SLE"), "utf-8")
    assert _build(kg, tmp_path / "g", path)["annotated"] == 1
    answers = {
        disease: json.loads(
            kg("query", "targets-tried-in", "--disease", disease, "--graph", tmp_path / "g", "--json").out
        )
        for disease in ("SSc", "SLE")
    }
    assert answers["SSc"] == []
    assert [row["target"] for row in answers["SLE"]] == ["HGNC:1633"]


def test_standard_input_is_an_input(kg: Kg, tmp_path: Path) -> None:
    """`-` reads records from standard input; the same content again is the same input."""
    data = RECORD.format(11, "SSc", "SSc").encode()
    for _ in range(2):
        ran = kg("build", "-", "--graph", tmp_path / "g", stdin=data)
        assert ran.code == 0, ran.err
    assert _documents(kg, tmp_path / "g") == {"pubmed:11"}


def test_a_path_is_the_same_input_however_it_is_written(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative and an absolute path, a file and its folder, name the same input; its change replaces."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.jsonl").write_text(RECORD.format(11, "SSc", "SSc"), "utf-8")
    monkeypatch.chdir(inputs)
    _build(kg, tmp_path / "g", "a.jsonl")
    (inputs / "a.jsonl").write_text(RECORD.format(12, "SSc", "SSc"), "utf-8")
    _build(kg, tmp_path / "g", inputs)
    assert _documents(kg, tmp_path / "g") == {"pubmed:12"}


def test_records_stay_when_other_inputs_come(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """A build adds to the graph: what was read before stays, also when its file is gone."""
    copy = tmp_path / "copy.txt"
    shutil.copy(next(one for one in examples if one.endswith("case_series.txt")), copy)
    _build(kg, tmp_path / "g", copy)
    copy.unlink()
    (tmp_path / "more.jsonl").write_text(RECORD.format(11, "SLE", "SLE"), "utf-8")
    assert _build(kg, tmp_path / "g", tmp_path / "more.jsonl")["documents"] == 2
    assert _documents(kg, tmp_path / "g") == {"pubmed:11", "pubmed:99000002"}


def test_a_release_does_not_tell_how_it_came_about(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """Manifest and description depend on the records alone, not on what was skipped or which build came first."""
    (tmp_path / "note.txt").write_text("no record\n", "utf-8")
    _build(kg, tmp_path / "a", *examples)
    assert kg("build", tmp_path / "note.txt", *examples, "--graph", tmp_path / "b").code == 3
    for name in ("manifest.json", "void.ttl"):
        assert (tmp_path / "a" / "current" / name).read_bytes() == (tmp_path / "b" / "current" / name).read_bytes()


def test_nothing_is_written_outside_of_the_graph(kg: Kg, examples: tuple[str, ...], tmp_path: Path) -> None:
    """Inputs, working directory and the graph's neighbours are as before."""
    for one in examples:
        shutil.copy(one, tmp_path)
    before = snapshot(tmp_path)
    _build(kg, tmp_path / "g", tmp_path / Path(examples[0]).name, tmp_path / Path(examples[1]).name)
    assert snapshot(tmp_path, without=tmp_path / "g") == before
