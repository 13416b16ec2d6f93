"""Each event of a sentence gets its own number, and no other's."""

from __future__ import annotations

import re

import pytest

from kg.relate import counting
from kg.relate.numbers import Counts
from kg.relate.view import Named
from tests.relate.sentences import sentence


def _told(marked: str) -> list[tuple[int | None, int | None, float | None]]:
    text, events, therapies = sentence(marked)
    cause = therapies[0] if therapies else None
    return [
        (told.counts.n, told.counts.total, told.counts.percent)
        for told in counting.told(text, events, therapies, cause)
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[CRS] occurred in 5 of 8 patients (62.5%) and [ICANS] in 1.", [(5, 8, 62.5), (1, 8, None)]),
        ("[CRS], [ICANS] and [rash] occurred in 5, 1 and 2 of 8 patients.", [(5, 8, None), (1, 8, None), (2, 8, None)]),
        ("[CRS] and [ICANS] occurred in 88% and 21%, respectively.", [(None, None, 88.0), (None, None, 21.0)]),
        ("Five patients had [CRS] and one [ICANS].", [(5, None, None), (1, None, None)]),
        ("Two died of [sepsis] and [CRS].", [(2, None, None), (2, None, None)]),
        ("[Fever] and [chills] occurred in three patients.", [(3, None, None), (3, None, None)]),
        ("[Fever], [rash] and [nausea] (n = 2) were seen.", [(None, None, None), (None, None, None), (2, None, None)]),
        ("[Fever] (38%), [rash] (5/8) and [nausea] (n = 2)", [(None, None, 38.0), (5, 8, None), (2, 8, None)]),
        ("[CRS] occurred in five and was managed with tocilizumab in two.", [(5, None, None)]),
        ("[CRS] required tocilizumab in two of five patients.", [(None, None, None)]),
        ("Six of eight patients responded, with [CRS] in three.", [(3, 8, None)]),
        ("[CRS] grade 1, 2 and 3 occurred in 5, 2 and 1 patients, respectively.", [(8, None, None)]),
        ("[CRS] in five patients, and six patients improved.", [(5, None, None)]),
        ("[Infections] in 4 of 20 on {rituximab} and 9 of 21 on {placebo}", [(4, 20, None)]),
        ("[Zoster] was more frequent with {anifrolumab} than with placebo (6.1% vs 1.4%).", [(None, None, 6.1)]),
        ("[Rash] in 1.0%, 1.9% and 3.8% with placebo, {one} and {other}, respectively.", [(None, None, 1.9)]),
    ],
)
def test_a_number_goes_to_the_event_it_is_tied_to(
    marked: str, expected: list[tuple[int | None, int | None, float | None]]
) -> None:
    """Verbs, brackets, lists and arms of a trial decide; where nothing does, no number is taken."""
    assert _told(marked) == expected


def test_everyone_is_told_apart_from_a_number() -> None:
    """ "All had CRS" counts everyone, of whom the sentence does not say how many there are."""
    text, events, therapies = sentence("All had [CRS] but no [ICANS].")
    told = counting.told(text, events, therapies)
    assert [(item.everyone, item.counts) for item in told] == [(True, Counts()), (False, Counts())]


def test_events_of_one_list_stand_together() -> None:
    """A comma and an "and" join; a verb between them does not."""
    text, events, _ = sentence("[Fever], [rash] and [nausea] occurred, but [CRS] did not.")
    names = [[text[named.start : named.end] for named in group] for group in counting.lists(text, events)]
    assert names == [["Fever", "rash", "nausea"], ["CRS"]]


def test_nothing_is_counted_without_events() -> None:
    """A sentence without events has no numbers of any."""
    assert counting.told("Five of eight patients improved.", (), ()) == ()


def test_marks_are_read(  # the helper that the cases above stand on
) -> None:
    """Brackets mark events, braces therapies."""
    text, events, therapies = sentence("[A] after {B}")
    assert (text, len(events), len(therapies)) == ("A after B", 1, 1)
    assert isinstance(events[0], Named)
    assert re.fullmatch("B", text[therapies[0].start : therapies[0].end])
