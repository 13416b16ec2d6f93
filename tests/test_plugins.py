"""Plugins are found by their file's name, private ones and shared code left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pytest

from kg.model import Statement, Tagged
from kg.plugins import DocumentFormat, Export, Relation, Vocabulary, discover


class _Greeting(Protocol):
    def greet(self, name: str) -> str: ...


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[str]:
    """A package of three files: a plugin, shared code, a private file with the plugin's function."""
    name = f"plugins_of_{tmp_path.name}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "formal.py").write_text("def greet(name):\n    return f'Good day, {name}'\n", "utf-8")
    (folder / "shared.py").write_text("def bow():\n    pass\n", "utf-8")
    (folder / "_hidden.py").write_text("raise RuntimeError('private files are not loaded')\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield name
    for module in [one for one in sys.modules if one.split(".")[0] == name]:
        del sys.modules[module]


def test_a_file_with_the_stages_functions_is_a_plugin_by_its_name(package: str) -> None:
    """One new file is enough; shared code beside it is none, and a private file is not even loaded."""
    found = discover(package, _Greeting)
    assert list(found) == ["formal"]
    assert found["formal"].greet("Ada") == "Good day, Ada"


@pytest.mark.parametrize(
    ("package", "protocol", "some"),
    [
        ("kg.documents", DocumentFormat, {"jsonl", "medline", "pubmed_page", "pubmed_xml", "pubtator"}),
        ("kg.relate", Relation, {"adverse_event", "co_mention", "tried_in"}),
        ("kg.export", Export, {"rdf"}),
    ],
)
def test_each_stage_has_its_plugins(package: str, protocol: type[object], some: set[str]) -> None:
    """The formats, relations and exports that are shipped are found, in name order."""
    found = discover(package, protocol)
    assert some <= set(found)
    assert list(found) == sorted(found)


@pytest.mark.parametrize("head", [b"", b"\x00", b"dear diary", b"<a/>", "Sjögren".encode("latin-1"), b"\xff" * 70000])
def test_no_format_recognises_what_is_no_record(head: bytes) -> None:
    """Recognising never raises, and nothing is taken for a record that is none."""
    assert [name for name, plugin in discover("kg.documents", DocumentFormat).items() if plugin.recognises(head)] == []


def test_a_relation_says_nothing_of_an_empty_text() -> None:
    """A document without mentions gives no statements from any relation."""
    from kg.annotator import Annotator

    annotator = Annotator.open()
    tagged: Tagged = annotator.annotate_text("Nothing here is in any vocabulary.").tagged
    vocabulary: Vocabulary = annotator.lexicon
    statements: list[Statement] = []
    for relation in discover("kg.relate", Relation).values():
        statements.extend(relation.find(tagged, vocabulary))
    assert statements == []
