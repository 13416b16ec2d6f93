"""Text in, the same text of the same length made ready for matching out: lower case, no marks, blanks for punctuation.

One table, one `str.translate`: offsets in the prepared text are offsets in the original. Names go through the same
table, so that a name and the text that spells it meet (`Sjögren's` and `Sjogren’s` both become `sjogren s`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Code points below are folded by a table; above stand the scripts of East Asia, symbols and what few records hold.
_TABLED: Final = 0x3000
_BLANK: Final = 32
_SHORT: Final = 300  # characters below which most texts hold no two blanks in a row, and none has to be taken out
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
_BEYOND = re.compile(r"[^\x00-\x7f]")


def prepare(text: str) -> str:
    """The text ready for matching, of the same length.

    >>> prepare("Anti-Jo-1, Sjögren’s")
    'anti jo 1  sjogren s'
    """
    if text.isascii():
        return text.encode().translate(_bytes()).decode()
    # One character beyond ASCII makes `str.translate` twenty times slower; so these few are folded one by one.
    folded = text.encode("utf-8", "surrogatepass").translate(_bytes()).decode("utf-8", "surrogatepass")
    return _BEYOND.sub(_folded, folded)


def _folded(character: re.Match[str]) -> str:
    return _TABLE[ord(character[0])]


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

    __slots__ = ("_places", "text")

    def __init__(self, text: str) -> None:
        self._places: NDArray[np.intp] | None = None
        if len(text) < _SHORT:
            self.text = f" {prepare(text)} "
            if "  " not in self.text:
                return
        padded, code = _padded(text)
        blank = padded == _BLANK
        kept = np.ones(len(padded), dtype=np.bool_)
        np.logical_not(blank[1:] & blank[:-1], out=kept[1:])
        self._places = np.flatnonzero(kept) - 1  # the blank put before the text
        self.text = padded[kept].tobytes().decode(code, "surrogatepass")

    def original(self, position: int) -> int:
        """The offset in the text as given of a position in `text` that is no blank."""
        return position - 1 if self._places is None else self._places.item(position)


@lru_cache(maxsize=1)
def squeezed(text: str) -> Squeezed:
    """The text squeezed, once for all stages that a record goes through."""
    return Squeezed(text)


def _padded(text: str) -> tuple[NDArray[np.uint8] | NDArray[np.uint32], str]:
    """The prepared text between two blanks, a number a character, and the code the numbers are of."""
    if text.isascii():
        return np.frombuffer(b" " + text.encode().translate(_bytes()) + b" ", dtype=np.uint8), "ascii"
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    padded = np.full(len(points) + 2, _BLANK, dtype=np.uint32)
    if points.max() >= _TABLED:
        folded = prepare(text).encode("utf-32-le", "surrogatepass")
        padded[1:-1] = np.frombuffer(folded, dtype=np.uint32)
    else:
        _table().take(points, out=padded[1:-1])
    return padded, "utf-32-le"


@cache
def _bytes() -> bytes:
    return bytes(ord(_fold(chr(point))) if point < 128 else point for point in range(256))


@cache
def _table() -> NDArray[np.uint32]:
    return np.array([ord(_fold(chr(point))) for point in range(_TABLED)], dtype=np.uint32)
