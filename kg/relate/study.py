"""A document and one of its sentences in, in which setting and which part of its paper it speaks out.

Both come from the sentence, and from the document where the sentence is silent.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import Document, Role, Setting
from kg.relate import animal
from kg.relate.design import REVIEWS, design
from kg.relate.view import Sentence

_PHASE: Final = re.compile(r"\bphase[ -]((?:[1-4]|I{1,3}|IV)(?:[ab]|/(?:[1-4]|I{1,3})[ab]?)?)\b", re.IGNORECASE)
_IN_VITRO: Final = re.compile(
    r"\b(?:in vitro|ex vivo|in silico|docking|cell lines?|co-?cultur\w+|cultur(?:ed|es)|(?:pre-?)?incubat\w+|PBMCs?|"
    r"fibroblasts|synoviocytes|keratinocytes|whole blood|organoids?|explants?)\b",
    re.IGNORECASE,
)
_GIVEN_TO_PEOPLE: Final = re.compile(
    r"\b(?:patients?|participants?|subjects?|adults?|children|wom[ae]n|m[ae]n)\b[^.;]{0,80}\b(?:treated with|"
    r"received|receiving|infused with|given|"
    r"underwent)\b|\b(?:treated|infused) (?:\w+ )?patients\b|\b(?:trial|infusion|administered)\b",
    re.IGNORECASE,
)
_PEOPLE: Final = re.compile(
    r"\b(?:patients?|participants?|clinical|trial|cohort|case|infus(?:ed|ion)|treated|received|administered|phase|"
    r"wom[ae]n|m[ae]n|years?[- ]olds?|children|adults)\b",
    re.IGNORECASE,
)
_MICE: Final = re.compile(
    r"\b(?:mice|mouse|murine|rats|rodents?|animal models?|in vivo|monkeys|macaques|NSG|"
    r"MRL/lpr)\b",
    re.IGNORECASE,
)
_ENROLLED: Final = re.compile(
    r"\b(?:patients?|participants?|subjects?|adults?|children)\b[^.;]{0,60}\b(?:were|was|"
    r"who) (?:\w+ )?(?:enrolled|included|treated|"
    r"randomi[sz]ed|recruited|infused|received)|\b(?:received|receiving|treated with|"
    r"underwent)\b[^.;]{0,60}\bpatients\b|years?[- ]olds?\b|"
    r"\bpatients\b[^.;]{0,30}\b(?:received|underwent|treated with)\b",
    re.IGNORECASE,
)
_AIM: Final = re.compile(
    r"\b(?:we (?:aim|sought|set out|investigated whether|hypothesi[sz]ed)|aim(?:s|ed)? (?:of|to|is|was)|objectives?|"
    r"purpose of|to (?:evaluate|assess|investigate|determine|examine|explore) (?:the|whether|if)|"
    r"this (?:article|review|study) (?:examin|evaluat|explor|aim|investigat|review|summari[sz]|discuss)e?s)\b",
    re.IGNORECASE,
)
_OWN_RESULT: Final = re.compile(
    r"\b(?:we (?:treated|report|describe|present|enrolled|included|observed|found|infused|administered|show|"
    r"demonstrate[d]?)|our (?:patients?|results|data|findings|cohort|case)|"
    r"(?:he|she|the patients?|all patients|both patients) (?:was|were|received|had|achieved|responded)|"
    r"in this (?:study|trial|case|cohort|series)|"
    r"(?:were|was) (?:enrolled|infused|randomi[sz]ed)|all (?:of )?(?:the )?(?:[\w-]+ )?patients|(?:median|"
    r"mean) (?:follow-up|age)|these (?:results|findings|data))\b",
    re.IGNORECASE,
)
_RESULT_LABEL: Final = re.compile(r"RESULT|FINDING|OUTCOME|CONCLUSION|CASE|INTERPRETATION|MAIN", re.IGNORECASE)
_AIM_LABEL: Final = re.compile(r"AIM|OBJECTIVE|PURPOSE|METHOD|DESIGN", re.IGNORECASE)
_BACKGROUND_LABEL: Final = re.compile(r"BACKGROUND|INTRODUCTION|CONTEXT", re.IGNORECASE)


def phase(sentence: str, document: Document) -> str | None:
    """The trial phase as printed ("1/2", "IIb"), of the sentence or else of the title."""
    if "phase" not in sentence.lower() and "phase" not in document.title.lower():
        return None
    found = _PHASE.search(sentence) or _PHASE.search(document.title)
    return found.group(1) if found else None


@lru_cache(maxsize=256)
def preclinical(document: Document) -> bool:
    """Whether a record is of animals alone: it speaks of them, and of no patient who was enrolled or treated."""
    own = document.text[: max((s.end for s in document.sections if s.kind in ("title", "abstract")), default=0)]
    return (
        animal.species(own) is not None
        and len(_MICE.findall(own)) >= 2
        and design(document) is None
        and _ENROLLED.search(own) is None
    )


@lru_cache(maxsize=256)
def setting(sentence: Sentence) -> Setting:
    """Whether patients, animals or cells are spoken of."""
    if any("non_human" in named.qualifiers for named in sentence.named) or animal.species(sentence.text) is not None:
        return "preclinical_in_vivo"
    if _IN_VITRO.search(sentence.text) and _GIVEN_TO_PEOPLE.search(sentence.text) is None:
        return "in_vitro"
    kind = design(sentence.view.document)
    if not sentence.cited and preclinical(sentence.view.document) and sentence.section != "reference":
        return "preclinical_in_vivo"
    if _PEOPLE.search(sentence.text) or (kind is not None and kind not in REVIEWS and not sentence.cited):
        return "clinical"
    return "unstated"


@lru_cache(maxsize=256)
def role(sentence: Sentence) -> Role:
    """Which part of its paper a sentence is."""
    kind = design(sentence.view.document)
    if kind in REVIEWS:
        return "review_synthesis"
    if _AIM.search(sentence.text) or _AIM_LABEL.search(sentence.label):
        return "aim"
    own = kind is not None and kind != "letter"
    if sentence.section == "title":
        return "primary_result" if own or preclinical(sentence.view.document) else "background"
    if _RESULT_LABEL.search(sentence.label):
        return "primary_result"
    if _BACKGROUND_LABEL.search(sentence.label):
        return "background"
    if any("not_this_study" in named.qualifiers for named in sentence.named):
        return "background"
    return "primary_result" if own or _OWN_RESULT.search(sentence.text) is not None else "background"
