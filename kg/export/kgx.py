"""KGX for Biolink programs, two files by OUT's ending: .tsv or .jsonl; OUT `g.tsv` is `g_nodes.tsv` and `g_edges.tsv`.

Every property is one that the Biolink Model 4.4 gives the class, and no other. A node has one category, its most
particular. What Biolink has no predicate for is `biolink:related_to`, its own predicate in `original_predicate`; a
denial of such a thing is left out and counted, since "not related" would say more than the text. The grade of a
statement, and whether it is hypothetical or retracted, stand in `has_attribute` as IRIs of ours; quotes in
`supporting_text`. https://github.com/biolink/kgx/blob/master/specification/kgx-format.md
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kg.errors import UsageError
from kg.export._xml import printable
from kg.export.elements import Edge, Node, Passage
from kg.export.place import writing_all
from kg.export.property_graph import PropertyGraph
from kg.part import EDGE_KINDS, Part

Record = Mapping[str, "str | int | bool | Sequence[str]"]

_SOURCE = "infores:cartkg"
_PREDICATES = {"rdfs:subClassOf": "biolink:subclass_of", "kg:has_target": "biolink:interacts_with"}
_RELATED = "biolink:related_to"
# What a term may be beside its own category, and says less than that.
_BROAD = "biolink:DiseaseOrPhenotypicFeature"
_NODE_COLUMNS = (
    "id",
    "category",
    "name",
    "synonym",
    "related_synonym",
    "xref",
    "provided_by",
    "authors",
    "publication_type",
    "published_in",
)
_EDGE_COLUMNS = (
    "id",
    "category",
    "subject",
    "predicate",
    "object",
    "negated",
    "knowledge_level",
    "agent_type",
    "primary_knowledge_source",
    "original_predicate",
    "publications",
    "evidence_count",
    "has_attribute",
    "supporting_text",
)
_SPACES = re.compile(r"[\t\r\n]+")


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes both files; returns the numbers of nodes and edges, and of the denials left out.

    Raises:
        UsageError: the ending names no format.
        BadGraph: the release cannot be read.
        KGError: a file cannot be written; what stood there before still does.
    """
    if out.suffix not in _WRITERS:
        raise UsageError(f"{out}: expected a name ending in {' or '.join(_WRITERS)}, got {out.suffix or 'none'!r}")
    lines = _WRITERS[out.suffix]
    places = [out.with_name(f"{out.stem}_{what}{out.suffix}") for what in ("nodes", "edges")]
    with PropertyGraph.open(release, part) as graph, writing_all(places) as (nodes, edges):
        counts = Counter(nodes=0, edges=0, left_out=0)
        nodes.writelines(lines(_counted(map(_node, graph.nodes()), counts, "nodes"), _NODE_COLUMNS))
        edges.writelines(lines(_counted(_edges(graph, part, counts), counts, "edges"), _EDGE_COLUMNS))
        return dict(counts)


def _counted(records: Iterable[Record], counts: Counter[str], name: str) -> Iterator[Record]:
    for record in records:
        counts[name] += 1
        yield record


def _node(node: Node) -> Record:
    own = [name for name in node.categories if name != _BROAD] or [*node.categories, "biolink:NamedThing"]
    record: dict[str, str | int | bool | Sequence[str]] = {
        "id": printable(node.id),
        "category": (own[0],),
        "name": node.official or node.label,
        "xref": tuple(map(printable, node.xrefs)),
        "provided_by": (_SOURCE,),
    }
    if node.kind == "term":
        return record | {"synonym": node.synonyms, "related_synonym": node.related}
    # Biolink wants a journal of each article: what has none is a publication.
    if own[0] in ("biolink:JournalArticle", "biolink:Article"):
        record["category"] = ("biolink:JournalArticle" if node.journal else "biolink:Publication",)
        if node.journal:
            record["published_in"] = node.journal
    kinds = node.publication_types or ("fabio:Expression",)
    return record | {
        "authors": tuple((node.authors or "").split("; ")) if node.authors else (),
        "publication_type": kinds,
    }


def _edges(graph: PropertyGraph, part: Part, counts: Counter[str]) -> Iterator[Record]:
    for kind in (kind for kind in EDGE_KINDS if kind in part.edges):
        if kind != "statement":
            yield from map(_edge, graph.of(kind))
            continue
        for edge, passages in graph.statements():
            if edge.negated and not edge.predicate.startswith("biolink:"):
                counts["left_out"] += 1
            else:
                yield _edge(edge, passages)


def _edge(edge: Edge, passages: Sequence[Passage] = ()) -> Record:
    biolink = edge.predicate.startswith("biolink:")
    record: dict[str, str | int | bool | Sequence[str]] = {
        "id": edge.id,
        "category": ("biolink:Association",),
        "subject": printable(edge.subject),
        "predicate": edge.predicate if biolink else _PREDICATES.get(edge.predicate, _RELATED),
        "object": printable(edge.object),
        "negated": edge.negated,
        "knowledge_level": edge.knowledge_level,
        "agent_type": edge.agent_type,
        "primary_knowledge_source": _SOURCE,
        "publications": tuple(map(printable, edge.publications)),
        "supporting_text": tuple(dict.fromkeys(one.quote for one in passages)),
    }
    if not biolink:
        record["original_predicate"] = edge.predicate
    if edge.grade is not None:
        flags = {"hypothetical": edge.hypothetical, "retracted": edge.retracted, "shortcut": edge.shortcut}
        record["has_attribute"] = (f"kg:{edge.grade}", *(f"kg:{name}" for name, flag in flags.items() if flag))
        record["evidence_count"] = edge.passages
    return record


def _json_lines(records: Iterable[Record], columns: Sequence[str]) -> Iterator[bytes]:
    """One object a line; a property without a value is not there."""
    encoder = msgspec.json.Encoder()
    for record in records:
        held = {name: record[name] for name in columns if name in record and record[name] != ()}
        yield encoder.encode(held) + b"\n"


def _tab_separated(records: Iterable[Record], columns: Sequence[str]) -> Iterator[bytes]:
    """A head, then a line each, as KGX reads them: no quoting, lists between `|`.

    The form has no way to write a tab or line break, or a `|` inside a list: they become a blank and a broken bar.
    """
    yield ("\t".join(columns) + "\n").encode()
    for record in records:
        yield ("\t".join([_cell(record.get(name, "")) for name in columns]) + "\n").encode()


def _cell(value: str | int | bool | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = value if isinstance(value, str) else "|".join(one.replace("|", "\u00a6") for one in value)
    return _SPACES.sub(" ", text)


_WRITERS: Mapping[str, Callable[[Iterable[Record], Sequence[str]], Iterator[bytes]]] = {
    ".jsonl": _json_lines,
    ".tsv": _tab_separated,
}
