"""What was taken for a gene is weighed, and what is none is taken back."""

from __future__ import annotations

from typing import Final

import pytest

from kg.documents.assemble import Draft, Passage, assemble
from kg.errors import BadVocabulary
from kg.ground import gene_filter
from kg.ground.gene_filter import Genes
from kg.ground.gene_names import Row
from kg.ground.senses import Choice
from kg.lexicon import Entry, Hit, Lexicon
from kg.model import Document, Name, Term

GENE: Final = Term(
    id="HGNC:1",
    type="target",
    label="ZAX1",
    names=(Name(text="ZAX1", scope="label"), Name(text="ZAX", scope="abbreviation")),
    source="HGNC as in a package",
)
LISTED: Final = Term(
    id="HGNC:2", type="target", label="ZBC2", names=(Name(text="ZBC2", scope="label"),), source="the field's own list"
)
WEIGHTS: Final = {"bias": 2.0, "animals alone": -5.0, "annotators never marked it": -5.0}


def document(text: str) -> Document:
    draft = Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False)
    return assemble(draft)


def judged(text: str, name: str, term: Term, *, of_field: bool = False, rows: tuple[Row, ...] = ()) -> Choice:
    """What is left of the one name in a text."""
    lexicon = Lexicon([GENE, LISTED])
    names = {(row.name.lower(), row.id): row for row in rows}
    start = text.index(name)
    hit = Hit(start, start + len(name), (Entry(term.id, name, "label"),))
    choice = Choice(term=term.id, label=term.label, score=1.0, reason="only sense")
    genes = Genes(lexicon, weights=WEIGHTS, names=names)
    return genes.judge(document(text), [hit], [choice], of_field=of_field)[0]


def test_an_animals_gene_is_taken_back_and_says_why() -> None:
    """HGNC's IDs are human genes: in a record about rats alone there is none."""
    choice = judged("ZAX1 rose in rats.", "ZAX1", GENE)
    assert choice.term is None
    assert "animals alone" in choice.reason
    assert choice.alternatives[0].term == "HGNC:1"


def test_a_gene_of_people_stays_and_says_why() -> None:
    """The reason of the name is kept, the probability told behind it."""
    choice = judged("ZAX1 rose in patients.", "ZAX1", GENE)
    assert choice.term == "HGNC:1"
    assert choice.reason.startswith("only sense; human gene (0.88)")


def test_a_name_that_annotators_never_marked_is_none() -> None:
    """What stood in a hundred documents and was a gene in none is something else."""
    row = Row(name="ZAX", id="HGNC:1", marked=0, seen=100, listed=True)
    assert judged("ZAX rose in patients.", "ZAX", GENE).term == "HGNC:1"
    assert judged("ZAX rose in patients.", "ZAX", GENE, rows=(row,)).term is None


@pytest.mark.parametrize(("of_field", "kept"), [(True, True), (False, False)])
def test_the_fields_own_targets_are_trusted_in_its_records(of_field: bool, kept: bool) -> None:
    """A therapy's target is meant as such in a mouse, too, where the record is one of this field."""
    choice = judged("ZBC2 rose in rats.", "ZBC2", LISTED, of_field=of_field)
    assert (choice.term == "HGNC:2") is kept


def test_without_weights_nothing_is_judged() -> None:
    """A checkout without the table finds what the vocabulary names."""
    choice = Choice(term="HGNC:1", label="ZAX1", score=1.0, reason="only sense")
    hit = Hit(0, 4, (Entry("HGNC:1", "ZAX1", "label"),))
    genes = Genes(Lexicon([GENE]), weights={}, names={})
    assert genes.judge(document("ZAX1 rose in rats."), [hit], [choice]) == [choice]


def test_a_broken_table_is_named() -> None:
    """The message tells the line."""
    with pytest.raises(BadVocabulary, match="line 1: expected evidence and weight"):
        gene_filter.read(["a digit in it\tmuch"], origin="gene_weights.tsv")
