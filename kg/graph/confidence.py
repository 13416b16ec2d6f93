"""What each source of a statement is worth in, how far all of them together bear the statement out.

A source is a cohort, a paper, or all that merely retell. It is worth what its best passage is worth: two sentences of
one paper are not two papers. Independent sources add up as independent witnesses do: the statement fails only if each
of them does, `1 - (1 - w1)(1 - w2)...` (noisy-or; Pearl 1988, Probabilistic Reasoning in Intelligent Systems, §4.3).

The number orders statements by their evidence. It is no probability that a therapy works.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.model import Grade

# What one passage of each grade is worth. Chosen, not fitted: they fall with the grade (DESIGN §4), and ten cited
# titles are worth less than one sentence that was read.
WEIGHTS: Final = {
    Grade.SENTENCE_ASSERTION: 0.9,
    Grade.DOCUMENT_ASSERTION: 0.8,
    Grade.SENTENCE_CO_MENTION: 0.3,
    Grade.DOCUMENT_CO_MENTION: 0.2,
    Grade.MESH_HEADING: 0.15,
    Grade.REFERENCE_TITLE: 0.1,
}
HYPOTHETICAL: Final = 0.2
HISTORICAL: Final = 0.5
# Reviews and the background of papers retell the same studies, so that all of them are one source.
RETOLD: Final = "retold"


def weight(
    grade: Grade,
    *,
    reading: float = 1.0,
    hypothetical: bool = False,
    historical: bool = False,
    retracted: bool = False,
    counters: bool = False,
) -> float:
    """What one passage is worth, from 0 to 1.

    reading: how sure it was read right, from 0 to 1. counters: whether it speaks against the statement it hangs from;
    it, and what was retracted, is worth nothing.

    >>> weight(Grade.SENTENCE_ASSERTION) > weight(Grade.DOCUMENT_ASSERTION) > weight(Grade.REFERENCE_TITLE)
    True
    >>> weight(Grade.SENTENCE_ASSERTION) > weight(Grade.SENTENCE_ASSERTION, hypothetical=True) > 0
    True
    >>> weight(Grade.SENTENCE_ASSERTION, retracted=True), weight(Grade.SENTENCE_ASSERTION, counters=True)
    (0.0, 0.0)
    """
    if retracted or counters:
        return 0.0
    worth = WEIGHTS[grade] * reading
    worth *= HYPOTHETICAL if hypothetical else 1.0
    return worth * (HISTORICAL if historical else 1.0)


def combined(passages: Iterable[tuple[str, float]]) -> float:
    """The confidence that passages give together, each with its source and what it is worth; 0 for none.

    More evidence never lowers it, and better evidence never does:

    >>> one = [("PMID:1", 0.8)]
    >>> two = [*one, ("PMID:2", 0.1)]
    >>> combined([]) < combined(one) < combined(two) < 1
    True
    >>> round(combined([("PMID:1", 0.8), ("PMID:2", 0.5)]), 4) == round(1 - (1 - 0.8) * (1 - 0.5), 4)
    True

    A second sentence of the same source adds nothing unless it is better, and then takes the first one's place:

    >>> combined([("PMID:1", 0.8), ("PMID:1", 0.8)]) == combined([("PMID:1", 0.8), ("PMID:1", 0.3)]) == combined(one)
    True

    The order makes no difference, down to the last digit:

    >>> combined(reversed(two)) == combined(two)
    True
    """
    best: dict[str, float] = {}
    for source, worth in passages:
        best[source] = max(worth, best.get(source, 0.0))
    missed = 1.0
    for worth in sorted(best.values()):
        missed *= 1.0 - worth
    return 1.0 - missed
