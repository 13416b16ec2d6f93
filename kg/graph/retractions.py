"""The list of retracted papers in, their CURIEs out: the shipped one, and one of the user's.

Records tell of a retraction only from the day that PubMed marked them. The list also knows of papers whose record was
saved before, and of those that are only cited.
"""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path
from typing import Final

from kg import resources
from kg.errors import BadInput

COMPILED: Final = "compiled/retractions.txt.xz"
_PMID = re.compile(r"(?:pmid: ?)?([1-9]\d{0,8})", re.IGNORECASE)
_DOI = re.compile(r"(?:doi: ?|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


@cache
def shipped() -> frozenset[str]:
    """The retracted papers that PubMed marked as such by mid-2024, as `PMID:…`.

    >>> "PMID:993" in shipped(), "PMID:1" in shipped()
    (True, False)
    """
    data = lzma.decompress((resources.folder("ontologies") / COMPILED).read_bytes())
    return frozenset(f"PMID:{line}" for line in data.decode("ascii").split())


def read(path: Path) -> frozenset[str]:
    """The papers that a file lists: a PMID or DOI a line, `#` begins a comment.

    Raises:
        BadInput: the file cannot be read, or a line is neither.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), expected="a list of retracted papers", got=str(error)) from error
    found = set()
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        if pmid := _PMID.fullmatch(text):
            found.add(f"PMID:{pmid[1]}")
        elif doi := _DOI.fullmatch(text):
            found.add(f"DOI:{doi[1].lower()}")
        else:
            raise BadInput(f"{path}, line {number}", expected="a PMID or a DOI", got=repr(text[:60]))
    return frozenset(found)
