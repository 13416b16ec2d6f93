"""The tree of everything that can go wrong and be told to a user.

KGError
├── UsageError            the request itself is wrong (exit code 2)
├── UnknownName           a name, ID or plugin that nothing knows; carries the nearest known ones (exit code 1)
├── BadRecord             one record could not be read; the run goes on, the record is counted (exit code 3)
├── BadInput              a whole input could not be read; the run goes on with the others (exit code 3)
├── BadGraph              a folder is no graph, or its content breaks an invariant (exit code 1)
├── BadVocabulary         a vocabulary file breaks its own format
├── QueryFailed           a query is not valid, or could not be answered
│   ├── QueryTimeout      it ran past its limit
│   └── QueryTooLarge     it asked for more memory or rows than its limit
└── Locked                another process is writing this graph (exit code 4)
"""

from __future__ import annotations

from collections.abc import Sequence


class KGError(Exception):
    """Anything of ours that a user is told; `str()` is one clear line.

    `exit_code` is what the command line ends with when the error reaches it (DESIGN §8).
    """

    exit_code = 1


class UsageError(KGError):
    """The request itself is wrong: an option's value, a missing parameter."""

    exit_code = 2


class UnknownName(KGError):
    """A name nobody knows.

    >>> str(UnknownName("disease", "SScc", nearest=("SSc", "SSNS")))
    "unknown disease 'SScc'; nearest known: SSc, SSNS"
    """

    def __init__(self, kind: str, name: str, *, nearest: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"; nearest known: {', '.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"unknown {kind} {name!r}{hint}")


class BadInput(KGError):
    """A file, or a whole input, that cannot be read.

    >>> str(BadInput("page.txt", expected="a PubMed page", got="an empty file"))
    'page.txt: expected a PubMed page, got an empty file'
    """

    exit_code = 3

    def __init__(self, origin: str, *, expected: str, got: str) -> None:
        self.origin = origin
        self.expected = expected
        self.got = got
        super().__init__(f"{origin}: expected {expected}, got {got}")


class BadRecord(BadInput):
    """One record of an input that cannot be read; the records around it can.

    >>> str(BadRecord("set.jsonl", "line 7", expected="a JSON object", got="a list"))
    'set.jsonl: line 7: expected a JSON object, got a list'
    """

    def __init__(self, origin: str, record: str, *, expected: str, got: str) -> None:
        self.record = record
        super().__init__(f"{origin}: {record}", expected=expected, got=got)


class BadGraph(KGError):
    """A folder that holds no graph, or a graph that breaks an invariant."""


class BadVocabulary(KGError):
    """A vocabulary file that breaks its own format; names file and line."""


class QueryFailed(KGError):
    """A SPARQL query that is not valid or could not be answered."""


class QueryTimeout(QueryFailed):
    """A query that ran past its time limit; nothing of its answer is given."""


class QueryTooLarge(QueryFailed):
    """A query that asked for more memory or more rows than allowed; nothing of its answer is given."""


class Locked(KGError):
    """Another process is writing this graph."""

    exit_code = 4
