"""Browser requests for a statement, or for two terms, in; pages with all its evidence for and against out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg import explanation
from kg.errors import UnknownName, UsageError
from kg.explanation import Explanation, Name, Passage
from kg.model import Annotation
from kg.query import NamedQuery, Resolver, Table, bind, cell
from kg.web.highlight import TYPES, Interval, marked
from kg.web.releases import Releases
from kg.web.render import Renderer
from kg.web.runner import Runner

# A page of more rows than this would be too long to read, and to make; the table has them all.
SHOWN = 300


class Claims:
    """The handlers of the pages that explain. `names` opens the vocabulary, which only some requests need."""

    def __init__(
        self,
        runner: Runner,
        releases: Releases,
        renderer: Renderer,
        queries: Mapping[str, NamedQuery],
        names: Callable[[], Resolver],
    ) -> None:
        self._runner, self._releases, self._renderer = runner, releases, renderer
        self._queries, self._names = queries, names

    async def statement(self, request: Request) -> Response:
        """One statement, and what denies it, or what it denies.

        Raises:
            UnknownName: the graph holds no such statement.
        """
        identifier = request.path_params["curie"]
        found, page = await self._explain(request, "evidence-for-statement", {"statement": identifier})
        if not found.claims:
            raise UnknownName("statement", identifier)
        return page

    async def pair(self, request: Request) -> Response:
        """All that relates two terms: `?subject=…&object=…`, and as `kg explain` has them predicate, exact, min_grade.

        Raises:
            UnknownName: nothing is called so.
            UsageError: one of the two is missing, or a value is none of its kind.
        """
        given = {name: value for name, value in request.query_params.items() if value.strip()}
        if missing := [name for name in ("subject", "object") if name not in given]:
            raise UsageError(f"explain: expected a value for {' and '.join(missing)}, got none")
        return (await self._explain(request, "evidence-for", given))[1]

    async def _explain(self, request: Request, name: str, given: Mapping[str, str]) -> tuple[Explanation, Response]:
        query = self._queries[name]
        bound = await run_in_threadpool(lambda: bind(query, given, self._names()))
        columns, rows = await self._runner.rows(query.sparql, bound, request)
        table = Table(columns, tuple(tuple(cell(term) for term in row) for row in rows[:SHOWN]))
        found = await run_in_threadpool(lambda: explanation.explain(query, bound, table, cache(self._annotation)))
        address = f"/query/{quote(query.name)}?{urlencode(given)}"
        return found, self._page(found, address, cut=len(rows) > SHOWN)

    def _page(self, found: Explanation, address: str, *, cut: bool) -> Response:
        passages = [one for claim in found.claims for one in (*claim.supporting, *claim.against)]
        types = {name.type for one in passages for name in one.names}
        return self._renderer.page(
            "explain.html",
            claims=found.claims,
            most=SHOWN,
            cut=cut,
            types=tuple(type_ for type_ in TYPES if type_ in types),
            sparql=found.sparql,
            endpoint=f"/sparql?query={quote(found.sparql, safe='')}",
            address=address,
            words=_words,
            facts=lambda one: tuple(explanation.facts(one)),
            at=self._renderer.address,
        )

    def _annotation(self, curie: str) -> Annotation | None:
        try:
            return self._releases.annotation(curie)
        except UnknownName:
            return None


def _words(one: Passage) -> Markup:
    """The quote with its names marked."""
    inside = (name for name in one.names if one.start <= name.start and name.end <= one.end)
    return marked(one.quote, _marks(inside, before=one.start), 0, len(one.quote))


def _marks(names: Iterable[Name], *, before: int) -> Iterable[Interval]:
    for name in names:
        told = " · ".join(part for part in (name.term or "no ID chosen", name.label, name.reason) if part)
        kind = (name.type if name.type in TYPES else "other") + ("" if name.term else " open")
        opening = Markup('<mark class="{}" data-title="{}">').format(kind, told)
        yield Interval(name.start - before, name.end - before, opening, "</mark>")
