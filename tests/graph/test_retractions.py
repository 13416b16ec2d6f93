"""Which papers are known to be retracted, and what becomes of what they say."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from kg import resources
from kg.errors import BadInput
from kg.graph import retractions
from kg.graph._rdf import node
from kg.graph.quads import triples
from tests.graph_fixture import SOURCES, SmallVocabulary, papers


def test_the_shipped_list_is_the_recorded_one() -> None:
    """The file's sha256 and its number of papers are those of its record."""
    folder = resources.folder("ontologies")
    record = tomllib.loads((folder / "compiled/retractions.toml").read_text("utf-8"))["compiled"]
    assert hashlib.sha256((folder / record["path"]).read_bytes()).hexdigest() == record["sha256"]
    assert len(retractions.shipped()) == record["papers"]


def test_a_list_of_your_own_holds_pmids_and_dois(tmp_path: Path) -> None:
    """In the ways people write them, with comments; anything else is told with its line."""
    mine = tmp_path / "mine.txt"
    mine.write_text("# newer\n42\nPMID: 43  # why\nhttps://doi.org/10.5555/ABC\n\n")
    assert retractions.read(mine) == {"PMID:42", "PMID:43", "DOI:10.5555/abc"}
    mine.write_text("42\nretracted\n")
    with pytest.raises(BadInput, match="line 2"):
        retractions.read(mine)
    with pytest.raises(BadInput, match="a list of retracted papers"):
        retractions.read(tmp_path / "none.txt")


def test_a_listed_paper_is_marked_and_leaves_the_shortcut_layer() -> None:
    """Although its own record says nothing: the record, its evidence, and the plain triple."""
    plain = "<https://identifiers.org/hgnc:1633> <https://w3id.org/cartkg/vocab/target_tried_in>"

    def lines(*retracted: str) -> set[str]:
        graph = triples(papers(), SmallVocabulary(), sources=SOURCES, retracted=retracted)
        return {str(triple) for triple in graph}

    before, after = lines(), lines("PMID:2")
    mark = f'{node("PMID:2")} {node("kg:status")} "retracted"'
    assert mark not in before
    assert mark in after
    lost = {line for line in before - after if line.startswith(plain)}
    assert len(lost) == 1


def test_a_cited_paper_may_be_retracted_too() -> None:
    """It has no record here; its node says so, under whatever ID it is cited."""
    graph = triples(papers(), SmallVocabulary(), sources=SOURCES, retracted=("DOI:10.5555/nine",))
    retracted = {t.subject for t in graph if t.predicate == node("kg:status") and t.subject != node("PMID:3")}
    assert retracted == {node("PMID:900")}
