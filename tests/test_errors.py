"""The tree of errors: what a message holds and which exit code it ends with (DESIGN §8)."""

from __future__ import annotations

import ast
import builtins
from pathlib import Path

import pytest

from kg import errors
from kg.errors import BadGraph, BadInput, BadRecord, KGError, Locked, QueryFailed, UnknownName, UsageError

PACKAGE = Path(errors.__file__).resolve().parent
# Python's own that are raised on purpose: ValueError by values that check themselves at birth and by streams, the two
# others as a file's own reading would, AttributeError by a lazy module, SystemExit by a worker that ends.
PYTHONS = {"ValueError", "EOFError", "OSError", "AttributeError", "SystemExit"}
BUILT_IN = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}


def _subclasses(kind: type[KGError]) -> set[type[KGError]]:
    return {kind}.union(*(_subclasses(child) for child in kind.__subclasses__()))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KGError("x"), 1),
        (UsageError("x"), 2),
        (UnknownName("disease", "x"), 1),
        (BadInput("x", expected="a", got="b"), 3),
        (BadRecord("x", "line 1", expected="a", got="b"), 3),
        (BadGraph("x"), 1),
        (QueryFailed("x"), 1),
        (Locked("x"), 4),
    ],
)
def test_each_kind_ends_with_its_exit_code(error: KGError, code: int) -> None:
    """1 failed, 2 usage, 3 partial, 4 locked."""
    assert error.exit_code == code


def test_a_message_says_where_what_was_expected_and_what_came() -> None:
    """A bad record names its file, its record, what was expected and what came, on one line."""
    error = BadRecord("set.xml", "PMID 7", expected="a title", got="none")
    assert str(error) == "set.xml: PMID 7: expected a title, got none"
    assert (error.record, error.expected, error.got) == ("PMID 7", "a title", "none")


def test_an_unknown_name_without_neighbours_ends_after_the_name() -> None:
    """No empty list of nearest names is printed."""
    assert str(UnknownName("disease", "zzz")) == "unknown disease 'zzz'"


def test_the_tree_is_drawn_at_the_top_of_the_file() -> None:
    """Every error of the module stands in the drawing of its docstring, and nothing else does."""
    drawn = {line.lstrip("├└│─ ").split()[0] for line in (errors.__doc__ or "").splitlines()[2:] if line.strip()}
    assert drawn == {kind.__name__ for kind in _subclasses(KGError) if kind.__module__ == "kg.errors"}


def test_what_is_raised_is_ours_or_meant_so() -> None:
    """`raise X(...)` names none of Python's own errors but the few that are meant."""
    strange = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                name = node.exc.func.id
                if name in BUILT_IN - PYTHONS:
                    strange.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {name}")
    assert not strange
