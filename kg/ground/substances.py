"""A sentence or record in, what it names or tells of substances out, whether or not the vocabulary has them.

Drugs' international nonproprietary names end in stems that tell their class (WHO, "The use of stems in the selection of
INN", 2018: -mab, -nib, -cillin, -statin). They are no mentions; what began under one of them is a harm all the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ENDINGS = (
    "acetonide amiodarone antoin apine arabinoside asparaginase aspirin azepine azine azole bactam barbital "
    "bortezomib butol caine carbimazole cept ciclib cillin citabine codeine colchicine conazole coxib cromil "
    "curonium cycline cypromine degib digoxin dipine dronate faxine fenac fentanyl fibrate floxacin fluorouracil "
    "flurane formin fosfamide gatran gliflozin gliptin glitazone grastim idone imod interferon ketamine lamide "
    "levodopa lithium lomide lukast mab mercaptopurine metasone methimazole micin morphine mustine mycin niazid "
    "nib olol olone onide oxacin oxetine oxicam parib parin penem penicillamine peridol phenytoin platin pramine "
    "prazole pril profen promazine propofol prost quine ribavirin rifampicin rifampin rolimus rubicin salazine "
    "sartan semide setron solone sone tadine taxel tecan thiazide thioprine thiouracil tidine tramadol tretinoin "
    "trexate trimethoprim triptan triptyline valproate vastatin vinblastine vincristine vir vudine warfarin "
    "xaban xalone zepam zolam zolid oxen sterone estradiol estrogen"
)
_STEMS = tuple(stem for ending in _ENDINGS.split() for stem in (ending, f"{ending}s"))
_BEGINNINGS = ("cef", "sulfa", "sulpha")
_WORD = re.compile(r"[^\W\d_]{5,24}")
_GIVEN = re.compile(
    r"(?<![\w-])(?!(?:of|the|this|that|any|and|for|with|physical|occupational|exercise|replacement)\b)"
    r"[a-z][\w-]{3,25} (?:therapy|infusions?|overdos(?:es?|age|ing)|ingestion)\b"
)
_GIVEN_AS = frozenset(
    {"therapy", "infusion", "infusions", "overdose", "overdoses", "overdosage", "overdosing", "ingestion"}
)
# Proteins and words that end like drugs.
_OTHER = re.compile(
    r"(?:endo|neo|angio|cysta|somato|folli|myo)statins?|april|(?:ex|con|ac|inter|per|pre|sus)cepts?|methicillin|"
    r"magazines?|persone?"
)
_TAKEN = (
    r"(?:drugs?|treatment|\w*therapy|medication|dose|infusion|injection|vaccine|vaccination|contrast|opioid|"
    r"\w*steroid|\w*corticoid|antibiotic|alcohol|heparin|an(?:a)?esthesia|inhibitor|\w{3,}(?:mab|nib|statin|ine|mycin))"
)
# What a text about substances and their harms says; each pattern is only tried where its letters stand.
_SUBSTANCE = tuple(
    (letters, re.compile(pattern, re.IGNORECASE))
    for letters, pattern in (
        ("toxicit", "toxicit"),
        ("-induced", r"(?<=\w{3})-induced\b"),
        # "Age-related" and "HIV-associated" tell of no substance.
        ("-related", rf"\b{_TAKEN}-related\b"),
        ("-associated", rf"\b{_TAKEN}-associated\b"),
        ("induced by", r"\binduced by\b"),
        ("toxic", r"\btoxic\b"),
        ("side effect", r"\bside effects?\b"),
        ("side-effect", r"\bside-effects?\b"),
        ("overdos", r"\boverdos"),
        ("intoxication", r"\bintoxication"),
        ("adverse", r"\badverse (?:drug )?(?:effect|event|reaction|experience)s?\b"),
        ("drug reaction", r"\bdrug reactions?\b"),
        ("withdrawal of", r"\bwithdrawal of (?:the )?drug"),
    )
)


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where words with the form of a drug's name, and "X therapy", stand (code points, half open).

    >>> spans("Fever after sunitinib, not after neostatin")
    ((12, 21),)
    """
    # Most texts hold none, which the set of their words tells.
    words = set(_WORD.findall(text.lower()))
    found = []
    if any(map(_is_drug, words)):
        found += [word.span() for word in _WORD.finditer(text) if _is_drug(word[0].lower())]
    if not _GIVEN_AS.isdisjoint(words):
        found += [given.span() for given in _GIVEN.finditer(text)]
    return tuple(found)


@lru_cache(maxsize=65_536)
def _is_drug(word: str) -> bool:
    return (word.endswith(_STEMS) or word.startswith(_BEGINNINGS)) and not _OTHER.fullmatch(word)


def tells_of_harm(text: str) -> bool:
    """Whether a record is about what substances do to people, whether or not the vocabulary knows the substances.

    >>> tells_of_harm("Seizures induced by flumazenil overdose"), tells_of_harm("Seizures in childhood")
    (True, False)
    >>> tells_of_harm("Steroid-related myopathy"), tells_of_harm("Age-related macular degeneration")
    (True, False)
    """
    lower = text.lower()
    return any(letters in lower and pattern.search(text) is not None for letters, pattern in _SUBSTANCE)
