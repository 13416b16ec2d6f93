"""A release file in, its terms out; what format it is of is told from its content."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from kg.errors import BadVocabulary
from kg.lexicon.compiling import obo, obograph, owl
from kg.lexicon.compiling.stanza import Stanza


def read(path: Path) -> Iterator[Stanza]:
    """The terms of an OBO, OBO-graph JSON or OWL (RDF/XML) file, gzipped or not.

    Raises:
        BadVocabulary: it cannot be read, or is of none of these formats.
    """
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError) as error:
        raise BadVocabulary(f"{path}: {error}") from error
    yield from parse(data, origin=path.name)


def parse(data: bytes, *, origin: str) -> Iterator[Stanza]:
    """The terms of a release given as bytes.

    >>> [stanza.id for stanza in parse(b"format-version: 1.4\\n[Term]\\nid: X:1\\nname: flu\\n", origin="x.obo")]
    ['X:1']

    Raises:
        BadVocabulary: it is of none of the known formats.
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        yield from obograph.read(data, origin=origin)
    elif head.startswith(b"<"):
        yield from owl.read(io.BytesIO(data), origin=origin)
    elif b"format-version:" in head or b"[Term]" in head:
        yield from obo.read(io.StringIO(data.decode("utf-8", "replace")))
    else:
        raise BadVocabulary(f"{origin}: expected OBO, OBO-graph JSON or OWL in RDF/XML, got {head[:40]!r}")
