"""A gene's name in a record in, what speaks for and against its being that human gene out, as named numbers.

All uses of one spelling in a record are weighed together: a record means one thing by a name. What each number counts
is learnt by `training/train_gene_filter.py`; the names are what a grounding's reason tells.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from kg.ground.gene_names import Row
from kg.ground.senses import Choice
from kg.ground.species import HUMAN, KINDS, Species
from kg.lexicon import Entry
from kg.lexicon.compiling.wording import common_words
from kg.lexicon.prepare import key

_BESIDE = 3  # words to each side whose presence may count
_LOOKED = 6  # uses of a name that are looked at
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_SENTENCE = re.compile(r"[.!?]\s")
_TRAILING = re.compile(r"[\d\W]+$")
_SYMBOL = re.compile(r"[A-Za-z][A-Za-z]*\d*[A-Za-z]?\d*$")


class Use(msgspec.Struct, frozen=True):
    """A spelling in a record: where it stands, what it was taken for, its readings."""

    surface: str
    places: tuple[tuple[int, int], ...]
    entries: tuple[Entry, ...]
    choice: Choice


class Record:
    """What is the same for every gene of a record; what only some ask for is looked up when it is asked for."""

    def __init__(self, text: str, title_end: int, uses: Sequence[Use]) -> None:
        self.text = text
        self.title_end = title_end
        self._uses = uses
        self.names: Counter[str] = Counter(use.choice.term for use in uses if use.choice.term is not None)

    @cached_property
    def species(self) -> Species:
        """Where it tells of whom."""
        return Species(self.text)

    @cached_property
    def cases(self) -> Mapping[str, float]:
        """How its symbols are written -> the share of them."""
        cases = Counter(_case(use.surface) for use in self._uses if len(use.surface) > 2 and _is_symbol(use.surface))
        total = max(1, sum(cases.values()))
        return {case: count / total for case, count in cases.items()}

    @cached_property
    def whose(self) -> str:
        """Whom it tells of more."""
        people = sum(self.species.counts.get(kind, 0) for kind in HUMAN)
        animals = sum(self.species.counts.values()) - people
        return "more animals" if animals > people else "more people" if people else "nobody"

    @cached_property
    def told(self) -> Mapping[str, float]:
        """What it says of its subjects: evidence name -> value, for each of its genes."""
        return dict(_told(self))

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where its sentences end, roughly; first 0."""
        return [0, *(end.end() for end in _SENTENCE.finditer(self.text)), len(self.text)]


def weigh(use: Use, entry: Entry, record: Record, row: Row | None) -> dict[str, float]:
    """All evidence name -> value; row: how annotators took the name, where they met it."""
    return {**of_name(use.surface, entry, row), **of_use(use, record), **record.told}


def of_name(surface: str, entry: Entry, row: Row | None) -> dict[str, float]:
    """What a spelling of an entry tells in any record."""
    found = dict(_of_name(surface, entry))
    found.update(_attested(row))
    return found


def of_use(use: Use, record: Record, *, any_species: bool = False) -> dict[str, float]:
    """What the places in a record tell.

    any_species: whether an animal's gene may stand for the human one, so that whose gene it is speaks neither way.
    """
    found = dict(_reading(use, record))
    if not any_species:
        found.update(_species(use, record))
    found.update(dict.fromkeys(_neighbours(use, record), 1.0))
    return found


def _of_name(surface: str, entry: Entry) -> Iterator[tuple[str, float]]:
    name = entry.name
    words = key(surface).split()
    letters = sum(c.isalpha() for c in surface)
    digits = sum(c.isdigit() for c in surface)
    yield f"scope: {entry.scope}", 1.0
    if len(words) == 1:
        yield f"length: {min(len(surface), 8)}", 1.0
        yield f"{entry.scope}, length: {min(len(surface), 5)}", 1.0
    yield f"words: {min(len(words), 4)}", 1.0
    yield f"case: {_case(surface)}", 1.0
    yield f"{entry.scope}, case: {_case(surface)}", 1.0
    if digits:
        yield "a digit in it", 1.0
    if entry.scope != "exact" and surface not in (name, f"{name}s"):
        bare, listed = _letters(surface), _letters(name)
        if bare == listed:
            yield f"its letters in other case, {_case(surface)}", 1.0
        elif bare.casefold() != listed.casefold():
            yield "written otherwise than listed", 1.0
    if letters and surface.lower() in common_words():
        yield "an everyday word", 1.0
    if len(words) == 1 and surface.islower() and not digits:
        yield f"a word in lower case ending in {surface[-3:]}", 1.0
    if _TRAILING.sub("", surface.lower()) in common_words():
        yield "an everyday word and a number", 1.0
    if surface.endswith("s") and not name.casefold().endswith("s"):
        yield "a plural", 1.0


def _attested(row: Row | None) -> Iterator[tuple[str, float]]:
    if row is None or row.seen == 0:
        yield "not met by annotators", 1.0
        return
    yield "how often annotators marked it", math.log((row.marked + 0.3) / (row.seen - row.marked + 0.3))
    if row.marked == 0:
        yield "annotators never marked it", math.log1p(row.seen)


def _reading(use: Use, record: Record) -> Iterator[tuple[str, float]]:
    reason = use.choice.reason
    targets = {entry.term for entry in use.entries}
    if len(targets) > 1:
        yield "several genes or others have the name", 1.0
    if reason.startswith("long form in document"):
        how = "spelled otherwise" if "spelled otherwise" in reason else "shares a word" if "shares" in reason else "its"
        yield f"long form in document: {how}", 1.0
    yield "how often it stands there", math.log(len(use.places))
    if use.places[0][0] < record.title_end:
        yield "stands in the title", 1.0
    if use.choice.term is not None and record.names[use.choice.term] > 1:
        yield "other names of the gene in the record", 1.0
    yield "genes named in the record", math.log1p(len(record.names))


def _told(record: Record) -> Iterator[tuple[str, float]]:
    """What the record says of its subjects."""
    species, counts = record.species, record.species.counts
    for kind in KINDS:
        if counts.get(kind):
            yield f"{kind} told of", 1.0
            yield f"how much of {kind}", math.log1p(counts[kind])
    human = sum(counts.get(kind, 0) for kind in HUMAN)
    others = sum(counts.get(kind, 0) for kind in KINDS) - human
    if human and not others:
        yield "people or their cells alone", 1.0
    if others and not human:
        yield "animals alone", 1.0
    if not others and not human:
        yield "no species told", 1.0
    yield "more animals than people", math.log((others + 0.5) / (human + 0.5))
    title = species.among(0, record.title_end)
    for kind in sorted(title):
        yield f"{kind} in the title", 1.0
    for case in ("title", "lower", "upper"):
        if share := record.cases.get(case):
            yield f"symbols in {case} case in the record", share


def _species(use: Use, record: Record) -> Iterator[tuple[str, float]]:
    species = record.species
    start = use.places[0][0]
    if _is_symbol(use.surface):
        yield f"{_case(use.surface)} case, {record.whose}", 1.0
    yield f"told of last: {species.before(start) or 'nobody'}", 1.0
    places = use.places[:_LOOKED]
    near = [_side(*species.sides(max(0, first - 40), first + len(use.surface) + 40)) for first, _ in places]
    near += [f"{side} in its sentence" for first, _ in places if (side := _side(*_sentence_sides(record, first)))]
    for side in near:
        if side:
            yield side, near.count(side) / len(places)
    head = record.text[max(0, start - 1) : start]
    if head in ("h", "m", "r"):
        yield f"{head} before it", 1.0


def _side(people: bool, animals: bool) -> str:
    if people:
        return "both near" if animals else "people near"
    return "animals near" if animals else ""


def _sentence_sides(record: Record, place: int) -> tuple[bool, bool]:
    ends = record.ends
    number = bisect_right(ends, place)
    return record.species.sides(ends[number - 1], ends[number] if number < len(ends) else len(record.text))


def _neighbours(use: Use, record: Record) -> list[str]:
    text, found = record.text, list[str]()
    for start, end in use.places[:_LOOKED]:
        before = _TOKEN.findall(text[max(0, start - 30) : start])[-_BESIDE:]
        after = _TOKEN.findall(text[end : end + 30])[:_BESIDE]
        # A token cut by the window is none.
        if before:
            found.append(_plain("before: ", before[-1]))
        found += [_plain("just before: ", token) for token in before if len(token) > 2]
        if after:
            found.append(_plain("behind: ", after[0]))
        found += [_plain("just behind: ", token) for token in after if len(token) > 2]
    return found


@lru_cache(maxsize=32_768)
def _plain(where: str, token: str) -> str:
    """Where a token stands, and the token in the singular and in lower case; any number as `0`."""
    if token.isdigit():
        return f"{where}0"
    lower = token.lower()
    return where + (lower[:-1] if len(lower) > 4 and lower.endswith("s") and not lower.endswith("ss") else lower)


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


@lru_cache(maxsize=16_384)
def _case(surface: str) -> str:
    letters = [c for c in surface if c.isalpha()]
    if not letters:
        return "none"
    if all(c.isupper() for c in letters):
        return "upper"
    if all(c.islower() for c in letters):
        return "lower"
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return "title"
    return "mixed"


@lru_cache(maxsize=16_384)
def _is_symbol(surface: str) -> bool:
    return _SYMBOL.match(surface) is not None
