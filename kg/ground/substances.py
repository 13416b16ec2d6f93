"""A sentence or record in, what it names or tells of substances out, whether or not the vocabulary has them.

Drugs' international nonproprietary names end in stems that tell their class (WHO, "The use of stems in the selection of
INN", 2018: -mab, -nib, -cillin, -statin). They are no mentions; what began under one of them is a harm all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

    >>> text = "Fever after sunitinib or cefixime, not after neostatin; stem-cell therapy"
    >>> [text[start:end] for start, end in spans(text)]
    ['sunitinib', 'cefixime', 'stem-cell therapy']
    """
    low = lowered(text)
    found = dict.fromkeys(_drugs(low))
    for word in _GIVEN_AS:
        at = low.find(word)
        while at >= 0:
            what, given = _WHAT.search(text, max(0, at - 27), at), _GIVEN.match(text, at)
            if what is not None and given is not None:
                found[what.start(), given.end()] = None
            at = low.find(word, at + 1)
    return tuple(found)


def _drugs(low: str) -> Iterator[tuple[int, int]]:
    automaton, beginning = _forms()
    for first, last, pattern in automaton.find_overlapping(low):
        start, end = first, last
        if pattern >= beginning:
            if low[first - 1 : first].isalpha():
                continue
            while low[end : end + 1].isalpha():
                end += 1
        else:
            end += low[end : end + 1] == "s"
            if low[end : end + 1].isalpha():
                continue
            while start and low[start - 1].isalpha():
                start -= 1
        if _LEAST <= end - start <= _MOST and not _OTHER.fullmatch(low, start, end):
            yield start, end


@cache
def _forms() -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, int]:
    """What finds all endings and beginnings at once, and the number of the first beginning."""
    endings = _ENDINGS.split()
    return daachorse.CharwiseDoubleArrayAhoCorasick([*endings, *_BEGINNINGS]), len(endings)


def tells_of_harm(text: str) -> bool:
    """Whether a record is about what substances do to people, whether or not the vocabulary knows the substances.

    >>> tells_of_harm("Seizures induced by flumazenil overdose"), tells_of_harm("Seizures in childhood")
    (True, False)
    >>> tells_of_harm("Steroid-related myopathy"), tells_of_harm("Age-related macular degeneration")
    (True, False)
    """
    low = text.lower()
    return any(letters in low and pattern.search(text) is not None for letters, pattern in _SUBSTANCE)
