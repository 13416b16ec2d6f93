"""A record in, which species it tells of and where out: HGNC's IDs are human genes, a mouse's have others.

Told from the record's own words for its subjects, strains and cell lines. How a symbol is written (`Cd19`) is weighed
beside it, in `kg.ground.gene_evidence`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

# Kind -> words in lower case. `people` are persons, `human` says the species, `line` are human cell lines.
_KINDS: Final[Mapping[str, str]] = {
    "people": "patient patients man men woman women boy boys girl girls child children adult adults infant infants "
    "volunteer volunteers individual individuals family families participants cases people person persons clinical "
    "proband probands sibling siblings pedigree pedigrees carriers caucasian caucasians japanese chinese korean "
    "italian cohort controls male-to-female newborn neonates twins father mother consanguineous",
    "human": "human humans homo humanized",
    "line": "hela hek293 hek293t hek mcf7 mcf hepg2 huh7 hct116 jurkat k562 u937 thp a549 sh-sy5y lncap pc3 du145 u2os "
    "saos caco hl60 huvec huvecs hacat sw480 ht29 mda t47d raji daudi ramos bt474 skbr3 u87 a431 pbmc pbmcs cos",
    "mouse": "mice mouse murine balb c57bl c57bl6 c3h nih3t3 3t3 raw264 c2c12 mef mefs 3t3-l1 cd-1 nod dba icr "
    "knockout knockouts transgenic",
    "rat": "rat rats wistar sprague dawley sprague-dawley pc12 h9c2 ina ins-1 lewis",
    "animal": "rodent rodents animal animals zebrafish drosophila fly flies chicken chick avian rabbit rabbits pig "
    "pigs porcine bovine cow cattle sheep canine dog dogs cat cats feline monkey monkeys macaque horse hamster "
    "hamsters cho xenopus frog frogs caenorhabditis elegans worm worms nematode fish guinea melanogaster "
    "embryos larvae",
    "lower": "yeast saccharomyces cerevisiae pombe arabidopsis plant plants coli escherichia bacteria bacterial "
    "bacterium virus viral bacillus mycobacterium plasmodium toxoplasma fungus fungal",
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words.split()}
KINDS: Final = tuple(_KINDS)
HUMAN: Final = frozenset({"people", "human", "line"})
_WORD = re.compile(r"\w+(?:-\w+)?")
_PART = re.compile(r"\w+")


class Species:
    """Where a text tells of whom. Places are code points."""

    def __init__(self, text: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose small form is two: places would be off
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        found: list[tuple[int, str]] = []
        # Few of a text's words tell: which, one pass finds; only those are looked for again, for their places.
        for word in set(_WORD.findall(lower)):
            kind = _KIND_OF.get(word)
            kinds: tuple[str, ...] = (kind,) if kind is not None else ()
            if kind is None and "-" in word:
                kinds = tuple(part for part in map(_KIND_OF.get, _PART.findall(word)) if part is not None)
            if kinds:
                found += [(place, part) for place in _places(word, lower) for part in kinds]
        self._found = tuple(sorted(found))
        self._places = [place for place, _ in self._found]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Kind -> how many words."""
        return Counter(kind for _, kind in self._found)

    def among(self, start: int, end: int) -> frozenset[str]:
        """The kinds named in a stretch of the text.

        >>> sorted(Species("Human CD19 in transgenic mice").among(0, 10))
        ['human']
        """
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        return frozenset(kind for _, kind in self._found[first:last])

    def before(self, place: int) -> str:
        """The kind named last before a place; empty where none was."""
        number = bisect_left(self._places, place)
        return self._found[number - 1][1] if number else ""

    @cached_property
    def of_animals(self) -> bool:
        """Whether the text tells of animals and of no person."""
        return any(kind not in HUMAN and kind != "lower" for kind in self.counts) and HUMAN.isdisjoint(self.counts)


def _places(word: str, lower: str) -> Iterator[int]:
    """Where a word stands as one, as `_WORD` cuts a text."""
    at = lower.find(word)
    while at >= 0:
        end = at + len(word)
        if not _inside(lower, at - 1) and not _inside(lower, end):
            yield at
        at = lower.find(word, end)


def _inside(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] in "_-")


def of_animals(text: str) -> bool:
    """Whether a record tells of animals and of no person.

    >>> of_animals("Ptpn22 in NOD mice"), of_animals("PTPN22 in mice and in patients")
    (True, False)
    """
    return Species(text).of_animals
