"""A store in, what breaks the shapes of `ontologies/shapes.ttl` out, as pySHACL judges it: the second, slow opinion.

Every shape judges a node by its own triples and by the types of what it points to. So each batch of nodes goes to
pySHACL with just these, and the time grows with the number of nodes, not with the square of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal, cast

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH, XSD

from kg.errors import BadVocabulary
from kg.graph._rdf import TYPE
from kg.graph.problem import Problem
from kg.namespaces import curie
from kg.resources import folder

# pySHACL looks each focus node up in their list: batches stay small.
BATCH = 250


def violations(store: ox.Store, *, shapes: Path | None = None, batch: int = BATCH) -> Iterator[Problem]:
    """Every node that is not as its shape wants it, in the order of classes and nodes.

    Args:
        store: the graph.
        shapes: a Turtle file of node shapes with target classes; the shipped one unless given.
        batch: how many nodes go to pySHACL at once.

    Raises:
        BadVocabulary: the shapes file cannot be read.
    """
    wanted = _load(shapes or folder("ontologies") / "shapes.ttl")
    for shape, kind in sorted((str(s), str(o)) for s, o in wanted.subject_objects(SH.targetClass)):
        found = store.quads_for_pattern(None, TYPE, ox.NamedNode(kind), None)
        nodes = iter(sorted((quad.subject for quad in found), key=str))
        while some := tuple(islice(nodes, batch)):
            yield from _judge(store, some, wanted, shape)


@cache
def _load(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(data=path.read_text("utf-8"), format="turtle")
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        raise BadVocabulary(f"{path}: expected SHACL shapes in Turtle, got: {error}") from error


def _judge(
    store: ox.Store, nodes: Sequence[ox.NamedNode | ox.BlankNode | ox.Triple], shapes: rdflib.Graph, shape: str
) -> Iterator[Problem]:
    data = rdflib.Graph()
    typed: set[ox.NamedNode] = set()
    for subject in nodes:
        for quad in store.quads_for_pattern(subject, None, None, None):
            data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            if isinstance(quad.object, ox.NamedNode) and quad.predicate != TYPE:
                typed.add(quad.object)
    for object_ in typed:
        for quad in store.quads_for_pattern(object_, TYPE, None, None):
            data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    conforms, results, _ = pyshacl.validate(
        data,
        shacl_graph=shapes,
        inplace=True,
        # Types of what is pointed to make it a target too, without its own triples: judge this batch alone.
        focus_nodes=[_term(subject) for subject in nodes],
        use_shapes=[shape],
    )
    if conforms:
        return
    assert isinstance(results, rdflib.Graph)
    yield from sorted(_problem(results, result) for result in results.subjects(RDF.type, SH.ValidationResult))


def _problem(results: rdflib.Graph, result: rdflib.term.Node) -> Problem:
    severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2]
    message = "; ".join(sorted(str(text) for text in results.objects(result, SH.resultMessage)))
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    where = f" ({curie(str(path))})" if isinstance(path, rdflib.URIRef) else ""
    got = f", got {curie(str(value))!r}" if value is not None and path is not None else ""
    focus = curie(str(results.value(result, SH.focusNode)))
    return Problem(cast(Literal["Violation", "Warning", "Info"], severity), focus, f"expected: {message}{where}{got}")


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == str(XSD.string):
            # RDF 1.1 §3.3: a literal without a datatype is an xsd:string; rdflib tells the two apart, `sh:in` with it.
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    return rdflib.BNode(str(term))
