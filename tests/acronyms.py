"""Records of ambiguous acronyms in, what the annotator decided for each and whether that is right out.

A record is a block of lines: `= ACRONYM | SENSE`, `title:`, `text:` and, where it has them, `journal:`, `mesh:` and
`keywords:`, these two divided by semicolons. SENSE is a term's CURIE, `other: LABEL` for a sense that no term of the
vocabulary has, or `?` where the record leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from kg.annotator import Annotator
from kg.documents.assemble import Draft, Passage, assemble
from kg.ground.senses import ABSTAINED
from kg.model import Document, Grounding, MeshHeading

FOLDER = Path(__file__).parent / "ground" / "acronyms"
Verdict = Literal["right", "wrong", "undecided"]


class Record(NamedTuple):
    """One record; sense: a CURIE, a label, or empty where nothing can be decided."""

    acronym: str
    sense: str
    fields: Mapping[str, str]


class Outcome(NamedTuple):
    """What was decided in a record: a CURIE, a label, empty for an abstention; why."""

    record: Record
    found: str
    reason: str
    verdict: Verdict


def read(half: str) -> tuple[Record, ...]:
    """The records of a half, `development` or `heldout`, in file order."""
    blocks = (FOLDER / f"{half}.txt").read_text("utf-8").strip().split("\n\n")
    return tuple(_record(block) for block in blocks)


def outcomes(records: Iterable[Record], annotator: Annotator) -> Iterator[Outcome]:
    """Each record with what is decided in it.

    Right: the sense that is expected, or the term that is called so, and for one of none of the vocabulary's terms also
    that nothing was found. Where
    the senses do not list what is meant, or the record leaves it open, every decision is wrong that names a term.
    """
    for record in records:
        listed = {sense.sense for sense in annotator.lexicon.senses.get(record.acronym, ())}
        groundings = [
            grounding
            for grounding in annotator.tag(document(record)).groundings
            if grounding.mention.text.removesuffix("s") == record.acronym
        ]
        meant = {entry.term for entry in annotator.lexicon.named(record.sense)}
        worst = max((_outcome(record, listed, meant, grounding) for grounding in groundings), key=_rank, default=None)
        yield worst or _missing(record)


def document(record: Record) -> Document:
    """The record as it is read from a file."""
    fields = record.fields
    return assemble(
        Draft(
            format="test",
            sha256="0" * 64,
            title=fields["title"],
            abstract=(Passage("", fields["text"]),),
            newline=True,
            journal=fields.get("journal"),
            mesh=tuple(MeshHeading(ui="D000000", name=name) for name in _items(fields.get("mesh", ""))),
            keywords=_items(fields.get("keywords", "")),
        )
    )


def _record(block: str) -> Record:
    head, *lines = block.split("\n")
    acronym, _, sense = head.removeprefix("= ").partition(" | ")
    fields = dict(line.split(": ", 1) for line in lines)
    return Record(acronym, sense.removeprefix("other: ").replace("?", ""), fields)


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _outcome(record: Record, listed: set[str], meant: set[str], grounding: Grounding) -> Outcome:
    abstained = grounding.reason.startswith(ABSTAINED)
    found = grounding.term or ("" if abstained else grounding.label)
    verdict: Verdict
    if (
        found == record.sense
        or found in meant
        or (grounding.term is None and ":" not in record.sense and record.sense not in listed)
    ):
        verdict = "right"
    else:
        verdict = "undecided" if abstained else "wrong"
    return Outcome(record, found, grounding.reason, verdict)


def _missing(record: Record) -> Outcome:
    verdict: Verdict = "undecided" if ":" in record.sense else "right"
    return Outcome(record, "", "no mention", verdict)


def _rank(outcome: Outcome) -> int:
    return ("right", "undecided", "wrong").index(outcome.verdict)
