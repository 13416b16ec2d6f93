"""`kg ask 'SELECT …'`: any SPARQL 1.1 query, answered by a worker that can be stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyoxigraph as ox

from kg.cli import _answers, _options
from kg.query import Table, cell
from kg.store import Graph
from kg.web import pool

_RESULTS = {
    "table": "application/sparql-results+json",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
}
_TRIPLES = {"table": "text/turtle", "json": "application/ld+json", "csv": "application/n-triples"}


@click.command("ask")
@click.argument("sparql")
@_options.graph
@click.option("--format", "style", type=click.Choice(tuple(_RESULTS)), default="table", show_default=True)
@_options.as_json
def command(sparql: str, folder: Path, style: str, as_json: bool) -> int:
    """Run a SPARQL query; SPARQL may be - for standard input.

    SELECT answers a table, CSV or SPARQL JSON; ASK true or false; CONSTRUCT and DESCRIBE Turtle (JSON-LD with json,
    N-Triples with csv). The prefixes kg:, biolink:, MONDO:, HGNC: and the others of the graph are known.
    """
    style = "json" if as_json else style
    text = sys.stdin.read() if sparql == "-" else sparql
    config = _options.configuration(folder)
    media_type, body = pool.ask(
        Graph.open(folder).release.path / "store",
        text,
        limits=pool.Limits.of(config),
        results=_RESULTS[style],
        graph=_TRIPLES[style],
    )
    if style == "table" and media_type.startswith("application/sparql-results"):
        found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            click.echo("true" if found else "false")
            return 0
        columns, rows = pool.table(body)
        _answers.show(Table(columns, tuple(tuple(cell(term) for term in row) for row in rows)), "table")
        return 0
    click.echo(body.decode("utf-8").rstrip("\r\n"))
    return 0
