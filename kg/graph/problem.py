"""What a check finds wrong."""

from __future__ import annotations

from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing wrong with a graph. node: the CURIE it is about, empty for the graph as a whole.

    >>> str(Problem("Violation", "evidence:1", "a quote differs from its text"))
    'Violation: evidence:1: a quote differs from its text'
    """

    severity: Literal["Violation", "Warning", "Info"]
    node: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.node or 'graph'}: {self.message}"
