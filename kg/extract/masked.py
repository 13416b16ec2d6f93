"""A document's text and sentences in, the same text without what hides names or only looks like them out.

Exports of records run the heading of a part of the abstract and its first word together ("ObjectivesSystemic lupus"),
and the words of an address on the web are nobody's conditions. Every character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span

_HEADINGS = (
    "Abstract",
    "Aim",
    "Aims",
    "Background",
    "Case",
    "Conclusion",
    "Conclusions",
    "Context",
    "Design",
    "Discussion",
    "Findings",
    "Importance",
    "Introduction",
    "Interpretation",
    "Method",
    "Methods",
    "Objective",
    "Objectives",
    "Outcome",
    "Outcomes",
    "Purpose",
    "Rationale",
    "Result",
    "Results",
    "Setting",
    "Significance",
    "Summary",
)
_BEGINNINGS = tuple(sorted({heading[:5] for name in _HEADINGS for heading in (name, name.upper())}))
_GLUED = re.compile(rf"(?:{'|'.join(f'{name}|{name.upper()}' for name in _HEADINGS)})(?=[A-Z][a-z])")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+")


def masked(text: str, sentences: Sequence[Span]) -> str:
    """The text with a blank for the last letter of a heading that runs into a word, and an `x` for those of addresses.

    >>> text = "ObjectivesLupus at www.lupus.org is rare."
    >>> masked(text, [Span(start=0, end=len(text))])
    'Objective Lupus at xxxxxxxxxxxxx is rare.'
    """
    for sentence in sentences:
        if text.startswith(_BEGINNINGS, sentence.start) and (found := _GLUED.match(text, sentence.start)) is not None:
            text = f"{text[: found.end() - 1]} {text[found.end() :]}"
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(lambda found: "x" * len(found[0]), text)
    return text
