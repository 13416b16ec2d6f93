"""The table of attested names, read and asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.assemble import Draft, Passage, assemble
from kg.ground.attested import Attested, Names, shipped
from kg.lexicon import Lexicon
from kg.model import Name, Term

HEAD = "# learnt\nname\tterms\theadings\tmentions\tdocuments\tpercent\tcorpora\n"


def test_a_name_is_found_however_it_is_spelled(tmp_path: Path) -> None:
    """Under its prepared spelling, and under the same words in another order or inflection."""
    path = tmp_path / "names.tsv"
    path.write_text(f"{HEAD}Renal damage\tX:1\tMESH:D007674\t4\t3\t80\tbc5cdr|biored\n")
    names = Names.from_path(path)
    wanted = Attested(
        name="Renal damage",
        terms=("X:1",),
        headings=("MESH:D007674",),
        mentions=4,
        documents=3,
        share=0.8,
        corpora=("bc5cdr", "biored"),
    )
    assert names.of("renal  DAMAGE") == wanted
    assert names.of("damage, renal") is None
    assert names.worded("damage of the kidneys") == wanted
    assert names.worded("damage of the liver") is None


def test_of_two_spellings_the_commoner_counts() -> None:
    """Names that are the same once prepared."""
    few = Attested(name="a b", terms=("X:1",), headings=(), mentions=1, documents=1, share=1.0)
    many = Attested(name="A-b", terms=("X:2",), headings=(), mentions=9, documents=1, share=1.0)
    assert Names([few, many]).of("a b") == many


def test_a_missing_file_holds_no_name(tmp_path: Path) -> None:
    """A vocabulary without the table is searched without harm."""
    assert Names.from_path(tmp_path / "none.tsv").of("fever") is None


@pytest.mark.checkout
def test_of_a_headings_terms_the_one_it_is_usually_called_is_learnt() -> None:
    """A name that none of them has goes to it, and not to a narrower term; a name that one has goes there."""
    from training.corpora import Marked  # not in the wheel
    from training.learn_names import learn

    def term(identifier: str, label: str, type_: str) -> Term:
        return Term(
            id=identifier, type=type_, label=label, names=(Name(text=label, scope="label"),), xrefs=("MESH:D1",)
        )

    lexicon = Lexicon([term("X:1", "visual epilepsy", "disease"), term("X:2", "seizures", "adverse_event")])
    text = "seizures, seizures, fits, visual epilepsy"
    places = ((0, 8), (10, 18), (20, 24), (26, 41))
    document = assemble(Draft(format="text", sha256="", abstract=(Passage("", text),), newline=False))
    item = Marked(corpus="own", document=document, mentions=dict.fromkeys(places, ("MESH:D1",)))
    assert {row.split("\t")[0]: row.split("\t")[1] for row in learn([item], lexicon)} == {
        "seizures": "X:2",
        "fits": "X:2",
        "visual epilepsy": "X:1",
    }


def test_the_shipped_table_holds_names_and_no_sentences() -> None:
    """Each has headings and counts, and no more than seven words."""
    assert shipped().of("renal damage") is not None
    for row in shipped().rows:
        assert len(row.name.replace("-", " ").split()) <= 12
        assert row.headings
        assert row.mentions >= row.documents >= 1
        assert 0.5 <= row.share <= 1.0
