"""A sentence in, what its "this therapy", "the former" and "both patients" stand for out, with the antecedent.

Resolved only when one reading is left: "this therapy" where the sentences before name one, "the former" where the
sentence before names two, "both patients" where a sentence before counts two by their diseases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from kg.relate import patients
from kg.relate.anaphora import Antecedent
from kg.relate.view import Named, Sentence

_THIS: Final = re.compile(
    r"\b(?:this|these|such)\s+(?:[\w-]+\s+){0,2}?(?:therap(?:y|ies)|treatments?|approach|strategy|product|drug|"
    r"agent|antibody|"
    r"cells|construct|regimen|intervention|biologic|inhibitor|molecule)\b(?! (?:of|for|options?))|"
    r"\bthe (?:drug|antibody|product|infused cells|cell product|agent)\b(?! (?:of|for|class))",
    re.IGNORECASE,
)
_FORMER: Final = re.compile(r"\bthe (?P<which>former|latter)\b(?! (?:half|group|period|part))", re.IGNORECASE)
_PATIENTS: Final = re.compile(
    rf"\b(?:(?P<n>both)|all (?:of the )?(?P<all>{patients.NUMBER})|(?P<these>these|all))(?: of (?:the|"
    rf"these))?(?: \w+)? "
    r"(?:patients|cases|children|women|men|participants|subjects|individuals)\b",
    re.IGNORECASE,
)
_BACK: Final = 3  # sentences that an expression may reach back


class Resolved(msgspec.Struct, frozen=True):
    """An expression at `start:end` of a sentence, and the therapy or the diseases it stands for."""

    start: int
    end: int
    therapy: Named | None
    antecedent: Antecedent


def may_stand(text: str) -> bool:
    """Whether a sentence has words that may stand for a therapy named before it: a quick look.

    >>> may_stand("This drug was used in SSc."), may_stand("Rituximab was used in SSc.")
    (True, False)
    """
    lower = text.lower()
    if not any(hint in lower for hint in ("this ", "these ", "such ", "the ")):
        return False
    return _THIS.search(text) is not None or (
        ("former" in lower or "latter" in lower) and _FORMER.search(text) is not None
    )


def therapies(sentence: Sentence) -> Iterator[Resolved]:
    """The expressions of a sentence that stand for one therapy named before it."""
    if not sentence.own:
        return
    for found in _THIS.finditer(sentence.text):
        if any(named.start < found.end() and found.start() < named.end for named in sentence.of_type("therapy")):
            continue
        for earlier in _before(sentence):
            named = _distinct(earlier, "therapy")
            if named:
                if len(named) == 1:
                    yield _of(found, earlier, named[0], therapy=True)
                break
    for found in _FORMER.finditer(sentence.text):
        yield from _one_of_two(sentence, found, "therapy", other="disease")


def diseases(sentence: Sentence) -> Iterator[Resolved]:
    """The expressions of a sentence that stand for diseases, or for patients counted by their diseases, before it."""
    if not sentence.own:
        return
    for found in _FORMER.finditer(sentence.text):
        yield from _one_of_two(sentence, found, "disease", other="therapy")
    for found in _PATIENTS.finditer(sentence.text):
        for earlier in _before(sentence):
            named = earlier.of_type("disease")
            if not named:
                continue
            counted = [(one, patients.of_disease(earlier.text, one.start, one.end)) for one in named]
            numbers = [number for _, number in counted if number is not None]
            wanted = 2 if found["n"] else patients.value(found["all"]) if found["all"] else sum(numbers)
            if len(numbers) == len({one.term for one in named}) > 1 and sum(numbers) == wanted:
                terms = tuple(dict.fromkeys(one.term for one in named))
                start = earlier.span.start
                antecedent = Antecedent(terms, start + named[0].start, start + named[-1].end)
                yield Resolved(found.start(), found.end(), None, antecedent)
            break


def _one_of_two(sentence: Sentence, found: re.Match[str], type_: str, *, other: str) -> Iterator[Resolved]:
    """The former or the latter of what the nearest sentence names just two of."""
    for earlier in _before(sentence):
        named = _distinct(earlier, type_)
        if len(named) == 2 and len(_distinct(earlier, other)) != 2:
            yield _of(found, earlier, named[found["which"].lower() == "latter"], therapy=type_ == "therapy")
        return


def _before(sentence: Sentence) -> Iterator[Sentence]:
    """The sentences before it that an expression may reach: of the same section, the nearest first, then the title."""
    view = sentence.view
    for earlier in reversed(view.sentences[max(0, sentence.number - _BACK) : sentence.number]):
        if earlier.section in (sentence.section, "title"):
            yield earlier


def _distinct(sentence: Sentence, type_: str) -> tuple[Named, ...]:
    """The first mention of each term of a type, in text order."""
    found: dict[str, Named] = {}
    for named in sentence.of_type(type_):
        found.setdefault(named.term, named)
    return tuple(found.values())


def _of(found: re.Match[str], earlier: Sentence, named: Named, *, therapy: bool) -> Resolved:
    start = earlier.span.start
    terms = () if therapy else (named.term,)
    antecedent = Antecedent(terms, start + named.start, start + named.end)
    return Resolved(found.start(), found.end(), named if therapy else None, antecedent)
