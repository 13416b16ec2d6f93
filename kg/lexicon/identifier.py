"""What a user gives for a term in, the CURIE that it may be out: IRIs, OBO's underscores, bare MeSH numbers."""

from __future__ import annotations

import re

from kg import namespaces

_IDENTIFIER = re.compile(r"[A-Za-z]+:[A-Za-z]?\d+")
_UNDERSCORED = re.compile(r"([A-Za-z]+)_(\d+)")
_MESH = re.compile(r"[DC]\d{6,9}")


def is_identifier(given: str) -> bool:
    """Whether what is given is an ID and no name.

    >>> is_identifier("MONDO_0005100"), is_identifier("SSc")
    (True, False)
    """
    return _IDENTIFIER.fullmatch(as_curie(given)) is not None


def as_curie(given: str) -> str:
    """What people paste for an ID as a CURIE: an IRI, `MONDO_0005100`, a bare MeSH number.

    >>> as_curie("http://purl.obolibrary.org/obo/MONDO_0005100"), as_curie("MONDO_0005100")
    ('MONDO:0005100', 'MONDO:0005100')
    >>> as_curie("D012595"), as_curie("SSc")
    ('MESH:D012595', 'SSc')
    """
    text = namespaces.curie(given.strip())
    if (found := _UNDERSCORED.fullmatch(text)) is not None:
        return f"{found[1]}:{found[2]}"
    return f"MESH:{text}" if _MESH.fullmatch(text) else text
