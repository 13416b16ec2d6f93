"""A whole release is checked."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import BadGraph
from kg.graph._rdf import node
from kg.graph.check import check
from kg.ntriples import digest, of_store
from tests.graph_fixture import fixture_store, papers, release_of


def test_a_sound_release_has_no_problem(tmp_path: Path) -> None:
    """The fixture's, under the name of its hash."""
    store = fixture_store()
    release = release_of(store, tmp_path, digest(of_store(store))[0])
    assert list(check(release, papers())) == []
    assert list(check(release, papers(), independent=True)) == []


def test_a_release_that_is_not_its_name_is_told(tmp_path: Path) -> None:
    """A triple more gives another hash; here it breaks a shape as well."""
    store = fixture_store()
    name = digest(of_store(store))[0]
    store.add(ox.Quad(node("MONDO:0005100"), node("rdfs:label"), ox.Literal("another label")))
    release = release_of(store, tmp_path, name)
    for independent in (False, True):
        found = list(check(release, papers(), independent=independent))
        assert [problem.node for problem in found] == ["", "MONDO:0005100"]
        assert name in found[0].message


def test_a_release_without_a_store_is_one_line(tmp_path: Path) -> None:
    """Not a traceback of the database."""
    with pytest.raises(BadGraph, match="store"):
        list(check(tmp_path, ()))
