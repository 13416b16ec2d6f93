"""An annotation in, one line of JSON or one PubTator block out (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from kg.model import Annotation, Evidence, Grounding, Statement

# PubTator's own names for the types it has; ours as they are for the others.
_PUBTATOR: Final = {"disease": "Disease", "target": "Gene", "therapy": "Chemical", "adverse_event": "Disease"}
_FLAT: Final = (
    *("n", "percent", "max_grade", "grading_system", "context_disease", "phase", "design", "cited"),
    *("treated", "responders", "evaluable", "species", "model", "efficacy", "cohort"),
)
_ANTECEDENT: Final = ("antecedent", "antecedent_start", "antecedent_end")


def jsonl(annotation: Annotation) -> str:
    """One document as one line: mentions with an ID, what was decided not to be one, and statements, one an evidence.

    A document's `id` is printed as the record gave it: a `record:` prefix of ours is taken off.
    """
    document = annotation.document
    groundings = annotation.tagged.groundings
    line = {
        "id": document.id.removeprefix("record:"),
        "text": document.text,
        "mentions": [_mention(found) for found in groundings if found.term is not None],
        "not_grounded": [_not_grounded(found) for found in groundings if found.term is None],
        "statements": [_statement(s, evidence) for s in annotation.statements for evidence in s.evidence],
    }
    return msgspec.json.encode(line).decode()


def pubtator(annotation: Annotation) -> str:
    """One document as a PubTator block: title, abstract and the mentions that stand in them.

    Raises nothing for a record without PMID: its own ID stands in the PMID's place.
    """
    document = annotation.document
    name = document.ids.pmid or document.id
    title_end = len(document.title)
    abstract = [s for s in document.sections if s.kind == "abstract"]
    end = abstract[-1].end if abstract else title_end
    lines = [f"{name}|t|{document.title}", f"{name}|a|{_flat(document.text[title_end + 1 : end])}"]
    lines += _mention_lines(name, annotation.tagged.groundings, end)
    return "\n".join(lines) + "\n"


def _mention_lines(name: str, groundings: tuple[Grounding, ...], end: int) -> Iterator[str]:
    for found in groundings:
        mention = found.mention
        if found.term is not None and mention.end <= end:
            type_ = _PUBTATOR.get(mention.type, mention.type)
            yield f"{name}\t{mention.start}\t{mention.end}\t{_flat(mention.text)}\t{type_}\t{found.term}"


def _mention(found: Grounding) -> dict[str, object]:
    qualifiers = found.mention.qualifiers
    return _place(found) | {
        "id": found.term,
        "label": found.label,
        "xrefs": found.xrefs,
        "score": found.score,
        "negated": "negated" in qualifiers,
        "qualifiers": qualifiers,
    }


def _not_grounded(found: Grounding) -> dict[str, object]:
    rejected = [alternative.term or alternative.label for alternative in found.alternatives]
    return _place(found) | {"sense": found.label or None, "rejected": rejected}


def _place(found: Grounding) -> dict[str, object]:
    mention = found.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "reason": found.reason,
        "section": mention.section,
    }


def _statement(statement: Statement, evidence: Evidence) -> dict[str, object]:
    line: dict[str, object] = {
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "negated": statement.negated,
        "grade": evidence.grade,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "section": evidence.section,
        "direction": evidence.direction,
        "role": evidence.role,
        "setting": evidence.setting,
        "hypothetical": evidence.hypothetical,
        "historical": evidence.historical,
    }
    if evidence.total is not None:
        line["N"] = evidence.total
    for field in (*_FLAT, *_ANTECEDENT):
        if (value := getattr(evidence, field)) is not None:
            line[field] = value
    for field, several in (("via", evidence.via), ("trials", evidence.trials)):
        if several:
            line[field] = several
    for field, value in (("follow_up_months", evidence.follow_up), ("onset_days", evidence.onset)):
        if value is not None:
            line[field] = value
    return line


def _flat(text: str) -> str:
    """On one line, as long as before: PubTator counts offsets over title and abstract."""
    return text.replace("\n", " ").replace("\t", " ")
