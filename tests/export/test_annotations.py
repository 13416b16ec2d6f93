"""One JSON line a document: what is printed of each evidence."""

from __future__ import annotations

import json

from kg.export.annotations import jsonl
from tests.graph_fixture import papers


def test_numbers_are_printed_with_their_units() -> None:
    """`N` is the total; months and days are named in the key; what a passage does not tell is not a key."""
    trial = next(paper for paper in papers() if paper.document.id == "PMID:2")
    told = {(line["predicate"], line["object"]): line for line in json.loads(jsonl(trial))["statements"]}
    treated = next(line for (predicate, _), line in told.items() if predicate == "kg:target_tried_in")
    assert treated["treated"] == 5
    assert (treated["responders"], treated["evaluable"]) == (4, 5)
    assert treated["follow_up_months"] == 12.5
    assert treated["trials"] == ["NCT00000002"]
    assert treated["cohort"] == "NCT:NCT00000002"
    assert treated["historical"] is False
    harm = next(line for (predicate, _), line in told.items() if predicate == "biolink:has_adverse_event")
    assert (harm["n"], harm["N"], harm["onset_days"]) == (3, 5, 3)
    assert "treated" not in harm
    assert "species" not in harm
