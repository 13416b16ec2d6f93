"""A sentence or record in, what it names or tells of substances out, whether or not the vocabulary has them.

Drugs' international nonproprietary names end in stems that tell their class (WHO, "The use of stems in the selection of
INN", 2018: -mab, -nib, -cillin, -statin). They are no mentions; what began under one of them is a harm all the same.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache

import daachorse

from kg.lexicon.prepare import lowered

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
_BEGINNINGS = ("cef", "sulfa", "sulpha")
_LEAST, _MOST = 5, 24  # letters of a drug's name
_GIVEN = re.compile(r" (?:therapy|infusions?|overdos\w+|ingestion)\b")
_GIVEN_AS = (" therapy", " infusion", " overdos", " ingestion")
_WHAT = re.compile(
    r"(?<![\w-])(?!(?:of|the|this|that|any|and|for|with|physical|occupational|exercise|replacement)$)[a-z][\w-]{3,25}$"
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
# What a text about substances and their harms says: letters, and the pattern that has to hold where they stand.
_SUBSTANCE = {
    "toxicit": "toxicit",
    "-induced": r"(?<=\w{3})-induced\b",
    "induced by": r"\binduced by\b",
    "toxic": r"\btoxic\b",
    "side effect": r"\bside effects?\b",
    "side-effect": r"\bside-effects?\b",
    "overdos": r"\boverdos",
    "intoxication": r"\bintoxication",
    "adverse": r"\badverse (?:drug )?(?:effect|event|reaction|experience)s?\b",
    "drug reaction": r"\bdrug reactions?\b",
    "withdrawal of": r"\bwithdrawal of (?:the )?drug",
}
# The same of the word in front: "age-related" and "HIV-associated" tell of no substance.
_OF_SUBSTANCE = {letters: rf"{_TAKEN}{letters}\b" for letters in ("-related", "-associated")}


class _Letters(Enum):
    """What letters that are looked for may be part of."""

    ENDING = auto()
    BEGINNING = auto()
    THERAPY = auto()
    HARM = auto()
    HARM_OF = auto()


class Substances:
    """What a text names and tells of substances. Immutable.

    spans: where words with the form of a drug's name, and "X therapy", stand (code points, half open). harm: whether
    the text is about what substances do to people, whether or not the vocabulary knows the substances.

    >>> text = "Fever after sunitinib or cefixime, not after neostatin; stem-cell therapy"
    >>> [text[start:end] for start, end in Substances(text).spans]
    ['sunitinib', 'cefixime', 'stem-cell therapy']
    >>> Substances("Seizures induced by flumazenil overdose").harm, Substances("Seizures in childhood").harm
    (True, False)
    >>> Substances("Steroid-related myopathy").harm, Substances("Age-related macular degeneration").harm
    (True, False)
    """

    __slots__ = ("harm", "spans")

    def __init__(self, text: str) -> None:
        low = lowered(text)
        found: list[tuple[int, int]] = []
        harm = False
        automaton, letters = _letters()
        for first, last, number in automaton.find_overlapping(low):
            kind, pattern = letters[number]
            if kind is _Letters.ENDING or kind is _Letters.BEGINNING:
                span = _drug(low, first, last, begins=kind is _Letters.BEGINNING)
                if span is not None:
                    found.append(span)
            elif kind is _Letters.THERAPY:
                what, given = _WHAT.search(text, max(0, first - 27), first), pattern.match(text, first)
                if what is not None and given is not None:
                    found.append((what.start(), given.end()))
            elif not harm:
                start = first if kind is _Letters.HARM else _beginning(low, first)
                harm = pattern.match(text, start) is not None
        self.spans = tuple(dict.fromkeys(found))
        self.harm = harm


def _drug(low: str, first: int, last: int, *, begins: bool) -> tuple[int, int] | None:
    """The word with the form of a drug's name whose beginning or ending stands at a place."""
    start, end = first, last
    if begins:
        if low[first - 1 : first].isalpha():
            return None
        while low[end : end + 1].isalpha():
            end += 1
    else:
        end += low[end : end + 1] == "s"
        if low[end : end + 1].isalpha():
            return None
        while start and low[start - 1].isalpha():
            start -= 1
    if _LEAST <= end - start <= _MOST and not _OTHER.fullmatch(low, start, end):
        return start, end
    return None


def _beginning(low: str, end: int) -> int:
    """Where the word that ends at a place begins."""
    while end and (low[end - 1].isalnum() or low[end - 1] == "_"):
        end -= 1
    return end


@cache
def _letters() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, tuple[tuple[_Letters, re.Pattern[str]], ...]]:
    """What finds all letters at once; for each what they may be part of, and the pattern that tells."""
    rules = dict.fromkeys(_ENDINGS.split(), (_Letters.ENDING, _OTHER))
    rules |= dict.fromkeys(_BEGINNINGS, (_Letters.BEGINNING, _OTHER))
    rules |= dict.fromkeys(_GIVEN_AS, (_Letters.THERAPY, _GIVEN))
    rules |= {told: (_Letters.HARM, re.compile(rule, re.IGNORECASE)) for told, rule in _SUBSTANCE.items()}
    rules |= {told: (_Letters.HARM_OF, re.compile(rule, re.IGNORECASE)) for told, rule in _OF_SUBSTANCE.items()}
    return daachorse.CharwiseDoubleArrayAhoCorasick([*rules]), tuple(rules.values())
