"""Cues and their scopes on single sentences; the common cases stand in `negation.txt`."""

from __future__ import annotations

import pytest

from kg.extract import qualifiers
from tests.needed import lost, ways


def _of(marked: str, *, given: bool = False) -> tuple[str, ...]:
    start, end = marked.index("<"), marked.index(">") - 1
    return qualifiers.qualify(marked.replace("<", "").replace(">", ""), start, end, given=given)


@pytest.mark.parametrize(
    ("marked", "negated"),
    [
        ("without any <rituximab>", True),
        ("they did not receive <rituximab>", True),
        ("no ICANS was seen with <rituximab>", False),
        ("<rituximab> was not given", True),
        ("neither death occurred after <rituximab>", False),
    ],
)
def test_a_treatment_is_denied_only_where_it_was_not_given(marked: str, negated: bool) -> None:
    """ "No event with X" denies the event; "without X" denies X."""
    assert ("negated" in _of(marked, given=True)) is negated


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("<SSc> is rare", ()),
        ("<CAR-T> could help", ("hypothetical",)),
        ("<CAR-T> helped, whereas rituximab might do", ()),
        ("a history of <SLE>", ("historical",)),
        ("a history of fever but now <SLE>", ()),
        ("<CAR-T> in NSG mice", ("non_human",)),
        ("Li et al. gave <CAR-T>", ("not_this_study",)),
        ("in March and May 2024 <CAR-T> was given", ()),
        ("from April to May, <CAR-T> was given", ()),
        ("<CAR-T> given on 3 May helped", ()),
        ("May <CAR-T> help?", ("hypothetical",)),
        ("CAR-T may help in SLE, and has been used in <SSc>", ()),
        ("CAR-T was used in <SLE>, and may help in SSc", ()),
        ("fludarabine before <CAR-T>", ()),
        ("fludarabine prior to <CAR-T>", ()),
        ("rituximab failed in <lupus nephritis>", ()),
        ("had failed <rituximab>", ("historical",)),
        ("had not responded to <rituximab>", ("historical",)),
        ("a case and literature review of <SLE>", ()),
    ],
)
def test_other_qualifiers(marked: str, expected: tuple[str, ...]) -> None:
    """Hypothesis holds in its clause, history over a phrase, species and source over the sentence."""
    assert _of(marked) == expected


def test_qualifiers_are_sorted() -> None:
    """The order does not depend on the order of the cues."""
    assert _of("No <ICANS> might occur in mice") == ("hypothetical", "negated", "non_human")


def test_no_denial_behind_a_mention_is_lost() -> None:
    """What stands behind a mention is only read where letters stand that any denial there holds."""
    assert not lost(qualifiers._NEGATION_AFTER, qualifiers._DENIED_BY)
    longest = max(len(way) for way in ways(qualifiers._NEGATION_AFTER))
    assert 60 + longest < qualifiers._DENIED_WITHIN  # characters that may stand before it
