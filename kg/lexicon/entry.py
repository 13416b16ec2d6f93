"""What the lexicon gives for a place in a text: a hit, and each reading of the name that stands there."""

from __future__ import annotations

import msgspec

from kg.model import Scope


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One reading of a pattern: the term, the name as the vocabulary writes it, its scope.

    inverted: the pattern is the catalogue form ("sclerosis, systemic") and counts only where the text has the comma.
    """

    term: str
    name: str
    scope: Scope
    inverted: bool = False


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A pattern found in a text at `start:end` (code points), with all its readings."""

    start: int
    end: int
    entries: tuple[Entry, ...]
