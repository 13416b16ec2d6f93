"""Rows of HGNC's table as terms."""

from __future__ import annotations

import pytest

from kg.errors import BadVocabulary
from kg.lexicon.compiling import genes

HEAD = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI Gene ID(supplied by NCBI)\t"
    "UniProt ID(supplied by UniProt)\tPrevious symbols\tLocus type\n"
)
ROWS = HEAD + "".join(
    "\t".join(row) + "\n"
    for row in (
        (
            "HGNC:1",
            "MS4A1",
            "membrane spanning 4-domains A1",
            "Approved",
            "B1, Bp35, AND-1",
            "931",
            "P11836",
            "CD20",
            "gene with protein product",
        ),
        (
            "HGNC:2",
            "CXADR",
            "CXADR Ig-like cell adhesion molecule",
            "Approved",
            "CAR",
            "1525",
            "P78310",
            "",
            "gene with protein product",
        ),
        ("HGNC:3", "OLD1", "withdrawn", "Symbol Withdrawn", "", "", "", "", "gene with protein product"),
        ("HGNC:4", "XYZP1", "XYZ pseudogene 1", "Approved", "", "", "", "", "pseudogene"),
        ("HGNC:5", "IFNG", "interferon gamma", "Approved", "", "3458", "P01579", "", "gene with protein product"),
    )
)


def names(proteins: dict[str, list[str]] | None = None) -> dict[str, set[str]]:
    rows = tuple(genes.read(ROWS.encode(), origin="hgnc.tsv"))
    return {term.label: {name.text for name in term.names} for term in genes.terms(rows, proteins or {}, source="x")}


def test_approved_genes_with_a_product_are_taken() -> None:
    """No withdrawn symbol and no pseudogene."""
    assert set(names()) == {"MS4A1", "CXADR", "IFNG"}


def test_aliases_that_are_words_or_too_short_are_not_taken() -> None:
    """ "CAR" and "AND-1" are words, "B1" is a vitamin; "CD20" stands."""
    assert "CD20" in names()["MS4A1"]
    assert not {"B1", "AND-1"} & names()["MS4A1"]
    assert "CAR" not in names()["CXADR"]


def test_a_greek_letter_is_written_out_again() -> None:
    """The G of IFNG is gamma."""
    assert "IFN-gamma" in names()["IFNG"]


def test_protein_names_come_from_mesh_by_symbol_or_link() -> None:
    """A human supplementary record goes by its symbol, a heading by its mapping; another species' by nothing."""
    rows = tuple(genes.read(ROWS.encode(), origin="hgnc.tsv"))
    records = [
        ("MESH:C1", "MS4A1 protein, human", ("CD20 antigen protein, human",)),
        ("MESH:C2", "Ms4a1 protein, mouse", ("mouse antigen",)),
        ("MESH:D1", "Interferon-gamma", ("Immune Interferon",)),
    ]
    found = genes.proteins(rows, records, {"MESH:D1": "HGNC:5"})
    assert found == {"HGNC:1": ["MS4A1", "CD20 antigen"], "HGNC:5": ["Interferon-gamma", "Immune Interferon"]}
    assert "CD20 antigen" in names(found)["MS4A1"]


def test_a_table_without_its_columns_is_refused() -> None:
    """With the columns that were expected."""
    with pytest.raises(BadVocabulary, match="expected the columns"):
        list(genes.read(b"a\tb\n1\t2\n", origin="x"))
