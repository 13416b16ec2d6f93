"""A document in, the kind of study it reports out.

PubMed's publication types say it first, then the title's words, then what the abstract says of its own study.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import Document

# PubMed publication type -> design; the first that the record has counts.
_TYPES: Final = (
    ("Randomized Controlled Trial", "randomised_trial"),
    ("Clinical Trial, Phase III", "phase_3"),
    ("Clinical Trial, Phase II", "phase_2"),
    ("Clinical Trial, Phase I", "phase_1"),
    ("Clinical Trial Protocol", "protocol"),
    ("Clinical Trial", "clinical_trial"),
    ("Systematic Review", "systematic_review"),
    ("Meta-Analysis", "systematic_review"),
    ("Review", "review"),
    ("Case Reports", "case_report"),
    ("Observational Study", "cohort"),
    ("Editorial", "comment"),
    ("Comment", "comment"),
    ("Letter", "letter"),
)
_VAGUE: Final = (None, "clinical_trial", "comment", "letter", "cohort", "case_report")
# What a title calls its study; the first that it says counts.
_TITLE: Final = (
    (r"systematic (?:literature )?review|meta-analys[ei]s|scoping review|umbrella review", "systematic_review"),
    (r"study protocol|trial protocol|\bprotocol (?:for|of)\b|rationale and design|study design", "protocol"),
    (r"case series|case reports and|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) cases\b", "case_series"),
    (
        r"case reports?\b|case-based review|case based review|\ba case of\b|\ba rare case\b|:? ?report of (?:a|"
        r"one) case",
        "case_report",
    ),
    (r"phase[ -](?:1|I)(?:b|a)?[/–-](?:2|II)\w*", "phase_1_2"),
    (r"phase[ -](?:3|III)b?\b|phase[ -](?:2|II)[ab]?[/–-](?:3|III)", "phase_3"),
    (r"phase[ -](?:2|II)[ab]?\b", "phase_2"),
    (r"phase[ -](?:1|I)[ab]?\b|first-in-human", "phase_1"),
    (r"randomi[sz]ed|placebo-controlled|double-blind", "randomised_trial"),
    (
        r"open-label|single-arm|pilot (?:trial|study)|\bclinical trial\b|proof[- ]of[- ]concept (?:trial|"
        r"study)",
        "clinical_trial",
    ),
    (r"\bregist(?:ry|er|ries)\b", "registry"),
    (
        r"retrospective|prospective|cohort|real[- ]world|observational|post-?marketing|single-cent(?:er|re)|"
        r"multicent(?:er|re)|population-based|nationwide|"
        r"longitudinal|surveillance|claims data|database",
        "cohort",
    ),
    (
        r"\b(?:narrative |literature |mini[- ]?|state-of-the-art |comprehensive |concise )?review\b|"
        r"state of the art|perspectives?\b|"
        r"recent advances|current (?:status|evidence)|\bupdate (?:on|to)\b|overview|guidelines?|recommendations|"
        r"consensus|"
        r"from (?:bench|pathogenesis|mechanism)\w* to",
        "review",
    ),
)
# What an abstract says of its own study.
_ABSTRACT: Final = (
    (
        r"\b(?:this|our|we (?:performed|conducted|undertook) a) (?:\w+ ){0,2}(?:systematic (?:literature )?review|"
        r"meta-analysis|scoping review)|"
        r"\bPRISMA\b|(?:PubMed|MEDLINE|Embase|Scopus)[^.]{0,60}\bsearch\w*|search\w* (?:of|in|on|"
        r"using)[^.]{0,40}(?:PubMed|MEDLINE|Embase|Scopus)",
        "systematic_review",
    ),
    (
        r"\b(?:this|the present|our|in this) (?:\w+ ){0,2}(?:review|article|perspective|viewpoint|editorial|"
        r"commentary|chapter|overview)\b(?! of (?:the )?(?:charts|records))|"
        r"\bwe (?:\w+ )?(?:review|summari[sz]e|discuss|outline)\b(?! (?:\w+ ){0,3}(?:patients|records|charts))|"
        r"\bhere(?:in)?,? we (?:review|summari[sz]e|discuss|provide an overview)|"
        r"\bis (?:reviewed|summari[sz]ed|discussed)\b|\bare (?:reviewed|summari[sz]ed|discussed)\b",
        "review",
    ),
    (
        r"\b(?:trial|study) protocol\b|\bthis protocol\b|\bwill be (?:enrolled|recruited|randomi[sz]ed|"
        r"allocated)\b",
        "protocol",
    ),
    (r"\bphase[ -](?:1|I)(?:b|a)?[/–-](?:2|II)\w*", "phase_1_2"),
    (r"\bphase[ -](?:3|III)b?\b(?=[^.]{0,120}\b(?:trial|study)\b)", "phase_3"),
    (r"\bphase[ -](?:2|II)[ab]?\b(?=[^.]{0,120}\b(?:trial|study)\b)", "phase_2"),
    (
        r"\bphase[ -](?:1|I)[ab]?\b(?=[^.]{0,120}\b(?:trial|study)\b)|\bfirst-in-human\b|"
        r"\bdose[- ]escalation (?:trial|study)\b",
        "phase_1",
    ),
    (
        r"\brandomly (?:assigned|allocated)|\bwere randomi[sz]ed\b|\bwe (?:did|conducted|"
        r"performed) a (?:[\w-]+,? ){0,6}randomi[sz]ed|"
        r"\b(?:this|was a|in a|a) (?:[\w-]+,? ){0,5}randomi[sz]ed,? (?:[\w-]+,? ){0,5}(?:trial|"
        r"study)\b",
        "randomised_trial",
    ),
    (
        r"\b(?:open-label|single-arm|pilot|investigator-initiated|proof-of-concept|compassionate[- ]use|"
        r"basket) (?:[\w-]+,? ){0,4}(?:trial|study|program(?:me)?)\b|\bin this (?:clinical )?trial\b",
        "clinical_trial",
    ),
    (
        r"\bcase series\b|\bwe (?:report|describe|present) (?:on )?(?:the (?:cases?|outcomes?) of )?(?:two|three|"
        r"four|five|six|seven|eight|nine|ten|[2-9]|\d\d) (?:\w+ ){0,4}(?:cases|patients)\b|"
        r"\b(?:two|three|four|five|six) (?:cases|patients) (?:with|are|were) [^.]{0,80}(?:reported|described|"
        r"presented)",
        "case_series",
    ),
    (
        r"\bcase report\b|\bwe (?:report|describe|present|discuss) (?:on |here |herein )?(?:a|an|the case|one|"
        r"this)\b|\b(?:a|an|our)(?: case of a)? (?:previously healthy )?\d{1,2}[- ](?:years?|months?|yr)[- ]olds?\b|"
        r"\b(?:a|this) case (?:of|highlights|illustrates|underscores|demonstrates)\b|\bour patient\b|"
        r"\bthis patient\b|\b(?:he|she) (?:was|received|had|presented)\b|"
        r"\b(?:a|an) (?:man|woman|boy|girl) (?:in (?:his|her)|with|who)",
        "case_report",
    ),
    (r"\bregist(?:ry|ries)\b", "registry"),
    (
        r"\bretrospective|\bprospective|\bcohort\b|\breal[- ]world\b|\bobservational\b|\bpost-?marketing\b|"
        r"\bclaims (?:data|database)\b|\bpatients? (?:\w+ ){0,4}(?:were|was) (?:included|enrolled|"
        r"recruited|analy[sz]ed|identified|followed|treated)\b|\bmedical records\b|\bwe (?:analy[sz]ed|included|"
        r"enrolled|identified|treated|evaluated) (?:\w+ ){0,6}patients\b",
        "cohort",
    ),
)
# A word without which the slow pattern of an abstract need not be tried.
_HINTS: Final = {
    "systematic_review": ("systematic", "meta-analys", "scoping", "prisma", " search"),
    "review": (
        *("review", "article", "perspective", "viewpoint", "editorial", "commentary", "chapter", "overview", "summari"),
        *("discuss", "outline"),
    ),
    "case_report": (
        *("case", "year-old", "years old", "year old", "we report", "we describe", "we present", "our patient"),
        *("this patient", " he ", " she ", "he ", "she ", " man ", " woman ", " boy ", " girl "),
    ),
    "protocol": ("protocol", "will be"),
    "phase_1_2": ("phase",),
    "phase_3": ("phase",),
    "phase_2": ("phase",),
    "phase_1": ("phase", "first-in-human", "escalation"),
    "randomised_trial": ("randomi", "randomly"),
    "clinical_trial": ("trial", "open-label", "single-arm", "pilot", "program"),
    "case_series": ("case", "we report", "we describe", "we present"),
}
_IN_TITLE: Final = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _TITLE)
_IN_ABSTRACT: Final = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _ABSTRACT)
REVIEWS: Final = frozenset({"review", "systematic_review", "comment"})
TRIALS: Final = frozenset(
    {"phase_1", "phase_2", "phase_3", "phase_1_2", "randomised_trial", "clinical_trial", "protocol"}
)
CARE: Final = frozenset({"case_report", "case_series", "cohort", "registry"})


@lru_cache(maxsize=256)
def design(document: Document) -> str | None:
    """The kind of study a record reports, or None where neither its type nor its words tell."""
    types = set(document.publication_types)
    by_type = next((name for label, name in _TYPES if label in types), None)
    if by_type not in _VAGUE:
        return by_type
    by_title = next((name for pattern, name in _IN_TITLE if pattern.search(document.title)), None)
    if by_type == "case_report":
        return by_title if by_title == "case_series" else by_type
    if by_title is not None:
        return by_title
    own = document.text[: max((s.end for s in document.sections if s.kind == "abstract"), default=0)]
    lower = own.lower()
    by_words = next(
        (
            name
            for pattern, name in _IN_ABSTRACT
            if any(hint in lower for hint in _HINTS.get(name, ("",))) and pattern.search(own)
        ),
        None,
    )
    return by_type if by_type == "cohort" else by_words or by_type
