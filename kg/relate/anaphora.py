"""A sentence in, the diseases that its "these conditions" or "autoimmune diseases" stand for out, with the antecedent.

Resolved only when sure: a demonstrative takes the diseases of the nearest sentence before it, in the same section; a
class takes the members that the document itself lists for it ("autoimmune diseases, including A, B and C").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from kg.relate.view import Named, Sentence, View

_DEMONSTRATIVE = re.compile(
    r"\b(?:these|those|such|the(?:se)? (?:above|former|aforementioned)|the aforementioned|both)\s+(?:\w+[- ]){0,2}?"
    r"(?:conditions|diseases|disorders|entities|illnesses|indications|syndromes|pathologies)\b"
    r"|\bthis (?:\w+[- ])?(?:condition|disease|disorder|entity|illness|syndrome)\b",
    re.IGNORECASE,
)
# Without one of these words no demonstrative need be looked for.
_KINDS = ("condition", "disease", "disorder", "entit", "illness", "indication", "syndrome", "patholog")
_LISTS = re.compile(
    r"^[\s,:(\-–]*(?:\([^)]*\)[\s,]*)?(?:(?:including|include|includes|such as|namely|e\.g\.,?|i\.e\.,?|like|"
    r"for example|for instance)\b[\s,:]*|:\s*|\()(?:but not limited to\s+)?"
    r"(?:[\w'’-]+\s+){0,4}$",
    re.IGNORECASE,
)
# What may stand between two members of a list: a separator, brackets with short forms, a few words of detail.
_WITHIN = re.compile(
    r"^\s*(?:\)|\([^()]*\))?\s*(?:(?:,|;|/|\band\b|\bor\b|as well as|&)\s*)+(?:[\w'’-]+\s+){0,3}\(?$", re.IGNORECASE
)
_SHORT_FORM = re.compile(r"^\s*\(\s*$")  # "systemic sclerosis (SSc"
_BACK = 3  # sentences a demonstrative may reach back


class Antecedent(msgspec.Struct, frozen=True):
    """What an expression stands for: the diseases, and the words that name them (offsets into the document)."""

    diseases: tuple[str, ...]
    start: int
    end: int


class Anaphor(msgspec.Struct, frozen=True):
    """An expression in a sentence (offsets into it) with each antecedent that is sure."""

    start: int
    end: int
    antecedents: tuple[Antecedent, ...]


def anaphors(sentence: Sentence) -> Iterator[Anaphor]:
    """The expressions in a sentence that stand for diseases named elsewhere in its document.

    A class named in the sentence itself ("autoimmune diseases") stands for the members listed elsewhere.
    """
    view = sentence.view
    for found in _DEMONSTRATIVE.finditer(sentence.text) if _named_a_kind(sentence.text) else ():
        singular = found.group().lower().startswith("this")
        sure = tuple(_resolve(sentence, singular=singular))
        if sure:
            yield Anaphor(found.start(), found.end(), sure)
    for named in sentence.of_type("disease"):
        listed = tuple(a for a in _members(view, named.term, exactly=True) if not _same(sentence, a))
        if listed:
            yield Anaphor(named.start, named.end, listed)


def demonstrates(text: str) -> bool:
    """Whether a sentence has an expression such as "these conditions", resolved or not.

    >>> demonstrates("It was tested in this disease."), demonstrates("It was tested.")
    (True, False)
    """
    return _named_a_kind(text) and _DEMONSTRATIVE.search(text) is not None


def _named_a_kind(text: str) -> bool:
    lower = text.lower()
    return any(kind in lower for kind in _KINDS)


@lru_cache(maxsize=4)
def enumerations(view: View) -> tuple[tuple[Named, Sentence, tuple[Named, ...]], ...]:
    """Each class of diseases the document itself lists, with its sentence and the members."""
    return tuple(_enumerations(view))


def _enumerations(view: View) -> Iterator[tuple[Named, Sentence, tuple[Named, ...]]]:
    for sentence in view.sentences:
        if not sentence.own:
            continue
        diseases = sentence.of_type("disease")
        for index, head in enumerate(diseases[:-1]):
            if _LISTS.match(sentence.text[head.end : diseases[index + 1].start]) is None:
                continue
            members = [diseases[index + 1]]
            for before, after in zip(diseases[index + 1 :], diseases[index + 2 :], strict=False):
                if not _listed(sentence, before, after):
                    break
                members.append(after)
            # "Systemic lupus erythematosus (SLE)" lists nothing; a disease is no class of others.
            if head.term not in {named.term for named in members} and _class(sentence, head, members):
                yield head, sentence, tuple(members)
                break


def _resolve(sentence: Sentence, *, singular: bool) -> Iterator[Antecedent]:
    view = sentence.view
    for earlier in reversed(view.sentences[max(0, sentence.number - _BACK) : sentence.number]):
        if earlier.section != sentence.section and earlier.section != "title":
            return
        diseases = earlier.of_type("disease")
        if not diseases:
            continue
        if singular:
            if len({named.term for named in diseases}) == 1:
                yield _of(earlier, diseases[:1])
            return
        nearest = _last_group(earlier, diseases)
        yield _of(earlier, nearest)
        for named in nearest:
            yield from _members(view, named.term)
        return


def _last_group(sentence: Sentence, diseases: tuple[Named, ...]) -> tuple[Named, ...]:
    """The last disease of a sentence with those it is listed with."""
    group = [diseases[-1]]
    for before, after in zip(reversed(diseases[:-1]), reversed(diseases), strict=False):
        if not _listed(sentence, before, after):
            break
        group.insert(0, before)
    return tuple(group)


def _class(sentence: Sentence, head: Named, members: list[Named]) -> bool:
    """Whether the head of a list is a class of diseases: in the plural, or above one of the members."""
    words = sentence.text[head.start : head.end]
    plural = words.endswith("s") and not words.endswith(("is", "us"))
    return plural or any(sentence.view.is_kind_of(named.term, head.term) for named in members)


def _listed(sentence: Sentence, before: Named, after: Named) -> bool:
    gap = sentence.text[before.end : after.start]
    return _WITHIN.match(gap) is not None or (before.term == after.term and _SHORT_FORM.match(gap) is not None)


def _members(view: View, class_: str, *, exactly: bool = False) -> Iterator[Antecedent]:
    """The document's own list for a class: under its name or, unless `exactly`, under a wider or narrower one.

    A wider or narrower list counts where most of its members stand below the class.
    """
    for head, sentence, members in enumerations(view):
        below = sum(view.is_kind_of(named.term, class_) for named in members)
        wider = not exactly and below * 2 > len(members) and _related(view, head.term, class_)
        if head.term == class_ or wider:
            yield _of(sentence, (head, *members), diseases=members)


def _related(view: View, one: str, other: str) -> bool:
    return view.is_kind_of(one, other) or view.is_kind_of(other, one)


def _of(sentence: Sentence, named: tuple[Named, ...], *, diseases: tuple[Named, ...] | None = None) -> Antecedent:
    terms = tuple(dict.fromkeys(item.term for item in (named if diseases is None else diseases)))
    end = named[-1].end
    # A short form in brackets right behind the last one belongs to it.
    closing = re.match(r"\s*\([^()]{1,20}\)|\)", sentence.text[end:])
    end += closing.end() if closing else 0
    return Antecedent(terms, sentence.span.start + named[0].start, sentence.span.start + end)


def _same(sentence: Sentence, antecedent: Antecedent) -> bool:
    return sentence.span.start <= antecedent.start < sentence.span.end
