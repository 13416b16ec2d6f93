"""A record and a gene's name in it in, whether another species' gene is meant out: HGNC's IDs are human genes.

Told from the record's own words for its subjects and from how rodent genes are written (`Cd19`), as the nomenclature
committees have it: human symbols in capitals, mouse and rat symbols with one (https://www.informatics.jax.org/mgihome/nomen/).
"""

from __future__ import annotations

import re

_HUMAN = re.compile(
    r"\b(?:humans?|patients?|man|men|women|woman|boys?|girls?|child|children|adults?|infants?|volunteers?|individuals?|"
    r"famil(?:y|ies)|subjects|participants|cases|people|persons?|clinical)\b",
    re.IGNORECASE,
)
_ANIMAL = re.compile(
    r"\b(?:mice|mouse|murine|rats?|rodents?|zebrafish|drosophila|yeast|chicken|rabbits?|pigs?|porcine|bovine|canine|dogs?|"
    r"xenopus|c\. elegans|caenorhabditis|arabidopsis)\b",
    re.IGNORECASE,
)
_RODENT = re.compile(r"[A-Z][a-z]{1,6}\d{0,3}[a-z]?\d?$")


def of_animals(text: str) -> bool:
    """Whether a record tells of animals and of no person.

    >>> of_animals("Ptpn22 in NOD mice"), of_animals("PTPN22 in mice and in patients")
    (True, False)
    """
    return _ANIMAL.search(text) is not None and _HUMAN.search(text) is None


def rodent_symbol(surface: str, symbol: str) -> bool:
    """Whether a symbol is written as the one of a mouse or a rat.

    >>> rodent_symbol("Ptpn22", "PTPN22"), rodent_symbol("PTPN22", "PTPN22"), rodent_symbol("Ras", "HRAS")
    (True, False, False)
    """
    return surface != symbol and surface.upper() == symbol.upper() and _RODENT.match(surface) is not None
