"""SSSOM mappings of the terms: whose cross-references they are, how each was found, and how sure it is.

A release's `skos:exactMatch` are its vocabulary's cross-references. Those that this project completed by comparing
names stand in `ontologies/mappings.sssom.tsv` and keep their confidence; those of terms that were written by hand are
manual; the others were taken over from their source, which says no more. https://mapping-commons.github.io/sssom/
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from kg.export.elements import Node
from kg.export.place import writing
from kg.export.property_graph import PropertyGraph
from kg.namespaces import PREFIXES
from kg.part import Part
from kg.resources import folder

COMPLETED = "mappings.sssom.tsv"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "subject_category",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "comment",
)
_SEMAPV = "https://w3id.org/semapv/vocab/"
_LEXICAL, _MANUAL = "semapv:LexicalMatching", "semapv:ManualMappingCuration"
_TAKEN_OVER = "semapv:UnspecifiedMatching"
# How the overlay marks what it says of its own accord.
_OWN = "cartkg curation"


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes a TSV with its metadata above it; returns the number of mappings.

    Raises:
        UsageError: `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    # No edges that reach papers, so the nodes are terms alone.
    terms_alone = msgspec.structs.replace(part, edges=("statement",))
    with PropertyGraph.open(release, terms_alone) as graph, writing(out) as file:
        completed = _completed(folder("ontologies") / COMPLETED)
        rows = [row for node in graph.nodes() for row in _rows(node, completed, graph)]
        used = sorted(
            {str(row[at]).partition(":")[0] for row in rows for at in (0, 2, 3, 4)} & PREFIXES.keys() | {"skos"}
        )
        bases = {name: PREFIXES[name] for name in used} | {"semapv": _SEMAPV}
        text = io.StringIO(newline="")
        text.write(_head(bases))
        written = csv.writer(text, delimiter="\t", lineterminator="\n")
        written.writerow(_COLUMNS)
        written.writerows(rows)
        file.write(text.getvalue().encode())
        return {"mappings": len(rows)}


def _head(bases: Mapping[str, str]) -> str:
    # In quotes, as YAML wants what ends in a colon.
    lines = ["curie_map:", *(f'  {name}: "{base}"' for name, base in sorted(bases.items()))]
    lines += [
        'license: "https://creativecommons.org/licenses/by/4.0/"',
        'mapping_set_description: "Cross-references of the terms of a cartkg graph"',
        'mapping_set_id: "https://w3id.org/cartkg/mappings/graph"',
    ]
    return "".join(f"#{line}\n" for line in lines)


def _rows(node: Node, completed: Mapping[tuple[str, str], str], graph: PropertyGraph) -> Iterator[tuple[str, ...]]:
    for other in node.xrefs:
        confidence = completed.get((node.id, other), "")
        own = node.source is not None and node.source.startswith(_OWN)
        yield (
            node.id,
            _line(node.official or node.label),
            node.categories[0] if node.categories else "",
            "skos:exactMatch",
            other,
            "" if (label := graph.label(other)) == other else _line(label),
            _LEXICAL if confidence else _MANUAL if own else _TAKEN_OVER,
            confidence,
            _line(node.source or ""),
        )


def _completed(path: Path) -> Mapping[tuple[str, str], str]:
    """Confidence by subject and object."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row["subject_id"], row["object_id"]): row["confidence"] for row in rows}


def _line(text: str) -> str:
    return " ".join(text.split())
