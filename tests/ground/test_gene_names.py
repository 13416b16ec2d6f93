"""The table of names that annotators gave a gene."""

from __future__ import annotations

import pytest

from kg.errors import BadVocabulary
from kg.ground import gene_names


def test_a_row_that_is_none_is_named() -> None:
    """Five cells, two of them counts."""
    with pytest.raises(BadVocabulary, match="line 2: expected name, id, marked, seen, listed"):
        gene_names.read(["# about", "ZAX\tHGNC:1\tmany\t2\tyes"], origin="genes.tsv")


def test_the_shipped_rows_mark_no_more_than_they_saw() -> None:
    """A name is marked only where it stands."""
    rows = gene_names.shipped().values()
    assert rows
    assert all(0 <= row.marked <= row.seen for row in rows)
