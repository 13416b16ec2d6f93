"""Whether the words between a therapy and a disease link them."""

from __future__ import annotations

import pytest

from kg.relate import link
from kg.relate.link import Link


def _between(marked: str) -> Link | None:
    """`{…}` is the therapy, `[…]` the disease."""
    order = sorted("{}[]", key=marked.index)
    places = {mark: marked.index(mark) - number for number, mark in enumerate(order)}
    text = marked
    for mark in "{}[]":
        text = text.replace(mark, "", 1)
    return link.between(text, (places["{"], places["}"]), (places["["], places["]"]))


@pytest.mark.parametrize(
    "marked",
    [
        "{Rituximab} in [SSc]",
        "{rituximab} for refractory [SSc]",
        "[SSc] was treated with {rituximab}",
        "five patients with [SSc] received {rituximab}",
        "{CAR-T cells} were infused in a patient with [SSc]",
        "targets for the treatment of [SSc] include {CD19}",
        "In [SSc], {rituximab} was tested",
        "{CAR-T}: [SSc]",
    ],
)
def test_words_of_treatment_link(marked: str) -> None:
    """Preposition, verb of giving, or a colon between."""
    assert _between(marked) == Link(hypothetical=False, untried=False)


@pytest.mark.parametrize(
    "marked",
    [
        "{rituximab} and [SSc]",
        "{rituximab} worked, whereas others in [SSc] did not",
        "[SSc] is a disease, but {rituximab} is a drug",
        "{rituximab} was given; cells in [SSc] fell",
        "[SSc] and {rituximab} were discussed",
    ],
)
def test_a_clause_or_an_and_does_not_link(marked: str) -> None:
    """What stands behind "whereas", "but" or a semicolon is told of something else."""
    assert _between(marked) is None


def test_possible_and_untried_are_told_apart() -> None:
    """ "Could be used" is hypothetical, "has not been tested" a denial."""
    assert _between("{rituximab} could be used in [SSc]") == Link(hypothetical=True, untried=False)
    assert _between("{rituximab} has not been tested in [SSc]") == Link(hypothetical=False, untried=True)


def test_overlapping_spans_are_never_linked() -> None:
    """A disease inside of a therapy's name is no patient's."""
    assert link.between("lupus vaccine", (0, 13), (0, 5)) is None
