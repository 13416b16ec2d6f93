"""What names of conditions are taken to mean that no list holds as they stand."""

from __future__ import annotations

import pytest

from kg.ground.attested import Attested, Names
from kg.ground.linking import Linker
from kg.ground.senses import Choice
from kg.ground.similar import Nearest
from kg.lexicon import Lexicon
from kg.model import Name, Term


def _term(
    identifier: str,
    label: str,
    *synonyms: str,
    type_: str = "disease",
    xrefs: tuple[str, ...] = (),
    parents: tuple[str, ...] = (),
) -> Term:
    names = (Name(text=label, scope="label"), *(Name(text=text, scope="exact") for text in synonyms))
    return Term(id=identifier, type=type_, label=label, names=names, xrefs=xrefs, parents=parents)


def _attested(name: str, *terms: str, headings: tuple[str, ...], corpora: tuple[str, ...] = ()) -> Attested:
    return Attested(name=name, terms=terms, headings=headings, mentions=9, documents=5, share=1.0, corpora=corpora)


LEXICON = Lexicon(
    (
        _term("X:1", "kidney disorder", xrefs=("MESH:D1",)),
        _term("X:2", "breast cancer", xrefs=("MESH:D2",)),
        _term("X:3", "ovarian cancer", xrefs=("MESH:D3",)),
        _term("X:4", "complement component 7 deficiency"),
        _term("X:5", "C7", "complement component 7", type_="target"),
        _term("X:6", "palsy", type_="phenotype"),
        _term("X:7", "zoric nephritis", parents=("X:1",)),
        _term("X:8", "hepatitis", xrefs=("MESH:D8",)),
        _term("X:9", "drug-induced hepatitis", xrefs=("MESH:D9",)),
        _term("X:10", "rubric fever"),
    )
)
NAMES = Names(
    (
        _attested("nephric trouble", "X:1", headings=("MESH:D1",)),
        _attested("hepatitis", "X:9", headings=("MESH:D9",), corpora=("bc5cdr",)),
        _attested("palsy", "X:6", headings=("MESH:D6",)),
        _attested("cancer of two kinds", "X:2", "X:3", headings=("MESH:D2", "MESH:D3")),
        _attested("zoric trouble", headings=("OMIM:1",)),
    )
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    """Over those terms and names."""
    return Linker(LEXICON, Nearest(LEXICON), NAMES)


@pytest.mark.parametrize(
    ("name", "terms", "reason"),
    [
        ("Breast Cancer", ["X:2"], "a name of"),
        ("renal dysfunction", ["X:1"], "similar to"),
        ("Nephric  trouble", ["X:1"], "annotators call it MESH:D1"),
        ("trouble of the kidneys", ["X:1"], "annotators call it MESH:D1"),
        ("cancer of two kinds", ["X:2", "X:3"], "annotators call it"),
        ("breast and ovarian cancer", ["X:2", "X:3"], "one of those that"),
        ("breast/ovarian cancers", ["X:2", "X:3"], "one of those that"),
        ("breast and other cancers", [None], "abstained"),
        ("cancer of the breast and ovary", ["X:2", "X:3"], "one of those that"),
        ("C7 deficiency", ["X:4"], "the gene's name in full"),
        ("femoral nerve palsy", [None], "abstained"),
        ("unicorn disease", [None], "abstained"),
        ("zoric trouble", [None], "abstained"),
        ("", [None], "abstained"),
    ],
)
def test_each_way_says_why(linker: Linker, name: str, terms: list[str | None], reason: str) -> None:
    """Another wording, an annotators' name, a coordination, a gene's deficiency; else it is left open."""
    choices = linker.link(name)
    assert [choice.term for choice in choices] == terms
    assert all(choice.reason.startswith(reason) for choice in choices)


def test_a_short_form_means_what_it_is_short_for(linker: Linker) -> None:
    """Its long form without the modifiers, where nothing else is near: the document says what it is a kind of."""
    (choice,) = linker.link("FNP", long="femoral nerve palsy")
    assert (choice.term, choice.reason) == ("X:6", "short for femoral nerve palsy: a kind of palsy")
    assert linker.link("femoral nerve palsy")[0].term is None


def test_where_only_the_same_will_do_a_finding_and_an_attested_name_will_not(linker: Linker) -> None:
    """In records of the field: another wording of a disease's name alone."""
    assert linker.link("renal dysfunction", same=True)[0].term == "X:1"
    assert linker.link("nephric trouble", same=True)[0].term is None
    assert linker.link("palsy", same=True)[0].term is None


def test_a_term_without_a_heading_gets_the_annotators(linker: Linker) -> None:
    """One that has a heading keeps it; one that no annotator gave any gets none, not even its parents'."""
    assert linker.headings("palsy", LEXICON.term("X:6")) == ("MESH:D6",)
    assert linker.headings("zoric nephritis", LEXICON.term("X:7")) == ()
    assert linker.headings("hepatitis", LEXICON.term("X:8")) == ()
    assert linker.headings("rubric fever", LEXICON.term("X:10")) == ()


def test_outside_of_the_field_a_mention_is_told_where_mesh_files_it(linker: Linker) -> None:
    """Under what annotators gave the name in any wording, else under the heading of the nearest term above."""
    assert linker.headings("zoric nephritis", LEXICON.term("X:7"), broader=True) == ("MESH:D1",)
    assert linker.headings("hepatitis", LEXICON.term("X:8"), broader=True) == ("MESH:D9",)
    assert linker.headings("palsies", LEXICON.term("X:6"), broader=True) == ("MESH:D6",)
    assert linker.headings("rubric fever", LEXICON.term("X:10"), broader=True) == ()


def test_in_a_record_of_harm_a_name_means_what_its_annotators_mean() -> None:
    """Where they agree and the corpus is one of such records; what they call otherwise elsewhere stays."""
    linker = Linker(LEXICON, Nearest(LEXICON), NAMES)
    plain = Choice(term="X:8", label="hepatitis", score=1.0, reason="its name")
    assert linker.in_records_of_harm("Hepatitis", plain).term == "X:9"
    other = Choice(term="X:6", label="palsy", score=1.0, reason="its name")
    assert linker.in_records_of_harm("palsy", other) == other


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("We saw breast and ovarian cancer.", "ovarian cancer", "breast and ovarian cancer"),
        ("It was breast, or ovarian cancer.", "ovarian cancer", "breast, or ovarian cancer"),
        ("Ovarian and breast cancer", "breast cancer", "Ovarian and breast cancer"),
    ],
)
def test_a_name_behind_a_member_is_the_end_of_a_coordination(text: str, name: str, whole: str) -> None:
    """Both members are meant, and the stretch begins with the first of them."""
    at = text.index(name)
    start, members = Linker(LEXICON, Nearest(LEXICON), Names(())).before(text, at, at + len(name))
    assert text[start : at + len(name)] == whole
    assert {choice.term for choice in members} == {"X:2", "X:3"}


@pytest.mark.parametrize("text", ["women and ovarian cancer", "breast ovarian cancer", "breast; and ovarian cancer"])
def test_what_shares_no_head_or_is_not_joined_is_no_coordination(text: str) -> None:
    """ "Women cancer" is no name; without "and", or behind another mark, nothing is joined."""
    at = text.index("ovarian")
    assert Linker(LEXICON, Nearest(LEXICON), Names(())).before(text, at, len(text)) == (at, ())
