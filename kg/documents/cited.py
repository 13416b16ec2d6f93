"""A citation in, the Draft of the paper that it cites out: of that paper only its title says something.

A text without a title may be a citation too; the names in its journal ("Lupus"), of its authors and of their study
groups are then no text, as in a list of references.
"""

from __future__ import annotations

import re

import msgspec

from kg.documents import citation
from kg.documents.assemble import Draft
from kg.documents.plain import scrub
from kg.model import Reference


def draft(reference: Reference, *, format: str, sha256: str) -> Draft:
    """The paper of a reference.

    >>> one = citation.parse("Lee A, Wu B. CAR T cells in SSc. Lupus 2020;29:1-9.", number=1)
    >>> draft(one, format="jsonl", sha256="").title
    'CAR T cells in SSc'
    """
    return Draft(
        format=format,
        sha256=sha256,
        ids=reference.ids,
        title=reference.title or "",
        citation=reference.citation,
        authors=reference.authors,
        date=str(reference.year) if reference.year else None,
        journal=reference.journal,
        volume=reference.volume,
        pages=reference.pages,
    )


def alone(text: str, *, format: str, sha256: str) -> Draft | None:
    """The paper that a text of its own cites, the text kept to the character; None where it is no citation.

    >>> alone("Five patients with SSc received rituximab.", format="text", sha256="") is None
    True
    """
    if not citation.told(text):
        return None
    reference = citation.parse(text, number=1)
    whole = scrub(text).replace("\n", " ")
    title = re.search(r"\s+".join(map(re.escape, (reference.title or "").split())), whole)
    given = draft(reference, format=format, sha256=sha256)
    return None if title is None else msgspec.structs.replace(given, title=title[0], citation=whole)
