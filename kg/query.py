"""Named queries in, typed rows out: `queries/<name>.rq` says in its header what it asks, of what, and what it answers.

A header is made of comment lines:

    # question: Which targets have been tried in a disease?
    # parameter: disease (disease, required): a name, abbreviation or ID
    # parameter: exact (boolean, optional, default false): leave subclasses out
    # column: target_label: the target's name

The parameter `disease` is the variable `?given_disease`, bound as a term through pyoxigraph's `substitutions`, never
formatted into the text. pyoxigraph 0.5.13 was found to ask of such a variable that the outermost SELECT projects it (so
every query lists its `given_` variables behind its columns, and groups by them where it groups), to replace it inside
FILTER, EXISTS, OPTIONAL, UNION and MINUS, inside a sub-select only where that projects it too, and not in `BOUND(?x)`
or `BIND(?x AS ?y)`. So every parameter is always bound: an optional one without default and value is `""`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, cast, get_args

import msgspec
import pyoxigraph as ox

from kg.errors import KGError, QueryFailed, UnknownName, UsageError
from kg.model import Grade
from kg.namespaces import PREFIXES, curie, iri
from kg.resources import folder

Kind = Literal[
    "disease",
    "target",
    "therapy",
    "adverse_event",
    "term",
    "document",
    "statement",
    "grade",
    "form",
    "text",
    "integer",
    "boolean",
]
Cell = str | int | float | bool | None
Node = ox.NamedNode | ox.Literal

GIVEN = "given_"
_PARAMETER = re.compile(r"(\w+) \((\w+), (required|optional)(?:, default ([^)]+))?\): (.+)", re.ASCII)
_COLUMN = re.compile(r"(\w+): (.+)", re.ASCII)
# How people write a paper's ID.
_BARE = (
    (r"(?:pmid:?\s*)?0*([1-9]\d*)", "PMID"),
    (r"(?:pmcid:?\s*)?(PMC\d+)", "PMCID"),
    (r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d+/.+)", "DOI"),
)
# What a query's text is made of, as far as `standalone` must tell it apart (SPARQL 1.1, §19.8).
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<text>\"\"\"(?s:.*?)\"\"\"|\'\'\'(?s:.*?)\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<variable>[?$]\w+)|(?P<list>\b(?:SELECT|GROUP\s+BY)\b)|(?P<end>\b(?:WHERE|HAVING|ORDER|LIMIT|OFFSET)\b|[{}])
    |(?P<open>\()|(?P<close>\))|(?P<other>\w+|(?s:.))""",
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\\\(?P<letter>[uU])|\\u(?P<point>[0-9A-F]{4})|\\.")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NUMBERS = {
    PREFIXES["xsd"] + name: kind
    for name, kind in (("integer", int), ("decimal", float), ("double", float), ("float", float))
}


class Resolver(Protocol):
    """Finds what a user means by a name."""

    def resolve(self, kind: str, text: str) -> str:
        """The CURIE that a name, abbreviation or ID stands for.

        Raises:
            UnknownName: it stands for none of this kind; carries the nearest known names.
        """
        ...


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """What a query may be asked about; `help` is for a user to read."""

    name: str
    kind: Kind
    required: bool
    default: str | None
    help: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """What a query answers with."""

    name: str
    help: str


class NamedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query of `queries/`, by its file's name."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


class Table(msgspec.Struct, frozen=True):
    """An answer: column names, and rows of as many cells. IRIs are CURIEs; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@cache
def load_all() -> Mapping[str, NamedQuery]:
    """The shipped queries by name, in name order.

    >>> load_all()["targets-tried-in"].question
    'Which targets have been tried in a disease, how strong is the evidence, and what does the text say?'

    Raises:
        KGError: a header is not true to its form.
    """
    return {path.stem: parse(path) for path in sorted(folder("queries").glob("*.rq"), key=lambda path: path.stem)}


def parse(path: Path) -> NamedQuery:
    """One query file.

    Raises:
        KGError: a header line has no known form, or the question is missing.
    """
    questions: list[str] = []
    parameters: list[Parameter] = []
    columns: list[Column] = []
    text = path.read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        field, _, rest = line.removeprefix("#").strip().partition(": ")
        if field == "question":
            questions.append(rest)
        elif field == "parameter":
            parameters.append(_parameter(rest, f"{path.name}: line {number}"))
        elif field == "column" and (found := _COLUMN.fullmatch(rest)):
            columns.append(Column(name=found[1], help=found[2]))
        else:
            raise KGError(f"{path.name}: line {number}: expected question, parameter or column, got {line!r}")
    if len(questions) != 1 or not columns:
        raise KGError(f"{path.name}: expected one question and some columns, got {len(questions)} and {len(columns)}")
    return NamedQuery(
        name=path.stem, question=questions[0], parameters=tuple(parameters), columns=tuple(columns), sparql=text
    )


def bind(query: NamedQuery, values: Mapping[str, str], resolver: Resolver) -> Mapping[str, Node]:
    """The terms to ask with, by variable: what the user gave, the defaults where nothing was given.

    Args:
        query: says which parameters there are.
        values: text by parameter name.
        resolver: finds the CURIE of a name.

    Raises:
        UsageError: a parameter is missing or not known, or its value is none of its kind.
        UnknownName: no term, or no grade, has this name.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    if unknown := sorted(values.keys() - known.keys()):
        listed = ", ".join(known) or "none"
        raise UsageError(f"{query.name}: expected no parameter {unknown[0]!r}; its parameters: {listed}")
    bound: dict[str, Node] = {}
    for parameter in query.parameters:
        text = values.get(parameter.name, parameter.default)
        if text is None and parameter.required:
            raise UsageError(f"{query.name}: expected a value for {parameter.name!r} ({parameter.help}), got none")
        bound[GIVEN + parameter.name] = ox.Literal("") if text is None else _term(parameter, text, resolver)
    return bound


def run(store: ox.Store, query: NamedQuery, bindings: Mapping[str, Node]) -> Table:
    """Asks the store; `bindings` come from `bind`.

    Raises:
        QueryFailed: the query is not valid SPARQL or the store could not answer it.
    """
    substitutions = {ox.Variable(name): value for name, value in bindings.items()}
    try:
        # The stub names every kind of term a substitution may be; a dict is invariant in it.
        solutions = store.query(
            query.sparql,
            prefixes=dict(PREFIXES),
            substitutions=cast(
                "dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]", substitutions
            ),
        )
        assert isinstance(solutions, ox.QuerySolutions)
        names = tuple(column.name for column in query.columns)
        return Table(names, tuple(tuple(cell(solution[name]) for name in names) for solution in solutions))
    except (SyntaxError, RuntimeError, OSError, KeyError) as error:
        raise QueryFailed(f"{query.name}: {error}") from error


def standalone(query: NamedQuery, bindings: Mapping[str, Node]) -> str:
    """The query with its values written in: SPARQL that gives the same rows anywhere, as it is printed.

    Values are written by pyoxigraph's own serialiser; a `given_` variable is told from a text, an IRI or a comment that
    looks like one, and leaves the lists of SELECT and GROUP BY, where a value may not stand.

    >>> text = "SELECT ?x ?given_y { ?x ?given_y 'a' }"
    >>> query = NamedQuery(name="x", question="Which?", parameters=(), columns=(), sparql=text)
    >>> print(standalone(query, {"given_y": ox.NamedNode("http://e/p")}), end="")
    # Which?
    SELECT ?x { ?x <http://e/p> 'a' }
    """
    written: list[str] = []
    listing, depth = False, 0
    for token in _TOKEN.finditer(query.sparql):
        text = token[0]
        match token.lastgroup:
            case "comment":
                text = ""
            case "list":
                listing, depth = True, 0
            case "end":
                listing = False
            case "open" | "close":
                depth += 1 if text == "(" else -1
            case "variable" if text[1:] in bindings and listing and depth == 0:
                text = ""
            case "variable" if text[1:] in bindings:
                text = _written(bindings[text[1:]])
            case _:
                pass
        written.append(text)
    lines = (re.sub(r"(?<=\S)  +", " ", line).rstrip() for line in "".join(written).splitlines())
    return "\n".join([f"# {query.question}", *(line for line in lines if line)]) + "\n"


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """A term as a plain value: an IRI as its CURIE, numbers and booleans as such, other literals as their text.

    >>> cell(ox.NamedNode("https://identifiers.org/hgnc:1633")), cell(ox.Literal(3)), cell(ox.Literal(True)), cell(None)
    ('HGNC:1633', 3, True, None)
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return curie(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    datatype = term.datatype.value
    if datatype == PREFIXES["xsd"] + "boolean":
        return term.value in ("true", "1")
    return _NUMBERS[datatype](term.value) if datatype in _NUMBERS else term.value


def grade(text: str) -> Grade:
    """The grade that a user means, with or without capitals and hyphens.

    >>> grade("sentence-assertion")
    <Grade.SENTENCE_ASSERTION: 'SentenceAssertion'>

    Raises:
        UnknownName: there is no such grade.
    """
    plain = text.replace("-", "").replace("_", "").replace(" ", "").casefold()
    for known in Grade:
        if plain == known.value.casefold():
            return known
    raise UnknownName("grade", text, nearest=tuple(Grade))


def _parameter(text: str, where: str) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    if not found or found[2] not in get_args(Kind):
        raise KGError(f"{where}: expected 'name (kind, required|optional[, default X]): help', got {text!r}")
    return Parameter(
        name=found[1], kind=cast(Kind, found[2]), required=found[3] == "required", default=found[4], help=found[5]
    )


def _term(parameter: Parameter, text: str, resolver: Resolver) -> Node:
    match parameter.kind:
        case "text":
            return ox.Literal(text)
        case "form":
            # Folded here, not by LCASE in the query: only a constant is looked up through the store's index.
            return ox.Literal(text.lower())
        case "integer":
            try:
                return ox.Literal(int(text))
            except (ValueError, OverflowError):
                raise UsageError(f"{parameter.name}: expected a whole number, got {text!r}") from None
        case "boolean":
            if text.casefold() not in _BOOLEANS:
                raise UsageError(f"{parameter.name}: expected true or false, got {text!r}")
            return ox.Literal(_BOOLEANS[text.casefold()])
        case "grade":
            return ox.Literal(grade(text).rank)
        case "document":
            # A paper is found by any of its IDs: each is a literal of `dcterms:identifier`.
            return ox.Literal(curie(_identifier(parameter, text).value))
        case "statement":
            return _identifier(parameter, text)
        case kind:
            return ox.NamedNode(iri(resolver.resolve(kind, text)))


def _written(node: Node) -> str:
    """A term as SPARQL writes it; numbers and booleans without their datatype's address."""
    if isinstance(node, ox.Literal):
        datatype = node.datatype.value.removeprefix(PREFIXES["xsd"])
        if (datatype == "integer" and re.fullmatch(r"-?[0-9]+", node.value)) or (
            datatype == "boolean" and node.value in ("true", "false")
        ):
            return node.value
        return _ESCAPE.sub(_portable, str(node))
    return str(node)


def _portable(escape: re.Match[str]) -> str:
    # Some readers turn \\u0041 into A before they read anything else (§19.2), also behind another backslash, and take
    # eight digits where they find them: so a `u` behind a backslash is written as a code point, all of them in full.
    if escape["letter"]:
        return f"\\\\\\U{ord(escape['letter']):08X}"
    return f"\\U0000{escape['point']}" if escape["point"] else escape[0]


def _identifier(parameter: Parameter, text: str) -> ox.NamedNode:
    plain = text.strip()
    for pattern, prefix in _BARE:
        if found := re.fullmatch(pattern, plain, re.ASCII | re.IGNORECASE):
            local = found[1].lower() if prefix == "DOI" else found[1].upper()
            plain = f"{prefix}:{local}"
            break
    try:
        return ox.NamedNode(iri(plain))
    except ValueError:
        example = "PMID:38381673" if parameter.kind == "document" else "statement:0f3a…"
        raise UsageError(f"{parameter.name}: expected an ID such as {example}, got {text!r}") from None
