"""A name as an ontology lists it in, whether a text would ever carry it, and as what, out.

General rules only, each with its reason; single names are taken away by the overlay's `exclude.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg import resources
from kg.lexicon.prepare import key
from kg.model import Name, Scope

_LONGEST = 100  # characters; above it a name is a definition
# Catalogue notes, not words of an author: "asthma, NOS", "lupus (disease)", "Scleroderma (& [systemic sclerosis])".
_CATALOGUE = re.compile(
    r"[\[\]{}<>]|\(&|\b(?:NOS|NEC|unspecified|not otherwise specified|not elsewhere classified|OBSOLETE)\b"
    r"|\bsusceptibility\b"
    r"|^(?:other|obsolete|types) |\bother than\b|^susceptib",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s*\((?:disease|disorder|finding|diagnosis|morphologic abnormality)\)$", re.IGNORECASE)
# "acute myeloid leukemia (AML)": a text that writes so defines the short form, which is a name of its own.
_DEFINED = re.compile(r"(?<=\w\w\w) \((?=[^()]*[A-Z])[A-Z][\w-]{1,7}\)$")
_HEAD = re.compile(r"([a-z]{2,})[ -]?\d+$")
_ROMAN = re.compile(r"[IVXL]+$")
# "ADHD", "SSc", "RA-ILD", "HIV/AIDS", "β-TM": short for other words.
_SHORT = re.compile(r"[^\W_][\w/.+αβγδεκ-]{0,11}$")
# Words that are names of things in an ontology's upper levels or in a genetic catalogue, never of a patient's disease.
_GENERIC = frozenset(
    """disease diseases disorder disorders condition syndrome syndromes illness symptom symptoms sign signs finding
    lesion lesions abnormality abnormalities malformation deformity injury injuries wound pathology complication
    complications infection infections deficiency dysfunction impairment insufficiency failure mutation carrier
    inheritance onset progressive recurrent acute chronic severe mild moderate congenital hereditary inherited all
    phenotype phenotypes trait response reaction toxicity poisoning stress trauma growth mass nodule nodules cyst
    cysts ulcer ulcers polyp polyps stone stones calculi calculus fistula death shock attack episode crisis
    inflammation degeneration atrophy hypertrophy hyperplasia dysplasia necrosis metaplasia anaplasia
    obstruction stenosis dilatation rupture perforation prolapse hernia adhesions deformities emergencies
    pathologic disability affected tumor""".split()  # noqa: SIM905
) - {"infection", "infections", "inflammation", "tumor", "ulcer", "hernia", "shock", "necrosis", "death", "fistula"}


@cache
def common_words() -> frozenset[str]:
    """Words of two to eight letters that stand in lower case in many abstracts (`ontologies/common_words.txt`)."""
    path = resources.folder("ontologies") / "common_words.txt"
    return frozenset(line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#"))


def tidy(name: str) -> str | None:
    """The name as an author writes it, or None where none would.

    >>> tidy("lupus (disease)"), tidy("asthma, NOS"), tidy("Scleroderma, systemic")
    ('lupus', None, 'Scleroderma, systemic')
    >>> tidy("acute myeloid leukemia (AML)")
    'acute myeloid leukemia'
    """
    text = _DEFINED.sub("", _SUFFIX.sub("", " ".join(name.split())))
    if not 2 <= len(text) <= _LONGEST or _CATALOGUE.search(text) or key(text) in _GENERIC:
        return None
    return text if any(character.isalpha() for character in text) else None


def is_short(text: str) -> bool:
    """Whether a name is short for others, so that its case counts and it may mean something else.

    >>> [is_short(name) for name in ("SSc", "RA-ILD", "lupus", "Sjögren syndrome", "T2DM", "COVID-19")]
    [True, True, False, False, True, True]
    """
    if not _SHORT.match(text) or text.islower():
        return False
    capitals = sum(character.isupper() for character in text)
    digits = sum(character.isdigit() for character in text)
    # Catalogues write whole words in capitals; a word of seven letters and more without a digit is none.
    return (capitals >= 2 and (len(text) <= 6 or digits > 0 or not text.isalpha())) or (capitals == 1 and digits > 0)


def condition(text: str, scope: Scope) -> Name | None:
    """A name of a disease or a phenotype, or None where it would be found in the wrong places.

    >>> condition("COPD", "exact"), condition("all", "exact"), condition("COLD", "abbreviation")
    (Name(text='COPD', scope='abbreviation'), None, None)
    """
    tidied = tidy(text)
    if tidied is None:
        return None
    if scope == "abbreviation" or is_short(tidied):
        # An English word in capitals is emphasis, a Roman numeral a stage; two letters mean too many things.
        word = tidied.lower()
        if len(tidied) < 3 or _ROMAN.match(tidied) or (word in common_words() and scope != "label"):
            return None
        # Three letters mean too much where the record does not say what; this field's own stand in the overlay.
        known = scope == "label" or len(tidied) > 3 or not tidied.isalpha()
        return Name(text=tidied, scope="abbreviation" if known else "related") if not tidied.islower() else None
    # An adjective or a verb's form that a layperson's synonym lists: "collecting", "unresponsive", "hyperplastic".
    if scope != "label" and " " not in tidied and tidied.endswith(("ing", "ed", "ive", "able", "tic", "ile", "ary")):
        return None
    return Name(text=tidied, scope=scope) if len(key(tidied)) >= 4 else None


def acronym_in_lower_case(text: str, labels: Iterable[str]) -> bool:
    """Whether a word is an acronym of a name, written in lower case as ontologies do: "cold", "arms", "rich".

    >>> acronym_in_lower_case("rich", ["rapidly involuting congenital hemangioma"])
    True
    >>> acronym_in_lower_case("stroke", ["stroke disorder"]), acronym_in_lower_case("flu", ["influenza"])
    (False, False)
    """
    if not text.isalpha() or len(text) > 6 or text.lower() not in common_words():
        return False
    word = text.lower()
    for label in labels:
        plain = key(label)
        if " " not in plain or word in plain.split() or plain[0] != word[0]:
            continue
        rest = iter(plain)
        if all(letter in rest for letter in word):
            return True
    return False


def symbol(text: str, *, approved: bool = False) -> bool:
    """Whether a gene's symbol or alias may stand for it: no word, no numeral, no unit, not of two letters.

    approved: the gene's own symbol, which may be a word and a number ("RAD51", "MAP9"). A gene alias whose lower-case
    form many abstracts use in lower case is a word first ("CAR", "SET", "IMPACT").

    >>> [symbol(name) for name in ("CD19", "BAFF", "AND", "IV", "T4", "B1", "p53")]
    [True, True, False, False, False, False, True]
    """
    bare = text.lower()
    letters = sum(character.isalpha() for character in text)
    if bare in common_words() or _ROMAN.match(text) or letters == 0:
        return False
    if letters == 1:  # "p53", "S100": a letter and two digits at least; "B1", "T4" are too much else
        return sum(character.isdigit() for character in text) >= 2 and text[0] in "pS"
    # "AND-1", "ARM2": a word and a number, as any text counts things.
    head = _HEAD.match(bare)
    if head is not None and head[1] in common_words() and not (approved and len(text) > 3):
        return False
    return (len(text) >= 3 and not text.islower()) or (
        text.islower() and any(c.isdigit() for c in text) and len(text) > 3
    )
