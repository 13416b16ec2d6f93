"""A store in, its statements by ID with their passages out: sorted columns joined, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.export._columns import Sparse, table
from kg.export._sorted import Row
from kg.export.elements import Edge, Passage
from kg.model import Grade

Year = Callable[[str], int | None]

_STATEMENTS = """SELECT ?statement ?subject ?predicate ?object ?negated ?level ?agent ?shortcut WHERE {
  ?statement biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
    biolink:negated ?negated ; biolink:knowledge_level ?level ; biolink:agent_type ?agent ; kg:shortcut ?shortcut }"""
_BRIEF = """SELECT ?statement ?evidence ?document ?grade ?direction ?hypothetical WHERE {
  ?statement biolink:has_evidence ?evidence .
  ?evidence kg:document ?document ; kg:grade ?grade ; kg:direction ?direction ; kg:hypothetical ?hypothetical }"""
_FULL = """SELECT ?statement ?evidence ?document ?grade ?direction ?hypothetical ?quote ?section ?start ?end ?role
  ?setting ?method ?confidence ?historical WHERE {
  ?statement biolink:has_evidence ?evidence .
  ?evidence kg:document ?document ; kg:grade ?grade ; kg:direction ?direction ; kg:hypothetical ?hypothetical ;
    biolink:supporting_text ?quote ; kg:section ?section ; kg:start ?start ; kg:end ?end ; kg:role ?role ;
    kg:setting ?setting ; kg:method ?method ; kg:confidence ?confidence ;
    kg:historical ?historical }"""


# What not every passage has, one column at a time.
_COLUMN = """SELECT ?statement ?evidence ?column ?value WHERE {
  ?evidence ?column ?value . ?statement biolink:has_evidence ?evidence }"""
_SUMMED: Mapping[str, type] = {"n": int, "total": int, "treated": int, "cohort": str}
_OTHERS: Mapping[str, type] = {
    "percent": float,
    "max_grade": int,
    "grading_system": str,
    "onset_days": float,
    "responders": int,
    "evaluable": int,
    "follow_up_months": float,
    "efficacy": str,
    "species": str,
    "model": str,
    "design": str,
    "phase": str,
    "context_disease": str,
    "antecedent": str,
    "antecedent_start": int,
    "antecedent_end": int,
    "cited": str,
    "via": tuple,
    "trial": tuple,
}


def passages(
    store: ox.Store, *, full: bool, year: Year, retracted: frozenset[str]
) -> Iterator[tuple[Row, Iterator[Passage]]]:
    """Each statement's row (ID, subject, predicate, object, negated, level, agent, shortcut) and its passages.

    Args:
        store: a release's.
        full: False reads no more of a passage than its paper, grade, direction, numbers and whether it is hypothetical.
        year: a paper's year.
        retracted: the papers that are.
    """
    kinds = {**_SUMMED, **_OTHERS} if full else _SUMMED
    columns = {name: (Sparse(table(store, _COLUMN, column=f"kg:{name}"), width=2), kinds[name]) for name in kinds}
    found = table(store, _FULL if full else _BRIEF)
    grades = {f"kg:{grade}": grade for grade in Grade}
    waiting = next(found, None)

    def of(statement: Row) -> Iterator[Passage]:
        nonlocal waiting
        while waiting is not None and waiting[0] <= statement[0]:
            row, waiting = waiting, next(found, None)
            if row[0] == statement[0]:
                yield _passage(statement, row, columns, grades[row[3]], year, retracted)

    for statement in table(store, _STATEMENTS):
        yield statement, of(statement)


def summed_up(statement: Row, found: Sequence[Passage], *, some: bool = False) -> Edge:
    """The edge of a statement with these passages, of which there is at least one.

    Args:
        statement: its row.
        found: its passages.
        some: there are others, so that whether it is also a plain triple is told anew; the passages are read in full.
    """
    papers = {one.document: one for one in found}
    years = [one.year for one in papers.values() if one.year is not None]
    most = max(found, key=_patients)
    return Edge(
        id=statement[0],
        kind="statement",
        subject=statement[1],
        predicate=statement[2],
        object=statement[3],
        negated=statement[4] == "true",
        knowledge_level=statement[5],
        agent_type=statement[6],
        grade=min([one.grade for one in found], key=_RANK.__getitem__),
        documents=len(papers),
        publications=tuple(sorted(papers)),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        passages=len(found),
        refuting=sum([one.direction == "refutes" for one in found]),
        patients=_together(found),
        n=most.n,
        total=most.total,
        hypothetical=all(one.hypothetical for one in found),
        retracted=all(one.retracted for one in found),
        shortcut=statement[7] == "true" and (not some or any(map(earns_shortcut, found))),
    )


def earns_shortcut(passage: Passage) -> bool:
    """Whether this passage, read in full, makes its statement a plain triple (docs/rdf-model.md, shortcut layer)."""
    return (
        not passage.negated
        and passage.direction == "supports"
        and not passage.hypothetical
        and not passage.historical
        and not passage.retracted
        and passage.grade.rank <= Grade.DOCUMENT_ASSERTION.rank
    )


_RANK = {grade: grade.rank for grade in Grade}


def _together(found: Sequence[Passage]) -> int | None:
    cohorts: dict[str, int] = {}
    for one in found:
        if one.treated is not None:
            cohort = one.cohort or one.document
            cohorts[cohort] = max(one.treated, cohorts.get(cohort, 0))
    return sum(cohorts.values()) if cohorts else None


def _patients(passage: Passage) -> tuple[int, int]:
    n = -1 if passage.n is None else passage.n
    return (n if passage.total is None else passage.total, n)


def _passage(
    statement: Row,
    row: Row,
    columns: Mapping[str, tuple[Sparse, type]],
    grade: Grade,
    year: Year,
    retracted: frozenset[str],
) -> Passage:
    more: dict[str, object] = {}
    key = row[:2]
    for name, (column, kind) in columns.items():
        if texts := column.of(key):
            more[name] = texts if kind is tuple else kind(texts[0])
    if len(row) > 6:
        quote, section, start, end, role, setting, method, confidence, historical = row[6:]
        more |= {"quote": quote, "section": section, "start": int(start), "end": int(end), "role": role}
        more |= {"setting": setting, "method": method, "confidence": float(confidence)}
        more["historical"] = historical == "true"
    document = row[2]
    return Passage(
        id=row[1],
        statement=statement[0],
        subject=statement[1],
        predicate=statement[2],
        object=statement[3],
        negated=statement[4] == "true",
        document=document,
        year=year(document),
        retracted=document in retracted,
        grade=grade,
        direction=row[4],
        hypothetical=row[5] == "true",
        **more,  # type: ignore[arg-type]  # each by its own name, converted above
    )
