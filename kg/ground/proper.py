"""A name in its sentence in, whether it is only part of the name of a score, a trial, a society or a database out; or
of a word for people or antigens.

"Crohn's Disease Activity Index" tells of nobody's disease (ANNOTATION).
"""

from __future__ import annotations

import re

_WHAT = (
    r"ind(?:ex|ices)|scores?|scales?|questionnaires?|inventory|atlas|society|foundation|association|network|league|"
    r"consortium|collaborati(?:on|ng)|alliance|federation|clinics|study group|working group|partnership|trust|charity|"
    r"institutes?|reporting system|screening (?:tool|instrument)"
)
# Words of such names that authors leave in lower case.
_INNER = (
    r"disease|disorder|activity|severity|area|damage|impact|functional?|assessment|global|quality|of|life|and|the|for|in|"
    r"responder|low|state|outcome|measure|spectrum|international|MRI|ultrasound|skin|lung|joint"
)
# Words that end a name, also in a title that is all in capitals: "Rheumatoid Arthritis Using Network Pharmacology".
_NO_PART = r"(?:Using|With|Via|Through|By|From|After|During|Based|Treated|Who|Receiving)\b"
_AFTER = re.compile(
    rf"(?:['’]s)?[ -](?:(?:{_INNER}|(?!{_NO_PART})[A-Z][\w-]*)[ -]){{0,6}}(?:(?i:{_WHAT})|Registr(?:y|ies)|Biobank|"
    r"Measures?|Impact of Disease|Criteria|Task Force|Working Party|Investigators|Trialists|"
    r"(?:Research|Assessment|Studies|Trials) (?:Group|Unit))\b"
)
# "PwMS", "plwRA": the people, not what they have.
_PEOPLE = re.compile(r"(?:pl?w|Pl?w|PLW)[A-Z][A-Za-z0-9]{1,5}")
# The tumor of "tumor surface antigens" is nobody's.
_ANTIGENS = re.compile(r"[Tt]umou?r")
_OF_ANTIGENS = re.compile(
    r"[- ](?:surface|associated|specific|cell|cells)\b(?:[- ]\w+)? (?:antigens?|proteins?|markers?|lines?)\b|"
    r"-(?:infiltrating|like|harvested|bearing|derived|reactive|resident|draining|promoting|homing|educated|killing)\b"
)
# "SLE and the score", "SLE association with": ordinary words after all.
_AND_FIRST = re.compile(r"[ -](?:and|in|of|for|the) (?!Severity|Damage|severity|damage)")
_LOOSE = re.compile(r" (?:of|with|between|analys)")
_BEFORE = re.compile(
    r"\b(?:League Against|Society for|Foundation for|Association for|Alliance for|"
    r"Disease Activity (?:Index|Score) (?:for|in)|Criteria for|Questionnaire for) (?:the )?$"
)
_DISEASE_ACTIVITY, _SHORTENED = "Disease Activity in ", " (DA"  # "… in Psoriatic Arthritis (DAPSA)"
# "The ANSWER-SLE cohort", "DRINK-T1D", "TRANSCEND NHL 001": a study is called so.
_STUDY = re.compile(r"(?<![\w-])[A-Z]{5,}-$")
_NUMBERED = re.compile(r"(?<![\w-])[A-Z]{5,} $")
_NUMBER = re.compile(r"[ -]0\d{1,2}\b")
_PAIRED = re.compile(r" and [A-Z][a-z]+ (?:Scale|Index|Inventory|Questionnaire|Score)\b")
_GOES_ON = frozenset(" -'’")  # what the patterns for what stands behind a name begin with
_ENDS = (" Against ", " for ", " in ", " of ", " the ")


def inside(sentence: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` are part of such a name.

    >>> inside("the Crohn's Disease Activity Index fell", 4, 19), inside("the SLE Disease Activity Index", 4, 7)
    (True, True)
    >>> inside("in PwMS", 3, 7), inside("tumor-infiltrating", 0, 5), inside("the EGPA Consensus Task Force", 4, 8)
    (True, True, True)
    >>> inside("the ANSWER-SLE cohort", 11, 14), inside("Rheumatoid Arthritis Using Network Pharmacology", 0, 20)
    (True, False)
    >>> inside("the Hospital Anxiety and Depression Scale", 13, 20), inside("Disease Activity in PsA (DAPSA)", 20, 23)
    (True, True)
    >>> inside("Outcomes in Lupus", 12, 17), inside("Disease Activity in Lupus", 20, 25)
    (False, False)
    >>> inside("in TRANSCEND NHL 001", 13, 16), inside("the FDA Adverse Event Reporting System", 8, 21)
    (True, True)
    >>> inside("the association of SLE and scores of fatigue", 19, 22), inside("SLE activity fell", 0, 3)
    (False, False)
    """
    name = sentence[start:end]
    if _PEOPLE.fullmatch(name) is not None:
        return True
    if sentence[end : end + 1] in _GOES_ON and _goes_on(name, sentence, end):
        return True
    if sentence.startswith(("_", "-DAS"), end):
        return True
    if name.upper() == name and _of_study(sentence, start, end):
        return True
    if sentence.endswith(_DISEASE_ACTIVITY, 0, start):
        return sentence.startswith(_SHORTENED, end)
    return sentence.endswith(_ENDS, 0, start) and _BEFORE.search(sentence, 0, start) is not None


def _of_study(sentence: str, start: int, end: int) -> bool:
    """Whether a name in capitals stands in what a study is called."""
    if sentence.endswith("-", 0, start):
        return _STUDY.search(sentence, 0, start) is not None
    return _NUMBER.match(sentence, end) is not None and _NUMBERED.search(sentence, 0, start) is not None


def _goes_on(name: str, sentence: str, end: int) -> bool:
    """Whether what stands behind a name makes it part of such a name."""
    if _ANTIGENS.fullmatch(name) is not None and _OF_ANTIGENS.match(sentence, end) is not None:
        return True
    found = _AFTER.match(sentence, end)
    if found is not None and not _AND_FIRST.match(sentence, end) and not _LOOSE.match(sentence, found.end()):
        return True
    return name[:1].isupper() and name[1:2].islower() and _PAIRED.match(sentence, end) is not None
