"""Text in, the same text of the same length made ready for matching out: lower case, no marks, blanks for punctuation.

One table, one `str.translate`: offsets in the prepared text are offsets in the original. Names go through the same
table, so that a name and the text that spells it meet (`Sjögren's` and `Sjogren’s` both become `sjogren s`).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Final

_ASCII: Final = bytes(range(128))
_FEW: Final = 24  # characters that are quicker replaced one by one: English text holds no more that are not ASCII
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
        return _SPECIAL.get(base, base) if base.isalnum() else " "
    # A ligature or "ß" folds to several letters; the length has to stay, so the character stays.
    return character.lower() if len(character.lower()) == 1 else character


_TABLE = _Lazy()


def prepare(text: str) -> str:
    """The text ready for matching, of the same length.

    >>> prepare("Anti-Jo-1, Sjögren’s")
    'anti jo 1  sjogren s'
    """
    if text.isascii():
        return text.encode().translate(_bytes()).decode()
    # One character beyond ASCII makes `str.translate` twenty times slower; so these few are folded one by one.
    raw = text.encode("utf-8", "surrogatepass")
    others = set(raw.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if len(others) > _FEW:
        return text.translate(_TABLE)
    folded = raw.translate(_bytes()).decode("utf-8", "surrogatepass")
    for character in others:
        folded = folded.replace(character, _TABLE[ord(character)])
    return folded


def lowered(text: str) -> str:
    """The text in lower case, of the same length: a letter whose small form is two stays as it is.

    >>> lowered("Anti-CD19"), len(lowered("İ"))
    ('anti-cd19', 1)
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """A name ready for look-up: prepared, single blanks, none at the ends.

    >>> key(" (SSc)-ILD ")
    'ssc ild'
    """
    return " ".join(prepare(name).split())


class Squeezed:
    """Prepared text with every run of blanks made one blank, and the way back to the original offsets.

    Names hold single blanks; a text puts brackets, dashes and full stops between its words. A blank stands at both
    ends.

    >>> squeezed = Squeezed("antigen receptor (CAR)-T")
    >>> squeezed.text
    ' antigen receptor car t '
    >>> squeezed.original(squeezed.text.index("t "))
    23
    """

    __slots__ = ("_shifts", "_starts", "text")

    def __init__(self, text: str) -> None:
        prepared = prepare(text)
        self.text = f" {prepared} "
        self._starts, self._shifts = [0], [-1]
        if "  " in self.text:
            self._squeeze(prepared)

    def _squeeze(self, prepared: str) -> None:
        """Takes the blanks out, and notes of each piece between two runs where it begins and how far it moved."""
        inner = prepared.lstrip()
        start, shift = 1, len(prepared) - len(inner) - 1
        pieces, starts, shifts = [], [], []
        for piece in inner.rstrip().split("  "):
            if piece:
                if piece[0] == " ":
                    piece = piece[1:]
                    shift += 1
                pieces.append(piece)
                starts.append(start)
                shifts.append(shift)
                start += len(piece) + 1
                shift += 1
            else:
                shift += 2
        self.text = f" {' '.join(pieces)} " if pieces else " "
        self._starts, self._shifts = starts, shifts

    def original(self, position: int) -> int:
        """The offset in the text as given of a position in `text` that is no blank."""
        return position + self._shifts[bisect_right(self._starts, position) - 1]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The same of a stretch that neither begins nor ends in a blank."""
        starts, shifts = self._starts, self._shifts
        number = bisect_right(starts, start)
        shift = shifts[number - 1]
        if number == len(starts) or end <= starts[number]:
            return start + shift, end + shift
        return start + shift, self.original(end - 1) + 1


@lru_cache(maxsize=1)
def squeezed(text: str) -> Squeezed:
    """The text squeezed, once for all stages that a record goes through."""
    return Squeezed(text)


@cache
def _bytes() -> bytes:
    return bytes(ord(_fold(chr(point))) if point < 128 else point for point in range(256))
