"""Genes told by a number behind another one."""

from __future__ import annotations

from kg.extract import enumerated
from kg.lexicon import Lexicon
from kg.model import Name, Term

LEXICON = Lexicon(
    Term(id=f"HGNC:{number}", type="target", label=f"ZAX{number}", names=(Name(text=f"ZAX{number}", scope="label"),))
    for number in (1, 2, 3)
)


def found(text: str) -> list[tuple[str, str]]:
    hits = enumerated.hits(text, LEXICON.find(text), LEXICON)
    return [(text[hit.start : hit.end], hit.entries[0].term) for hit in hits]


def test_numbers_behind_a_slash_are_genes() -> None:
    """Each further one, where the vocabulary has it."""
    assert found("ZAX1/2/3 rose") == [("2", "HGNC:2"), ("3", "HGNC:3")]
    assert found("ZAX-1 and -3 rose") == [("3", "HGNC:3")]


def test_numbers_that_count_something_else_are_none() -> None:
    """An unknown number, a decimal, a percentage and a second word stay what they are."""
    assert found("ZAX1/9 rose") == []
    assert found("ZAX1/2.5 fold") == []
    assert found("ZAX1, 2 patients") == []
    assert found("ZAX1/2% of cells") == []
