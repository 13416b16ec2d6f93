"""Annotated corpora in, the names that annotators gave an ID out: `ontologies/attested/names.tsv`.

    python -m training.learn_names --corpora ../shared/corpora --out ontologies/attested/names.tsv

Training parts only, without any document of a development part. Names and IDs are facts; no sentence is kept. A name
counts with the IDs it was given most often.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.lexicon import Lexicon, shipped
from kg.lexicon.prepare import key
from kg.model import Term
from training.corpora import Marked, developing, marked

_HEAD: Final = (
    "# Names of conditions and the IDs that annotators gave them in the training parts of BC5CDR, BioRED and",
    "# NCBI Disease (US Government works); written by training/learn_names.py. percent: of its mentions.",
    "name\tterms\theadings\tmentions\tdocuments\tpercent\tcorpora",
)
_KINDS: Final = ("disease", "adverse_event", "phenotype")
_LEAST_SHARE: Final = 0.5
_LONGEST: Final = 7  # words; above it a name is a description of its text
_SHORT: Final = 6  # characters; a short form means something else in the next document
_DOCUMENTS: Final = 2  # unless so many documents agree
_LETTERS: Final = 2
_DOCUMENTS_OF_LETTERS: Final = 3  # for a form of two letters


def learn(items: Iterable[Marked], lexicon: Lexicon) -> list[str]:
    """The rows of the table, in name order."""
    given: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    where: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for (start, end), ids in item.mentions.items():
            headings = tuple(sorted({_curie(one) for one in ids if one not in ("", "-1")}))
            name = item.document.text[start:end]
            if headings and key(name):
                given[key(name)][headings] += 1
                spelled[key(name)][name] += 1
                for heading in headings:
                    called[heading][key(name)] += 1
                seen[key(name), headings].add(item.document.id)  # once, also where several corpora hold it
                where[key(name), headings].add(item.corpus)
    home = homes(lexicon)
    usual = {heading: sorted(names, key=lambda one: (-names[one], one)) for heading, names in called.items()}
    rows = []
    for name, counts in sorted(given.items()):
        headings, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        share = count / counts.total()
        documents = seen[name, headings]
        written = min(spelled[name].items(), key=lambda pair: (-pair[1], pair[0]))[0]
        if share < _LEAST_SHARE or len(name.split()) > _LONGEST or _is_private(written, len(documents)):
            continue
        terms = dict.fromkeys(_best(home[one], written, usual[one]) for one in headings if one in home)
        corpora = sorted(where[name, headings])
        rows.append(
            "\t".join(
                (
                    " ".join(written.split()),
                    "|".join(terms),
                    "|".join(headings),
                    str(count),
                    str(len(documents)),
                    str(round(100 * share)),
                    "|".join(corpora),
                )
            )
        )
    return rows


def _is_private(name: str, documents: int) -> bool:
    """Whether a name is a short form that too few documents use, so that it may mean something else in the next.

    >>> _is_private("LGS", 1), _is_private("LGS", 2), _is_private("GD", 2), _is_private("gout", 1)
    (True, False, True, False)
    """
    if len(name) > _SHORT or name.islower() or name.istitle():
        return False
    return documents < (_DOCUMENTS if len(name) > _LETTERS else _DOCUMENTS_OF_LETTERS)


def homes(lexicon: Lexicon) -> Mapping[str, tuple[Term, ...]]:
    """Heading of MeSH or OMIM -> the terms of conditions that have it."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in lexicon:
        if {term.type, *term.also}.intersection(_KINDS):
            for curie in dict.fromkeys((term.id, *term.xrefs)):
                if curie.startswith(("MESH:", "OMIM:")):
                    found[curie].append(term)
    return {curie: tuple(terms) for curie, terms in found.items()}


def _best(terms: Iterable[Term], name: str, usual: Sequence[str]) -> str:
    """Of several terms under a heading the one that has the name, else what annotators most often call the heading.

    MONDO and HPO give a heading to narrower terms, too: "fits" are seizures and no visual epilepsy. Of those left a
    disease comes first, then the one with the fewest headings. usual: names of the heading, the most frequent first.
    """

    def rank(term: Term) -> tuple[int, int, int, str]:
        names = {key(other.text) for other in term.names}
        place = -1 if key(name) in names else next((n for n, one in enumerate(usual) if one in names), len(usual))
        return (place, _KINDS.index(term.type) if term.type in _KINDS else 9, _headings(term), term.id)

    return min(terms, key=rank).id


def _headings(term: Term) -> int:
    return sum(curie.startswith("MESH:") for curie in (term.id, *term.xrefs))


def _curie(identifier: str) -> str:
    prefix, _, rest = identifier.partition(":")
    return f"OMIM:{rest}" if prefix == "MIM" else identifier


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    items = marked(options.corpora, "disease", "train", without=developing(options.corpora))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join((*_HEAD, *learn(items, shipped("full")))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
