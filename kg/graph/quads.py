"""Annotations and a vocabulary in, the triples of the whole graph out, streamed, all of them for the default graph.

Every IRI is a function of content and nothing depends on the order of documents; a triple may come more than once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from pyoxigraph import NamedNode, Triple

from kg.errors import BadGraph
from kg.graph import dataset, documents, mentions, ontology
from kg.graph._rdf import TYPE, node
from kg.graph.dataset import Source
from kg.graph.references import Citations
from kg.graph.statements import Statements
from kg.graph.terms import Terms
from kg.model import Annotation
from kg.plugins import Vocabulary

# The classes whose nodes the data set's description counts; each node's type is given once.
_COUNTED = ("kg:Record", "kg:CitedPaper", "kg:Mentioning", "kg:Sense", "kg:Statement", "kg:Evidence", "owl:Class")


def triples(
    annotations: Iterable[Annotation],
    vocabulary: Vocabulary,
    *,
    sources: Sequence[Source] = (),
    retracted: Collection[str] = (),
) -> Iterator[Triple]:
    """The graph that these annotations make.

    What one document says is given as it is read; statements, citations and terms follow at the end, since any
    document may add to them. Memory grows with those and with passages that cite or count patients, not with mentions.

    Args:
        annotations: one for each document, in any order.
        vocabulary: knows every term that a statement is about.
        sources: what the graph was made with, for the description of the data set.
        retracted: CURIEs of papers known to be retracted; their records need not say so.

    Raises:
        BadGraph: a document comes twice, or a statement is about a term that nothing gives a label to.
    """
    counts: Counter[str] = Counter(dict.fromkeys(_COUNTED, 0))
    classes = {node(kind): kind for kind in _COUNTED}
    for triple in _content(annotations, vocabulary, frozenset(retracted)):
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode) and triple.object in classes:
            counts[classes[triple.object]] += 1
        yield triple
    yield from ontology.triples()
    yield from dataset.describe(counts, sources)


def _content(annotations: Iterable[Annotation], vocabulary: Vocabulary, retracted: frozenset[str]) -> Iterator[Triple]:
    citations = Citations(retracted=retracted)
    statements = Statements(citations)
    terms = Terms(vocabulary)
    seen: set[str] = set()
    for annotation in (_marked(one, retracted) for one in annotations):
        document = annotation.document
        if document.id in seen:
            raise BadGraph(f"document {document.id}: expected each document once, got it again")
        seen.add(document.id)
        citations.add(document)
        terms.add(annotation)
        yield from documents.describe(document)
        yield from mentions.mentions(annotation.tagged)
        yield from mentions.senses(annotation.tagged)
        yield from statements.add(annotation)
    yield from citations.triples()
    yield from statements.triples()
    yield from terms.triples()


def _marked(annotation: Annotation, retracted: frozenset[str]) -> Annotation:
    """The annotation with its document marked as retracted where the list of the retracted has it."""
    document = annotation.document
    if "retracted" in document.status or retracted.isdisjoint(document.ids.curies):
        return annotation
    document = msgspec.structs.replace(document, status=("retracted", *document.status))
    return msgspec.structs.replace(annotation, tagged=msgspec.structs.replace(annotation.tagged, document=document))
