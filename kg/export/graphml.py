"""GraphML for igraph, Cytoscape, yEd and networkx: every field of nodes and edges as an attribute with its type.

Lists stand in one text, their parts between `|`, with a backslash before a `|` or a backslash of their own, since
GraphML has no lists. `color` is a node's colour as in the Gephi export. http://graphml.graphdrawing.org/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from kg.export import _palette
from kg.export._tables import Kind, batches, joined, kinds
from kg.export._xml import escaped, identifier
from kg.export.elements import Edge, Node, weight
from kg.export.place import writing
from kg.export.property_graph import PropertyGraph
from kg.part import Part

_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "list": "string",
    "integer": "int",
    "decimal": "double",
    "boolean": "boolean",
}
_WRITTEN: Mapping[Kind, Callable[[Any], str]] = {
    "text": escaped,
    "list": lambda texts: escaped(joined(texts)),
    "integer": str,
    "decimal": repr,
    "boolean": lambda value: "true" if value else "false",
}
# Fields that are an element's own attributes in GraphML.
_OWN = frozenset({"id", "subject", "object"})


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
    file.write(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/'
        b'xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    node_keys = _keys(file, "node", {**_fields(Node), "type": "text", "color": "text"})
    edge_keys = _keys(file, "edge", {**_fields(Edge), "weight": "integer"})
    file.write(b'<graph id="cartkg" edgedefault="directed">\n')
    counts = {"nodes": 0, "edges": 0}
    for some_nodes in batches(nodes):
        file.write("".join([_node(node, node_keys) for node in some_nodes]).encode())
        counts["nodes"] += len(some_nodes)
    for some_edges in batches(edges):
        file.write("".join([_edge(edge, edge_keys) for edge in some_edges]).encode())
        counts["edges"] += len(some_edges)
    file.write(b"</graph>\n</graphml>\n")
    return counts


def _fields(element: type[msgspec.Struct]) -> dict[str, Kind]:
    return {name: kind for name, kind in kinds(element).items() if name not in _OWN}


def _keys(file: IO[bytes], what: str, fields: Mapping[str, Kind]) -> dict[str, tuple[str, Callable[[Any], str]]]:
    """Declares the fields; gives for each how its values begin and how they are written."""
    found = {}
    for number, (name, kind) in enumerate(fields.items()):
        key = f"{what[0]}{number}"
        file.write(f'<key id="{key}" for="{what}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'.encode())
        found[name] = (f'<data key="{key}">', _WRITTEN[kind])
    return found


def _node(node: Node, keys: Mapping[str, tuple[str, Callable[[Any], str]]]) -> str:
    kind = _palette.kind(node)
    red, green, blue = _palette.colour(kind)
    more = {"type": kind, "color": f"#{red:02x}{green:02x}{blue:02x}"}
    return f'<node id="{identifier(node.id)}">{_data(node, more, keys)}</node>\n'


def _edge(edge: Edge, keys: Mapping[str, tuple[str, Callable[[Any], str]]]) -> str:
    more = {"weight": weight(count=edge.count, documents=edge.documents)}
    return (
        f'<edge id="{escaped(edge.id)}" source="{identifier(edge.subject)}" target="{identifier(edge.object)}">'
        f"{_data(edge, more, keys)}</edge>\n"
    )


def _data(
    element: msgspec.Struct, more: Mapping[str, object], keys: Mapping[str, tuple[str, Callable[[Any], str]]]
) -> str:
    values = []
    for name, (head, written) in keys.items():
        value = more[name] if name in more else getattr(element, name)
        if value is not None and value != ():
            values.append(f"{head}{written(value)}</data>")
    return "".join(values)
