"""Words in a sentence that are not what they look like: the month of May, the disease that a vaccine is for.

And how wordings are looked for where most sentences have none (`Needing`).

Finding, grounding and relating all have to know, and none may ask the other.
"""

from __future__ import annotations

import re


class Needing:
    """A pattern, read without regard to case, that is only tried where letters stand one of which any match holds.

    >>> pattern = Needing(r"\\b(?:died|deaths?) of $", needs="died|death")
    >>> pattern.search("Two died of ") is not None, pattern.search("Two fell ill of ") is not None
    (True, False)
    """

    __slots__ = ("letters", "pattern")

    def __init__(self, pattern: str, *, needs: str) -> None:
        """pattern, needs: in lower case, as the text is read; needs: the letters, a bar between them."""
        self.pattern = re.compile(pattern)
        self.letters = tuple(needs.split("|"))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text, in lower case."""
        # With case to be let pass, the engine would not look at first letters, and take two to six times as long.
        lower = text.lower()
        for letters in self.letters:
            if letters in lower:
                return self.pattern.search(lower)
        return None


_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_MAY = re.compile(
    r"\bMay(?=,? \d|,? (?:of )?(?:this|last|the same) year\b|"
    rf"(?:,? (?:and|or|to|through|until) |[-–—/]|, ?)(?:{_MONTHS}|\d))|"
    r"(?:(?<=\b[Ii]n )|(?<=\b[Oo]n )|(?<=\b[Bb]y )|(?<=\b[Oo]f )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Ff]rom )|"
    r"(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Dd]uring )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Mm]id-)|"
    r"(?<=\d )|(?<=\d(?:st|nd|rd|th) )|(?<=April[-–—/])|(?<=April to )|(?<=April and ))May\b"
)
_NOT_ITSELF_AFTER = re.compile(
    r"^(?: \([^)]*\))?[ -](?:(?:mRNA|booster|spike|virus|viral|specific|vector)[ -])?"
    r"(?:vaccin\w+|immuni[sz]ations?|boosters?|titers?|titres?|antibod\w+|serolog\w+|screening|tests?|testing|"
    r"pandemic|mRNA)\b",
    re.IGNORECASE,
)
_NOT_ITSELF_BEFORE = Needing(
    r"\b(?:vaccin\w+|immuni[sz]\w+|protection|screen\w*|test\w*) (?:against|for) (?:[\w-]+ ){0,2}$",
    needs="against|for",
)


def without_months(text: str) -> str:
    """The text with the month of May blotted out, so that it is not taken for the verb; offsets stay as they are.

    >>> without_months("On May 3, 2022, rituximab may have helped."), without_months("May rituximab help?")
    ('On *** 3, 2022, rituximab may have helped.', 'May rituximab help?')
    """
    return _MAY.sub("***", text) if "May" in text else text


def not_itself(sentence: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` only name what a vaccine or a test is for."""
    return (
        _NOT_ITSELF_BEFORE.search(sentence[:start]) is not None or _NOT_ITSELF_AFTER.match(sentence[end:]) is not None
    )
