"""Tokens with what the vocabulary found at them in, the attributes that a recogniser weighs out.

The attributes of a token are those of its word, of the two words on either side, of the hits at it and beside it, of
the pairs of words it stands in, and, where it belongs to a short form that the document defines, of what that is short
for. Training and decoding (`kg.extract.crf`) put them together from the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

# Places beside a token whose words count.
AROUND: Final = (-2, -1, 1, 2)
BORDER: Final = "#"  # stands where there is no word: before the first and behind the last
OUTSIDE: Final = "O"
_RUNS = re.compile(r"(.)\1+")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of one sentence.

    words: as they stand. listed: for each, how it lies in a hit of the vocabulary (`O`, or place, kind and scope as in
    `B-Dn`). short: for each, the attributes of the short form that it is part of; empty where it is of none.
    """

    words: tuple[str, ...]
    listed: tuple[str, ...]
    short: tuple[tuple[str, ...], ...]


def form(word: str) -> str:
    """A word as it is compared: in lower case, every number one."""
    return "0" if word.isdigit() else word.lower()


def of_word(word: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """What a word says of itself; known: the words of the vocabulary's names with their codes (`kg.extract.crf`).

    >>> of_word("Lupus", {"lupus": "44211"})
    ('w=lupus', 's=Xx', 'x3=pus', 'p3=lup', 'x4=upus', 'p4=lupu', 'x2=us', 'v0=4', 'v1=4', 'v2=2', 'v3=1', 'v4=1')
    """
    low = form(word)
    found = [f"w={low}", f"s={_shape(word)}"]
    if word.isalpha():
        if len(word) > 3:
            found += [f"x3={low[-3:]}", f"p3={low[:3]}"]
        if len(word) > 4:
            found += [f"x4={low[-4:]}", f"p4={low[:4]}", f"x2={low[-2:]}"]
        if len(word) > 6:
            found += [f"x5={low[-5:]}", f"p5={low[:5]}"]
        if word.isupper():
            found.append(f"up{min(len(word), 6)}")
        codes = known.get(low)
        found += [f"v{number}={code}" for number, code in enumerate(codes)] if codes else ["v="]
    return tuple(found)


def of_neighbour(word: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """What a word says of those beside it.

    >>> of_neighbour("(", {}), of_neighbour(BORDER, {})
    (('w=(', 'sign'), ('#',))
    """
    if word == BORDER:
        return (BORDER,)
    low = form(word)
    found = [f"w={low}"]
    if word.isalpha():
        if len(word) > 4:
            found.append(f"x4={low[-4:]}")
        codes = known.get(low)
        found.append(f"v1={codes[1]}" if codes else "v=")
    if not word.isalnum():
        found.append("sign")
    return tuple(found)


def of_hits(before: str, here: str, after: str) -> tuple[str, ...]:
    """What the vocabulary says of a token: the hits at the one before, at it and at the one behind it."""
    found = []
    for place, listed in (("-", before), ("", here), ("+", after)):
        found += [f"h{place}:{listed}", f"g{place}:{listed[:3]}"]
    return (*found, f"hh:{here}|{after}", f"hp:{before}|{here}")


def of_word_in_hit(word: str, listed: str) -> str:
    """A word together with how it lies in a hit."""
    return f"hw:{listed[:3]}|{form(word)}"


def of_pair(first: str, second: str) -> str:
    """Two words that follow each other; counts for either, under `b-` for the second and `b+` for the first."""
    return f"{form(first)}|{form(second)}"


def attributes(sentence: Sentence, known: Mapping[str, str]) -> list[list[str]]:
    """All attributes of each token of a sentence, as the training takes them."""
    words, size = sentence.words, len(sentence.words)
    rows = []
    for here in range(size):
        row = list(of_word(words[here], known))
        for place in AROUND:
            word = words[here + place] if 0 <= here + place < size else BORDER
            row += [f"{place}:{name}" for name in of_neighbour(word, known)]
        row += of_hits(at(sentence.listed, here - 1), sentence.listed[here], at(sentence.listed, here + 1))
        row.append(of_word_in_hit(words[here], sentence.listed[here]))
        if here:
            row.append(f"b-:{of_pair(words[here - 1], words[here])}")
        if here + 1 < size:
            row.append(f"b+:{of_pair(words[here], words[here + 1])}")
        for place in (-1, 0, 1):
            if 0 <= here + place < size:
                row += [f"{place}{name}" for name in sentence.short[here + place]]
        rows.append(row)
    return rows


def at(listed: Sequence[str], here: int) -> str:
    """How the token at a place lies in a hit; a border where there is no token."""
    return listed[here] if 0 <= here < len(listed) else BORDER


def _shape(word: str) -> str:
    """Capitals X, small letters x, digits 9; runs made one."""
    marks = ("X" if sign.isupper() else "x" if sign.islower() else "9" if sign.isdigit() else sign for sign in word)
    return _RUNS.sub(r"\1", "".join(marks))
