"""SSSOM: metadata that explain every prefix, and a row for each cross-reference."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
import yaml

from kg.export import sssom
from kg.export.property_graph import PropertyGraph
from kg.namespaces import PREFIXES, iri
from kg.part import Part
from kg.resources import folder
from tests.exported import empty_release, hostile_release
from tests.graph_fixture import fixture_store, release_of


@pytest.fixture(scope="module", params=["fixture", "empty", "hostile"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three graphs: small and ordinary, empty, and hostile."""
    folder = tmp_path_factory.mktemp("graph")
    if request.param == "fixture":
        return release_of(fixture_store(), folder, "release")
    return empty_release(folder) if request.param == "empty" else hostile_release(folder)


def _read(path: Path) -> tuple[dict[str, object], pd.DataFrame]:
    """As the format says: a YAML head behind number signs, then a table."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    head = "".join(line[1:] for line in lines if line.startswith("#"))
    table = "".join(line for line in lines if not line.startswith("#"))
    return yaml.safe_load(head), pd.read_csv(io.StringIO(table), sep="\t", dtype=str, keep_default_na=False)


def test_every_cross_reference_is_a_row(release: Path, tmp_path: Path) -> None:
    """Of the terms; papers' other IDs are no mappings."""
    count = sssom.write(release, tmp_path / "out.sssom.tsv", Part())["mappings"]
    _, table = _read(tmp_path / "out.sssom.tsv")
    with PropertyGraph.open(release, Part(edges=("statement",))) as graph:
        expected = [(node.id, other) for node in graph.nodes() for other in node.xrefs]
    assert list(zip(table["subject_id"], table["object_id"], strict=True)) == expected
    assert count == len(expected)
    assert set(table["predicate_id"]) <= {"skos:exactMatch"}


def test_the_metadata_explain_every_prefix(release: Path, tmp_path: Path) -> None:
    """And name licence and set."""
    sssom.write(release, tmp_path / "out.sssom.tsv", Part())
    head, table = _read(tmp_path / "out.sssom.tsv")
    explained = head["curie_map"]
    assert isinstance(explained, dict)
    for column in ("subject_id", "subject_category", "predicate_id", "object_id", "mapping_justification"):
        assert {curie.partition(":")[0] for curie in table[column]} <= explained.keys()
    assert explained["semapv"] == "https://w3id.org/semapv/vocab/"
    assert all(explained[name] == PREFIXES[name] for name in explained if name != "semapv")
    assert {"license", "mapping_set_id"} <= head.keys()


def test_what_was_completed_keeps_its_confidence(tmp_path: Path) -> None:
    """A mapping of the shipped file is lexical, one of a hand-written term manual, any other taken over."""
    shipped = (folder("ontologies") / sssom.COMPLETED).read_text("utf-8").splitlines()
    subject, _, _, object_, *_, confidence = [line for line in shipped if not line.startswith("#")][1].split("\t")
    store = ox.Store()
    _add(store, subject, "HPO 2025-01-16", object_, "UMLS:C1")
    _add(store, "cartkg:own", "cartkg curation", "UMLS:C2")
    release = release_of(store, tmp_path, "release")
    sssom.write(release, tmp_path / "out.sssom.tsv", Part())
    _, table = _read(tmp_path / "out.sssom.tsv")
    rows = zip(table["object_id"], table["mapping_justification"], table["confidence"], strict=True)
    assert set(rows) == {
        (object_, "semapv:LexicalMatching", confidence),
        ("UMLS:C1", "semapv:UnspecifiedMatching", ""),
        ("UMLS:C2", "semapv:ManualMappingCuration", ""),
    }


def test_the_shipped_mappings_have_a_head_that_yaml_reads() -> None:
    """The file that the vocabulary's compiler writes."""
    head, table = _read(folder("ontologies") / sssom.COMPLETED)
    assert head["curie_map"] == {name: PREFIXES[name] for name in ("HP", "MESH", "MONDO", "skos")} | {
        "semapv": "https://w3id.org/semapv/vocab/"
    }
    assert len(table) > 1000


def test_the_reader_of_the_format_accepts_it(release: Path, tmp_path: Path) -> None:
    """sssom-py parses and validates it."""
    parsers = pytest.importorskip("sssom.parsers", reason="sssom is not installed")
    validators = pytest.importorskip("sssom.validators", reason="sssom is not installed")
    sssom.write(release, tmp_path / "out.sssom.tsv", Part())
    _, table = _read(tmp_path / "out.sssom.tsv")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations
        read = parsers.parse_sssom_table(str(tmp_path / "out.sssom.tsv"))
        validators.validate(read, fail_on_error=True)
    assert len(read.df) == len(table)


def _add(store: ox.Store, term: str, source: str, *others: str) -> None:
    def node(curie: str) -> ox.NamedNode:
        return ox.NamedNode(iri(curie))

    store.add(ox.Quad(node(term), node("rdf:type"), node("owl:Class")))
    store.add(ox.Quad(node(term), node("biolink:category"), node("biolink:Disease")))
    store.add(ox.Quad(node(term), node("kg:source"), ox.Literal(source)))
    for other in others:
        store.add(ox.Quad(node(term), node("skos:exactMatch"), node(other)))
