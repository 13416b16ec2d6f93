"""Annotations and a vocabulary in, the vocabulary part of the graph out: the terms in use and all above them.

`kg:within` repeats the hierarchy as its reflexive and transitive closure: on 1 M triples a disease query through
`rdfs:subClassOf*` took 0.5-1 s, with the closure 0.1-1 ms (DESIGN §5).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.errors import BadGraph, UnknownName
from kg.graph._rdf import TYPE, about, node, string
from kg.model import Annotation, Scope, Term
from kg.namespaces import known
from kg.plugins import Vocabulary

# An abbreviation is an exact synonym too: no store here infers sub-properties, so both triples are written.
_NAMES: dict[Scope, tuple[str, ...]] = {
    "label": (),
    "exact": ("skos:altLabel",),
    "abbreviation": ("skos:altLabel", "kg:abbreviation"),
    "related": ("oio:hasRelatedSynonym",),
    "broad": ("oio:hasBroadSynonym",),
    "narrow": ("oio:hasNarrowSynonym",),
}


class Terms:
    """Collects the terms that a graph uses, then describes them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._used: set[str] = set()
        self._bare: dict[str, tuple[str, str]] = {}
        self._descriptors: dict[str, str] = {}

    def add(self, annotation: Annotation) -> None:
        """Takes note of the terms of one document: chosen, rejected, stated, given as context or by indexers."""
        for grounding in annotation.tagged.groundings:
            if grounding.term is not None:
                self._use(grounding.term, grounding.label, grounding.mention.type)
            for other in (one for one in grounding.alternatives if one.term):
                self._use(other.term, other.label, grounding.mention.type)
        for statement in annotation.statements:
            self._used.update((statement.subject, statement.object))
            for evidence in statement.evidence:
                self._used.update(evidence.via)
                if evidence.context_disease:
                    self._used.add(evidence.context_disease)
        for heading in (one for one in annotation.document.mesh if one.ui):
            curie = f"MESH:{heading.ui}"
            self._descriptors[curie] = min(heading.name, self._descriptors.get(curie, heading.name))

    def triples(self) -> Iterator[Triple]:
        """The description of every term in use, of what therapies are directed at, and of all terms above these.

        Raises:
            BadGraph: a statement is about a term that neither the vocabulary nor any mention gives a label to.
        """
        terms = self._closed()
        for curie in sorted(terms):
            yield from self._describe(terms[curie], terms)
        for curie in sorted(self._descriptors.keys() - terms.keys()):
            yield Triple(node(curie), TYPE, node("skos:Concept"))
            for predicate in ("rdfs:label", "skos:prefLabel"):
                yield Triple(node(curie), node(predicate), string(self._descriptors[curie] or curie))

    def _use(self, curie: str, label: str, type_: str) -> None:
        if curie in self._used and curie not in self._bare:
            return
        self._used.add(curie)
        if self._known(curie) is None:
            self._bare[curie] = min((type_, label or curie), self._bare.get(curie, (type_, label or curie)))

    def _known(self, curie: str) -> Term | None:
        try:
            return self._vocabulary.term(curie)
        except (KeyError, UnknownName):
            return None

    def _closed(self) -> dict[str, Term]:
        # Indexers' descriptors join where the vocabulary knows them; what it does not know stays a bare concept.
        waiting = sorted(self._used | {curie for curie in self._descriptors if self._known(curie)})
        terms: dict[str, Term] = {}
        while waiting:
            curie = waiting.pop()
            if curie in terms:
                continue
            term = self._known(curie)
            if term is None and curie in self._bare:
                type_, label = self._bare[curie]
                term = Term.of(curie, type_, label)
            if term is None:
                raise BadGraph(f"term {curie}: expected the vocabulary to know what a statement is about, it does not")
            terms[curie] = term
            waiting.extend(term.targets)
            if curie not in self._bare:
                waiting.extend(self._vocabulary.ancestors(curie))
        return terms

    def _describe(self, term: Term, terms: dict[str, Term]) -> Iterator[Triple]:
        here = node(term.id)
        yield Triple(here, TYPE, node("owl:Class"))
        yield Triple(here, node("rdfs:label"), string(term.label))
        yield Triple(here, node("skos:prefLabel"), string(term.display))
        yield from about(here, (("kg:source", string(term.source) if term.source else None),))
        for type_ in sorted({term.type, *term.also}):
            yield Triple(here, node("kg:entity_type"), string(type_))
            yield Triple(here, node("biolink:category"), node(self._vocabulary.category(type_)))
        for name in term.names:
            if name.text == term.label and name.scope == "exact":
                continue
            for predicate in _NAMES[name.scope]:
                yield Triple(here, node(predicate), string(name.text))
        for parent in term.parents:
            if parent in terms and parent != term.id:
                yield Triple(here, node("rdfs:subClassOf"), node(parent))
        yield Triple(here, node("kg:within"), here)
        if term.id not in self._bare:
            for ancestor in sorted(self._vocabulary.ancestors(term.id)):
                yield Triple(here, node("kg:within"), node(ancestor))
        for xref in term.xrefs:
            if known(xref) and xref != term.id:
                yield Triple(here, node("skos:exactMatch"), node(xref))
        for target in term.targets:
            yield Triple(here, node("kg:has_target"), node(target))
