"""A stretch of text in, its tokens out: runs of letters, runs of digits, single signs.

Everything that may begin or end a name is a border: "IL-6R" is five tokens, "(SSc)-associated" five.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")


def spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where the tokens of `text[start:end]` stand (code points, half open).

    >>> text = "Anti-CD19 (SSc)"
    >>> [text[a:b] for a, b in spans(text)]
    ['Anti', '-', 'CD', '19', '(', 'SSc', ')']
    """
    return [found.span() for found in _TOKEN.finditer(text, start, len(text) if end is None else end)]
