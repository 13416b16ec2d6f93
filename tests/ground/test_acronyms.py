"""The acronyms of this field, each in all its senses: what is decided is right, and little is left open.

The records are in `acronyms/`; `docs/acronyms.md` tells how the two halves came about and what they measured.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict

import pytest

from kg.ground.senses import ABSTAINED
from tests import acronyms
from tests.marked import annotator

# A record that is changed changes what the floors mean: change the digest with it, and say why in the commit.
_DIGESTS = {
    "development": "e87ca29324f45218701bd59446d0cf6173ef3a853793cee2bc92405fafaa6b3a",
    "heldout": "7840a0de1d59e2b2f0f2db2a1691e6a4179669f9a0d1e0f76660b692f5eeb251",
}


@pytest.mark.parametrize("half", sorted(_DIGESTS))
def test_the_records_are_those_that_were_measured(half: str) -> None:
    """A half is the bytes that the figures were told for."""
    found = hashlib.sha256((acronyms.FOLDER / f"{half}.txt").read_bytes()).hexdigest()
    assert found == _DIGESTS[half]


@pytest.mark.parametrize("half", sorted(_DIGESTS))
def test_what_is_decided_is_right(half: str) -> None:
    """At least 95 of 100 decisions are right."""
    verdicts = [outcome.verdict for outcome in acronyms.outcomes(acronyms.read(half), annotator())]
    assert verdicts.count("right") >= 0.95 * (len(verdicts) - verdicts.count("undecided"))


@pytest.mark.parametrize("half", sorted(_DIGESTS))
def test_little_is_left_open(half: str) -> None:
    """At most 10 of 100 records that could be decided are not."""
    verdicts = [outcome.verdict for outcome in acronyms.outcomes(acronyms.read(half), annotator())]
    assert verdicts.count("undecided") <= 0.10 * len(verdicts)


def test_the_records_hold_the_field() -> None:
    """There are 30 acronyms with two senses or more, and of most senses a record in each half."""
    senses = {half: _senses(acronyms.read(half)) for half in _DIGESTS}
    assert sum(len(found) > 1 for found in senses["heldout"].values()) >= 30
    both = sum(len(found & senses["heldout"][acronym]) for acronym, found in senses["development"].items())
    assert both >= 0.7 * sum(len(found) for found in senses["development"].values())


def test_what_cannot_be_told_is_left_open() -> None:
    """A record that says nothing of the sense gets no term, and the reason says so."""
    open_ones = [record for record in acronyms.read("heldout") if not record.sense]
    assert open_ones
    for outcome in acronyms.outcomes(open_ones, annotator()):
        assert (outcome.found, outcome.reason.startswith(ABSTAINED)) == ("", True), outcome


def _senses(records: tuple[acronyms.Record, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        found[record.acronym].add(record.sense)
    return found
