"""Text in, the same text of the same length made ready for matching out: lower case, no marks, blanks for punctuation.

One table, one `str.translate`: offsets in the prepared text are offsets in the original. Names go through the same
table, so that a name and the text that spells it meet (`Sjögren's` and `Sjogren’s` both become `sjogren s`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_BLANKS = re.compile(r" +")
_RUNS = re.compile(r"  +")
# Letters with a stroke have no decomposition, and authors drop the stroke; the micro sign is a mu.
_SPECIAL = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i", "µ": "μ"}


class _Lazy(dict[int, str]):
    """Code point -> one character, filled as characters are met: building it whole would cost every start 0.3 s."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        self[point] = value = _fold(character)
        return value


def _fold(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if not character.isalnum():
        return " "
    base = "".join(c for c in unicodedata.normalize("NFKD", character).lower() if not unicodedata.combining(c))
    if len(base) == 1:
        return base if base.isalnum() else " "
    # A ligature or "ß" folds to several letters; the length has to stay, so the character stays.
    return character.lower() if len(character.lower()) == 1 else character


_TABLE = _Lazy()


def prepare(text: str) -> str:
    """The text ready for matching, of the same length.

    >>> prepare("Anti-Jo-1, Sjögren’s")
    'anti jo 1  sjogren s'
    """
    return text.translate(_TABLE)


def key(name: str) -> str:
    """A name ready for look-up: prepared, single blanks, none at the ends.

    >>> key(" (SSc)-ILD ")
    'ssc ild'
    """
    return _BLANKS.sub(" ", prepare(name)).strip()


class Squeezed:
    """Prepared text with every run of blanks made one blank, and the way back to the original offsets.

    Names hold single blanks; a text puts brackets, dashes and full stops between its words.

    >>> squeezed = Squeezed("antigen receptor (CAR)-T")
    >>> squeezed.text
    ' antigen receptor car t '
    >>> squeezed.original(squeezed.text.index("t "))
    23
    """

    __slots__ = ("_marks", "_shifts", "text")

    def __init__(self, text: str) -> None:
        padded = f" {prepare(text)} "
        self._marks: list[int] = [0]
        self._shifts: list[int] = [-1]  # the blank put before the text
        removed = 0
        for run in _RUNS.finditer(padded):
            self._marks.append(run.start() + 1 - removed)
            removed += run.end() - run.start() - 1
            self._shifts.append(removed - 1)
        self.text = _RUNS.sub(" ", padded) if removed else padded

    def original(self, position: int) -> int:
        """The offset in the text as given of a position in `text` that is no blank."""
        return position + self._shifts[bisect_right(self._marks, position) - 1]
