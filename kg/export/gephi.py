"""GEXF 1.3 for Gephi: types, grades and years as attributes, colours, sizes, and a timeline.

Statements, mentions and links are edges of different kinds, so that Gephi keeps two of them that have the same ends.
An edge stands on the timeline from the year of the first paper behind it to that of the last, a paper from its year
on; terms stand always. https://gexf.net/schema.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from math import log2
from pathlib import Path
from typing import IO

from kg.export import _palette
from kg.export._xml import escaped, identifier, line
from kg.export.elements import Edge, Node, weight
from kg.export.place import writing
from kg.export.property_graph import PropertyGraph
from kg.model import Grade
from kg.part import EdgeKind, Part

_BLOCK = 1_000
_PAPERS = '<attvalue for="publications" value="['
_BACKSLASHED = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
_NODE_COLUMNS = {
    "kind": "string",
    "entity_types": "liststring",
    "official": "string",
    "synonyms": "liststring",
    "xrefs": "liststring",
    "categories": "liststring",
    "documents": "integer",
    "first_year": "integer",
    "last_year": "integer",
    "authors": "string",
    "journal": "string",
    "status": "liststring",
}
_EDGE_COLUMNS = {
    "edge_kind": "string",
    "predicate": "string",
    "negated": "boolean",
    "grade": "string",
    "documents": "integer",
    "publications": "liststring",
    "first_year": "integer",
    "last_year": "integer",
    "passages": "integer",
    "refuting": "integer",
    "patients": "integer",
    "n": "integer",
    "total": "integer",
    "hypothetical": "boolean",
    "retracted": "boolean",
    "shortcut": "boolean",
    "count": "integer",
    "sections": "liststring",
    "knowledge_level": "string",
    "agent_type": "string",
}


def write(release: Path, out: Path, part: Part) -> Mapping[str, int]:
    """Writes the graph and returns the numbers of nodes and edges.

    Raises:
        UsageError: `out` is a folder.
        BadGraph: the release cannot be read.
        KGError: `out` cannot be written; what stood there before still does.
    """
    with PropertyGraph.open(release, part) as graph, writing(out) as file:
        return write_elements(file, graph.nodes(), graph.edges())


def write_elements(file: IO[bytes], nodes: Iterable[Node], edges: Iterable[Edge]) -> Mapping[str, int]:
    """The same, from nodes and edges. An element is written as it comes; nothing is held."""
    file.write(_head().encode())
    counts = {"nodes": _in_blocks(file, map(_node, nodes))}
    file.write(b"</nodes>\n<edges>\n")
    counts["edges"] = _in_blocks(file, map(_edge, edges))
    file.write(b"</edges>\n</graph>\n</gexf>\n")
    return counts


def _in_blocks(file: IO[bytes], lines: Iterator[str]) -> int:
    count = 0
    while block := list(islice(lines, _BLOCK)):
        file.write("".join(block).encode())
        count += len(block)
    return count


def _head() -> str:
    def columns(kind: str, types: Mapping[str, str]) -> str:
        rows = "".join(f'<attribute id="{name}" title="{name}" type="{type_}"/>\n' for name, type_ in types.items())
        return f'<attributes class="{kind}" mode="static">\n{rows}</attributes>\n'

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "<meta><creator>cartkg</creator></meta>\n"
        '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" '
        'timerepresentation="interval">\n'
        f"{columns('node', _NODE_COLUMNS)}{columns('edge', _EDGE_COLUMNS)}<nodes>\n"
    )


def _node(node: Node) -> str:
    kind = _palette.kind(node)
    values = [_value("kind", kind), _value("documents", str(node.documents))]
    for name in ("official", "authors", "journal"):
        if text := getattr(node, name):
            values.append(_value(name, text))
    for name in ("entity_types", "synonyms", "xrefs", "categories", "status"):
        if texts := getattr(node, name):
            values.append(_value(name, _listed(texts)))
    for name in ("first_year", "last_year"):
        if (year := getattr(node, name)) is not None:
            values.append(_value(name, str(year)))
    start = f' start="{node.first_year:04}-01-01"' if node.kind != "term" and node.first_year is not None else ""
    red, green, blue = _palette.colour(kind)
    return (
        f'<node id="{identifier(node.id)}" label="{line(node.label)}"{start}><attvalues>{"".join(values)}</attvalues>'
        f'<viz:size value="{4 + 4 * log2(1 + node.documents):.2f}"/><viz:color r="{red}" g="{green}" b="{blue}"/>'
        "</node>\n"
    )


def _value(name: str, text: str) -> str:
    return f'<attvalue for="{name}" value="{escaped(text)}"/>'


# What most of the time goes into: one expression an edge. Edges repeat each other's kinds, years, numbers and papers,
# so each such group of attributes is made once and remembered.
def _edge(edge: Edge) -> str:
    span, years = _years(edge.first_year, edge.last_year)
    named, values = _same(
        edge.kind,
        edge.predicate,
        edge.negated,
        edge.grade,
        edge.hypothetical,
        edge.retracted,
        edge.shortcut,
        edge.knowledge_level,
        edge.agent_type,
    )
    heavy, numbers = _numbers(
        edge.documents, edge.passages, edge.refuting, edge.patients, edge.n, edge.total, edge.count
    )
    papers = f'{_PAPERS}{", ".join(map(_paper, edge.publications))}]"/>' if edge.publications else ""
    return (
        f'<edge id="{escaped(edge.id)}" source="{identifier(edge.subject)}" target="{identifier(edge.object)}"{named}'
        f"{heavy}{span}><attvalues>{years}"
        f"{numbers}{papers}{_sections(edge.sections)}{values}</edge>\n"
    )


@lru_cache(maxsize=1 << 14)
def _same(
    kind: EdgeKind,
    predicate: str,
    negated: bool,
    grade: Grade | None,
    hypothetical: bool,
    retracted: bool,
    shortcut: bool,
    level: str,
    agent: str,
) -> tuple[str, str]:
    """What many edges have alike: the attributes of the tag, and what closes the edge."""
    label = line(predicate.partition(":")[2].replace("_", " "))
    values = [_value("edge_kind", kind), _value("predicate", predicate)]
    if kind == "statement":
        flags = {"negated": negated, "hypothetical": hypothetical, "retracted": retracted, "shortcut": shortcut}
        values += [_value(name, "true" if flag else "false") for name, flag in flags.items()]
    if grade is not None:
        values.append(_value("grade", grade))
    values += [_value("knowledge_level", level), _value("agent_type", agent)]
    red, green, blue = _palette.shade(grade, negated)
    # Two edges of one kind with the same ends would be one to Gephi; a statement and its denial are not.
    named = f' kind="{"not " if negated else ""}{line(predicate)}" label="{"not " if negated else ""}{label}"'
    return named, f'{"".join(values)}</attvalues><viz:color r="{red}" g="{green}" b="{blue}"/>'


@lru_cache(maxsize=1 << 12)
def _years(first: int | None, last: int | None) -> tuple[str, str]:
    """The place on the timeline, an attribute of the tag, and the same as values."""
    if first is None or last is None:
        return "", ""
    return f' start="{first:04}-01-01" end="{last:04}-12-31"', _given(first_year=first, last_year=last)


@lru_cache(maxsize=1 << 14)
def _numbers(
    documents: int,
    passages: int,
    refuting: int,
    patients: int | None,
    n: int | None,
    total: int | None,
    count: int | None,
) -> tuple[str, str]:
    """The weight, an attribute of the tag, and the values."""
    told = {"passages": passages, "refuting": refuting} if passages else {}
    values = _given(documents=documents, **told, patients=patients, n=n, total=total, count=count)
    return f' weight="{weight(count=count, documents=documents)}"', values


def _given(**numbers: int | None) -> str:
    return "".join(_value(name, str(number)) for name, number in numbers.items() if number is not None)


@lru_cache(maxsize=1 << 17)
def _paper(paper: str) -> str:
    return escaped(_quote(paper))


@lru_cache(maxsize=1 << 10)
def _sections(sections: tuple[str, ...]) -> str:
    return _value("sections", _listed(sections)) if sections else ""


def _listed(texts: Iterable[str]) -> str:
    """A list as Gephi and graphology read it: in brackets, each text in quotes, with backslashes where needed.

    >>> _listed(['a "b"', "c\\n"])
    '["a \\\\"b\\\\"", "c\\\\n"]'
    """
    return f"[{', '.join(_quote(text) for text in texts)}]"


def _quote(text: str) -> str:
    for plain, written in _BACKSLASHED:
        text = text.replace(plain, written)
    return f'"{text}"'
