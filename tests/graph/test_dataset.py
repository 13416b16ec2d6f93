"""The description of the data set."""

from __future__ import annotations

from pyoxigraph import Literal

from kg.graph._rdf import node
from kg.graph.dataset import Source, describe
from kg.ntriples import sorted_lines


def test_a_source_is_told_with_version_licence_and_hash() -> None:
    """Each source is a node that its content names."""
    one = Source(name="MONDO", version="2026-05", licence="CC-BY-4.0", sha256="a" * 64)
    found = {t.predicate: t.object for t in describe({}, (one,)) if "source-" in str(t.subject)}
    assert found[node("dcat:version")] == Literal("2026-05")
    assert found[node("dcterms:license")] == Literal("CC-BY-4.0")
    assert found[node("kg:source_sha256")] == Literal("a" * 64)


def test_the_order_of_sources_does_not_matter() -> None:
    """Same sources, same description."""
    sources = tuple(Source(name=name, version="1") for name in ("MONDO", "HGNC"))
    assert list(sorted_lines(describe({}, sources))) == list(sorted_lines(describe({}, sources[::-1])))
