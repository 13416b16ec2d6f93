"""A record and a gene's name in it in, whether another species' gene is meant out: HGNC's IDs are human genes.

Told from the record's own words for its subjects and from how rodent genes are written (`Cd19`), as the nomenclature
committees have it: human symbols in capitals, mouse and rat symbols with one (https://www.informatics.jax.org/mgihome/nomen/).
"""

from __future__ import annotations

import re

_PEOPLE_WORDS = (
    "human humans patient patients man men woman women boy boys girl girls child children adult adults infant infants "
    "volunteer volunteers individual individuals family families subjects participants cases people person persons "
    "clinical"
)
_PEOPLE = frozenset(_PEOPLE_WORDS.split())
_ANIMAL_WORDS = (
    "mice mouse murine rat rats rodent rodents zebrafish drosophila yeast chicken rabbit rabbits pig pigs porcine "
    "bovine canine dog dogs xenopus caenorhabditis arabidopsis"
)
_ANIMALS = frozenset(_ANIMAL_WORDS.split())
_WORM = re.compile(r"\bc\. elegans", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_RODENT = re.compile(r"[A-Z][a-z]{1,6}\d{0,3}[a-z]?\d?$")


def of_animals(text: str) -> bool:
    """Whether a record tells of animals and of no person.

    >>> of_animals("Ptpn22 in NOD mice"), of_animals("PTPN22 in mice and in patients")
    (True, False)
    """
    # Word by word is twenty times faster than to try the patterns at each letter of a text.
    words = frozenset(_WORD.findall(text.lower()))
    animals = not words.isdisjoint(_ANIMALS) or ("elegans" in words and _WORM.search(text) is not None)
    return animals and words.isdisjoint(_PEOPLE)


def rodent_symbol(surface: str, symbol: str) -> bool:
    """Whether a symbol is written as the one of a mouse or a rat.

    >>> rodent_symbol("Ptpn22", "PTPN22"), rodent_symbol("PTPN22", "PTPN22"), rodent_symbol("Ras", "HRAS")
    (True, False, False)
    """
    return surface != symbol and surface.upper() == symbol.upper() and _RODENT.match(surface) is not None
