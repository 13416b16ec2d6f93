"""The evidence of statements and the annotated records in; out: each passage with numbers and the reasons of its names.

The passages are the rows of a named query (`evidence-for`, `evidence-for-statement`), so that the query, printed with
its values, gives the same. The reasons are the records': why each name in a passage was taken to mean what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from kg.graph._rdf import scrub
from kg.model import Annotation, Grounding
from kg.query import Cell, NamedQuery, Node, Table, standalone

Stance = Literal["for", "against"]


class Name(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name in a passage and why it was read so. term is None where nothing was chosen; rejected: what it is not."""

    text: str
    start: int
    end: int
    type: str
    term: str | None
    label: str
    score: float
    reason: str
    rejected: tuple[str, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One evidence item. Offsets are code points of the record's text; numbers are as `docs/rdf-model.md` has them.

    retracted: whether the paper that says it was. via: the therapies through which a target is meant.
    """

    evidence: str
    statement: str
    negated: bool
    stance: Stance
    grade: str
    direction: str
    role: str
    setting: str
    document: str
    title: str
    section: str
    quote: str
    start: int
    end: int
    method: str
    confidence: float
    year: int | None = None
    hypothetical: bool = False
    historical: bool = False
    retracted: bool = False
    design: str | None = None
    phase: str | None = None
    n: int | None = None
    total: int | None = None
    percent: float | None = None
    max_grade: int | None = None
    grading_system: str | None = None
    onset_days: float | None = None
    treated: int | None = None
    responders: int | None = None
    evaluable: int | None = None
    follow_up_months: float | None = None
    efficacy: str | None = None
    species: str | None = None
    model: str | None = None
    disease_label: str | None = None
    cohort: str | None = None
    cited: str | None = None
    antecedent: str | None = None
    antecedent_start: int | None = None
    antecedent_end: int | None = None
    via: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Two terms and a relation, with every passage that says it is so and every one that says it is not.

    statement, denial: the IDs of the statement that it is so, and that it is not, where the graph has them. confidence:
    how far all evidence bears the statement out, from 0 to 1.
    """

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    statement: str | None
    denial: str | None
    confidence: float | None
    supporting: tuple[Passage, ...]
    against: tuple[Passage, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Claims in the order of their best passage, and the SPARQL that gives the same passages."""

    claims: tuple[Claim, ...]
    sparql: str


_FIELDS = frozenset(Passage.__struct_fields__) - {"via", "names"}


def explain(
    query: NamedQuery, bindings: Mapping[str, Node], table: Table, annotation: Callable[[str], Annotation | None]
) -> Explanation:
    """What the answer of a query about evidence says, and why its names were read so.

    Args:
        query: `evidence-for` or `evidence-for-statement`.
        bindings: what it was asked with.
        table: what it answered.
        annotation: the annotated record of a document's CURIE, or None where there is none.
    """
    rows: dict[str, dict[str, Cell]] = {}
    via: dict[str, list[str]] = {}
    for cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        identifier = str(row["evidence"])
        rows.setdefault(identifier, row)
        if row["via"] is not None and str(row["via"]) not in via.setdefault(identifier, []):
            via[identifier].append(str(row["via"]))
    claims: dict[tuple[str, ...], list[Passage]] = {}
    firsts: dict[tuple[str, ...], dict[bool, dict[str, Cell]]] = {}
    for identifier, row in rows.items():
        key = (str(row["subject"]), str(row["predicate"]), str(row["object"]))
        firsts.setdefault(key, {}).setdefault(row["negated"] is True, row)
        passage = msgspec.convert(
            {name: value for name, value in row.items() if name in _FIELDS} | {"via": via.get(identifier, [])}, Passage
        )
        names = _names(passage, annotation(passage.document))
        claims.setdefault(key, []).append(msgspec.structs.replace(passage, names=names))
    return Explanation(
        claims=tuple(_claim(firsts[key], passages) for key, passages in claims.items()),
        sparql=standalone(query, bindings),
    )


def facts(one: Passage) -> Iterator[str]:
    """What a passage tells besides its words, a few words each; what it does not tell is left out."""
    yield one.role.replace("_", " ")
    for told in (one.setting if one.setting != "unstated" else None, one.design):
        if told:
            yield told.replace("_", " ")
    if one.phase:
        yield f"phase {one.phase}"
    if one.treated is not None:
        yield f"{one.treated} treated"
    if one.responders is not None:
        yield f"{one.responders}{'' if one.evaluable is None else f' of {one.evaluable}'} responded"
    if one.n is not None:
        yield f"n = {one.n}" if one.total is None else f"{one.n} of {one.total}"
    elif one.total is not None:
        yield f"of {one.total}"
    if one.percent is not None:
        yield f"{one.percent:g} %"
    if one.max_grade is not None:
        yield f"up to grade {one.max_grade}{f' ({one.grading_system})' if one.grading_system else ''}"
    if one.onset_days is not None:
        yield f"onset after {one.onset_days:g} days"
    if one.follow_up_months is not None:
        yield f"followed for {one.follow_up_months:g} months"
    for before, told in (
        ("in ", one.disease_label),
        ("via ", "; ".join(one.via)),
        ("", one.efficacy),
        ("cohort ", one.cohort),
    ):
        if told:
            yield before + told
    if one.species or one.model:
        yield " ".join(filter(None, (one.species, one.model)))
    for flag, word in ((one.hypothetical, "hypothetical"), (one.historical, "history"), (one.retracted, "RETRACTED")):
        if flag:
            yield word
    if one.cited:
        yield f"title of {one.cited}"


def _claim(rows: Mapping[bool, Mapping[str, Cell]], passages: Sequence[Passage]) -> Claim:
    asserted, denied = rows.get(False), rows.get(True)
    told = asserted or denied
    assert told is not None
    return Claim(
        subject=str(told["subject"]),
        subject_label=str(told["subject_label"]),
        predicate=str(told["predicate"]),
        object=str(told["object"]),
        object_label=str(told["object_label"]),
        statement=str(asserted["statement"]) if asserted else None,
        denial=str(denied["statement"]) if denied else None,
        confidence=msgspec.convert(asserted["statement_confidence"], float) if asserted else None,
        supporting=tuple(one for one in passages if one.stance == "for"),
        against=tuple(one for one in passages if one.stance == "against"),
    )


def _names(passage: Passage, annotation: Annotation | None) -> tuple[Name, ...]:
    """The names in a passage and in the words it stands on; none where the record has another text by now."""
    if annotation is None or scrub(annotation.document.text[passage.start : passage.end]) != passage.quote:
        return ()
    stretches = [(passage.start, passage.end)]
    if passage.antecedent_start is not None and passage.antecedent_end is not None:
        stretches.append((passage.antecedent_start, passage.antecedent_end))
    found = (
        one
        for one in annotation.tagged.groundings
        if any(start <= one.mention.start and one.mention.end <= end for start, end in stretches)
    )
    return tuple(
        _name(one) for one in sorted(found, key=lambda one: (one.mention.start, one.mention.end, one.term or ""))
    )


def _name(found: Grounding) -> Name:
    mention = found.mention
    return Name(
        text=scrub(mention.text),
        start=mention.start,
        end=mention.end,
        type=mention.type,
        term=found.term,
        label=scrub(found.label),
        score=found.score,
        reason=scrub(found.reason),
        rejected=tuple(dict.fromkeys(scrub(other.label or other.term) for other in found.alternatives)),
    )
