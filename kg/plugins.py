"""One Protocol per stage; a plugin is a module, found by its file's name.

A file `kg/documents/jats.py` with the functions of `DocumentFormat` is the format `jats`; nothing else is edited.
Names with a leading underscore are private to their folder; a module without a stage's functions is shared code of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar, cast

from kg.errors import BadInput
from kg.model import Document, Statement, Tagged, Term
from kg.part import Part


class DocumentFormat(Protocol):
    """Raw record -> Document (`kg/documents/<format>.py`).

    `recognises` tells from the first 64 KiB, decompressed, and never from a file's name. `read` yields a Document for
    each record and, in its place, a BadInput (usually a BadRecord) for one that cannot be read; it raises nothing.
    """

    def recognises(self, head: bytes) -> bool: ...

    def read(self, stream: BinaryIO, *, origin: str, record_bytes: int = ...) -> Iterator[Document | BadInput]: ...


class Vocabulary(Protocol):
    """What a stage asks of the lexicon."""

    def term(self, curie: str, /) -> Term: ...

    def category(self, type_: str, /) -> str: ...

    def ancestors(self, curie: str, /) -> frozenset[str]: ...


class Relation(Protocol):
    """Tagged document -> Statements (`kg/relate/<relation>.py`)."""

    def find(self, tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]: ...


class Export(Protocol):
    """A release, or a part of it -> a file or folder (`kg/export/<format>.py`).

    Written under a temporary name and moved; the same release and part give the same bytes. `write` returns how many
    of what it wrote. The first line of the module stands in `kg export --help`.
    """

    def write(self, release: Path, out: Path, part: Part) -> Mapping[str, int]: ...


class Loader(Protocol):
    """An export that can also fill a running database (`kg/export/<format>.py`). Loading twice changes nothing more.

    The password stands in no message. `load` returns how many of what it loaded.
    """

    def load(
        self, release: Path, address: str, part: Part, *, user: str | None, password: str | None, database: str | None
    ) -> Mapping[str, int]: ...


P = TypeVar("P")


@cache
def _modules(package: str, functions: tuple[str, ...]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        if all(callable(getattr(module, name, None)) for name in functions):
            found[info.name] = module
    return dict(sorted(found.items()))


def discover(package: str, protocol: type[P]) -> Mapping[str, P]:
    """The plugins of a stage by name, in name order.

    >>> from kg.plugins import DocumentFormat, discover
    >>> "pubmed_page" in discover("kg.documents", DocumentFormat)
    True
    """
    functions = tuple(sorted(name for name in vars(protocol) if not name.startswith("_")))
    return cast(Mapping[str, P], _modules(package, functions))
