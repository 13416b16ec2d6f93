"""A release's store in, the passages that pictures are drawn from out, as typed values in an order of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, cast

import msgspec
import pyoxigraph as ox

from kg.errors import QueryFailed
from kg.model import Grade
from kg.namespaces import PREFIXES, iri
from kg.query import Cell, cell

# A row a passage. All of them are read, so OPTIONAL's walk over a whole predicate costs nothing extra here.
_PASSAGES: Final = """
SELECT ?subject ?subject_label ?object ?object_label ?negated ?grade ?document ?setting ?year ?n ?total ?treated
       ?max_grade ?cohort ?disease ?disease_label ?predicate
WHERE {
  ?statement biolink:predicate ?predicate ;
             biolink:subject ?subject ;
             biolink:object ?object ;
             biolink:negated ?negated ;
             biolink:has_evidence ?evidence .
  ?evidence kg:grade/rdfs:label ?grade ;
            kg:document ?document ;
            kg:setting ?setting ;
            kg:hypothetical false ;
            kg:historical false ;
            kg:direction ?direction .
  # What denies an event refutes that it occurred, and is what the negated statement says.
  FILTER(?negated || ?direction = "supports")
  ?subject skos:prefLabel ?subject_label .
  ?object skos:prefLabel ?object_label .
  FILTER NOT EXISTS { ?document kg:status "retracted" }
  OPTIONAL { ?document kg:year ?year }
  OPTIONAL { ?evidence kg:n ?n }
  OPTIONAL { ?evidence kg:total ?total }
  OPTIONAL { ?evidence kg:treated ?treated }
  OPTIONAL { ?evidence kg:max_grade ?max_grade }
  OPTIONAL { ?evidence kg:cohort ?cohort }
  OPTIONAL { ?evidence kg:context_disease ?disease . ?disease skos:prefLabel ?disease_label }
}
"""
_TARGETS: Final = "SELECT ?therapy ?label WHERE { ?therapy kg:has_target/skos:prefLabel ?label }"


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One passage that says a statement, firmly, of what it reports, and in a paper that was not retracted.

    subject, object, document, disease: CURIEs; disease: of the patients, where a harm is told. n of total: patients
    or animals with the event. treated: those with the disease who got the therapy. negated: it did not occur. year: the
    paper's. cohort: whose patients are counted; those of one cohort count once.
    """

    subject: str
    subject_label: str
    object: str
    object_label: str
    negated: bool
    grade: Grade
    document: str
    setting: str
    year: int | None = None
    n: int | None = None
    total: int | None = None
    treated: int | None = None
    max_grade: int | None = None
    cohort: str | None = None
    disease: str | None = None
    disease_label: str | None = None

    @property
    def patients_of(self) -> str:
        """The cohort; the paper itself where none is told."""
        return self.cohort or self.document


class Passages:
    """The passages of one graph. disease: a CURIE, for it and what is below it alone. min_grade: the weakest kept."""

    def __init__(self, store: ox.Store, *, disease: str | None, min_grade: Grade) -> None:
        self._store = store
        self._disease = disease
        self._min_grade = min_grade

    def tried(self) -> tuple[Passage, ...]:
        """Those that say that a target was tried in a disease: the target is the subject, the disease the object."""
        return tuple(row for row in self._read("kg:target_tried_in") if self._fits(row.object))

    def adverse_events(self) -> tuple[Passage, ...]:
        """Those that tell a harm of a therapy, or that there was none: therapy the subject, event the object."""
        return tuple(row for row in self._read("biolink:has_adverse_event") if self._fits(row.disease))

    def targets(self, therapy: str) -> tuple[str, ...]:
        """The names of what a therapy is directed at, by the vocabulary, sorted."""
        return tuple(sorted(self._targets.get(therapy, ())))

    @cached_property
    def _targets(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in _solutions(self._store, _TARGETS):
            found.setdefault(str(cell(one["therapy"])), set()).add(str(cell(one["label"])))
        return found

    @cached_property
    def _below(self) -> frozenset[str]:
        assert self._disease is not None
        within, above = ox.NamedNode(iri("kg:within")), ox.NamedNode(iri(self._disease))
        quads = self._store.quads_for_pattern(None, within, above, None)
        return frozenset(str(cell(cast(ox.NamedNode, quad.subject))) for quad in quads)

    def _fits(self, disease: str | None) -> bool:
        return self._disease is None or disease in self._below

    def _read(self, predicate: str) -> list[Passage]:
        names = Passage.__struct_fields__
        found = []
        for one in _solutions(self._store, _PASSAGES, predicate=predicate):
            values: dict[str, Cell] = {name: cell(one[name]) for name in names}
            row = msgspec.convert(values, Passage)
            if row.grade.rank <= self._min_grade.rank:
                found.append(row)
        return sorted(_with_cohorts(found), key=msgspec.json.encode)


def _with_cohorts(rows: list[Passage]) -> Iterator[Passage]:
    """A passage that tells no cohort gets its paper's, where that has but one: else its patients counted twice."""
    told: dict[str, set[str]] = {}
    for row in rows:
        if row.cohort is not None:
            told.setdefault(row.document, set()).add(row.cohort)
    for row in rows:
        cohorts = told.get(row.document, set())
        if row.cohort is None and len(cohorts) == 1:
            yield msgspec.structs.replace(row, cohort=min(cohorts))
        else:
            yield row


def _solutions(store: ox.Store, sparql: str, **given: str) -> Iterator[ox.QuerySolution]:
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): ox.NamedNode(iri(curie)) for name, curie in given.items()
    }
    try:
        found = store.query(sparql, prefixes=dict(PREFIXES), substitutions=bound)
        assert isinstance(found, ox.QuerySolutions)
        yield from found
    except (SyntaxError, RuntimeError, OSError) as error:
        raise QueryFailed(f"picture: {error}") from error
