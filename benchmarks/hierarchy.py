"""Asks "documents about a disease or its subclasses" two ways on one store: by path and by materialised closure.

Prints both times and their ratio. `rdfs:subClassOf*` walks the hierarchy at each question; `kg:within` holds the walk's
result. The store is made here: 5,000 classes, eight levels deep, and 200,000 mentions (1 M triples with --large).
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import pyoxigraph as ox

from kg.namespaces import PREFIXES, iri

_CLASSES = 5_000
_FAN = 3
_RUNS = 15
_PATH = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?c rdfs:subClassOf* ?top . ?d biolink:mentions ?c }"
_CLOSURE = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?c kg:within ?top . ?d biolink:mentions ?c }"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="1,000,000 mentions instead of 200,000")
    mentions = 1_000_000 if parser.parse_args().large else 200_000
    store = ox.Store()
    store.bulk_extend(_quads(mentions))
    store.optimize()
    print(f"{len(store):,} triples, {_CLASSES:,} classes")
    for name, top in (("a leaf", _CLASSES - 1), ("a class with 121 below", 40), ("the root", 0)):
        path, found = _timed(partial(_ask, store, _PATH, top))
        closure, same = _timed(partial(_ask, store, _CLOSURE, top))
        assert found == same, f"the two ways differ: {found} and {same}"
        times = f"path {path:9.3f} ms  closure {closure:9.3f} ms  ratio {path / closure:6.1f}"
        print(f"{name:24} {found:>9,} documents  {times}")


def _node(number: int) -> ox.NamedNode:
    return ox.NamedNode(iri(f"cartkg:c{number}"))


def _quads(mentions: int) -> Iterator[ox.Quad]:
    subclass, within = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf"), ox.NamedNode(iri("kg:within"))
    mention = ox.NamedNode(iri("biolink:mentions"))
    for number in range(_CLASSES):
        above = number
        yield ox.Quad(_node(number), within, _node(number))
        while above:
            if above == number:
                yield ox.Quad(_node(number), subclass, _node((number - 1) // _FAN))
            above = (above - 1) // _FAN
            yield ox.Quad(_node(number), within, _node(above))
    chance = random.Random(7)
    for number in range(mentions):
        document = ox.NamedNode(iri(f"PMID:{1 + number // 4}"))
        yield ox.Quad(document, mention, _node(chance.randrange(_CLASSES)))


def _ask(store: ox.Store, query: str, top: int) -> int:
    answer = store.query(
        query.replace("AS ?n)", "AS ?n) ?top") + " GROUP BY ?top",
        prefixes=dict(PREFIXES),
        substitutions={ox.Variable("top"): _node(top)},
    )
    assert isinstance(answer, ox.QuerySolutions)
    return next((int(row["n"].value) for row in answer if isinstance(row["n"], ox.Literal)), 0)


def _timed(call: Callable[[], int]) -> tuple[float, int]:
    found = call()
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), found


if __name__ == "__main__":
    main()
