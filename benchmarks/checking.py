"""Judges the shapes of one graph twice in the same run: by `kg.graph.shapes` and by pySHACL. Prints the ratio.

The graph is made here: invented papers, each with two names and a statement with two passages. `python
benchmarks/checking.py --papers 3000` for a larger one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.graph import shacl, shapes
from kg.graph.problem import Problem
from kg.graph.quads import triples
from kg.lexicon import shipped
from kg.model import Annotation, Document, Evidence, Grade, Grounding, Ids, Mention, Section, Statement, Tagged

TITLE = "CD19 in SSc"
ABSTRACT = "Five patients received it."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=500)
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples(_papers(parser.parse_args().papers), shipped()))
    own, found = _timed(lambda: shapes.violations(store))
    other, same = _timed(lambda: shacl.violations(store))
    assert found == same == [], f"the two differ: {found} and {same}"
    print(f"{len(store):,} triples: own {own:.2f} s of CPU, pySHACL {other:.2f} s, ratio {other / own:.1f}")


def _timed(judge: Callable[[], Iterator[Problem]]) -> tuple[float, list[Problem]]:
    start = time.process_time()
    found = list(judge())
    return time.process_time() - start, found


def _papers(count: int) -> Iterator[Annotation]:
    text = f"{TITLE}\n{ABSTRACT}"
    places = ((0, len(TITLE), "title"), (len(TITLE) + 1, len(text), "abstract"))
    sections = tuple(Section(kind=kind, start=start, end=end) for start, end, kind in places)
    for number in range(1, count + 1):
        document = Document(
            id=f"PMID:{number}",
            ids=Ids(pmid=str(number)),
            title=TITLE,
            text=text,
            sections=sections,
            format="jsonl",
            sha256=f"{number:064x}",
            year=2024,
        )
        evidence = tuple(
            Evidence(
                document=document.id,
                section=kind,
                quote=text[start:end],
                start=start,
                end=end,
                grade=Grade.SENTENCE_ASSERTION,
                method="made for a benchmark",
                treated=5,
                cohort=document.id,
            )
            for start, end, kind in places
        )
        said = Statement(subject="HGNC:1633", predicate="kg:target_tried_in", object="MONDO:0005100", evidence=evidence)
        named = tuple(
            _named(words, type_, term)
            for words, type_, term in (("CD19", "target", "HGNC:1633"), ("SSc", "disease", "MONDO:0005100"))
        )
        tagged = Tagged(document=document, sentences=(), abbreviations=(), groundings=named)
        yield Annotation(tagged=tagged, statements=(said,))


def _named(words: str, type_: str, term: str) -> Grounding:
    start = TITLE.index(words)
    mention = Mention(start=start, end=start + len(words), text=words, type=type_, section="title", sentence=0)
    return Grounding(mention=mention, term=term, label=words, score=0.9, reason="only sense")


if __name__ == "__main__":
    main()
