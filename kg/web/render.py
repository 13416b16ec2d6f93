"""What a page shows in, HTML responses out: the templates with the head and foot that all pages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

import msgspec
import pyoxigraph
from starlette.responses import HTMLResponse

from kg.errors import KGError, UnknownName
from kg.model import Grade
from kg.namespaces import curie, known
from kg.query import Cell, cell
from kg.web import pool, problem
from kg.web.highlight import environment
from kg.web.releases import Releases

SHOWN_ROWS = 1000
# A column with nothing but these in it is left out of a page; the files have it.
_USUAL = ("—", "no", "unstated")
EXAMPLE = """SELECT ?target ?label ?disease WHERE {
  ?target kg:target_tried_in ?disease ;
          skos:prefLabel ?label .
  ?disease kg:within MONDO:0005100 .
}
LIMIT 100"""
_HASHED = re.compile("(?:statement|evidence|mention|sense):[0-9a-f]{32}")
_DOCUMENTS = ("PMID", "DOI", "PMCID", "record")


class Shown(msgspec.Struct, frozen=True):
    """One cell as a page shows it. kind: `text`, `link`, `links`, `number`, `grade`, `quote` or `empty`.

    links: the text and the address of each of several links.
    """

    kind: str
    text: str
    address: str = ""
    links: tuple[tuple[str, str], ...] = ()


class Renderer:
    """Fills templates."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases

    def page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page of this template, with the release and its sources at its foot."""
        release = self._releases.current()
        text = (
            environment().get_template(template).render(release=release, licences=_licences(release.manifest), **values)
        )
        return HTMLResponse(text, status_code=status)

    def failure(self, error: KGError) -> HTMLResponse:
        """The page that tells an error; of an unknown name, with the nearest known ones."""
        code, title = problem.status(error)
        nearest = error.nearest if isinstance(error, UnknownName) else ()
        return self.page("error.html", status=code, title=title, detail=str(error), nearest=nearest)

    def sparql(
        self, text: str = "", *, results: bytes | None = None, graph: str | None = None, error: KGError | None = None
    ) -> HTMLResponse:
        """The form, filled with a query, and under it the answer: rows, a boolean, triples, or what went wrong."""
        rows: tuple[tuple[Shown, ...], ...] = ()
        columns: tuple[str, ...] = ()
        cut, boolean = False, None
        if results is not None:
            boolean = msgspec.json.decode(results, type=dict[str, object]).get("boolean")
            if boolean is None:
                columns, found = pool.table(results)
                cut = len(found) > SHOWN_ROWS
                rows = self.shown(columns, found[:SHOWN_ROWS])
        return self.page(
            "sparql.html",
            status=200 if error is None else problem.status(error)[0],
            text=text or EXAMPLE,
            asked=bool(text),
            address="/sparql?query=" + quote(text, safe=""),
            columns=columns,
            rows=rows,
            cut=cut,
            boolean=boolean,
            graph=graph,
            error=None if error is None else str(error),
        )

    def shown(
        self, columns: Sequence[str], rows: Sequence[Sequence[pool.Node | None]]
    ) -> tuple[tuple[Shown, ...], ...]:
        """Rows as a page shows them, cell by cell."""
        return tuple(tuple(self._cell(name, term) for name, term in zip(columns, row, strict=True)) for row in rows)

    def readable(
        self, columns: Sequence[str], rows: Sequence[Sequence[pool.Node | None]]
    ) -> tuple[tuple[str, ...], tuple[tuple[Shown, ...], ...]]:
        """Columns and rows for a reader: an ID and its label are one link; a column that tells nothing is left out."""
        return merged(columns, self.shown(columns, rows))

    def address(self, identifier: str) -> str:
        """The page about a CURIE on this server; empty where there is none.

        Documents, statements and terms have pages.
        """
        prefix = identifier.partition(":")[0]
        if not known(identifier):
            return ""
        if prefix in _DOCUMENTS:
            return f"/document/{quote(identifier, safe=':/')}"
        if prefix == "statement":
            return f"/statement/{quote(identifier, safe=':')}"
        # The vocabularies of terms have capitals in their prefixes; those of classes and properties have none.
        return "" if prefix.islower() and prefix != "cartkg" else f"/term/{quote(identifier, safe=':')}"

    def _cell(self, column: str, term: pool.Node | None) -> Shown:
        if isinstance(term, pyoxigraph.NamedNode):
            short = curie(term.value)
            if short.removeprefix("kg:") in set(Grade):
                return Shown("grade", short.removeprefix("kg:"))
            return Shown("link", brief(short), self.address(short))
        return shown(column, cell(term), self.address)


def brief(curie: str) -> str:
    """A CURIE as a page shows it: a hash is cut, for nobody reads one.

    >>> brief("statement:d35b87640fd5f0c33b8304bc39d04ff3"), brief("MONDO:0005100")
    ('statement:d35b8764…', 'MONDO:0005100')
    """
    return f"{curie[:-24]}…" if _HASHED.fullmatch(curie) else curie


def shown(column: str, value: Cell, address: Callable[[str], str]) -> Shown:
    """A plain value as a page shows it; `address` tells where a CURIE leads.

    >>> shown("links", "https://identifiers.org/pubmed:7 https://doi.org/10.1/x", lambda curie: f"/{curie}").links
    (('PMID:7', '/PMID:7'), ('DOI:10.1/x', '/DOI:10.1/x'))
    """
    if value is None or value == "":
        return Shown("empty", "—")
    if isinstance(value, bool):
        return Shown("text", "yes" if value else "no")
    if isinstance(value, int | float):
        return Shown("number", f"{value:g}" if isinstance(value, float) else str(value))
    if value in set(Grade):
        return Shown("grade", value)
    if known(value) and value.partition(":")[0] in _DOCUMENTS:
        return Shown("link", value, address(value))
    names = [curie(word) for word in value.split(" ")]
    if value.startswith("http") and all(known(name) for name in names):
        return Shown("links", ", ".join(names), links=tuple((name, address(name)) for name in names))
    return Shown("quote" if "quote" in column or len(value) > 80 else "text", value)


def merged(
    columns: Sequence[str], rows: Sequence[Sequence[Shown]]
) -> tuple[tuple[str, ...], tuple[tuple[Shown, ...], ...]]:
    """Columns and rows for a reader: an ID and its label are one link; a column that tells nothing is left out."""
    cells = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in cells:
        for name in columns:
            if f"{name}_label" in row:
                label = row.pop(f"{name}_label")
                row[name] = Shown("link", label.text, row[name].address) if label.kind != "empty" else row[name]
    kept = [name for name in columns if any(name in row and row[name].text not in _USUAL for row in cells)]
    return tuple(kept), tuple(tuple(row[name] for name in kept) for row in cells)


def _licences(manifest: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Name with version, and licence, of what the release was made with, as far as its manifest tells."""
    found: list[tuple[str, str]] = []
    sources = manifest.get("sources")
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and source.get("name"):
            found.append((f"{source['name']} {source.get('version', '')}".strip(), str(source.get("licence", ""))))
    return tuple(found)
