"""A SPARQL text in; out: whether it asks for the network (`SERVICE`) or for a change, told without parsing it.

The parser of the store reads keywords without asking for a word's end (`SERVICEex:a` and `1SERVICE<…>` were seen to
connect), so what counts here is the letters wherever the grammar could read a keyword: outside of comments, IRIs,
strings, variables, language tags, blank node labels and the local parts of prefixed names (SPARQL 1.1, §19.8).
A doubtful text is refused: the cost of a false alarm is a clear message, that of a miss an open network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3}
                |'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
    | (?P<label>_:\w[\w.\-·]*)
    | (?P<prefixed>(?P<prefix>(?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?):(?:(?:[\w:%]|\\.)(?:[\w.\-·:%]|\\.)*)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<space>\s+)
    | (?P<mark>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(("add", "clear", "copy", "create", "delete", "drop", "insert", "load", "move", "with"))


def wants_network(sparql: str) -> bool:
    """Whether any place of the text could be read as the keyword `SERVICE`.

    >>> wants_network("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> wants_network('SELECT ?service { ?service ex:service "SERVICE" } # SERVICE')
    False
    """
    return any(_names_service(text) for text in {sparql, _unescaped(sparql)})


def wants_change(sparql: str) -> bool:
    """Whether the first word behind the prologue is one that starts a SPARQL Update.

    >>> wants_change("PREFIX a: <b> INSERT DATA { a:b a:c a:d }")
    True
    >>> wants_change("SELECT ?insert { ?insert ?p ?o }")
    False
    """
    words = _tokens(_unescaped(sparql))
    for kind, text in words:
        if kind == "word" and text.lower() not in ("prefix", "base"):
            return text.lower() in _UPDATES
    return False


def _names_service(text: str) -> bool:
    previous, suspect = "", False
    for kind, token in _tokens(text):
        if suspect and token == "{":
            return True
        suspect = False
        if kind == "word" and "service" in token.lower():
            return True
        # `SERVICEex:a {` is a SERVICE to the store; `service:a ?p ?o` and `GRAPH service:a {` are not.
        if kind == "prefixed" and "service" in token.partition(":")[0].lower():
            suspect = previous != "graph"
        previous = token.lower()
    return False


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token that is neither blank nor comment."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield kind, match.group()


def _unescaped(text: str) -> str:
    """The text with its code point escapes resolved (SPARQL 1.1, §19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, text)
