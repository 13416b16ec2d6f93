"""Marked sentences in, what the annotator should find in them out, and the comparison with what it does find.

A mark names the type, the ID and, if any, the qualifiers:
`no <adverse_event id="NCIT:C162909" negated>ICANS</adverse_event>`.
Marks may nest. Nothing but what is marked may be found, cell types aside; `negated` has to agree both ways, other
qualifiers only where a mark names them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.annotator import Annotator
from kg.documents.assemble import Draft, Passage, assemble
from kg.model import Annotation, Grounding, Statement

_TAG = re.compile(r'<(?P<type>[a-z_]+) id="(?P<id>[^"]+)"(?P<flags>(?: [a-z_]+)*)>|</(?P<close>[a-z_]+)>')
_UNSAID = "cell_type"
_SHORT = {
    "HGNC:7315": "CD20",
    "HGNC:11913": "BCMA",
    "MONDO:0005100": "SSc",
    "MONDO:0007915": "SLE",
    "MONDO:0008383": "RA",
    "MONDO:0005556": "LN",
    "MONDO:0009688": "MG",
    "MONDO:0600008": "CRS",
    "NCIT:C162909": "ICANS",
    "cartkg:car-t": "CAR-T",
    "cartkg:car-t-cd19": "CD19 CAR-T",
}


class Expected(NamedTuple):
    """One marked mention; offsets into the text without its marks."""

    start: int
    end: int
    type: str
    id: str
    qualifiers: frozenset[str]


class Told(NamedTuple):
    """A paragraph and all that it states, in the short form of `said`."""

    title: str
    text: str
    statements: frozenset[str]


def cases(path: Path) -> list[str]:
    """The marked sentences of a file, one a line; `#` begins a comment."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]


def told(path: Path) -> list[Told]:
    """The paragraphs of a file of blocks: `title:` (optional), `text:`, and a line `= …` for each statement."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            title = next((line.removeprefix("title: ") for line in lines if line.startswith("title: ")), "")
            text = next(line.removeprefix("text: ") for line in lines if line.startswith("text: "))
            stated = frozenset(line.removeprefix("= ") for line in lines if line.startswith("= "))
            found.append(Told(title, text, stated))
    return found


def read(marked: str) -> tuple[str, tuple[Expected, ...]]:
    """The text without its marks, and the marked mentions in text order.

    >>> read('no <disease id="MONDO:0005100" negated>SSc</disease>.')[1]
    (Expected(start=3, end=6, type='disease', id='MONDO:0005100', qualifiers=frozenset({'negated'})),)
    """
    text, position = "", 0
    opened: list[tuple[int, str, str, frozenset[str]]] = []
    found: list[Expected] = []
    for tag in _TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if tag["close"] is None:
            opened.append((len(text), tag["type"], tag["id"], frozenset(tag["flags"].split())))
        else:
            start, type_, identifier, flags = opened.pop()
            if type_ != tag["close"]:
                raise ValueError(f"marked: expected </{type_}>, got </{tag['close']}> in {marked!r}")
            found.append(Expected(start, len(text), type_, identifier, flags))
    if opened:
        raise ValueError(f"marked: <{opened[-1][1]}> is not closed in {marked!r}")
    return text + marked[position:], tuple(sorted(found, key=lambda item: (item.start, -item.end)))


@cache
def annotator() -> Annotator:
    """The annotator of the shipped vocabulary, one for all tests."""
    return Annotator.open()


def annotate(abstract: str, *, title: str = "", journal: str | None = None, types: tuple[str, ...] = ()) -> Annotation:
    """The annotation of a record of title and abstract."""
    passages = (Passage("", abstract),) if abstract else ()
    draft = Draft(
        format="test",
        sha256="0" * 64,
        title=title,
        abstract=passages,
        newline=bool(title),
        journal=journal,
        publication_types=types,
    )
    return annotator().annotate(assemble(draft))


def differences(marked: str) -> list[str]:
    """What is missing, wrong or too much in a marked text, one line each; none where all agree."""
    text, expected = read(marked)
    found = {(g.mention.start, g.mention.end): g for g in annotate(text).tagged.groundings if g.term is not None}
    lines = []
    for item in expected:
        grounding = found.pop((item.start, item.end), None)
        words = text[item.start : item.end]
        if grounding is None:
            lines.append(f"missing: {words!r} as {item.type} {item.id}")
            continue
        lines.extend(f"{words!r}: {line}" for line in _compared(item, grounding))
    lines.extend(
        f"too much: {g.mention.text!r} as {g.mention.type} {g.term}"
        for g in found.values()
        if g.mention.type != _UNSAID
    )
    return lines


def said(annotation: Annotation) -> set[str]:
    """The relations of a record in short: "CD19 tried SSc", "rituximab event infection n=2 N=8 grade=1".

    Terms by label, some by their usual short form; `not`, `maybe`, `before`, `mouse`, `document` and
    `cited` where the statement is negated, hypothetical, history, preclinical, resolved in the document, or in a
    reference's title.
    """
    return {line for statement in annotation.statements if (line := _line(statement)) is not None}


def _compared(item: Expected, grounding: Grounding) -> list[str]:
    lines = []
    if (grounding.mention.type, grounding.term) != (item.type, item.id):
        lines.append(f"expected {item.type} {item.id}, got {grounding.mention.type} {grounding.term}")
    qualifiers = set(grounding.mention.qualifiers)
    if lacking := item.qualifiers - qualifiers:
        lines.append(f"lacks {', '.join(sorted(lacking))}")
    if "negated" in qualifiers - item.qualifiers:
        lines.append("is negated")
    return lines


def _line(statement: Statement) -> str | None:
    verbs = {"kg:target_tried_in": "tried", "biolink:has_adverse_event": "event"}
    verb = verbs.get(statement.predicate)
    if verb is None:
        return None
    item = statement.evidence[0]
    marks = (
        ("not", statement.negated),
        ("maybe", item.hypothetical),
        ("before", item.historical),
        ("mouse", item.setting == "preclinical_in_vivo"),
        ("document", item.grade.value == "DocumentAssertion"),
        ("cited", item.grade.value == "ReferenceTitle"),
    )
    parts = [_short(statement.subject), verb, _short(statement.object), *(mark for mark, holds in marks if holds)]
    numbers = (("n", item.n), ("N", item.total), ("percent", item.percent), ("grade", item.max_grade))
    if verb == "event":
        parts += [f"{name}={value:g}" for name, value in numbers if value is not None]
    return " ".join(parts)


def _short(curie: str) -> str:
    return _SHORT.get(curie) or annotator().lexicon.term(curie).label
