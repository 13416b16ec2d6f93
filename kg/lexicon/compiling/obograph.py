"""An OBO-graph JSON release in, its terms out (https://github.com/geneontology/obographs); obsolete ones left out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kg.errors import BadVocabulary
from kg.lexicon.compiling.curie import canonical
from kg.lexicon.compiling.stanza import Stanza
from kg.model import Name, Scope

_SCOPES: dict[str, Scope] = {
    "hasExactSynonym": "exact",
    "hasRelatedSynonym": "related",
    "hasBroadSynonym": "broad",
    "hasNarrowSynonym": "narrow",
}
_SHORT = ("abbreviation", "OMO_0003000", "acronym", "OMO_0003012")
_OBO = ("http://purl.obolibrary.org/obo/", "https://purl.obolibrary.org/obo/")


class _Synonym(msgspec.Struct, frozen=True):
    val: str
    pred: str = "hasRelatedSynonym"
    synonymType: str = ""  # noqa: N815 - the format's own name


class _Xref(msgspec.Struct, frozen=True):
    val: str = ""


class _Meta(msgspec.Struct, frozen=True):
    synonyms: tuple[_Synonym, ...] = ()
    xrefs: tuple[_Xref, ...] = ()
    deprecated: bool = False


class _Node(msgspec.Struct, frozen=True):
    id: str
    lbl: str = ""
    type: str = ""
    meta: _Meta = _Meta()


class _Edge(msgspec.Struct, frozen=True):
    sub: str
    pred: str
    obj: str


class _Graph(msgspec.Struct, frozen=True):
    nodes: tuple[_Node, ...] = ()
    edges: tuple[_Edge, ...] = ()


class _File(msgspec.Struct, frozen=True):
    graphs: tuple[_Graph, ...]


def read(data: bytes, *, origin: str) -> Iterator[Stanza]:
    """The terms of an OBO-graph file.

    Raises:
        BadVocabulary: it is no OBO-graph JSON.
    """
    try:
        graphs = msgspec.json.decode(data, type=_File).graphs
    except msgspec.DecodeError as error:
        raise BadVocabulary(f"{origin}: expected OBO-graph JSON, got: {error}") from error
    for graph in graphs:
        parents: dict[str, list[str]] = {}
        for edge in graph.edges:
            if edge.pred == "is_a":
                parents.setdefault(edge.sub, []).append(compact(edge.obj))
        for node in graph.nodes:
            if node.lbl and not node.meta.deprecated and node.type in ("", "CLASS") and ":" in compact(node.id):
                yield _stanza(node, tuple(parents.get(node.id, ())))


def compact(iri: str) -> str:
    """The CURIE of an OBO IRI; anything else as it is.

    >>> compact("http://purl.obolibrary.org/obo/MONDO_0005100")
    'MONDO:0005100'
    """
    for base in _OBO:
        if iri.startswith(base):
            return iri[len(base) :].replace("_", ":", 1)
    return iri


def _stanza(node: _Node, parents: tuple[str, ...]) -> Stanza:
    names = []
    for synonym in node.meta.synonyms:
        scope = _SCOPES.get(synonym.pred, "related")
        short = scope == "exact" and synonym.synonymType.endswith(_SHORT)
        names.append(Name(text=synonym.val, scope="abbreviation" if short else scope))
    xrefs = (canonical(xref.val) for xref in node.meta.xrefs)
    return Stanza(
        id=compact(node.id),
        label=node.lbl,
        names=tuple(names),
        parents=parents,
        xrefs=tuple(xref for xref in xrefs if xref is not None),
    )
