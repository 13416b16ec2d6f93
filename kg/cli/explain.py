"""`kg explain STATEMENT` or `kg explain SUBJECT OBJECT`: every passage for and against, with reasons and the SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import msgspec

from kg import explanation
from kg import query as queries
from kg.cli import _answers, _options
from kg.cli.query import Telling
from kg.errors import UnknownName
from kg.explanation import Claim, Explanation, Name, Passage, facts
from kg.lexicon import shipped
from kg.store import Graph
from kg.web import pool
from kg.web.tables import inert


@click.command("explain")
@click.argument("first", metavar="STATEMENT|SUBJECT")
@click.argument("second", required=False, metavar="[OBJECT]")
@_options.graph
@click.option(
    "--predicate", metavar="TEXT", help="Only this relation: its CURIE or last word, such as target_tried_in."
)
@click.option("--exact", is_flag=True, help="Leave the subclasses of both terms out.")
@click.option("--min-grade", metavar="GRADE", help="The weakest grade of evidence to show.  [default: ReferenceTitle]")
@_options.as_json
def command(
    first: str,
    second: str | None,
    folder: Path,
    predicate: str | None,
    exact: bool,
    min_grade: str | None,
    as_json: bool,
) -> int:
    """Show all evidence of a statement, or of what relates two terms, for and against, as Markdown.

    Each passage comes with its paper, grade, role and numbers, and with the reason for what each name in it was taken
    to mean. STATEMENT is an ID as queries print it; SUBJECT and OBJECT are names, abbreviations or IDs, and their
    subclasses count too. The SPARQL at the end gives the same passages.
    """
    graph = Graph.open(folder)
    given = {"min_grade": min_grade} if min_grade else {}
    if second is None:
        if predicate or exact:
            raise click.UsageError("--predicate and --exact need a SUBJECT and an OBJECT")
        found = _ask(graph, "evidence-for-statement", {**given, "statement": first})
    else:
        given |= {"exact": "true"} if exact else {}
        given |= {"predicate": predicate} if predicate else {}
        found = _ask(graph, "evidence-for", {**given, "subject": first, "object": second})
        if not found.claims:
            back = _ask(graph, "evidence-for", {**given, "subject": second, "object": first})
            if back.claims:
                click.echo(f"kg: nothing with {first} as subject; shown with {second} as subject", err=True)
                found = back
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        click.echo("\n".join(_markdown(found)))
    return 0


def _ask(graph: Graph, name: str, given: Mapping[str, str]) -> Explanation:
    release, named = graph.release, queries.load_all()[name]
    if name == "evidence-for-statement" and not re.match(r"(?i)\s*(statement:|https?:)", given["statement"]):
        raise UnknownName("statement", given["statement"], nearest=("statement:0f3a…", "or a subject and an object"))
    bindings = queries.bind(named, given, Telling(shipped(release.vocabulary)))
    limits = pool.Limits.of(_options.configuration(graph.path))
    table = _answers.ask(release, named, bindings, limits=limits)
    if not table.rows:
        _answers.refuse_unknown(release, named, bindings, limits=limits)
    return explanation.explain(named, bindings, table, graph.records.annotated)


def _markdown(found: Explanation) -> Iterator[str]:
    if not found.claims:
        yield from ("The graph says nothing about this.", "")
    for claim in found.claims:
        yield from _claim(claim)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", found.sparql)), default=0))
    yield from ("## The same in SPARQL", "", f"{fence}sparql", found.sparql.rstrip("\n"), fence)


def _claim(claim: Claim) -> Iterator[str]:
    predicate = claim.predicate.partition(":")[2].replace("_", " ")
    yield f"# {inert(claim.subject_label)} – {inert(predicate)} – {inert(claim.object_label)}"
    bearing = "" if claim.confidence is None else f", confidence {claim.confidence:.2f}"
    yield from ("", f"{inert(claim.subject)} `{claim.predicate}` {inert(claim.object)}{bearing}", "")
    for title, passages in (("For", claim.supporting), ("Against", claim.against)):
        yield from (f"## {title}: {len(passages)}", "")
        for number, passage in enumerate(passages, start=1):
            yield from _passage(number, passage)


def _passage(number: int, one: Passage) -> Iterator[str]:
    year = f" ({one.year})" if one.year is not None else ""
    yield f"{number}. **{one.grade}** · {inert(one.document)}{year} · {inert(one.title)}"
    yield from ("", f"   > {inert(one.quote)}", "")
    if one.antecedent:
        yield f"   - resolved to: {inert(one.antecedent)}"
    yield f"   - {inert(', '.join(facts(one)))}"
    yield from (f"   - {_name(name)}" for name in one.names)
    yield f"   - {one.statement} {one.evidence}, {one.section} {one.start}–{one.end}, {inert(one.method)}"
    yield ""


def _name(name: Name) -> str:
    meant = f"{inert(name.label)} ({inert(name.term)})" if name.term else inert(name.label or "not decided")
    rejected = f"; not {inert(', '.join(name.rejected))}" if name.rejected else ""
    return f"“{inert(name.text)}” is {meant}: {inert(name.reason)} ({name.score:.2f}){rejected}"
