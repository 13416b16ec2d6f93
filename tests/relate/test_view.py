"""A document as the relations see it."""

from __future__ import annotations

from kg.lexicon import shipped
from kg.relate.view import MOST_NAMED, View
from tests.marked import annotate


def test_a_list_of_very_many_names_relates_none_of_them() -> None:
    """A sentence with more names than any author puts into one keeps its mentions and states nothing."""
    found = annotate("rituximab in SSc " * MOST_NAMED)
    assert len(found.tagged.groundings) > MOST_NAMED
    assert found.statements == ()


def test_a_sentence_holds_its_names_by_type() -> None:
    """They come in text order, with offsets into the sentence."""
    (sentence,) = View(annotate("Rituximab in lupus nephritis and SSc.").tagged, shipped("full")).sentences
    assert [sentence.text[named.start : named.end] for named in sentence.of_type("disease")] == [
        "lupus nephritis",
        "SSc",
    ]
