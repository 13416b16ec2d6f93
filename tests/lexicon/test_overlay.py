"""Reading overlay files: what a row becomes, and each way in which a file can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BadVocabulary
from kg.lexicon import overlay

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
