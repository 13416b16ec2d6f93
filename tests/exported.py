"""What tests of exports share: releases to export (empty, small, hostile, real-sized) and how each is read back.

The hostile names have what breaks formats: quotes, line breaks, separators, control characters, markup, formulas,
characters beyond the Basic Multilingual Plane, and IDs that differ in an unprintable character alone.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.graph.quads import triples
from kg.model import (
    Annotation,
    Document,
    Evidence,
    Grade,
    Grounding,
    Ids,
    Mention,
    Name,
    Section,
    Statement,
    Tagged,
    Term,
)
from tests.graph_fixture import SmallVocabulary, release_of

NAMES = (
    'say "so"',
    "it's \\ back\\slash\\",
    "two\nlines\r\nand\ta tab",
    "a;b|c,d",
    "=cmd|' /C calc'!A0",
    "+1-2@x",
    "-5 to 5",
    "@SUM(A1)",
    "<b>&amp;</b> ]]> <!-- ${x} {{y}}",
    "control \x00\x01\x0b\x1f\x7f\x85\ufffe",
    "\U0001d4d2\U0001f9ec na\u00efve \u202eabc\u200b",
    " spaces before and after ",
    "[a, b]",
    "null",
    "007",
    "1e5",
    "TRUE",
)
DISEASE, TARGET = "cartkg:hostile-disease-{}", "cartkg:hostile-target-{}"
_TRIED = "kg:target_tried_in"


def hostile_store() -> ox.Store:
    """One disease, one target and one paper for each name; the paper has it as title, author and journal."""
    terms = [Term(id="MONDO:0000001", type="disease", label="disease")]
    annotations = []
    for number, text in enumerate(NAMES):
        disease, target = DISEASE.format(number), TARGET.format(number)
        names = (Name(text=text, scope="label"), Name(text=f"{text} again", scope="exact"))
        terms.append(Term(id=disease, type="disease", label=text, names=names, parents=("MONDO:0000001",), source=text))
        terms.append(Term(id=target, type="target", label=f"T {text}", names=(Name(text=text, scope="abbreviation"),)))
        annotations.append(_paper(number, text, disease, target))
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples(annotations, SmallVocabulary(terms)))
    return store


def _paper(number: int, text: str, disease: str, target: str) -> Annotation:
    # Two IDs that differ in what most formats cannot hold.
    identifier = f"DOI:10.5555/a\x01{number}" if number % 2 else f"DOI:10.5555/a\x02;|\"'<&{number}"
    document = Document(
        id=identifier,
        ids=Ids(doi=identifier.removeprefix("DOI:")),
        title=text,
        text=text,
        sections=(Section(kind="title", start=0, end=len(text)),),
        format="jsonl",
        sha256="0" * 64,
        authors=(text, "B"),
        journal=text,
        year=2000 + number if number % 3 else None,
    )
    evidence = Evidence(
        document=identifier,
        section="title",
        quote=text,
        start=0,
        end=len(text),
        grade=Grade.SENTENCE_ASSERTION,
        method=text,
        n=number,
        total=100,
        antecedent=text,
    )
    mention = Mention(start=0, end=len(text), text=text, type="disease", section="title", sentence=0)
    grounding = Grounding(mention=mention, term=disease, label=text, score=1.0, reason=text)
    return Annotation(
        tagged=Tagged(document=document, sentences=(), abbreviations=(), groundings=(grounding,)),
        statements=(
            Statement(subject=target, predicate=_TRIED, object=disease, evidence=(evidence,)),
            Statement(subject=target, predicate=_TRIED, object=disease, negated=True, evidence=(evidence,)),
        ),
    )


def empty_release(folder: Path) -> Path:
    """A release without any record."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples((), SmallVocabulary()))
    return release_of(store, folder, "empty")


def hostile_release(folder: Path) -> Path:
    """A release of the hostile graph."""
    return release_of(hostile_store(), folder, "hostile")
