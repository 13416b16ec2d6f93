"""`ontologies/kg.ttl` in, its triples out: a graph carries the meaning of its own words, grades' ranks with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadVocabulary
from kg.resources import folder


def triples(path: Path | None = None) -> Iterator[ox.Triple]:
    """The project's own ontology.

    >>> any(triple.predicate.value.endswith("/rank") for triple in triples())
    True

    Args:
        path: a Turtle file; the shipped one unless given.

    Raises:
        BadVocabulary: the file is no Turtle, or has blank nodes.
    """
    path = path or folder("ontologies") / "kg.ttl"
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise BadVocabulary(f"{path}: expected no blank node, got {quad.triple}")
            yield quad.triple
    except SyntaxError as error:
        raise BadVocabulary(f"{path}: expected Turtle, got {error}") from error
