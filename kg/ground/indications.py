"""Words in their sentence in, whether they name what somebody has or is treated for out: "patients with X".

An indication overrules what else the sentence tells of harm (`kg.ground.roles`).
"""

from __future__ import annotations

import re
from functools import lru_cache

PEOPLE = (
    "patients?|subjects?|individuals?|people|persons?|participants?|cases?|adults?|children|women|men|those|volunteers"
)
_CARE = (
    "treat|treating|treatment|therapy|therapies|management|diagnosis|pathogenesis|remission|relapse|control|course|"
    "history"
)
# What stands before an indication, up to the words that may come between: "in [patients with severe] lupus". Read in
# lower case: the engine looks at the first letter of an alternative before it tries it.
_INDICATION_BEFORE = re.compile(
    rf"(?:(?:{PEOPLE}) (?:\w+ )?(?:with|who have|having|suffering from|diagnosed with)|(?:{_CARE}) (?:of|for|in)|"
    r"diagnosed with|indicated for|"
    r"(?<!rate )(?<!rates )(?<!risk )(?<!risks )(?<!eair )(?<!eairs )(?<!factors )(?<!except )\bfor|"
    r"(?<!difference )(?<!differences )(?<!increase )(?<!increases )(?<!reduction )(?<!rise )"
    r"(?<!change )(?<!decrease )(?<!resulted )\bin|\bagainst|model of) $"
)
_INDICATION_ENDS = frozenset({"with", "have", "having", "from", "for", "of", "in", "against"})
_BETWEEN = re.compile(r"[\w/-]+,?")
_NOT_BETWEEN = (
    "had",
    "developed",
    "experienced",
    "suffered",
    "died",
    "received",
    "because",
    "due",
    "caus",
    "led",
    "but",
    "result",
    "attribut",
    "follow",
    "occurr",
    "trigger",
    "induc",
    "complicat",
    "rate",
    "risk",
    "incidence",
    "eair",
)
_MOST_BETWEEN = 4
_REACH = 60  # characters that hold "individuals diagnosed with"
_BEFORE_IT = 12  # characters that hold what must not stand before it: "differences"
_INDICATION_AFTER = re.compile(
    rf"(?: \([^)]*\))?[ -](?:{PEOPLE}|cohorts?|mice|models?|treatment|therap\w+|activity|pathogenesis|remission|"
    r"flares?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def indicated(sentence: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` are told as what somebody has or is treated for.

    >>> indicated("infections in patients with severe lupus", 35, 40)
    True
    >>> indicated("infections in patients with severe lupus", 0, 10)
    False
    """
    if sentence[end : end + 1] in (" ", "-") and _INDICATION_AFTER.match(sentence, end) is not None:
        return True
    return _indicated_before(sentence, start)


def _indicates(sentence: str, first: int, at: int) -> bool:
    begin = max(0, first - _REACH)
    seen = max(0, begin - _BEFORE_IT)
    lower = sentence[seen:at].lower()
    return _INDICATION_BEFORE.search(lower, begin - seen) is not None


def _indicated_before(sentence: str, start: int) -> bool:
    # Word by word backwards: the pattern is only tried behind the few words that it ends with.
    at = start
    for _ in range(_MOST_BETWEEN + 1):
        if at == 0 or sentence[at - 1] != " ":
            return False
        first = sentence.rfind(" ", 0, at - 1) + 1
        word = sentence[first : at - 1]
        lower = word.lower()
        if lower in _INDICATION_ENDS and _indicates(sentence, first, at):
            return True
        closed = word.endswith(",") and word[0].isdigit()  # "nausea in 6, stomatitis in 3"
        if closed or lower.startswith(_NOT_BETWEEN) or _BETWEEN.fullmatch(word) is None:
            return False
        at = first
    return False
