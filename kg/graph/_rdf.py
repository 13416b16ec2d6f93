"""CURIEs, texts and numbers in, pyoxigraph's terms out; every term of the graph is made here.

XML 1.0 (§2.2) can hold neither most control characters nor U+FFFE and U+FFFF, and no RDF holds a lone surrogate; in a
literal they become U+FFFD, so that RDF/XML and GraphML stay possible. Offsets keep their meaning: one for one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import iri

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FOUR_PLACES = Decimal("0.0001")


@lru_cache(maxsize=1 << 16)
def node(curie: str) -> NamedNode:
    """The IRI node of a CURIE.

    >>> node("kg:Record").value
    'https://w3id.org/cartkg/vocab/Record'

    Raises:
        ValueError: the prefix is none of ours.
    """
    return NamedNode(iri(curie))


TYPE = node("rdf:type")


def scrub(text: str) -> str:
    """The text with what XML 1.0 forbids replaced by U+FFFD, one for one.

    >>> scrub("a\\x00b")
    'a\\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def string(text: str) -> Literal:
    return Literal(scrub(text))


def integer(value: int) -> Literal:
    return Literal(value)


def boolean(value: bool) -> Literal:
    return Literal(value)


def decimal(value: float) -> Literal:
    """An xsd:decimal of at most four places, in the form a store gives it back.

    >>> decimal(0.98765).value, decimal(1.0).value, decimal(12.5).value
    ('0.9876', '1', '12.5')
    """
    rounded = Decimal(repr(value)).quantize(_FOUR_PLACES, rounding=ROUND_HALF_EVEN).normalize()
    return Literal(format(rounded + 0, "f"), datatype=node("xsd:decimal"))


def issued(value: str) -> Literal | None:
    """A date typed by its precision; None for what is no date.

    >>> [issued(text).datatype.value.rpartition("#")[2] for text in ("2024-12-12", "2024-12", "2024")]
    ['date', 'gYearMonth', 'gYear']
    >>> issued("2024-13") is issued("Winter 2024") is None
    True
    """
    for pattern, padding, datatype in (
        (r"\d{4}-\d\d-\d\d", "", "xsd:date"),
        (r"\d{4}-\d\d", "-01", "xsd:gYearMonth"),
        (r"\d{4}", "-01-01", "xsd:gYear"),
    ):
        if re.fullmatch(pattern, value, re.ASCII):
            try:
                date.fromisoformat(value + padding)
            except ValueError:
                return None
            return Literal(value, datatype=node(datatype))
    return None


def digest(*parts: object, length: int = 32) -> str:
    """Hexadecimal digits that only this content gives; parts are told apart, so ("ab", "c") is not ("a", "bc").

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:length]


def about(subject: NamedNode, pairs: Iterable[tuple[str, NamedNode | Literal | None]]) -> Iterator[Triple]:
    """One triple for each (predicate CURIE, object) whose object is there."""
    for predicate, value in pairs:
        if value is not None:
            yield Triple(subject, node(predicate), value)
