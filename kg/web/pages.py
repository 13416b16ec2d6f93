"""Browser requests in, pages out: home, search, named queries, documents and terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol
from urllib.parse import quote

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg import namespaces
from kg.errors import UnknownName, UsageError
from kg.model import Term
from kg.query import NamedQuery, Parameter, Resolver, Table, bind, cell, standalone
from kg.web import highlight, pool, tables
from kg.web.releases import Releases
from kg.web.render import SHOWN_ROWS, Renderer, Shown
from kg.web.runner import Runner

Handler = Callable[[Request], Awaitable[Response]]

# Every parameter is projected, since the store substitutes only what the outermost SELECT names (see `kg.query`).
_ABOUT = """SELECT ?given_term ?kind ?value ?label WHERE {
  { ?given_term rdfs:label ?value BIND("label" AS ?kind) }
  UNION { ?given_term kg:entity_type ?value BIND("type" AS ?kind) }
  UNION { ?given_term skos:altLabel ?value BIND("synonym" AS ?kind) }
  UNION { ?given_term oio:hasRelatedSynonym ?value BIND("related" AS ?kind) }
  UNION { ?given_term skos:exactMatch ?value BIND("same" AS ?kind) }
  UNION { ?given_term kg:source ?value BIND("source" AS ?kind) }
  UNION { ?given_term rdfs:subClassOf ?value . ?value skos:prefLabel ?label BIND("parent" AS ?kind) }
  UNION { ?value rdfs:subClassOf ?given_term ; skos:prefLabel ?label BIND("child" AS ?kind) }
  UNION { ?given_term kg:has_target ?value . ?value skos:prefLabel ?label BIND("target" AS ?kind) }
} ORDER BY ?kind LCASE(COALESCE(?label, STR(?value))) ?value LIMIT 2000"""
_SAID = """SELECT DISTINCT ?given_term ?rank ?subject ?subject_label ?predicate ?object ?object_label
  ?negated ?grade ?documents ?statement WHERE {
  { ?part kg:within ?given_term . ?statement biolink:object ?part }
  UNION { ?part kg:within ?given_term . ?statement biolink:subject ?part }
  ?statement a kg:Statement ; biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
    biolink:negated ?negated ; kg:best_grade ?grade ; kg:documents_count ?documents .
  OPTIONAL { ?grade kg:rank ?rank }
  OPTIONAL { ?subject skos:prefLabel ?subject_label }
  OPTIONAL { ?object skos:prefLabel ?object_label }
} ORDER BY ?rank DESC(?documents) ?statement LIMIT 300"""
_MENTIONED = """SELECT ?given_term ?document ?title ?count WHERE {
  ?mentioning kg:term ?given_term ; kg:document ?document ; kg:count ?count .
  ?document dcterms:title ?title .
} ORDER BY DESC(?count) ?document LIMIT 100"""
_SAME = "SELECT ?given_term ?document WHERE { ?document a kg:Record ; skos:exactMatch ?given_term } LIMIT 1"


class Names(Resolver, Protocol):
    """A resolver that also tells all terms a name may stand for."""

    def candidates(self, kind: str, text: str) -> tuple[Term, ...]: ...


class Pages:
    """The handlers of all pages but the SPARQL form. `names` opens the vocabulary, which only some requests need."""

    def __init__(
        self,
        runner: Runner,
        releases: Releases,
        renderer: Renderer,
        queries: Mapping[str, NamedQuery],
        names: Callable[[], Names],
    ) -> None:
        self._runner, self._releases, self._renderer = runner, releases, renderer
        self._queries, self._names = queries, names

    async def home(self, _: Request) -> Response:
        """What the graph is, a search box, and the named queries as forms."""
        # The question that the graph exists for comes first.
        ordered = sorted(self._queries.values(), key=lambda query: (query.name != "targets-tried-in", query.name))
        return self._renderer.page("home.html", queries=ordered, q="")

    async def search(self, request: Request) -> Response:
        """The term or document that a name or ID stands for; several terms are listed.

        Raises:
            UnknownName: nothing is called so.
        """
        wanted = request.query_params.get("q", "").strip()[:500]
        if not wanted:
            return RedirectResponse("/", status_code=303)
        if wanted.partition(":")[0].upper() in ("PMID", "DOI", "PMCID"):
            prefix, _, rest = wanted.partition(":")
            return RedirectResponse(self._renderer.address(f"{prefix.upper()}:{rest.strip()}") or "/", status_code=303)
        found = await run_in_threadpool(lambda: self._names().candidates("term", wanted))
        if len(found) == 1:
            return RedirectResponse(f"/term/{quote(found[0].id, safe=':')}", status_code=303)
        return self._renderer.page("search.html", q=wanted, found=found)

    async def query(self, request: Request) -> Response:
        """A named query: its form, and its answer once all it requires is given; `format=csv|json|md`: the table alone.

        Raises:
            UnknownName: no query, or no term, is called so.
            UsageError: a parameter's value is none of its kind.
        """
        query = self._query(request.path_params["name"])
        given = {name: value for name, value in request.query_params.items() if name != "format" and value.strip()}
        form = request.query_params.get("format", "html")
        if form not in ("html", *tables.FORMATS):
            raise UsageError(f"format: expected html, {', '.join(tables.FORMATS)}, got {form!r}")
        missing = [p.name for p in query.parameters if p.required and p.default is None and p.name not in given]
        if missing:
            if form != "html" or given:
                raise UsageError(f"{query.name}: expected a value for {', '.join(missing)}, got none")
            return self._page(query, given, None, query.sparql)
        bound = await run_in_threadpool(lambda: bind(query, given, self._names()))
        columns, rows = await self._runner.rows(query.sparql, bound, request)
        places = [columns.index(column.name) for column in query.columns]
        kept = tuple(tuple(row[place] for place in places) for row in rows)
        names = tuple(column.name for column in query.columns)
        if form == "html":
            return self._page(query, given, (names, kept), standalone(query, bound))
        media_type, write = tables.FORMATS[form]
        table = Table(names, tuple(tuple(cell(term) for term in row) for row in kept))
        headers = {"Content-Disposition": f'attachment; filename="{query.name}.csv"'} if form == "csv" else {}
        return Response(write(table), media_type=media_type, headers=headers)

    async def document(self, request: Request) -> Response:
        """One record: its text with what was found, its statements and references.

        Raises:
            UnknownName: no record has this ID, nor an ID that is known to be the same paper's.
        """
        identifier = request.path_params["curie"]
        try:
            annotation = await run_in_threadpool(self._releases.annotation, identifier)
        except UnknownName:
            if not namespaces.known(identifier):
                raise
            _, rows = await self._runner.rows(_SAME, {"given_term": NamedNode(namespaces.iri(identifier))}, request)
            if not rows:
                raise
            return RedirectResponse(self._renderer.address(str(cell(rows[0][1]))), status_code=303)
        view = await run_in_threadpool(highlight.view, annotation, label=self._label)
        return self._renderer.page("document.html", view=view, types=highlight.legend([view]))

    async def term(self, request: Request) -> Response:
        """One term: its names, its place in the hierarchy, what is said of it and where it stands.

        Raises:
            UnknownName: neither the graph nor the vocabulary has it.
        """
        identifier = request.path_params["curie"]
        if not namespaces.known(identifier):
            raise UnknownName("term", identifier)
        bound = {"given_term": NamedNode(namespaces.iri(identifier))}
        _, rows = await self._runner.rows(_ABOUT, bound, request)
        about: dict[str, list[tuple[str, str]]] = {}
        for _, kind, value, label in rows:
            about.setdefault(str(cell(kind)), []).append((str(cell(value)), str(cell(label) or "")))
        if "label" not in about:
            known = await run_in_threadpool(lambda: self._names().candidates("term", identifier))
            if known[0].id != identifier:
                return RedirectResponse(f"/term/{quote(known[0].id, safe=':')}", status_code=303)
            return self._renderer.page(
                "term.html", curie=identifier, about=_bare(known[0]), said=None, documents=(), forms=[]
            )
        said = await self._runner.rows(_SAID, bound, request)
        documents = await self._runner.rows(_MENTIONED, bound, request)
        types = {value for value, _ in about.get("type", [])}
        forms = [
            (query, parameter.name)
            for query in self._queries.values()
            for parameter in query.parameters
            if parameter.kind in types and _only(query, parameter)
        ]
        return self._renderer.page(
            "term.html",
            curie=identifier,
            about=about,
            said=self._statements(said),
            documents=self._shown(documents),
            forms=forms,
        )

    def _query(self, name: str) -> NamedQuery:
        if name not in self._queries:
            raise UnknownName("query", name, nearest=tuple(self._queries))
        return self._queries[name]

    def _page(
        self, query: NamedQuery, given: Mapping[str, str], answer: tuple[tuple[str, ...], pool.Rows] | None, sparql: str
    ) -> Response:
        columns, rows = answer or ((), ())
        shown = self._renderer.readable(columns, rows[:SHOWN_ROWS])
        own = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in given.items())
        return self._renderer.page(
            "query.html",
            query=query,
            given=given,
            asked=answer is not None,
            columns=shown[0],
            rows=shown[1],
            helps={column.name: column.help for column in query.columns},
            count=len(rows),
            cut=len(rows) > SHOWN_ROWS,
            sparql=sparql,
            endpoint=f"/sparql?query={quote(sparql, safe='')}" if answer is not None else "",
            address=f"/query/{quote(query.name)}?{own}{'&' if own else ''}format=",
        )

    def _statements(self, answer: tuple[tuple[str, ...], pool.Rows]) -> list[dict[str, object]]:
        columns, rows = answer
        found = []
        for row in rows:
            values = {name: cell(term) for name, term in zip(columns, row, strict=True)}
            for name in ("subject", "object", "statement"):
                values[f"{name}_address"] = self._renderer.address(str(values[name]))
            values["predicate"] = str(values["predicate"]).partition(":")[2].replace("_", " ")
            values["grade"] = str(values["grade"]).removeprefix("kg:")
            found.append(dict[str, object](values))
        return found

    def _shown(self, answer: tuple[tuple[str, ...], pool.Rows]) -> tuple[tuple[Shown, ...], ...]:
        columns, rows = answer
        return self._renderer.shown(columns[1:], [row[1:] for row in rows])

    def _label(self, curie: str) -> str:
        try:
            return self._names().candidates("term", curie)[0].label
        except UnknownName:
            return curie


def _only(query: NamedQuery, parameter: Parameter) -> bool:
    """Whether this parameter alone must be given."""
    return all(
        other.name == parameter.name or not other.required or other.default is not None for other in query.parameters
    )


def _bare(term: Term) -> dict[str, list[tuple[str, str]]]:
    """What the vocabulary alone tells of a term that the graph does not have."""
    return {
        "label": [(term.label, "")],
        "type": [(term.type, "")],
        "synonym": [(name.text, "") for name in term.names if name.text != term.label],
        "same": [(xref, "") for xref in term.xrefs],
        "parent": [(parent, "") for parent in term.parents],
    }
