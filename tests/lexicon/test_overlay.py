"""Reading overlay files: what a row becomes, and each way in which a file can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BadVocabulary, UsageError
from kg.lexicon import Lexicon, overlay, shipped

_HEADER = "\t".join(overlay.COLUMNS)
_TOP = "# type: disease\n# category: biolink:Disease\n"


def _folder(tmp_path: Path, content: str, name: str = "disease.tsv") -> Path:
    (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def test_a_row_becomes_a_term_with_scoped_names(tmp_path: Path) -> None:
    """Cells with bars are lists; label, synonyms and abbreviations keep their scopes; the stem is the type."""
    row = "MONDO:1\tgout\tpodagra|gouty arthritis\tGT\thyperuricemia\tMONDO:2\tMESH:D1\t\tadverse_event\tmade up"
    read = overlay.read(_folder(tmp_path, f"{_TOP}{_HEADER}\n{row}\n"))
    (term,) = read.terms
    assert (term.id, term.type, term.also, term.parents) == ("MONDO:1", "disease", ("adverse_event",), ("MONDO:2",))
    assert [(name.text, name.scope) for name in term.names] == [
        ("gout", "label"),
        ("podagra", "exact"),
        ("gouty arthritis", "exact"),
        ("GT", "abbreviation"),
        ("hyperuricemia", "related"),
    ]
    assert read.categories == {"disease": "biolink:Disease"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{_TOP}id\tlabel\nMONDO:1\tgout\n", r"disease.tsv: line 3: expected the columns id, label, synonyms"),
        (f"{_TOP}{_HEADER}\nMONDO:1\tgout\n", r"disease.tsv: line 4: expected 10 columns, got 2"),
        (f"{_HEADER}\n", r"disease.tsv: expected a line '# category: biolink:…'"),
        (f"{_TOP}{_HEADER}\nMONDO1\tgout\t\t\t\t\t\t\t\t\n", r"disease.tsv: line 4: .*expected a CURIE"),
        (f"{_TOP}{_HEADER}\nMONDO:1\t\t\t\t\t\t\t\t\t\n", r"disease.tsv: line 4: .*label"),
    ],
)
def test_a_bad_file_is_told_with_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    """Wrong columns, a short row, no category, no CURIE or no label: one clear line each."""
    with pytest.raises(BadVocabulary, match=message):
        overlay.read(_folder(tmp_path, content))


def test_senses_and_exclusions_are_read_beside_the_terms(tmp_path: Path) -> None:
    """The two files that list no terms have columns of their own."""
    _folder(tmp_path, "acronym\tsense\tid\tcontext\tsource\nSS\tstainless steel\t\tsteel|wire\tmade up\n", "senses.tsv")
    _folder(tmp_path, "name\tid\treason\ngout de vivre\t*\ta joke\n", "exclude.tsv")
    read = overlay.read(tmp_path)
    assert read.senses[0].context == ("steel", "wire")
    assert read.exclusions[0].id == "*"


def test_rows_of_ones_own_are_added(tmp_path: Path) -> None:
    """A new term is found, and a known one by a name of its user's; nothing of ours is lost."""
    _folder(tmp_path, f"{_TOP}{_HEADER}\nMONDO:0005100\tsystemic sclerosis\tstiff skin illness\t\t\t\t\t\t\tours\n")
    row = "cartkg:moonlimab\tmoonlimab\t\t\t\t\t\tHGNC:1667\t\tours\n"
    _folder(tmp_path, f"# category: biolink:Treatment\n{_HEADER}\n{row}", "therapy.tsv")
    lexicon = Lexicon.open(own=tmp_path)
    assert lexicon.resolve("disease", "stiff skin illness") == lexicon.resolve("disease", "SSc") == "MONDO:0005100"
    assert lexicon.term("cartkg:moonlimab").targets == ("HGNC:1667",)
    assert len(lexicon) == len(Lexicon.open()) + 1
    assert lexicon.term("MONDO:0005100").parents == Lexicon.open().term("MONDO:0005100").parents
    assert lexicon.digest != Lexicon.open().digest


def test_a_row_of_ones_own_cannot_change_a_type(tmp_path: Path) -> None:
    """A gene that is called a disease is refused; so are own rows for the compiled vocabulary."""
    _folder(tmp_path, f"{_TOP}{_HEADER}\nHGNC:1633\tCD19\t\t\t\t\t\t\t\tours\n")
    with pytest.raises(BadVocabulary, match=r"disease\.tsv: expected no row of HGNC:1633, which is a target"):
        Lexicon.open(own=tmp_path)
    with pytest.raises(UsageError, match="expected the overlay"):
        Lexicon.open("full", own=tmp_path)


def test_a_target_is_called_what_this_field_calls_it() -> None:
    """The overlay's first short form; the full vocabulary's aliases of CD38 do not displace its name."""
    for vocabulary in ("overlay", "full"):
        lexicon = shipped(vocabulary)
        assert [lexicon.term(curie).display for curie in ("HGNC:1667", "HGNC:11913", "HGNC:7315")] == [
            "CD38",
            "BCMA (TNFRSF17)",
            "CD20 (MS4A1)",
        ]
