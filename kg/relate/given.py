"""A sentence and a therapy in it in, whether the sentence tells that it was given, or studied, out."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"(?:[\w()\[\]/.%µ·×α-ω²’'+–-]+[ ,]+)"
_STOP: Final = (
    r"(?!(?:was|were|is|are|had|has|have|which|who|that|but|whereas|not|no|without|failed|deferred|"
    r"instead)\b)"
)
_BEFORE: Final = re.compile(
    r"\b(?:treat(?:ed|ing)|managed|receiv(?:ed|ing|es)|given|initiat(?:ed|ing|ion)|start(?:ed|ing)|commenced|"
    r"administered|administration|"
    r"followed by|switch(?:ed|ing)|add(?:ed|ing)|addition|underwent|infused|infusions?|respon(?:ded|ses?|ders?)|"
    r"achieved|controlled|"
    r"treatments?|therap(?:y|ies)|regimens?|use|users|using|used|under|taking|takes|prescribed|effects?|efficacy|"
    r"safety|effectiveness|benefits?|"
    r"remission|maint(?:ained|enance)|stable|combin(?:ed|ation|ing)|intensification|induction|"
    r"(?:options?|agents?|biologics?|drugs?|antibod(?:y|ies)|inhibitors?)"
    r"(?: (?:were|was|are))?(?=:? (?:such as|including|includ\w+|targeting|directed|like|consist\w+|comprised)|:)|"
    r"patients|treatment[- ](?:experienced|groups?)|trials?|studied|evaluated|tested|compared|than|versus|vs\.?|"
    r"inhibition|outcomes?)"
    rf"[ ,:](?:{_STOP}{_WORD}){{0,12}}$",
    re.IGNORECASE,
)
_NOUN: Final = (
    r"(?: (?:therapy|treatment|infusions?|cells?|monotherapy|use|administration|regimens?|"
    r"maintenance|induction|arm|group)|[ ]?\([^()]*\)|(?: at)? \d[\w./² -]{0,30}?)*"
)
_LIST: Final = r"(?:,? (?:and|or|plus|with) [\w-]+(?: \([^()]*\))?|, [\w-]+(?: \([^()]*\))?)*"
_AFTER: Final = re.compile(
    rf"^(?:[-– ](?:treated|based|users?|exposed|containing|centered|recipients?|responders?|group|arm|cohort)\b|"
    rf"{_NOUN}{_LIST}{_NOUN} (?:(?:was|were|is|are|has been|have been|had been) (?:\w+ly |also |not |then |the |an? |"
    rf"most |more )*(?:initiated|started|commenced|"
    r"administered|given|added|introduced|used|prescribed|infused|continued|effective|efficacious|safe|"
    r"well[- ]tolerated|associated|studied|evaluated|"
    r"compared|tested|investigated|chosen|selected|followed|tried|superior|frequently|commonly|successful|"
    r"ineffective|"
    r"not effective|approved)|"
    r"(?:induced|achieved|resulted|led|improved|reduced|decreased|depleted|showed|demonstrated|provided|"
    r"prevented|ameliorated|suppressed|yielded|failed|"
    r"produced|controlled|increased|enabled|allowed|alleviated|attenuated|rose|inhibit(?:s|ed)|followed)\b)|"
    r",? (?:administered|given|infused|used|added|started) |"
    r" ?\((?:n ?= ?)?\d+|(?: therapy| treatment)?[.,;]? ?\()",
    re.IGNORECASE,
)
_NOT_GIVEN: Final = re.compile(
    r"\b(?:(?:availability|costs?|sales|prices?|knowledge|manufactur\w+|supply|development) of|access to|"
    r"antibodies against|excluded|exclusion|eligib\w+|"
    r"consider(?:ed|ing|ation)|guidelines?|hypothes\w+|biosimilars? of)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_REACH: Final = 200  # characters before a therapy in which its use is told
UNDER_STUDY: Final = re.compile(
    r"\b(?:under (?:clinical |active )?(?:investigation|evaluation|development|study)|"
    r"being (?:\w+ly )?(?:tested|studied|evaluated|investigated|explored)|"
    r"in (?:\w+ )?(?:clinical )?(?:trials?|development))\b",
    re.IGNORECASE,
)


def to_patients(text: str, start: int, end: int) -> bool:
    """Whether the words around a therapy at `start:end` tell of its use.

    >>> to_patients("She was treated with pulse steroids followed by rituximab.", 48, 57)
    True
    >>> to_patients("Rituximab is an antibody.", 0, 9), to_patients("The availability of rituximab is limited.", 20, 29)
    (False, False)
    """
    before, after = text[max(0, start - _REACH) : start], text[end:]
    if not_given(text, start):
        return False
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


def not_given(text: str, start: int) -> bool:
    """Whether the words before a therapy speak of its price, its availability or a plan, and not of its use.

    >>> not_given("Despite the limited availability of rituximab, survival was good.", 36)
    True
    """
    return _NOT_GIVEN.search(text[max(0, start - _REACH) : start]) is not None
