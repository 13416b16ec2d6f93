"""What was compiled in; the files under `ontologies/` out: terms, completed mappings, and what they were made of."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg.lexicon import shelf
from kg.lexicon.compiling.conditions import Mapping_
from kg.lexicon.compiling.registry import Compiled
from kg.model import Term

SSSOM: Final = "mappings.sssom.tsv"
RECORD: Final = "compiled/sources.toml"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
)
_HEAD = """#curie_map:
#  HP: http://purl.obolibrary.org/obo/HP_
#  MESH: "https://identifiers.org/mesh:"
#  MONDO: http://purl.obolibrary.org/obo/MONDO_
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#mapping_set_id: https://w3id.org/cartkg/mappings
#mapping_set_description: MeSH headings whose name or entry term is exactly a name of the subject, where the subject's own cross-references lack them
#license: https://creativecommons.org/licenses/by/4.0/
"""  # noqa: E501 - one field a line is the format's


def write(compiled: Compiled, taken: Iterable[tuple[str, str]], folder: Path) -> dict[str, int]:
    """Writes the three files; how many terms of each type, and mappings, there are.

    The same packages give the same bytes: everything is sorted, nothing carries a date.
    """
    data = shelf.packed(compiled.terms)
    counts = Counter(term.type for term in compiled.terms)
    put(folder / shelf.COMPILED, data)
    put(folder / SSSOM, sssom(compiled.mappings).encode())
    put(folder / RECORD, record(compiled.terms, compiled.versions.items(), taken, data).encode())
    return {**dict(sorted(counts.items())), "mappings": len(compiled.mappings)}


def sssom(mappings: Sequence[Mapping_]) -> str:
    """The completed mappings as SSSOM (https://mapping-commons.github.io/sssom/)."""
    rows = [
        "\t".join(
            (
                row.subject,
                row.subject_label,
                "skos:exactMatch",
                row.object,
                row.object_label,
                row.justification,
                f"{row.confidence:.2f}",
            )
        )
        for row in mappings
    ]
    return _HEAD + "\n".join(("\t".join(_COLUMNS), *rows)) + "\n"


def record(
    terms: Sequence[Term], versions: Iterable[tuple[str, str]], taken: Iterable[tuple[str, str]], data: bytes
) -> str:
    """What the compiled file was made of, as TOML."""
    lines = [
        "# Written by `kg vocab build`: the compiled file, what is in it, and each file that was read with its sha256.",
        "",
        "[compiled]",
        f'path = "{shelf.COMPILED}"',
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
        "",
        "[terms]",
    ]
    lines += [f"{name} = {count}" for name, count in sorted(Counter(term.type for term in terms).items())]
    lines += ["", "[versions]", *(f'{prefix} = "{version}"' for prefix, version in sorted(versions)), "", "[files]"]
    lines += [f'"{name}" = "{digest}"' for name, digest in sorted(taken)]
    return "\n".join(lines) + "\n"


def put(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)
