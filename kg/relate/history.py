"""An event in its sentence in, whether it was there before the therapy out: what people came with, their history.

What was only thought of ("mistaken for", "screened for") is none of the therapy's either.
"""

from __future__ import annotations

import re

from kg.relate.view import Named, Sentence

# Who has events, as a regular expression.
PEOPLE = (
    r"(?:patients?|subjects?|individuals?|people|persons?|participants?|recipients?|adults?|child(?:ren)?|wom[ae]n|"
    r"m[ae]n|males?|females?|girls?|boys?|infants?|neonates?|newborns?|those|volunteers?|cases?|cohorts?|users?|"
    r"groups?|arms?|he|she|they)"
)
# "with E relapsed after T", "had E and was given T": the event came before the therapy.
_CAME_WITH = re.compile(
    rf"\b{PEOPLE} (?:\(?[\w/-]+ ){{0,3}}?(?:with|who (?:have|has|had)|having|suffering from|diagnosed with|"
    r"hospitali[sz]ed with|admitted with) "
    r"(?:(?!(?:developed|developing|develops|experienced|suffered|had|presented|presenting|showed|died|who|"
    r"receiv\w+|treated|"
    r"after|during|following|caused|due|induced|no|without)\b)[\w/≥-]+,? ){0,5}$",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(
    r"\bknown $|\b(?:history of|pre-?existing|previous|prior|baseline|underlying|exclu\w+|ineligible|comorbid\w*|"
    r"concomitant|coexisting|screened for|screening for|vaccin\w+ against)\W+(?:(?!developed|experienced|suffered|"
    r"had|led|caused|"
    r"resulted|after|during)[\w-]+\W+){0,3}$",
    re.IGNORECASE,
)
_TAKEN_FOR = re.compile(
    r"(?:\b(?:(?:treated|diagnosed|misdiagnosed|mistaken|interpreted|presumed|managed|attributed) (?:as|for)|mimick\w+|"
    r"resembl\w+|ruled out|concerns? (?:for|about)|fear of|screen\w* for|negative for|absence of (?:any )?evidence of|"
    r"(?:free|clear) of prior) (?:[\w-]+ ){0,2}|\b(?:post|pre)-)$",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"^[^.;,]{0,60}\bat (?:baseline|enrol\w+|inclusion|presentation|diagnosis|admission)\b|"
    r"^ on (?:admission|presentation|arrival)\b|^[- ]free\b",
    re.IGNORECASE,
)


def preceded(sentence: Sentence, event: Named) -> bool:
    """Whether the event is told as history: "a history of pneumonia", "pre-existing cytopenia"."""
    before, after = sentence.text[: event.start], sentence.text[event.end :]
    return (
        _BEFORE_IT.search(before) is not None
        or _TAKEN_FOR.search(before) is not None
        or _BASELINE.match(after) is not None
    )


def came_with(sentence: str, start: int) -> bool:
    """Whether what begins at `start` is told as what people had already.

    >>> came_with("A man with interstitial lung disease relapsed.", 11), came_with("Fever occurred.", 0)
    (True, False)
    """
    before = sentence[:start]
    return _CAME_WITH.search(before) is not None or _BEFORE_IT.search(before) is not None


def lies_between(gap: str) -> bool:
    """Whether the words before an event tell of it as history.

    >>> lies_between(" was used in patients with a history of "), lies_between(" was followed by ")
    (True, False)
    """
    return _BEFORE_IT.search(gap) is not None
