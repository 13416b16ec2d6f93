"""An event in its sentence in, whether something was given against it out: what was treated, relieved, kept away.

A drug against the harm is no cause of it, and what a therapy relieves is no harm of it.
"""

from __future__ import annotations

import re

from kg.relate.view import Named, Sentence

_MANAGED = re.compile(
    r"\b(?:for|(?:treated|manag\w+|resol\w+|control\w*|revers\w+|reliev\w+|mitigat\w+|improv\w+|abat\w+|"
    r"subsid\w+|disappear\w*|recover\w*|prevent\w*|respond\w*|requir\w+|need\w+|necessitat\w+|warrant\w+|"
    r"given|(?<!being )(?<!after )started on)(?: \w+ly)?(?: (?:with|by|to|using|on|after|following|upon|under|of|"
    r"in))?) "
    r"(?:(?!(?:after|following|in|during|of|for|who|was|were|under|from|until|despite)\b)[\w/.-]+,? ){0,5}$",
    re.IGNORECASE,
)
# What is relieved or kept away is no harm of what does it.
_WARDED = re.compile(
    r"\b(?:prevent\w*|avoid\w*|mitigat\w*|ameliorat\w*|heal(?:s|ed|ing)|inhibit(?:s|ed|ing)|suppress(?:es|ed|ing)|"
    r"alleviat\w*|attenuat\w*|protect\w* (?:against|from)|"
    r"prophyla\w+(?: against| for)?|reliev\w*|relief (?:of|from)|revers(?:es?|ed|ing|al of)|improv(?:es?|ed|ing|"
    r"ement in)|"
    r"(?:resolution|recovery|remission|control|disappearance|treatment|management|prevention|amelioration) (?:of|from)|"
    r"normali[sz]\w+(?: of)?|recover\w* from|despite|fewer|less|"
    r"reduc(?:e[sd]?|ing|tions? (?:of|in))|lower(?:ed|s|ing)?|decreas(?:e[sd]?|ing|es? (?:of|in)))"
    r"(?: (?:the|risks?|rates?|incidence|severity|frequency|number|of|in))*(?: (?!by\b|to\b|caus|"
    r"induc)[\w()/-]+){0,2} $",
    re.IGNORECASE,
)
_AGAINST_AHEAD = re.compile(
    r"^(?: \([^)]*\))?(?: (?:therapy|treatment|infusions?|use|was|were|is|are|given|used|administered|effective|"
    r"required|started|needed|initiated|prescribed))*"
    r" (?:for|against|to (?:treat|manage|prevent|control|reverse))(?: (?:the|treatment|management|of|[\w-]+)){0,4} $",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"^(?: \([^)]*\))?(?: (?:had|has|was|were|also|then|gradually|completely|markedly|\w+ly))* (?:improv|resolv|"
    r"disappear|remit|subsid|"
    r"recover|abat|declin|decreas|normali[sz]|regress)\w*",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:discontinu\w+|withdraw\w+|withdrew|stopp\w+|cessation|suspen\w+|interrupt\w+)\b", re.IGNORECASE
)


def relieved(sentence: str, start: int) -> bool:
    """Whether what begins at `start` is told as relieved, prevented or kept away.

    >>> relieved("Rituximab reduced the risk of relapse.", 30), relieved("Rituximab caused fever.", 17)
    (True, False)
    """
    before = sentence[max(0, start - 60) : start]
    return _WARDED.search(before) is not None


def given_for(sentence: Sentence, event: Named) -> bool:
    """Whether a therapy in front was given against the event: "tocilizumab for CRS"."""
    return any(
        therapy.end <= event.start and against(sentence.text[therapy.end : event.start])
        for therapy in sentence.of_type("therapy")
    )


def treated(sentence: Sentence, event: Named) -> bool:
    """Whether the sentence tells of a treatment of the event, so that somebody had it."""
    behind = any(
        event.end <= therapy.start and _MANAGED.search(sentence.text[event.end : therapy.start]) is not None
        for therapy in sentence.of_type("therapy")
    )
    return behind or given_for(sentence, event)


def against(gap: str) -> bool:
    """Whether a drug was given against the event, by the words between: "tocilizumab was given for CRS".

    >>> against(" was given for "), against(" was followed by ")
    (True, False)
    """
    return _AGAINST_AHEAD.match(gap) is not None


def managed(gap: str) -> bool:
    """Whether the words from an event to a drug say that the drug was given against it.

    >>> managed(" was managed with "), managed(" was seen after ")
    (True, False)
    """
    return _MANAGED.search(gap) is not None


def went(after: str) -> bool:
    """Whether the words behind an event say that it went away.

    >>> went(" improved under rituximab"), went(" occurred")
    (True, False)
    """
    return _WENT.match(after) is not None


def stopped(text: str, therapy: Named) -> bool:
    """Whether the therapy is told as stopped: what resolved then was its harm."""
    return stopped_before(text, therapy) or _STOPPED.search(text[therapy.end : therapy.end + 40]) is not None


def stopped_before(text: str, therapy: Named) -> bool:
    """Whether the words in front of the therapy say so: "discontinued rituximab"."""
    return _STOPPED.search(text[max(0, therapy.start - 40) : therapy.start]) is not None
