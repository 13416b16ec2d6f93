"""The fixture graph with one paper more, whose names and sentences hold all that CSV, arrays and Cypher trip over."""

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
from tests.graph_fixture import SOURCES, SSC, TERMS, TRIED, SmallVocabulary, papers, release_of

TARGET = "cartkg:odd"
LABEL = " \"; a;b\\,'}) DETACH DELETE n //\n=1+1 "
SYNONYMS = ("x;y", '"', "two\r\nlines", "tab\there", "back\\slash\\", "𝛼β 🧬", "NULL", "true", "1e3", " ")
QUOTE = "He said: \"a;b\\\" $rows {id: 1}\nand 'c' — in SSc;\r\n"


def annotation() -> Annotation:
    """The paper."""
    title = f"{LABEL}in SSc"
    text = f"{title}\n{QUOTE}."
    end = len(title)
    document = Document(
        id="PMID:66",
        ids=Ids(pmid="66"),
        title=title,
        text=text,
        sections=(
            Section(kind="title", start=0, end=end),
            Section(kind="abstract", start=end + 1, end=len(text)),
        ),
        authors=("O'Hara; Jr.", 'A "B" C'),
        format="jsonl",
        sha256="6" * 64,
        year=2020,
    )
    evidence = Evidence(
        document="PMID:66",
        section="abstract",
        quote=QUOTE,
        start=end + 1,
        end=end + 1 + len(QUOTE),
        grade=Grade.SENTENCE_ASSERTION,
        method="by hand; 1",
        percent=12.5,
        confidence=0.25,
    )
    mention = Mention(start=0, end=len(LABEL), text=LABEL, type="target", section="title", sentence=0)
    grounding = Grounding(mention=mention, term=TARGET, label=LABEL, score=1.0, reason="only; sense")
    said = Statement(subject=TARGET, predicate=TRIED, object=SSC, evidence=(evidence,))
    tagged = Tagged(document=document, sentences=(), abbreviations=(), groundings=(grounding,))
    return Annotation(tagged=tagged, statements=(said,))


def store() -> ox.Store:
    """The graph of all seven papers, in memory."""
    names = (Name(text=LABEL, scope="label"), *(Name(text=text, scope="exact") for text in SYNONYMS))
    odd = Term(id=TARGET, type="target", label=LABEL, names=names, source='by "hand"; here')
    made = ox.Store()
    found = triples((*papers(), annotation()), SmallVocabulary((*TERMS, odd)), sources=SOURCES)
    made.bulk_extend(ox.Quad(*triple) for triple in found)
    return made


def release(folder: Path) -> Path:
    """The same, as a release's folder."""
    return release_of(store(), folder, "release")
