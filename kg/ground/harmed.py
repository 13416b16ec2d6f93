"""A condition in a sentence with therapies in, whether one of the wordings tells it as a harm of theirs out.

These wordings need no word of cause beside the condition: what "has been reported in patients receiving T", what
"exposure may result in", what was "found in two cases", what "A but not B" brought, a title's "safety challenges".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LISTED = r"(?:,? (?:and |or |as well as )?(?:[\w-]+ ){0,3}[\w-]+){0,4}?"
# "E, an infection by M, has been reported in patients with D receiving" T.
_REPORTED_IN = re.compile(
    rf"^(?:, [^.;]{{0,80}},)?{_LISTED} (?:has|have) (?:also |rarely |\w+ly )?been (?:\w+ly )?(?:reported|described|"
    r"observed|seen|noted|documented|recorded)(?: \w+)? (?:in|among|with) [^.;]{0,100}?"
    r"\b(?:receiving|treated with|on|under|taking|exposed to|given|using|after|during|following)(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
# "During treatment of D with" T, behind "development of E".
_TREATING = re.compile(
    r"^[^.;,]{0,40}\b(?:during|under|following|after) (?:the )?(?:treatment|therapy|management) (?:of|for) "
    r"[^.;,]{1,60} with (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_ONSET = re.compile(
    r"\b(?:development|onset|occurrence|emergence|appearance|new|de novo|paradoxical|case)(?: of)?(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
# "T …, yet cumulative exposure may result in" E.
EXPOSURE = (
    r"\b(?:cumulative|prolonged|long-term|longer|repeated|high|higher|excessive|continued|chronic) (?:[\w-]+ )?"
    r"(?:exposure|doses?|dosing|use|courses?|treatment|therapy|administration|infusions?|cycles)\b(?: \w+){0,2}? "
    r"(?:lead(?:s|ing)? to|led to|results? in|resulted in|causes?d?|provokes?d?|produces?d?|increases? the risk of)"
    r"(?: [\w-]+){0,4} $"
)
_EXPOSURE = re.compile(EXPOSURE, re.IGNORECASE)
# "A but not B increased" E.
_BUT_NOT = re.compile(
    r"^(?: \([^)]*\))?,? but not (?:[\w-]+ ?){1,3},? (?:\w+ly )?(?:increas\w+|rais\w+|caus\w+|induc\w+|provok\w+|"
    r"led to|trigger\w+)(?: the)?(?: (?:risk|rate|incidence|number|frequency) of)?(?: [\w-]+){0,4} $",
    re.IGNORECASE,
)
# "We found two cases of E along with single cases of F, G and H": none of them is what they were treated for.
_CASES = re.compile(
    r"\b(?:found|observed|encountered|recorded|saw|noted|(?:there )?were|had) (?:only |also )?(?:\d+|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|several|single|isolated|a few) (?:[\w-]+ )?cases? of [^.;]{0,200}$",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"^[^.;,]{0,30}\b(?:treated|who|whose|which|whom|where|given|receiv\w+|responding|refractory)\b", re.IGNORECASE
)
_ACTIVE = re.compile(
    r"\b(?:refractory|active|relapsing|resistant|difficult|established) (?:[\w-]+ ){0,2}$", re.IGNORECASE
)
# "A, B and C, developing E related to the latter".
_LATTER = re.compile(
    r"^[^.;,]{0,40}\b(?:related|attributed|due|secondary|linked|ascribed|attributable) to the (?:latter|last)\b",
    re.IGNORECASE,
)
# "E, F: safety challenges with" T.
_SAFETY = re.compile(
    r"^(?:(?:, (?:and )?| and )[\w -]{1,50}){0,3}: (?![^.;:]*\b(?:efficacy|effectiveness|vaccin\w+|prophyla\w+)\b)"
    r"(?:an? |the )?(?:[\w-]+ ){0,2}(?:safety|toxicity|adverse|side[- ]effects?|"
    r"complications?)\b[^.;:]{0,60}\b(?:with|of|from|under|after|during) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)


def behind(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether the condition at `start:end` is told as a harm of a therapy that follows it.

    >>> behind("Zoster has been reported in patients on rituximab.", 0, 6, [(40, 49)])
    True
    >>> behind("Zoster was treated by stopping rituximab.", 0, 6, [(31, 40)])
    False
    """
    # Patterns are only tried where a word that they need stands.
    gaps = [sentence[end:first] for first, _ in therapies if end <= first]
    return any(
        (" been " in gap and _REPORTED_IN.match(gap) is not None)
        or (": " in gap and _SAFETY.match(gap) is not None)
        or (_TREATING.match(gap) is not None and _ONSET.search(sentence[:start]) is not None)
        for gap in gaps
    )


def ahead(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether the condition at `start:end` is told as a harm of a therapy in front of it.

    >>> ahead("Gold helps, yet prolonged use may lead to nephritis.", 42, 51, [(0, 4)])
    True
    >>> ahead("Gold but not aspirin increased infections.", 31, 41, [(0, 4)])
    True
    """
    gaps = [sentence[last:start] for _, last in therapies if last <= start]
    if gaps and _LATTER.match(sentence[end:]) is not None:
        return True
    return any(_BUT_NOT.match(gap) is not None or _EXPOSURE.search(gap) is not None for gap in gaps)


def counted(sentence: str, start: int, end: int) -> bool:
    """Whether the condition is one of a list of cases that were found, and not what these were treated for.

    >>> counted("We found two cases of sepsis.", 22, 28), counted("We found two cases of sepsis given gold.", 22, 28)
    (True, False)
    """
    if "cases of" not in sentence and "case of" not in sentence:
        return False
    before = sentence[:start]
    if _ACTIVE.search(before) is not None:
        return False
    return _CASES.search(before) is not None and _TREATED.match(sentence[end:]) is None
