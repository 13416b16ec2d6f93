"""A condition in its sentence in, whether the words between it and a therapy lay it at the therapy's door out.

Signs and comorbidities stand beside therapies in most case reports without being their harm: what a patient came with,
what was measured, what got better. So a link has to be told: "developed E on T", "T was associated with E", "E in those
receiving T", or a word that only harm has (toxicity, safety, grade 3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.lexicon.prepare import lowered
from kg.wording import Needing

_SAFETY = re.compile(
    r"\b(?:adverse|[Ss]ide[- ]effects?|[Tt]oxicit\w+|[Ss]afety (?:outcomes?|concerns?|signals?|considerations?|"
    r"profiles?|events?|issues?|endpoints?)|T?E?S?AEs?|[Gg]rades?[ -]?(?:[1-5]|I{1,3}V?\b|≥|>))(?!\w)"
)
_UNSAFE_HEADING = re.compile(r"SAFETY|ADVERSE|TOXICIT|HARM", re.IGNORECASE)
# What a patient came with, or a disease shows. Read in lower case, which the engine does six times faster.
_CAME_WITH = re.compile(
    r"\b(?:present(?:ed|ing|s|ation)?|admitted|referred|hospitali[sz]ed|complain\w*|histor(?:y|ies)|prodrom\w+|"
    r"symptoms?|manifest\w*|characteri[sz]ed|features?|diagnos\w+|examination|workup|laboratory|investigations|baseline|"
    r"found to have|phenotypes?|criteria|comorbid\w*|initially|before|prior to|despite|risk factors?|predict\w*)\b"
    r"[^.;]{0,160}$"
)
_COEXISTING = Needing(
    r"\b(?:co-?exist\w+|concurrent|underlying|pre-?existing|known) (?:[\w-]+ ){0,2}$",
    needs="exist|concurrent|underlying|known",
)
# What got better, was treated, or is a scale.
_BETTER_BEFORE = Needing(
    r"\b(?:resolution|relie[fv]\w*|improv\w+|reduc\w+|decreas\w+|amelior\w+|alleviat\w+|attenuat\w+|treat\w*|manag\w+|"
    r"effective\w*|efficacy|control\w*|suppress\w+|prevent\w*|protect\w*|lower\w*|against|free(?:dom)? of)\b"
    r"(?: (?!risks?\b|rates?\b|incidence\b|due\b|because\b|after\b|with\b|caus|induc|increas)[\w-]+){0,5} $",
    needs="resolution|relie|improv|reduc|decreas|amelior|alleviat|attenuat|treat|manag|effective|efficacy|"
    "control|suppress|prevent|protect|lower|against|free",
)
_BETTER_AFTER = re.compile(
    r"^(?: [\w-]+){0,4} (?:improv|resol|remit|disappear|subsid|reliev|respond|normali|abat|treated|was treated|fell|"
    r"decreas|diminish|reduc)",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"^[- ](?:scores?|severity|scale|VAS|visual|index|indices|assessment|intensity|levels?|rating|questionnaires?|"
    r"interference|behaviou?r|free|like|threshold|relief|model|mice|rats|cells?|syndrome|inducible|patients?)\b",
    re.IGNORECASE,
)
_LED_TO = re.compile(
    r"\b(?:associat\w+ with|link\w+ (?:to|with)|relat\w+ to|risks?|rates?|incidence|caus\w+|induc\w+|develop\w*|"
    r"experienc\w*|suffer\w*|result\w* in|led to|lead(?:s|ing)? to|trigger\w*|provok\w*|precipitat\w*|aggravat\w*|"
    r"exacerbat\w*|risked|follow\w* by|occurr\w*|report\w*|observed|noted|contribut\w* to|worsen\w*)\b"
)
_CAME_OF = re.compile(
    r"^[^.;]{0,90}?\b(?:after|following|during|under|while|on|due to|secondary to|induced by|caused by|triggered by|"
    r"associated with|related to|attribut\w+ to|because of|from|with|of|receiving|treated|taking|users?|exposure|"
    r"complicating|between|in)\b(?: [\w-]+){0,6} $"
)
_APART = re.compile(
    r"\b(?:independent\w*|irrespective|regardless|despite|refractory|improv\w+|resol\w+|remission|respon\w+|efficacy|"
    r"effective\w*|treated (?:with|by)|treatment (?:for|of)|for the treatment|therapy for|than|reliev\w+|compared|"
    r"manag\w+|prevent\w*|control\w*|restor\w+|recover\w+|non-RA|general population|mimic\w*|diagnos\w+|"
    r"who have|and (?:was|were) (?:given|treated|started))\b|;|\. "
)


# Told outright, so that it holds for any disease: "E caused by T", "E following T", "T-associated acute E".
_OF_IT = re.compile(
    r"^(?:,? (?!for\b|with\b|in\b)[\w()/-]+){0,5},? (?:induced by|caused by|triggered by|secondary to|due to|"
    r"attribut\w+ to|associated with|related to|following|followed(?! by)|complicating|resulting from|"
    r"(?:as )?an? (?:[\w-]+ )?(?:side[- ]effect|complication|consequence|toxicity|result) of)(?: [\w-]+){0,4} $|"
    r"^ from $|^: an? (?:[\w-]+ ){0,4}(?:side[- ]effect|complication|consequence|toxicity) of (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_BY_IT = re.compile(r"^[- ](?:induced|associated|related|triggered|caused|provoked) (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_OCCURRED = re.compile(
    r"^(?: \([^)]*\))? (?:[\w-]+ ){0,3}(?:occurr\w+|develop\w+|appear\w+|arose|began|emerged|started)\b[^.;,]{0,60}"
    r"\b(?:after|following|during|under|on|receiving|taking|treated with|with|of)(?: [\w-]+){0,5} $",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"\b(?:cases?|episodes?|reports?|instances?|development|onset|occurrence) of (?:[\w-]+ ){0,3}$", re.I
)
_IN_USERS = re.compile(
    r"^[^.;,]{0,60}\b(?:in|among)\b[^.;,]{0,60}\b(?:receiving|taking|on|treated with|given|exposed to|during|"
    r"after|using)(?: [\w-]+){0,5} $",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:mouse|mice|murine|rats?|models?|in vivo)\b", re.IGNORECASE)


_OLD = re.compile(
    r"\b(?:histor(?:y|ies) of|prior to|previous\w*|pre-?existing|before|comorbid\w*|despite|baseline|known|"
    r"long-standing|no evidence of|differential|mimic\w*|without|absence of)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)


def new(sentence: str, start: int, end: int) -> bool:
    """Whether nothing tells of the condition at `start:end` as an old, a measured or a healed one.

    >>> new("Fever rose on day 3", 0, 5), new("A man with a history of fever", 24, 29)
    (True, False)
    """
    before, after = sentence[:start], sentence[end:]
    return not (_SCALE.match(after) or _BETTER_BEFORE.search(before) or _OLD.search(before)) and not is_model(sentence)


def outright(sentence: str, start: int, end: int, *, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether any condition, a disease too, is told as brought by a therapy; an induced model is no harm.

    >>> outright("Amiodarone-induced thyroiditis", 19, 30, therapies=[(0, 10)])
    True
    >>> outright("Bleomycin-induced fibrosis in mice", 18, 26, therapies=[(0, 9)])
    False
    """
    if not therapies or is_model(sentence):
        return False
    before, after = sentence[:start], sentence[end:]
    if _SCALE.match(after) is not None or _BETTER_BEFORE.search(before) is not None:
        return False
    for first, last in therapies:
        if last <= start:
            if _BY_IT.match(sentence[last:start]) is not None:
                return True
        elif end <= first:
            gap = sentence[end:first]
            if _APART.search(gap) is not None:
                continue
            if _OF_IT.match(gap) is not None or _OCCURRED.match(gap) is not None:
                return True
            if _IN_USERS.match(gap) is not None and _CASES.search(before) is not None:
                return True
    return False


_INDUCED_BY = re.compile(r"^(?: \([^)]*\))? (?:induced|caused|triggered|provoked) by (?:[\w-]+ ){0,2}$", re.IGNORECASE)


def induced(sentence: str, start: int, end: int, *, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether a condition is told as induced by a therapy in so many words, in people.

    >>> induced("Neuritis (ON) induced by gold is rare.", 0, 8, therapies=[(25, 29)])
    True
    >>> induced("Neuritis in people treated with gold", 0, 8, therapies=[(32, 36)])
    False
    """
    if not therapies or is_model(sentence):
        return False
    return any(
        _BY_IT.match(sentence[last:start]) if last <= start else _INDUCED_BY.match(sentence[end:first])
        for first, last in therapies
        if last <= start or end <= first
    )


_DESPITE = re.compile(r"\b[Dd]espite (?:[\w-]+ ){0,4}$")


def is_model(sentence: str) -> bool:
    """Whether a sentence tells of animals that were made ill: "imiquimod-induced psoriasis in mice"."""
    return _MODEL.search(sentence) is not None


def harm(sentence: str, start: int, end: int, *, therapies: Sequence[tuple[int, int]], label: str = "") -> bool:
    """Whether the condition at `start:end` is laid at a therapy's door; label: the heading it stands under.

    >>> harm("Two patients on gold developed fever.", 31, 36, therapies=[(16, 20)])
    True
    >>> harm("He presented with fever and was given gold.", 18, 23, therapies=[(38, 42)])
    False
    """
    before, after = sentence[:start], sentence[end:]
    if _SCALE.match(after) is not None or _BETTER_BEFORE.search(before) is not None or _COEXISTING.search(before):
        return False
    came = _CAME_WITH.search(lowered(before))
    if came is not None and not any(came.start() < first and last <= start for first, last in therapies):
        return False
    if _BETTER_AFTER.match(after) is not None:
        return False
    if _unsafe(sentence) or _UNSAFE_HEADING.search(label) is not None:
        return True
    if is_model(sentence):
        return False
    for first, last in therapies:
        if _DESPITE.search(sentence, 0, first) is not None:
            continue
        if last <= start:
            gap = sentence[last:start]
            if _LED_TO.search(gap) is not None and _APART.search(gap) is None:
                return True
        elif end <= first:
            gap = sentence[end:first]
            if _CAME_OF.match(gap) is not None and _APART.search(gap) is None:
                return True
    return False


_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|some|all|most)"
_PEOPLE = r"(?:patients?|participants?|recipients?|subjects?)"
_WHO = rf"(?:{_N} (?:of (?:the |them|these )?)?(?:\d+ )?(?:\w+ )?{_PEOPLE}?|patients?)"
_THEN_HAD = re.compile(
    rf"(?:^|[ ,;])(?:{_WHO} ?(?:also |then |later )?(?:developed|experienced|suffered(?: from)?|had)|"
    rf"and {_N} (?:developed|experienced|had)) (?:[\w/-]+,? ){{0,5}}$",
    re.IGNORECASE,
)
_THEN_OCCURRED = re.compile(
    rf"^(?: \([^)]*\))?(?: (?:occurred|developed|appeared|(?:was|were) (?:seen|observed|noted|reported|recorded)))? in "
    rf"(?:\d+(?:\.\d+)? ?%|{_N} (?:of |{_PEOPLE}))",
    re.IGNORECASE,
)
# What was there before, or went away.
_THERE_BEFORE = re.compile(
    r"\b(?:baseline|at (?:presentation|onset|diagnosis|admission|enrol?ment|entry|inclusion)|before|prior|previous\w*|"
    r"history|initial\w*|pre-?existing|present(?:ed|ing)|refractory|active|resol\w+|improv\w+|disappear\w+|remission|"
    r"remained|persist\w+|relaps\w+|flare\w*|symptoms?|manifestations?)\b",
    re.IGNORECASE,
)


def followed(sentence: str, start: int, end: int) -> bool:
    """Whether a sentence that follows on the giving of a therapy counts who had the finding at `start:end` then.

    >>> followed("Two developed fever.", 14, 19), followed("Fever occurred in 3 patients.", 0, 5)
    (True, True)
    >>> followed("Two had fever at baseline.", 8, 13), followed("Fever is common.", 0, 5)
    (False, False)
    """
    if _THERE_BEFORE.search(sentence) is not None:
        return False
    return _THEN_OCCURRED.match(sentence[end:]) is not None or _THEN_HAD.search(sentence[:start]) is not None


@lru_cache(maxsize=64)
def _unsafe(sentence: str) -> bool:
    """Whether a sentence has a word that only harm has; its mentions come one after the other."""
    return _SAFETY.search(sentence) is not None
