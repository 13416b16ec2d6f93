"""A sentence with marks in, its text and the mentions marked in it out: `[event]` and `{therapy}`."""

from __future__ import annotations

from functools import cache

from kg.model import Document, Grounding, Ids, Mention, Section, Span, Tagged, Term
from kg.relate.view import Named, Sentence, View

_MARKS = {"[": "adverse_event", "{": "therapy"}


class Words:
    """A vocabulary in which a name means its own words."""

    def term(self, curie: str, /) -> Term:
        return Term.of(curie, "adverse_event", curie.partition(":")[2])

    def category(self, type_: str, /) -> str:
        return "biolink:NamedThing"

    def ancestors(self, curie: str, /) -> frozenset[str]:
        return frozenset()


def sentence(marked: str) -> tuple[str, tuple[Named, ...], tuple[Named, ...]]:
    """Text, events and therapies."""
    seen = viewed(marked)
    return seen.text, seen.of_type("adverse_event"), seen.of_type("therapy")


@cache
def viewed(marked: str) -> Sentence:
    """The sentence as the relations see it."""
    text, opened, groundings = "", [], []
    for character in marked:
        if character in _MARKS:
            opened.append((len(text), _MARKS[character]))
        elif character in "]}":
            start, type_ = opened.pop()
            words = text[start:]
            mention = Mention(
                start=start, end=len(text), text=words, type=type_, section="abstract", sentence=0, qualifiers=()
            )
            groundings.append(
                Grounding(mention=mention, term=f"WORDS:{words}", label=words, score=1.0, reason="marked")
            )
        else:
            text += character
    document = Document(
        id="TEST:1",
        ids=Ids(),
        title="",
        text=text,
        sections=(Section(kind="abstract", start=0, end=len(text)),),
        format="test",
        sha256="0" * 64,
    )
    tagged = Tagged(
        document=document,
        sentences=(Span(start=0, end=len(text)),),
        abbreviations=(),
        groundings=tuple(groundings),
    )
    return View(tagged, Words()).sentences[0]
