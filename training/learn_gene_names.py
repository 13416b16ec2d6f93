"""Corpora with marked genes in, the names that annotators gave a human gene out: `ontologies/attested/genes.tsv`.

    python -m training.learn_gene_names --corpora ../shared/corpora --out ontologies/attested/genes.tsv

Names and IDs are facts; no sentence is kept. The same table counts how often a name of the vocabulary stands in those
documents and is marked as a gene: "AMP" stands there for much else.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import daachorse

from kg.extract import matcher
from kg.ground.gene_names import Row
from kg.lexicon import Lexicon, shipped
from kg.lexicon.compiling.wording import common_words
from kg.lexicon.prepare import Squeezed, key
from training.gene_corpora import Marked, marked

_HEAD: Final = (
    "# Names of genes in the training parts of BioRED, GNormPlus, NLM-Gene and tmVar 3 (CC0 and US Government works);",
    "# written by training/learn_gene_names.py. marked: documents that mark the name as this gene, of human or animal;",
    "# seen: documents that hold the name and do not mark it as a family's. listed: whether HGNC has the name.",
    "name\tid\tmarked\tseen\tlisted",
)
_KIND_WORDS: Final = frozenset(
    [
        "receptor",
        "kinase",
        "protein",
        "proteins",
        "tyrosine",
        "phosphatase",
        "chemokine",
        "cytokine",
        "proinflammatory",
        "transcription",
        "channel",
        "transporter",
        "hydroxylase",
        "dehydrogenase",
        "oxidase",
        "reductase",
        "polymerase",
        "peptidase",
        "protease",
        "immunoglobulin",
        "collagen",
        "synthase",
        "synthetase",
        "transferase",
        "ligase",
        "antigen",
        "hormone",
        "integrin",
        "oncogene",
        "suppressor",
        "membrane",
        "nuclear",
        "adhesion",
        "molecule",
        "molecules",
        "antibody",
        "blood",
        "group",
        "heavy",
        "light",
        "chain",
    ]
)
_LONGEST: Final = 60  # characters
_WORDS: Final = 6


def learn(items: Sequence[Marked], lexicon: Lexicon) -> list[Row]:
    """The rows of the table, in name order."""
    human = homes(lexicon)
    found = Names(items, lexicon, human)
    rows = []
    for name in sorted(found.seen):
        listed = {entry.term for entry in lexicon.named(name) if lexicon.type_of(entry.term) == "target"}
        given = found.given.get(name, {})
        best = max(given, key=lambda one: (len(given[one]), one), default=None)
        spelled = found.spelled.get(name)
        written = min(spelled.items(), key=lambda pair: (-pair[1], pair[0]))[0] if spelled else name
        for term in sorted({*listed, *([best] if best is not None else [])}):
            of: set[str] = given.get(term, set())
            seen = len(found.seen[name] | of)
            marks = len(of | found.animal.get(name, set()))
            if term not in listed and not _worth(written, len(of), marks, seen):
                continue
            rows.append(Row(name=written, id=term, marked=min(marks, seen), seen=seen, listed=term in listed))
    return rows


class Names:
    """name (prepared) -> documents. given: by human gene; animal: marked as an animal's; seen: standing there."""

    def __init__(self, items: Iterable[Marked], lexicon: Lexicon, human: Mapping[str, str]) -> None:
        items = tuple(items)
        self.given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.animal: dict[str, set[str]] = defaultdict(set)
        self.seen: dict[str, set[str]] = defaultdict(set)
        self.spelled: dict[str, Counter[str]] = defaultdict(Counter)
        for item in items:
            text, number = item.document.text, item.document.id
            for place in item.genes:
                surface = " ".join(text[place.start : place.end].split())
                if len(place.ids) != 1 or not key(surface) or len(surface) > _LONGEST:
                    continue
                term = human.get(place.ids[0])
                if term is not None:
                    self.given[key(surface)][term].add(number)
                    self.spelled[key(surface)][surface] += 1
                else:
                    self.animal[key(surface)].add(number)
        names = sorted(self.given)
        automaton = daachorse.CharwiseDoubleArrayAhoCorasick([f" {name} " for name in names])
        for item in items:
            for name in set(_standing(item, lexicon, automaton, names, self.spelled)):
                self.seen[name].add(item.document.id)


def homes(lexicon: Lexicon) -> dict[str, str]:
    """NCBI's ID of a human gene -> HGNC's."""
    return {
        curie: term.id
        for term in lexicon
        if term.type == "target"
        for curie in term.xrefs
        if curie.startswith("NCBIGene:")
    }


def _standing(
    item: Marked,
    lexicon: Lexicon,
    automaton: daachorse.CharwiseDoubleArrayAhoCorasick,
    names: Sequence[str],
    spelled: Mapping[str, Counter[str]],
) -> Iterator[str]:
    """The names in a document that are not marked as a family's there."""
    text = item.document.text
    families = [(place.start, place.end) for place in item.families]
    for hit in matcher.in_case(text, lexicon.find(text)):
        gene = any(lexicon.type_of(entry.term) == "target" for entry in hit.entries)
        if gene and not _within(hit.start, hit.end, families):
            yield key(text[hit.start : hit.end])
    squeezed = Squeezed(text)
    for first, last, pattern in automaton.find_overlapping(squeezed.text):
        start, end = squeezed.original(first + 1), squeezed.original(last - 2) + 1
        surface = text[start:end]
        # "was" is no use of "WAS".
        if _within(start, end, families) or (surface.islower() and not any(map(str.islower, spelled[names[pattern]]))):
            continue
        yield names[pattern]


def _within(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in places)


def _worth(name: str, given: int, marks: int, seen: int) -> bool:
    """Whether a name that HGNC lacks may be looked for: most documents mark it, and it is no everyday word."""
    plain = key(name)
    if given * 2 < marks or marks * 2 < seen or len(plain.split()) > _WORDS or "/" in name or len(plain) < 3:
        return False
    words = plain.split()
    # "proinflammatory cytokines", "blood group" and "receptor" are kinds, whatever one record meant by them.
    kind = (
        words[-1].endswith("s") and words[-1].isalpha() and name.split()[-1].islower() and not words[-1].endswith("ss")
    )
    if (words[-1] in common_words() and len(words) == 1) or (kind and len(words) > 1):
        return False
    if given < 2 and all(word in common_words() or word in _KIND_WORDS for word in words):
        return False
    # Two letters and a digit ("P1") mean too much; one document's own short form is no name.
    return given >= 2 or len(plain) > 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = learn(tuple(marked(options.corpora)), shipped("full"))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{row.name}\t{row.id}\t{row.marked}\t{row.seen}\t{'yes' if row.listed else 'no'}" for row in rows)
    options.out.write_text("\n".join((*_HEAD, *lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
