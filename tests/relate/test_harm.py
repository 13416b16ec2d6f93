"""How the words between a therapy and an event link them: as cause, in time, loosely, or not at all."""

from __future__ import annotations

import pytest

from kg.relate import harm
from kg.relate.harm import Link
from tests.relate.sentences import viewed


def _link(marked: str) -> Link:
    seen = viewed(marked)
    return harm.between(seen, seen.of_type("therapy")[0], seen.of_type("adverse_event")[0])


@pytest.mark.parametrize(
    ("marked", "link"),
    [
        ("{Rituximab}-induced [serum sickness] is rare.", Link.CAUSED),
        ("{Methotrexate} [pneumonitis] was fatal.", Link.CAUSED),
        ("[Colitis] due to {rituximab} was seen.", Link.CAUSED),
        ("{Rituximab} caused [colitis].", Link.CAUSED),
        ("[Anaphylaxis] to {rituximab}", Link.CAUSED),
        ("{Belimumab} was associated with an increased risk of [zoster].", Link.CAUSED),
        ("The main side effects of {rituximab} were [chills].", Link.CAUSED),
        ("Despite possible [colitis], {rituximab} has a favourable safety profile.", Link.CAUSED),
        ("[Colitis] during {rituximab} was seen.", Link.AFTER),
        ("[Colitis] is a concern, particularly with {rituximab}.", Link.AFTER),
        ("[Colitis]: safety challenges with {rituximab}", Link.AFTER),
        ("[Colitis], a sign of toxicity, has been reported in adults receiving {rituximab}.", Link.AFTER),
        ("[Zoster] in a patient treated with {belimumab}", Link.AFTER),
        ("[Colitis] was seen in five of 61 {rituximab}-treated patients.", Link.AFTER),
        ("With {rituximab}, three patients developed [colitis].", Link.TOLD),
        ("{Rituximab} was given; [colitis] is frequent.", Link.NEAR),
        ("{Rituximab} was stored, whereas [colitis] is frequent.", Link.NEAR),
        ("{Tocilizumab} was given for [CRS].", Link.NONE),
        ("[CRS] was managed with {tocilizumab}.", Link.NONE),
        ("[CRS] resolved after {tocilizumab}.", Link.NONE),
        ("{Rituximab} reduced the risk of [colitis].", Link.NONE),
        ("{Rituximab} caused fewer [infections].", Link.NONE),
        ("Despite severe [colitis], {rituximab} was withheld.", Link.NONE),
        ("A man with [lung fibrosis] relapsed after {rituximab}.", Link.NONE),
        ("{Rituximab} was used in patients with a history of [colitis].", Link.NONE),
        ("[Diabetes] was found regardless of {methotrexate}.", Link.NONE),
    ],
)
def test_words_link_or_part(marked: str, link: Link) -> None:
    """Cause before time before mere wording; what is treated, prevented or was there before is no harm."""
    assert _link(marked) is link


def test_what_resolved_when_the_drug_was_stopped_was_its_harm() -> None:
    """ "Resolved after discontinuation of X" speaks against X, "resolved after X" for it."""
    assert _link("[Colitis] resolved after discontinuation of {rituximab}.") is not Link.NONE
    assert _link("[Colitis] resolved after {rituximab}.") is Link.NONE


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The most common adverse events were [fever] and rash.", True),
        ("[Fever] was the most frequent side effect.", True),
        ("Adverse events: [fever] (10%).", True),
        ("[Fever] was measured, and side effects were rare.", False),
    ],
)
def test_an_event_may_be_called_a_harm(marked: str, expected: bool) -> None:
    """In front or behind, in one clause with it."""
    seen = viewed(marked)
    assert harm.called(seen, seen.of_type("adverse_event")[0]) is expected
