"""Cue phrases in, one pattern out that is only run on sentences which can hold one of them.

A pattern of thirty alternatives tried at each position of each sentence is what a stage spends its time on, and most
sentences hold none. A cue must begin with the beginning of a word, so the first three letters of a sentence's words
tell whether any alternative can match; the pattern decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"\w+")
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_MAY = re.compile(
    r"\bMay(?=,? \d|,? (?:of )?(?:this|last|the same) year\b|"
    rf"(?:,? (?:and|or|to|through|until) |[-–—/]|, ?)(?:{_MONTHS}|\d))|"
    r"(?:(?<=\b[Ii]n )|(?<=\b[Oo]n )|(?<=\b[Bb]y )|(?<=\b[Oo]f )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Ff]rom )|"
    r"(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Dd]uring )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Mm]id-)|"
    r"(?<=\d )|(?<=\d(?:st|nd|rd|th) )|(?<=April[-–—/])|(?<=April to )|(?<=April and ))May\b"
)
_LEAD = re.compile(r"[^\W_]+")
_GROUP = re.compile(r"\(\?:([^()|]*(?:\|[^()|]*)*)\)")
_LENGTH = 3


def without_months(text: str) -> str:
    """The text with the month of May blotted out, so that it is not taken for the verb; offsets stay as they are.

    >>> without_months("On May 3, 2022, rituximab may have helped."), without_months("May rituximab help?")
    ('On *** 3, 2022, rituximab may have helped.', 'May rituximab help?')
    """
    return _MAY.sub("***", text) if "May" in text else text


class Cue:
    """Alternatives, each a regular expression that begins with letters, a digit, or a plain group of such.

    >>> cue = Cue("no", "absen(?:ce|t)", "(?:was|were) not")
    >>> [found.group() for found in cue.finditer("It was not absent.")]
    ['was not', 'absent']
    >>> cue.may_occur("Nothing of the kind."), cue.may_occur("There were none.")
    (False, True)

    Raises:
        ValueError: an alternative begins with neither, so that no first letters can be told.
    """

    __slots__ = ("_pattern", "_starts")

    def __init__(self, *alternatives: str) -> None:
        self._pattern = re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
        self._starts = frozenset(start for alternative in alternatives for start in _starts_of(alternative))

    def may_occur(self, sentence: str) -> bool:
        """Whether a word of the sentence begins as one of the alternatives does."""
        return not self._starts.isdisjoint(_starts(sentence))

    def search(self, text: str, *, within: str | None = None) -> re.Match[str] | None:
        """The first cue in a text. within: the sentence that the text is a part of, where it is one."""
        return self._pattern.search(text) if self.may_occur(within or text) else None

    def match(self, text: str, position: int) -> re.Match[str] | None:
        """The cue that stands at a position."""
        return self._pattern.match(text, position)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All cues in a text."""
        return self._pattern.finditer(text) if self.may_occur(text) else iter(())

    def last(self, text: str, *, within: str) -> re.Match[str] | None:
        """The last cue in a part of a sentence."""
        found = None
        if self.may_occur(within):
            for found in self._pattern.finditer(text):  # noqa: B007  # the last one is wanted
                pass
        return found


@lru_cache(maxsize=16)
def _starts(sentence: str) -> frozenset[str]:
    """The first letters of each word: the mentions of a sentence come one after the other, so few need keeping."""
    return frozenset([word[:_LENGTH] for word in _WORD.findall(sentence.lower())])


def _starts_of(alternative: str) -> Iterator[str]:
    group = _GROUP.match(alternative)
    if group is not None:
        rest = alternative[group.end() :]
        for option in group.group(1).split("|"):
            yield from _starts_of(option + rest)
        return
    lead = _LEAD.match(alternative)
    if lead is None:
        raise ValueError(f"cue {alternative!r}: expected letters, a digit or a plain group in front")
    letters, after = lead.group().lower(), alternative[lead.end() : lead.end() + 1]
    if after in ("?", "*"):
        # The last letter may be missing; what follows then is another start.
        yield from _starts_of(alternative[: lead.end() - 1] + alternative[lead.end() + 1 :]) if len(letters) > 1 else ()
    if (after == "[" and len(letters) < _LENGTH) or (after in ("(", "\\", ".") and len(letters) < _LENGTH):
        raise ValueError(f"cue {alternative!r}: expected {_LENGTH} letters before its first class or group")
    yield letters[:_LENGTH]
