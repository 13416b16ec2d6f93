"""Sorted, unique lines, with or without spilling to disk."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from kg.ntriples import digest, sorted_lines


def triple(text: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal(text))


@pytest.mark.parametrize("chunk", [1, 7, 50, 100, 1000])
def test_spilling_changes_nothing(chunk: int) -> None:
    """However few lines fit into memory, they come sorted and once."""
    texts = [f"{n % 50} line\nbreak" for n in range(100)]
    random.Random(1).shuffle(texts)
    lines = list(sorted_lines((triple(text) for text in texts), chunk=chunk))
    assert len(lines) == 50
    assert lines == sorted(set(lines))


def test_line_separators_inside_literals_end_no_line() -> None:
    """A form feed, a carriage return or U+2028 in a text is not the end of its line."""
    lines = list(sorted_lines([triple("a\x0bb\x0cc\rd\x1ce\x85f\u2028g")]))
    assert len(lines) == 1
    assert lines[0].endswith(b" .\n")


def test_nothing_is_nothing() -> None:
    """No triples, no lines."""
    assert digest(sorted_lines([]))[1] == 0
