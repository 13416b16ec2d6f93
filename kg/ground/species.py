"""A record in, which species it tells of and where out: HGNC's IDs are human genes, a mouse's have others.

Told from the record's own words for its subjects, strains and cell lines. How a symbol is written (`Cd19`) is weighed
beside it, in `kg.ground.gene_evidence`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

import daachorse

from kg.lexicon.prepare import lowered

# Kind -> words in lower case. `people` are persons, `human` says the species, `line` are human cell lines.
_KINDS: Final[Mapping[str, str]] = {
    "people": "patient patients man men woman women boy boys girl girls child children adult adults infant infants "
    "volunteer volunteers individual individuals family families participants cases people person persons clinical "
    "proband probands sibling siblings pedigree pedigrees carriers caucasian caucasians japanese chinese korean "
    "italian cohort controls newborn neonates twins father mother consanguineous",
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


class Species:
    """Where a text tells of whom. Places are code points."""

    def __init__(self, text: str) -> None:
        self._found = tuple(sorted(_told(lowered(text))))
        self._places = [place for place, _ in self._found]

    @cached_property
    def _people(self) -> list[int]:
        """How many of the first words, of none, of one and so on, tell of people."""
        return [*accumulate((kind in HUMAN for _, kind in self._found), initial=0)]

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

    def sides(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether people, and whether others, are named in a stretch of the text.

        >>> Species("Human CD19 in transgenic mice").sides(0, 10)
        (True, False)
        """
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        people = self._people[last] - self._people[first]
        return people > 0, people < last - first

    def before(self, place: int) -> str:
        """The kind named last before a place; empty where none was."""
        number = bisect_left(self._places, place)
        return self._found[number - 1][1] if number else ""

    @cached_property
    def of_animals(self) -> bool:
        """Whether the text tells of animals and of no person."""
        return any(kind not in HUMAN and kind != "lower" for kind in self.counts) and HUMAN.isdisjoint(self.counts)


def _told(lower: str) -> Iterator[tuple[int, str]]:
    """Where a text in lower case tells of whom: single words, and the parts of a compound of two ("mouse-derived")."""
    automaton, words = _words()
    compounds = set[int]()
    for first, last, number in automaton.find_overlapping(lower):
        left, right = lower[first - 1 : first], lower[last : last + 1]
        if left.isalnum() or right.isalnum() or left == "_" or right == "_":
            continue
        if "-" not in (left, right):
            if first not in compounds:
                yield first, _KIND_OF[words[number]]
            continue
        start, end = first, last
        while start and (_is_word(lower[start - 1]) or lower[start - 1] == "-"):
            start -= 1
        while _is_word(lower[end : end + 1]) or lower[end : end + 1] == "-":
            end += 1
        compound = lower[start:end]
        if start in compounds or compound.count("-") != 1 or "-" in (compound[0], compound[-1]):
            continue
        compounds.add(start)
        parts = (compound,) if compound in _KIND_OF else compound.split("-")
        yield from ((start, _KIND_OF[part]) for part in parts if part in _KIND_OF)


@cache
def _words() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, tuple[str, ...]]:
    """What finds all words at once, and which they are."""
    return daachorse.CharwiseDoubleArrayAhoCorasick([*_KIND_OF]), tuple(_KIND_OF)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def of_animals(text: str) -> bool:
    """Whether a record tells of animals and of no person.

    >>> of_animals("Ptpn22 in NOD mice"), of_animals("PTPN22 in mice and in patients")
    (True, False)
    """
    return Species(text).of_animals
