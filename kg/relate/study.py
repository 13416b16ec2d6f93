"""A document and one of its sentences in, what kind of study speaks and in which part of it out.

Design comes from the publication types (PubMed's own terms) and else from the words of title and abstract; setting and
role from the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import Document, Role, Setting
from kg.relate.view import Sentence

# PubMed publication type -> design; the first that the record has counts.
_TYPES = (
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
_WORDS = (
    (re.compile(r"\bsystematic review|meta-analysis\b", re.IGNORECASE), "systematic_review"),
    (
        re.compile(
            r"\bthis (?:article|review|paper) (?:review|summari|discuss|examine|describe|outline)\w*|\bwe review\b|"
            r"\bthis (?:narrative )?review\b",
            re.IGNORECASE,
        ),
        "review",
    ),
    (re.compile(r"\brandomi[sz]ed\b", re.IGNORECASE), "randomised_trial"),
    (re.compile(r"\bstudy protocol|trial protocol\b", re.IGNORECASE), "protocol"),
    (re.compile(r"\bphase[ -](?:1|I)(?:b|a)?/(?:2|II)\w*\b"), "phase_1_2"),
    (re.compile(r"\bphase[ -](?:3|III)\b", re.IGNORECASE), "phase_3"),
    (re.compile(r"\bphase[ -](?:2|II)[ab]?\b", re.IGNORECASE), "phase_2"),
    (re.compile(r"\bphase[ -](?:1|I)[ab]?\b", re.IGNORECASE), "phase_1"),
    (re.compile(r"\bcase series\b", re.IGNORECASE), "case_series"),
    (re.compile(r"\bcase report|we report (?:a|the) case\b|\ba case of\b", re.IGNORECASE), "case_report"),
    (re.compile(r"\bregistry\b", re.IGNORECASE), "registry"),
    (re.compile(r"\bretrospective|prospective|cohort\b", re.IGNORECASE), "cohort"),
)
_PHASE = re.compile(r"\bphase[ -]((?:[1-4]|I{1,3}|IV)(?:[ab]|/(?:[1-4]|I{1,3})[ab]?)?)\b", re.IGNORECASE)
_IN_VITRO = re.compile(r"\b(?:in vitro|ex vivo|cell lines?|co-?cultures?|cultured|PBMCs?)\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|clinical|trial|cohort|case|infus(?:ed|ion)|treated|received|administered|phase)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:we (?:aim|sought|set out|investigated whether|hypothesi[sz]ed)|aim(?:s|ed)? (?:of|to|is|was)|objectives?|"
    r"purpose of|to (?:evaluate|assess|investigate|determine|examine|explore) (?:the|whether|if)|"
    r"this (?:article|review|study) (?:examin|evaluat|explor|aim|investigat|review|summari[sz]|discuss)e?s)\b",
    re.IGNORECASE,
)
_RESULT_LABEL = re.compile(r"RESULT|FINDING|OUTCOME|CONCLUSION|CASE", re.IGNORECASE)
_AIM_LABEL = re.compile(r"AIM|OBJECTIVE|PURPOSE|METHOD|DESIGN", re.IGNORECASE)
_REVIEWS = frozenset({"review", "systematic_review", "comment"})
_STUDIES = frozenset({"case_report", "case_series", "cohort", "registry", "randomised_trial", "clinical_trial"})


@lru_cache(maxsize=256)
def design(document: Document) -> str | None:
    """The kind of study a record reports, or None where neither its type nor its words tell."""
    types = set(document.publication_types)
    by_type = next((name for label, name in _TYPES if label in types), None)
    if by_type not in (None, "clinical_trial", "comment", "letter"):
        return by_type
    own = document.text[: max((s.end for s in document.sections if s.kind in ("title", "abstract")), default=0)]
    return next((name for pattern, name in _WORDS if pattern.search(own)), None) or by_type


def phase(sentence: str, document: Document) -> str | None:
    """The trial phase as printed ("1/2", "IIb"), of the sentence or else of the title."""
    found = _PHASE.search(sentence) or _PHASE.search(document.title)
    return found.group(1) if found else None


def setting(sentence: Sentence) -> Setting:
    """Whether patients, animals or cells are spoken of."""
    if any("non_human" in named.qualifiers for named in sentence.named):
        return "preclinical_in_vivo"
    if _IN_VITRO.search(sentence.text):
        return "in_vitro"
    kind = design(sentence.view.document)
    if _PEOPLE.search(sentence.text) or (kind is not None and kind not in _REVIEWS):
        return "clinical"
    return "unstated"


def role(sentence: Sentence) -> Role:
    """Which part of its paper a sentence is."""
    kind = design(sentence.view.document)
    if kind in _REVIEWS:
        return "review_synthesis"
    if _AIM.search(sentence.text) or _AIM_LABEL.search(sentence.label):
        return "aim"
    if sentence.section == "title":
        return "primary_result" if kind in _STUDIES else "background"
    if _RESULT_LABEL.search(sentence.label):
        return "primary_result"
    if "BACKGROUND" in sentence.label.upper() or "INTRODUCTION" in sentence.label.upper():
        return "background"
    if any("not_this_study" in named.qualifiers for named in sentence.named):
        return "background"
    return "primary_result" if kind is not None else "background"
