"""Text in, the names that stand in it out: case looked at, the longest sensible span kept, own entities inside kept.

What a name means is not decided here: a hit keeps all its readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.compiling.wording import common_words
from kg.lexicon.variants import is_symbol

# A name within another of another type that is an entity of its own: CD19 in "anti-CD19 CAR-T cells" (ANNOTATION).
_NESTS = frozenset({("therapy", "target"), ("cell_type", "target"), ("adverse_event", "therapy")})


# A word that a catalogue form cannot be before: "microvascular disease, cardiac valve disease".
_RUNS_ON = re.compile(
    r"[- ](?!(?:and|or|in|with|of|to|for|by|who|which|that|is|was|were|are|as|at|on|from|after|had|has|have)\b)"
    r"(?!patients?\b)[a-z]{3,}"
)
_NO_GENES = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Mark",
        "Art",
        "Ann",
        "Dan",
        "Max",
        "Tim",
        "Tom",
        "Jack",
        "Bill",
        "Cindy",
        "Rita",
        "Diablo",
        "Lima",
    ]
)


def find(text: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    """The names in a text, in text order, an outer one before those inside it.

    >>> from kg.lexicon import shipped
    >>> text = "As all SSc patients, anti-CD20"
    >>> [text[hit.start:hit.end] for hit in find(text, shipped())]
    ['SSc', 'CD20']
    """
    return choose(in_case(text, lexicon.find(text)), lexicon)


def choose(hits: Iterable[Hit], lexicon: Lexicon, *, left_out: list[Hit] | None = None) -> tuple[Hit, ...]:
    """Of overlapping hits the longest, of two as long the later, which holds the head, and what may nest inside them.

    "Pediatric lupus nephritis" is a lupus nephritis.

    The catalogue form loses to a plain name that it cuts: in "rheumatoid arthritis, psoriatic arthritis" there is no
    "arthritis, psoriatic".

    left_out: gets the others.
    """
    kept: list[Hit] = []
    hits = tuple(hits)
    catalogue = [hit for hit in hits if hit.entries[0].inverted and all(entry.inverted for entry in hit.entries)]
    if catalogue:
        plain = [hit for hit in hits if hit not in catalogue]
        hits = (*plain, *(hit for hit in catalogue if not any(_cuts(hit, other) for other in plain)))
    dropped: list[Hit] = []
    for group in _overlapping(sorted(hits, key=_place)):
        if len(group) == 1:
            kept += group
            continue
        chosen: list[Hit] = []
        for hit in sorted(group, key=_longest):
            over = [other for other in chosen if other.start < hit.end and hit.start < other.end]
            (chosen if all(_nests(other, hit, lexicon) for other in over) else dropped).append(hit)
        kept += sorted(chosen, key=_place)
    if left_out is not None:
        left_out += sorted(dropped, key=_longest)
    return tuple(kept)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _longest(hit: Hit) -> tuple[int, int]:
    return hit.start - hit.end, -hit.start


def _overlapping(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Hits in text order in groups that reach into each other; most stand alone."""
    group: list[Hit] = []
    end = 0
    for hit in hits:
        if hit.start >= end and group:
            yield group
            group = []
        group.append(hit)
        end = max(end, hit.end)
    if group:
        yield group


def fits_case(entry: Entry, surface: str) -> bool:
    """Whether a name may be written so: a full name in any case, a short form only as it is or in capitals.

    >>> from kg.lexicon import Entry
    >>> ssc, kit = Entry("MONDO:0005100", "SSc", "abbreviation"), Entry("HGNC:6342", "KIT", "label")
    >>> fits_case(ssc, "SSc"), fits_case(ssc, "ssc"), fits_case(kit, "kit"), fits_case(kit, "KIT")
    (True, False, False, True)
    """
    name = entry.name
    if entry.scope != "abbreviation" and not is_symbol(name):
        return True
    if surface in (name, f"{name}s"):
        return True
    if " " in surface and " " not in name and surface.upper() != surface:
        return False  # "arm 2", "and 1": a symbol is not taken apart in running text
    capitals = sum(character.isupper() for character in name)
    if any(character.isdigit() for character in name) and len(name) >= 3:
        # "cd19", "Il-6": nobody writes another word so; "b1" and "c5" are too short to tell.
        return len(name) > 3 or surface.isupper()
    if capitals == 0 or (len(name) >= 7 and capitals <= 2):
        return True
    if entry.term.startswith("HGNC:") and _as_gene(surface):
        return True
    bare = surface if name.endswith(("s", "S")) else surface.removesuffix("s")
    letters = [character for character in bare if character.isalpha()]
    return len(letters) >= 3 and all(character.isupper() for character in letters)


def _as_gene(surface: str) -> bool:
    """Whether a symbol in mixed case may be a gene's: "Akt", "InsR", "TNFa"; "eGFR" is a rate, "Mark" a name."""
    return (
        3 <= len(surface) <= 8
        and surface[0].isupper()
        and surface.isalnum()
        and surface not in _NO_GENES
        and surface.lower() not in common_words()
    )


def in_case(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits whose case fits one of their readings, with those readings."""
    kept = []
    for hit in hits:
        surface = text[hit.start : hit.end]
        if "," in surface and _RUNS_ON.match(text, hit.end) is not None:
            continue
        entries = _fitting(hit.entries, surface)
        if len(entries) == len(hit.entries):
            kept.append(hit)
        elif entries:
            kept.append(Hit(hit.start, hit.end, entries))
    return kept


@lru_cache(maxsize=100_000)
def _fitting(entries: tuple[Entry, ...], surface: str) -> tuple[Entry, ...]:
    """Names repeat in the same readings, so which of them fit is remembered."""
    return tuple(entry for entry in entries if fits_case(entry, surface))


def _cuts(one: Hit, other: Hit) -> bool:
    """Whether two hits overlap with neither inside the other."""
    return one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end


def _nests(outer: Hit, inner: Hit, lexicon: Lexicon) -> bool:
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    for around in outer.entries:
        type_ = lexicon.type_of(around.term)
        for entry in inner.entries:
            if (type_, lexicon.type_of(entry.term)) not in _NESTS:
                return False
    return True
