"""The floors of DESIGN §2, held over every import of `kg`, also those inside functions and for types only.

A module imports from lower floors or from its own room, never upwards and never from another room of its floor.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kg

pytestmark = pytest.mark.checkout

PACKAGE = Path(kg.__file__).resolve().parent

# A floor is the rooms on it, lowest first. A room is a folder, or a file beside them.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"model", "errors"}),
    frozenset({"config", "resources", "plugins"}),
    frozenset({"namespaces"}),
    # What several rooms above stand on and what knows none of them: the vocabulary, N-Triples' order.
    frozenset({"lexicon", "ntriples", "wording"}),
    frozenset({"sources", "documents", "extract", "ground", "relate", "graph", "export", "store"}),
    frozenset({"query"}),
    # What is read off a store and made ready for others' libraries: networkx, matplotlib.
    frozenset({"annotator", "explanation", "network", "plot"}),
    frozenset({"pipeline", "spacy_pipe", "evaluate"}),
    frozenset({"web"}),
    # `import kg` and its `Graph`, which asks free SPARQL of the workers in `web`.
    frozenset({"face"}),
    frozenset({"cli"}),
)
# Files that share a room with another: the records are the store's other half, a part of a graph is a type like others.
SAME_ROOM = {"records": "store", "part": "model", "": "face"}
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _room(module: str) -> str:
    name = module.removeprefix("kg").removeprefix(".").split(".")[0]
    return SAME_ROOM.get(name, name)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of each import of ours; `from kg.x import y` is `kg.x.y` where that is a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names if name.name.split(".")[0] == "kg")
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module.split(".")[0] == "kg":
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield node.lineno, inner if inner in MODULES else node.module


def broken(module: str, imported: str) -> bool:
    """Whether this import leads upwards or sideways."""
    here, there = _room(module), _room(imported)
    return here != there and FLOOR[there] >= FLOOR[here]


def test_every_module_has_a_floor() -> None:
    """A new room is placed on a floor before anything may import it."""
    assert {_room(module) for module in MODULES} <= FLOOR.keys()


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_downwards_or_stay_in_the_room(module: str) -> None:
    """No module imports from a higher floor or from a neighbour's room."""
    path = MODULES[module]
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {name}" for line, name in _imports(path) if broken(module, name)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("module", "imported", "wrong"),
    [
        ("kg.ground.senses", "kg.lexicon", False),
        ("kg.relate.view", "kg.relate.link", False),
        ("kg.relate.view", "kg.ground.senses", True),
        ("kg.export.rdf", "kg.store", True),
        ("kg.store", "kg.records", False),
        ("kg.query", "kg.pipeline", True),
        ("kg.web.app", "kg.cli", True),
        ("kg.model", "kg.errors", True),
    ],
)
def test_the_rule_tells_right_from_wrong(module: str, imported: str, wrong: bool) -> None:
    """A stage may ask the vocabulary and its own room; a neighbour, the store and whatever stands above are refused."""
    assert broken(module, imported) is wrong


def test_no_module_needs_itself() -> None:
    """The imports of `kg` form no circle, those inside functions counted too."""
    graph = {module: {name for _, name in _imports(path)} - {module} for module, path in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"circle: {' -> '.join(error.args[1])}")
