"""An entity type or a grade in, its colour out, of the eight that the colour-blind can tell (Okabe and Ito 2008)."""

from __future__ import annotations

from typing import Final

from kg.export.elements import Node
from kg.model import Grade

Colour = tuple[int, int, int]

_TYPES: Final[dict[str, Colour]] = {
    "disease": (213, 94, 0),
    "target": (0, 114, 178),
    "therapy": (0, 158, 115),
    "adverse_event": (204, 121, 167),
    "cell_type": (230, 159, 0),
    "phenotype": (86, 180, 233),
    "record": (120, 120, 120),
    "cited_paper": (190, 190, 190),
}
_OTHER: Final[Colour] = (240, 228, 66)
# Grades from dark to pale: the stronger the evidence, the more it stands out.
_GRADES: Final = {
    grade: (level, level, level) for grade, level in zip(Grade, (20, 70, 120, 160, 190, 210), strict=True)
}
_DENIED: Final[Colour] = (200, 30, 30)


def kind(node: Node) -> str:
    """The one word that a node is coloured and filtered by: a term's first entity type.

    >>> types = ("disease", "adverse_event")
    >>> kind(Node(id="MONDO:1", kind="term", label="x", categories=(), documents=0, entity_types=types))
    'disease'
    """
    if node.kind != "term":
        return node.kind
    return node.entity_types[0] if node.entity_types else "term"


def colour(kind: str) -> Colour:
    """Of an entity type, or a kind of paper.

    >>> colour("disease"), colour("device")
    ((213, 94, 0), (240, 228, 66))
    """
    return _TYPES.get(kind, _OTHER)


def shade(grade: Grade | None, negated: bool) -> Colour:
    """Of an edge: red where it is denied, else the darker the better its grade; links are pale."""
    if negated:
        return _DENIED
    return _GRADES[grade] if grade is not None else (200, 200, 200)
