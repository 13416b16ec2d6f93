"""Cue phrases in, a pattern out, and a screen that tells in one pass which of several patterns a sentence can hold.

A pattern of thirty alternatives tried at each position of each sentence is what a stage spends its time on, and most
sentences hold none. Every alternative begins with letters that any match of it has to begin with; one automaton looks
for all of them at once, and a pattern is only tried where one of its own was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import daachorse

from kg.lexicon.prepare import key, lowered, prepare

_GROUP = re.compile(r"\(\?:([^()|]*(?:\|[^()|]*)*)\)(?![?*+{])")
_OPTIONAL = re.compile(r"(?:\(\?:([^()|]*(?:\|[^()|]*)*)\)|([\w /-]))\?(?![?*+{])")
_LITERAL = re.compile(r"[\w /-](?![?*+{])")


_CASED = re.compile(r"\\.|[^\\]+")


class Cue:
    """Alternatives, each a regular expression that begins with letters, a digit, or a plain group of such.

    What it finds is given in lower case, at its place in the text.

    `stems` are what a match begins with, prepared, with the blank in front of it, and the one behind it where nothing
    may follow.

    >>> cue = Cue("no", "absen(?:ce|t)", "(?:was|were) not")
    >>> [found.group() for found in cue.finditer("It was not absent.")]
    ['was not', 'absent']
    >>> sorted(cue.stems)
    [' absence ', ' absent ', ' no ', ' was not ', ' were not ']

    Raises:
        ValueError: an alternative begins with neither, so that no first letters can be told.
    """

    __slots__ = ("_pattern", "stems")

    def __init__(self, *alternatives: str) -> None:
        # Case matters to the pattern, and the text comes in lower case: the engine then looks at an alternative's
        # first letter before it tries it, and finds the cues in half the time.
        lower = _CASED.sub(lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), "|".join(alternatives))
        self._pattern = re.compile(rf"\b(?:{lower})(?!\w)")
        self.stems = frozenset(stem for alternative in alternatives for stem in _stems(alternative))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first cue in a text, from a place on."""
        return self._pattern.search(lowered(text), start)

    def match(self, text: str, position: int) -> re.Match[str] | None:
        """The cue that stands at a position."""
        return self._pattern.match(lowered(text), position)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All cues in a text."""
        return self._pattern.finditer(lowered(text))

    def last(self, text: str) -> re.Match[str] | None:
        """The last cue in a text."""
        found = None
        for found in self._pattern.finditer(lowered(text)):  # noqa: B007  # the last one is wanted
            pass
        return found


class Screen:
    """Several cues under names, looked for together.

    >>> screen = Screen(denial=Cue("no", "without"), doubt=Cue("may", r"possib\\w+"))
    >>> sorted(screen.of("No infection; possibly none.")), sorted(screen.of("Nobody noted any."))
    (['denial', 'doubt'], [])
    """

    def __init__(self, **cues: Cue) -> None:
        self._cues = cues

    def of(self, sentence: str) -> Mapping[str, tuple[int, int]]:
        """The names of the cues that the sentence can hold, each with the first and the last place of its letters.

        Of a cue that is not named, the sentence holds none.
        """
        automaton, names = self._built
        found: dict[str, tuple[int, int]] = {}
        # The blank put before the sentence and the one that a stem begins with make up for each other.
        for place, _, pattern in automaton.find_overlapping(f" {prepare(sentence)} "):
            for name in names[pattern]:
                known = found.get(name)
                found[name] = (min(known[0], place), max(known[1], place)) if known is not None else (place, place)
        return found

    @cached_property
    def _built(self) -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, tuple[tuple[str, ...], ...]]:
        stems = sorted({stem for cue in self._cues.values() for stem in cue.stems})
        names = tuple(tuple(name for name, cue in self._cues.items() if stem in cue.stems) for stem in stems)
        return daachorse.CharwiseDoubleArrayAhoCorasick(stems), names


def _stems(alternative: str) -> Iterator[str]:
    """What any match of an alternative begins with: its literal letters up to the first that may be another."""
    told = ""
    while alternative:
        optional = _OPTIONAL.match(alternative)
        if optional is not None:
            rest = alternative[optional.end() :]
            for option in ("", *(optional[1] or optional[2]).split("|")):
                yield from _stems(f"{told}{option}{rest}")
            return
        group = _GROUP.match(alternative)
        if group is not None:
            for option in group[1].split("|"):
                yield from _stems(f"{told}{option}{alternative[group.end() :]}")
            return
        literal = _LITERAL.match(alternative)
        if literal is None:
            break
        told += literal[0]
        alternative = alternative[1:]
    stem = key(told)
    if not stem:
        raise ValueError(f"cue {alternative!r}: expected letters, a digit or a plain group in front")
    yield f" {stem}" if alternative else f" {stem} "
