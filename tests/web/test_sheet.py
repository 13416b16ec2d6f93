"""A named query's answer as one page to keep: self-contained, escaped, with links that lead out."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.query import Table, load_all
from kg.web.sheet import page
from tests.web.test_pages import read

QUERY = load_all()["targets-tried-in"]
HOSTILE = '<script>alert(1)</script> "onmouseover="x'


def made(*rows: tuple[object, ...]) -> str:
    """The page of an answer with these columns."""
    table = Table(("target", "target_label", "links", "quote", "retracted"), rows)  # type: ignore[arg-type]
    return page(
        QUERY, table, bindings={"given_disease": ox.Literal(HOSTILE)}, given={"disease": HOSTILE}, release="ab" * 32
    )


def test_nothing_is_loaded_and_nothing_of_an_answer_is_markup() -> None:
    """No script, no address to load from, and hostile names, quotes and parameters stay text."""
    found = read(made(("HGNC:1", HOSTILE, HOSTILE, HOSTILE, False)))
    assert not found.tags & {"script", "img", "link", "iframe", "object"}
    assert not [name for name in found.attributes if name.startswith("on")]
    assert found.targets == {"https://identifiers.org/hgnc:1"}


def test_ids_and_lists_of_papers_are_links() -> None:
    """An ID and its label are one link; each paper of a list is one."""
    text = made(("HGNC:1", "CD19", "https://identifiers.org/pubmed:7 https://doi.org/10.1000/a", "A quote.", True))
    assert '<a href="https://identifiers.org/hgnc:1">CD19</a>' in text
    assert '<a href="https://identifiers.org/pubmed:7">PMID:7</a>' in text
    assert '<a href="https://doi.org/10.1000/a">DOI:10.1000/a</a>' in text
    assert re.search(r"<dd class=\"said\">A quote\.</dd>", text)


def test_a_text_that_begins_like_an_address_is_no_link() -> None:
    """Only what the graph's prefixes know leads anywhere."""
    assert read(made(("HGNC:1", None, "http://evil.example/x javascript:alert(1)", "q", False))).targets == {
        "https://identifiers.org/hgnc:1"
    }


def test_an_empty_answer_says_so() -> None:
    """With the release and the query that was asked."""
    text = made()
    assert "The graph says nothing about this." in text
    assert "abababab" in text
    assert "SELECT ?target" in text
