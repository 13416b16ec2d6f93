"""`kg diff [OLD [NEW]]`: what came and what fell between two releases, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from kg.cli import _options
from kg.errors import BadGraph, UnknownName
from kg.graph import difference
from kg.graph.difference import Difference, Paper, Passage, Said, Side
from kg.store import Graph, Release, reader, release_at

_HASH = re.compile("[0-9a-f]{4,64}")
_SHOWN = 20


@click.command("diff")
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW]")
@_options.graph
@_options.as_json
@click.option("--all", "whole", is_flag=True, help=f"List everything, and passages too, not {_SHOWN} of each.")
def command(old: str | None, new: str | None, folder: Path, as_json: bool, whole: bool) -> int:
    """Compare two releases: documents, statements, plain triples and evidence that came or fell.

    OLD and NEW are graphs' folders (their current release), releases' folders, or the beginning of a release's hash in
    --graph. Without NEW, OLD is compared with the current release of its graph; without both, or where OLD is a graph,
    the release written before the current one is. The exit code is 0 whether or not they differ.
    """
    first, second = _chosen(old, new, folder)
    sides = [Side(one.hash, reader(one.path), one.manifest) for one in (first, second)]
    found = difference.compare(*sides)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return 0
    for line in _lines(found, most=None if whole else _SHOWN):
        click.echo(line)
    return 0


def _chosen(old: str | None, new: str | None, folder: Path) -> tuple[Release, Release]:
    if old is None or (new is None and _is_graph(Path(old))):
        graph = Graph.open(folder if old is None else Path(old))
        current, *others = graph.releases
        if not others:
            raise BadGraph(f"{graph.path}: expected a release before the current one, got none to compare it with")
        return others[0], current
    first = _release(old, folder)
    if new is not None:
        return first, _release(new, folder)
    return first, Graph.open(first.path.parent.parent).release


def _release(text: str, folder: Path) -> Release:
    path = Path(text)
    if _is_graph(path):
        return Graph.open(path).release
    if path.exists():
        return release_at(path)
    if not _HASH.fullmatch(text):
        raise BadGraph(f"{text}: expected a graph's folder, a release's folder or a release's hash, got none of these")
    known = Graph.open(folder).releases
    found = [release for release in known if release.hash.startswith(text)]
    if len(found) != 1:
        raise UnknownName("release", text, nearest=[release.hash[:12] for release in found or known])
    return found[0]


def _is_graph(path: Path) -> bool:
    return (path / "current").is_symlink()


def _lines(found: Difference, *, most: int | None) -> Iterator[str]:
    yield f"from {found.old[:12]} to {found.new[:12]}"
    if found.is_empty:
        yield "no difference"
        return
    yield from _part("documents", "came", "+", [_paper(one) for one in found.documents.came], most)
    yield from _part("documents", "fell", "-", [_paper(one) for one in found.documents.fell], most)
    yield from _part("documents", "changed", "~", [_paper(one) for one in found.documents.changed], most)
    for name, what in (("statements", found.statements), ("plain triples", found.derived)):
        yield from _part(name, "came", "+", [_statement(one) for one in what.came], most)
        yield from _part(name, "fell", "-", [_statement(one) for one in what.fell], most)
    for sign, verb, passages in (("+", "came", found.evidence.came), ("-", "fell", found.evidence.fell)):
        lines = [_passage(one) for one in passages]
        yield from _part("evidence", verb, sign, lines, None if most is None else 0, why=_counted(passages))


def _part(name: str, verb: str, sign: str, lines: Sequence[str], most: int | None, *, why: str = "") -> Iterator[str]:
    if not lines:
        return
    yield f"{name} that {verb}: {len(lines)}{why}"
    shown = lines if most is None else lines[:most]
    yield from (f"  {sign} {line}" for line in shown)
    if 0 < len(shown) < len(lines):
        yield f"  … and {len(lines) - len(shown)} more (--all, --json)"


def _counted(passages: Sequence[Passage]) -> str:
    counts = Counter(one.why for one in passages)
    return f" ({', '.join(f'{count} {why}' for why, count in sorted(counts.items()))})"


def _paper(one: Paper) -> str:
    return f"{one.id}  {one.title}  [{one.why}]"


def _statement(one: Said) -> str:
    predicate = one.predicate.partition(":")[2].replace("_", " ")
    denied = "not " if one.negated else ""
    return f"{one.subject_label} {denied}{predicate} {one.object_label}  ({one.grade})  [{', '.join(one.why)}]"


def _passage(one: Passage) -> str:
    return f"{one.document} {one.statement}  “{' '.join(one.quote.split())}”  [{one.why}]"
