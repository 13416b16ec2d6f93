"""Terms and exclusions in, one flat block of bytes out that is opened, not read: what `Lexicon` asks for everything.

Terms are decoded when they are asked for, patterns and their readings stand in flat arrays, the automaton comes back
from its serialised form. An image is a cache: it is never shipped and only read by the version that wrote it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Final, TypeVar

import daachorse
import msgspec

from kg.lexicon import variants
from kg.lexicon.described import descriptions
from kg.lexicon.entry import Entry
from kg.lexicon.overlay import Exclusion
from kg.lexicon.prepare import key
from kg.model import Scope, Term

Buffer = bytes | memoryview
Value = TypeVar("Value")

_SCOPES: Final[tuple[Scope, ...]] = ("label", "exact", "abbreviation", "related", "broad", "narrow")
# A name of these scopes may ground a mention; related, broad and narrow ones only help a user's search (DESIGN §6).
GROUNDING: Final[frozenset[Scope]] = frozenset({"label", "exact", "abbreviation"})
_INVERTED = 8
_ALIGN = 8
# An automaton needs a pattern; a vocabulary without names gets one that no prepared text holds.
_NOTHING = "\0"
_PARENT = "\x1f"  # stands between the parents of a term


class _Head(msgspec.Struct, frozen=True):
    """Where each section stands, and what is small."""

    sections: dict[str, tuple[int, int]]
    types: tuple[str, ...]
    barred: tuple[tuple[int, tuple[str, ...]], ...]
    meta: bytes


def build(terms: Iterable[Term], exclusions: Iterable[Exclusion] = (), *, meta: bytes = b"") -> bytes:
    """The image of a vocabulary; meta: what the caller wants to keep beside it.

    Names are spelled out (`kg.lexicon.variants`), 100,000 terms in some seconds.
    """
    terms = tuple(terms)
    excluded = frozenset((form, item.id) for item in exclusions for form in _excluded(item.name))
    barred: dict[str, set[str]] = {}
    for name, curie in excluded:
        barred.setdefault(name, set()).add(curie)
    readings = _readings(terms, excluded)
    patterns = sorted({*readings, *barred}) or [_NOTHING]
    start, of_term, of_name, flags = array("I", [0]), array("I"), array("H"), array("B")
    for pattern in patterns:
        for term, name_number, flag in readings.get(pattern, ()):
            of_term.append(term)
            of_name.append(name_number)
            flags.append(flag)
        start.append(len(of_term))
    types = tuple(sorted({term.type for term in terms}))
    numbers = {type_: number for number, type_ in enumerate(types)}
    encoder = msgspec.msgpack.Encoder()
    term_blob, term_ends = _packed(encoder.encode(term) for term in terms)
    pattern_blob, pattern_ends = _packed(pattern.encode() for pattern in patterns)
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick([f" {pattern} " for pattern in patterns])
    parents = "\n".join(_PARENT.join(term.parents) for term in terms)
    sections: dict[str, bytes] = {
        "ids": "\n".join(term.id for term in terms).encode(),
        "parents": parents.encode(),
        "types": bytes(numbers[term.type] for term in terms),
        "terms": term_blob,
        "term_ends": term_ends.tobytes(),
        "patterns": pattern_blob,
        "pattern_ends": pattern_ends.tobytes(),
        "starts": start.tobytes(),
        "of_term": of_term.tobytes(),
        "of_name": of_name.tobytes(),
        "flags": flags.tobytes(),
        "automaton": bytes(automaton.serialize()),
    }
    index = {pattern: number for number, pattern in enumerate(patterns)}
    kept = tuple((index[name], tuple(sorted(curies))) for name, curies in sorted(barred.items()))
    return _laid_out(sections, types, kept, meta)


class _Asked(dict[str, Value]):
    """Term ID -> something of the term, filled as terms are asked for.

    Raises:
        KeyError: no term has the ID.
    """

    def __init__(self, ask: Callable[[str], Value]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, curie: str) -> Value:
        self[curie] = value = self._ask(curie)
        return value


class Image:
    """An opened vocabulary. Immutable but for what it remembers having decoded."""

    def __init__(self, buffer: Buffer) -> None:
        view = memoryview(buffer)
        length = int.from_bytes(view[:8], "little")
        head = msgspec.msgpack.decode(view[8 : 8 + length], type=_Head)
        self._base = _aligned(8 + length)
        self._view, self._sections = view, head.sections
        self.types, self.meta = head.types, head.meta
        self.barred: Mapping[int, frozenset[str]] = {number: frozenset(curies) for number, curies in head.barred}
        self.ids: Sequence[str] = str(self._section("ids"), "utf-8").split("\n") if self._section("ids").nbytes else ()
        self._type_numbers = self._section("types")
        self._terms = self._section("terms")
        self._term_ends = self._section("term_ends").cast("I")
        self._patterns = self._section("patterns")
        self._pattern_ends = self._section("pattern_ends").cast("I")
        self._starts = self._section("starts").cast("I")
        self._of_term = self._section("of_term").cast("I")
        self._of_name = self._section("of_name").cast("H")
        self._flags = self._section("flags")
        self._decoder = msgspec.msgpack.Decoder(Term)
        self._known: dict[int, Term] = {}
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self.by_id: Mapping[str, Term] = _Asked(lambda curie: self.term(self.index[curie]))
        self.type_by_id: Mapping[str, str] = _Asked(lambda curie: self.type_of(self.index[curie]))
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(bytes(self._section("automaton")))

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Term ID -> its number."""
        return {curie: number for number, curie in enumerate(self.ids)}

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Term ID -> the IDs right above it."""
        rows = str(self._section("parents"), "utf-8").split("\n")
        return {curie: tuple(row.split(_PARENT)) for curie, row in zip(self.ids, rows, strict=False) if row}

    @property
    def size(self) -> int:
        """How many patterns there are."""
        return len(self._pattern_ends) - 1

    def term(self, number: int) -> Term:
        """The term of this number."""
        found = self._known.get(number)
        if found is None:
            begin, end = self._term_ends[number], self._term_ends[number + 1]
            found = self._known[number] = self._decoder.decode(self._terms[begin:end])
        return found

    def type_of(self, number: int) -> str:
        """The entity type of a term, without decoding it."""
        return self.types[self._type_numbers[number]]

    def terms(self) -> Iterator[Term]:
        """All terms; what was not decoded before is not kept."""
        for number in range(len(self.ids)):
            begin, end = self._term_ends[number], self._term_ends[number + 1]
            yield self._known.get(number) or self._decoder.decode(self._terms[begin:end])

    def pattern(self, number: int) -> str:
        """The prepared spelling of this number."""
        return str(self._patterns[self._pattern_ends[number] : self._pattern_ends[number + 1]], "utf-8")

    def number(self, pattern: str) -> int | None:
        """The number of a prepared spelling, by bisection: patterns are sorted by code points."""
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if self.pattern(middle) < pattern:
                low = middle + 1
            else:
                high = middle
        return low if low < self.size and self.pattern(low) == pattern else None

    def entries(self, number: int) -> tuple[Entry, ...]:
        """The readings of a pattern."""
        found = self._entries.get(number)
        if found is None:
            found = tuple(self._entry(at) for at in range(self._starts[number], self._starts[number + 1]))
            self._entries[number] = found
        return found

    def owners(self, number: int) -> tuple[int, ...]:
        """The numbers of the terms that a pattern may mean, without decoding them."""
        return tuple(self._of_term[self._starts[number] : self._starts[number + 1]])

    def _entry(self, at: int) -> Entry:
        term, flag = self.term(self._of_term[at]), self._flags[at]
        return Entry(
            term.id,
            term.names[self._of_name[at]].text,
            _SCOPES[flag & (_INVERTED - 1)],
            inverted=bool(flag & _INVERTED),
        )

    def _section(self, name: str) -> memoryview:
        offset, length = self._sections[name]
        return self._view[self._base + offset : self._base + offset + length]


def _readings(terms: Sequence[Term], excluded: frozenset[tuple[str, str]]) -> dict[str, list[tuple[int, int, int]]]:
    found: dict[str, list[tuple[int, int, int]]] = {}
    everywhere = {name for name, curie in excluded if curie == "*"}
    for number, term in enumerate(terms):
        seen: set[tuple[str, bool]] = set()
        for name_number, name in enumerate(term.names):
            if name.scope not in GROUNDING:
                continue
            flag = _SCOPES.index(name.scope)
            for form, is_inverted in _forms(name.text, name.scope, term.type):
                if (form, is_inverted) in seen or form in everywhere or (form, term.id) in excluded:
                    continue
                seen.add((form, is_inverted))
                found.setdefault(form, []).append((number, name_number, flag | (_INVERTED if is_inverted else 0)))
    described = _described(terms, found.keys() | everywhere, excluded)
    return found | {form: [(number, name, _SCOPES.index("exact"))] for form, (number, name) in described.items()}


def _described(
    terms: Sequence[Term], taken: Set[str], excluded: frozenset[tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    """The phrases that describe what HPO's labels name, each with the term and the name of the first that it fits."""
    found: dict[str, tuple[int, int]] = {}
    for number, term in enumerate(terms):
        if not term.id.startswith("HP:"):
            continue
        for name_number, name in enumerate(term.names):
            if name.scope == "label":
                for form in descriptions(name.text):
                    if form not in taken and (form, term.id) not in excluded:
                        found.setdefault(form, (number, name_number))
    return found


def _excluded(name: str) -> Iterator[str]:
    """A phrase is excluded in all its spellings ("tumor cell", "tumour cells"), a single word as it stands."""
    yield key(name)
    if " " in name:
        yield from variants.spellings(name)


def _forms(text: str, scope: Scope, type_: str) -> Iterator[tuple[str, bool]]:
    if scope == "abbreviation" or (type_ == "target" and variants.is_symbol(text)):
        for form in variants.symbol_spellings(text) if type_ == "target" else variants.short_spellings(text):
            yield form, False
        return
    for form in variants.spellings(text):
        yield form, False
    if type_ in ("disease", "phenotype"):
        for form in variants.inverted(text):
            yield form, True
    if type_ in ("disease", "phenotype", "adverse_event"):
        for form in variants.adjectives(text):
            yield form, False


def _packed(parts: Iterable[bytes]) -> tuple[bytes, array[int]]:
    blob, ends = bytearray(), array("I", [0])
    for part in parts:
        blob += part
        ends.append(len(blob))
    return bytes(blob), ends


def _laid_out(
    sections: Mapping[str, bytes], types: tuple[str, ...], barred: tuple[tuple[int, tuple[str, ...]], ...], meta: bytes
) -> bytes:
    places, offset = {}, 0
    for name, data in sections.items():
        places[name] = (offset, len(data))
        offset = _aligned(offset + len(data))
    head = msgspec.msgpack.encode(_Head(places, types, barred, meta))
    out = bytearray(len(head).to_bytes(8, "little") + head)
    out.extend(bytes(_aligned(len(out)) - len(out)))
    for data in sections.values():
        out += data
        out.extend(bytes(_aligned(len(out)) - len(out)))
    return bytes(out)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
