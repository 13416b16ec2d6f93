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
    "treat treating treatment therapy therapies management diagnosis pathogenesis remission relapse control course "
    "history"
)
# What stands before an indication, up to the words that may come between ("in [patients with severe] lupus"), ends in
# one of a few words, each with its own condition on what stands before it, in lower case. These tell of one unless ...
_UNLESS = {
    "for": ("rate ", "rates ", "risk ", "risks ", "eair ", "eairs ", "factors ", "except "),
    "in": ("difference ", "differences ", "increase ", "increases ", "reduction ", "rise ", "change ", "decrease ",
           "resulted "),
    "against": (),
}  # fmt: skip
# ... and these only behind ...
_ONLY = {"of": (*(f"{word} " for word in _CARE.split()), "model "), "with": ("diagnosed ",)}
# ... or behind these, behind people: "patients who have", "children then suffering from".
_OF_PEOPLE = {"with": "", "having": "", "have": "who ", "from": "suffering "}
_ENDS = frozenset({*_UNLESS, *_ONLY, *_OF_PEOPLE})
_NAMED_PEOPLE = tuple(
    f"{form} " for word in PEOPLE.split("|") for form in {word.replace("?", ""), word.replace("s?", "")}
)
_WORD = re.compile(r"\w+")
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


def _indicates(before: str, word: str) -> bool:
    """Whether a word and what stands before it, in lower case, tell that an indication follows."""
    if word in _UNLESS:
        return not before.endswith(_UNLESS[word])
    if before.endswith(_ONLY.get(word, ())):
        return True
    told = _OF_PEOPLE.get(word)
    if told is None or not before.endswith(told):
        return False
    before = before.removesuffix(told)
    if before.endswith(_NAMED_PEOPLE):
        return True
    further, _, other = before[:-1].rpartition(" ")
    return _WORD.fullmatch(other) is not None and before.endswith(" ") and f"{further} ".endswith(_NAMED_PEOPLE)


def _indicated_before(sentence: str, start: int) -> bool:
    # Word by word backwards.
    at = start
    for _ in range(_MOST_BETWEEN + 1):
        if at == 0 or sentence[at - 1] != " ":
            return False
        first = sentence.rfind(" ", 0, at - 1) + 1
        word = sentence[first : at - 1]
        lower = word.lower()
        if lower in _ENDS and _indicates(sentence[max(0, first - _REACH) : first].lower(), lower):
            return True
        closed = word.endswith(",") and word[0].isdigit()  # "nausea in 6, stomatitis in 3"
        if closed or lower.startswith(_NOT_BETWEEN) or _BETWEEN.fullmatch(word) is None:
            return False
        at = first
    return False
