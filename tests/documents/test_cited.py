"""A text that is a citation is read as the paper it cites, and of that only the title says something."""

from __future__ import annotations

import io

from kg.documents import cited, jsonl
from kg.model import Document
from tests.marked import annotator

TEXT = "Leigh A, Lupus Study Group. Rituximab in  systemic sclerosis. J Crohns Colitis 2020;14:1-9."


def _found(document: Document) -> list[str]:
    return [grounding.mention.text for grounding in annotator().tag(document).groundings]


def test_journal_and_group_of_a_lone_citation_are_no_text() -> None:
    """Names in them are no mentions, and what is found keeps its place, double blanks and all."""
    tagged = annotator().annotate_text(TEXT).tagged
    assert [g.mention.text for g in tagged.groundings] == ["Rituximab", "systemic sclerosis"]
    assert all(TEXT[g.mention.start : g.mention.end] == g.mention.text for g in tagged.groundings)


def test_text_of_a_record_may_be_a_citation() -> None:
    """It keeps the record's own ID, and its identifiers name the paper where the record has none."""
    lines = f'{{"id": "a", "text": "{TEXT} PMID: 99100020"}}\n{{"text": "{TEXT} PMID: 99100020"}}'.encode()
    documents = list(jsonl.read(io.BytesIO(lines), origin="x"))
    assert [document.id for document in documents if isinstance(document, Document)] == [
        "record:a",
        "PMID:99100020",
    ]
    for document in documents:
        assert isinstance(document, Document)
        assert document.text == f"{TEXT} PMID: 99100020"
        assert _found(document) == ["Rituximab", "systemic sclerosis"]


def test_citation_broken_over_lines_keeps_its_offsets() -> None:
    """A line break inside of it counts as the blank that it is."""
    draft = cited.alone(TEXT.replace("in  systemic", "in\nsystemic"), format="text", sha256="")
    assert draft is not None
    assert draft.title == "Rituximab in systemic sclerosis"
