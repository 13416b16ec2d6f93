"""A vocabulary and what puts something together from it in, the result out, kept in the user's cache folder.

It is kept under the digest of all that it is made of: the vocabulary, the code that spells names, the maker's files.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kg.lexicon import Lexicon, shelf

T = TypeVar("T")

_LARGE: Final = 10_000  # terms from which it pays
_SPELLING: Final = ("described.py", "finding.py", "prepare.py", "variants.py")  # of `kg.lexicon`


def kept(lexicon: Lexicon, name: str, type: type[T], build: Callable[[], T], *files: Path) -> T:
    """What `build` makes, under a name of its own; files: the code that it is made by.

    A folder that cannot be written costs only time.
    """
    if len(lexicon) < _LARGE:
        return build()
    place = shelf.cache_folder() / f"{name}-{digest(lexicon, *files)}.bin"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(place.read_bytes(), type=type)
    built = build()
    shelf.keep(place, msgspec.msgpack.encode(built))
    return built


def digest(lexicon: Lexicon, *files: Path) -> str:
    """Over the vocabulary, the code that spells names and some files."""
    found = hashlib.sha256(lexicon.digest.encode())
    spelling = Path(shelf.__file__).parent
    for path in (*(spelling / name for name in _SPELLING), *files):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:32]
