"""`--min-grade`, `--disease`, `--query`, `--given` and `--edges` in, the part of a graph that they mean out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import pyoxigraph as ox

from kg import query as queries
from kg.cli import _options
from kg.cli.query import Telling
from kg.errors import UnknownName, UsageError
from kg.lexicon import shipped
from kg.model import Grade
from kg.namespaces import curie
from kg.part import EDGE_KINDS, EdgeKind, Named, Part
from kg.store import Release
from kg.web import pool
from kg.web.message import Term

F = TypeVar("F", bound=Callable[..., Any])  # click decorates functions of any signature

_OPTIONS = (
    click.option("--min-grade", metavar="GRADE", help="Leave out evidence below this grade."),
    click.option("--disease", metavar="DISEASE", help="Only what is said of this disease, subclasses too."),
    click.option(
        "--query",
        "name",
        metavar="NAME",
        help="Only what a named query's answer names; --min-grade and --disease are its own where it has them.",
    ),
    click.option("--given", metavar="NAME=VALUE", multiple=True, help="A parameter of the query; may be repeated."),
    click.option(
        "--edges",
        type=click.Choice(EDGE_KINDS),
        multiple=True,
        help="Which kinds of edges; may be repeated. Without mentions and cites there are no papers.  [default: all]",
    ),
)


def options(function: F) -> F:
    """The options, in the order of their help."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def asked(
    release: Release,
    folder: Path,
    *,
    min_grade: str | None,
    disease: str | None,
    name: str | None,
    given: Sequence[str],
    edges: Sequence[EdgeKind],
) -> Part:
    """The part of a release; names are looked up in the vocabulary that it was built with.

    Raises:
        UnknownName: no grade, disease or query has this name.
        UsageError: a parameter is given without a query, or is none of the query's.
        QueryFailed: the query ran into a limit.
    """
    telling = Telling(shipped(release.vocabulary))
    values = dict(_pair(one) for one in given)
    answer: tuple[Named, ...] | None = None
    if name is None and values:
        raise UsageError("--given: expected --query NAME with it, got none")
    if name is not None:
        known = queries.load_all()
        if name not in known:
            raise UnknownName("query", name, nearest=tuple(known))
        parameters = {parameter.name for parameter in known[name].parameters}
        if min_grade is not None and "min_grade" in parameters:
            values["min_grade"], min_grade = min_grade, None
        if disease is not None and "disease" in parameters:
            values["disease"], disease = disease, None
        bindings = queries.bind(known[name], values, telling)
        limits = pool.Limits.of(_options.configuration(folder))
        answer = _answer(release, known[name], {key: Term.of(node) for key, node in bindings.items()}, limits)
    return Part(
        min_grade=Grade.REFERENCE_TITLE if min_grade is None else queries.grade(min_grade),
        disease=None if disease is None else telling.resolve("disease", disease),
        answer=answer,
        edges=tuple(kind for kind in EDGE_KINDS if kind in edges) or EDGE_KINDS,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--given: expected NAME=VALUE, got {text!r}")
    return name.replace("-", "_"), value


def _answer(
    release: Release, named: queries.NamedQuery, terms: dict[str, Term], limits: pool.Limits
) -> tuple[Named, ...]:
    columns, rows = pool.rows(release.path / "store", named.sparql, limits=limits, bindings=terms)
    wanted = {column.name: columns.index(column.name) for column in named.columns}
    found = []
    for row in rows:
        cells = {name: row[at] for name, at in wanted.items()}
        quote, grade, negated = (cells.get(name) for name in ("quote", "grade", "negated"))
        found.append(
            Named(
                ids=frozenset(curie(cell.value) for cell in cells.values() if isinstance(cell, ox.NamedNode)),
                quote=quote.value if isinstance(quote, ox.Literal) else None,
                # Without a quote the grade is of more than one passage.
                grade=Grade(grade.value) if isinstance(quote, ox.Literal) and isinstance(grade, ox.Literal) else None,
                negated=negated.value == "true" if isinstance(negated, ox.Literal) else None,
            )
        )
    return tuple(found)
