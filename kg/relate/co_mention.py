"""Tagged document in; which terms it names together out, in one sentence or only in one record.

No relation is claimed: `biolink:occurs_together_in_literature_with`, grades 3 and 4. Pairs that a relation already
states keep their co-mention, so that counts of co-mention mean what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.model import Evidence, Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import passage
from kg.relate.view import Named, Sentence, View

METHOD = "cartkg.relate.co_mention"
OCCURS_TOGETHER = "biolink:occurs_together_in_literature_with"

# Pairs of types worth a link, subject first; the relation itself is symmetric.
_PAIRS = (
    ("target", "disease"),
    ("therapy", "disease"),
    ("therapy", "adverse_event"),
    ("target", "adverse_event"),
    ("therapy", "target"),
)


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """One statement a pair, with the first sentence that names both or, where none does, the first that names one."""
    view = View.of(tagged, vocabulary)
    own = [sentence for sentence in view.sentences if sentence.section != "reference" and sentence.named]
    found: dict[tuple[str, str], Evidence] = {}
    for sentence in own:
        if sentence.section == "keywords":
            continue
        # All pairs of a sentence have the same passage, made once.
        pairs = [key for one, other in _pairs(sentence.named) if not _overlap(one, other)
                 and (key := (one.term, other.term)) not in found]  # fmt: skip
        if pairs:
            found |= dict.fromkeys(pairs, passage.evidence(sentence, Grade.SENTENCE_CO_MENTION, method=METHOD))
    first: dict[tuple[str, str], tuple[Sentence, Named]] = {}
    for sentence in own:
        for named in sentence.named:
            first.setdefault((named.grounding.mention.type, named.term), (sentence, named))
    passages: dict[Sentence, Evidence] = {}
    for one, other in _pairs([named for _, named in first.values()]):
        if (one.term, other.term) in found:
            continue
        sentence, _ = first[one.grounding.mention.type, one.term]
        if sentence not in passages:
            passages[sentence] = passage.evidence(sentence, Grade.DOCUMENT_CO_MENTION, method=METHOD)
        found[one.term, other.term] = passages[sentence]
    return tuple(
        Statement(subject=subject, predicate=OCCURS_TOGETHER, object=object_, evidence=(found[subject, object_],))
        for subject, object_ in sorted(found)
    )


def _pairs(named: Iterable[Named]) -> Iterator[tuple[Named, Named]]:
    for a, b in combinations(named, 2):
        for one, other in ((a, b), (b, a)):
            if (one.grounding.mention.type, other.grounding.mention.type) in _PAIRS and one.term != other.term:
                yield one, other


def _overlap(one: Named, other: Named) -> bool:
    return one.start < other.end and other.start < one.end
