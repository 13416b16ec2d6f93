"""A sentence in, the findings that it names in other words than HPO does out.

HPO says "Abnormal clavicle morphology", "Bridged sella turcica" and "Small kidney"; authors say "abnormal clavicular
shape", "bridging of the sella turcica" and "the kidneys were small". A name is the set of its words' stems here
(`kg.ground.stems`): their order and form don't count, and neither do articles between them. Members of a coordination
are read with what they share: "articular and auditory manifestations".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from kg.ground import stems as stemming
from kg.ground.kept import kept
from kg.ground.stems import EMPTY, form, stem
from kg.lexicon import Lexicon
from kg.lexicon.finding import codes
from kg.lexicon.image import GROUNDING
from kg.lexicon.prepare import key
from kg.lexicon.variants import spellings

_VERBS: Final = frozenset("was were is are be been appeared".split())  # noqa: SIM905
_JOINS: Final = frozenset({"and", "or", ",", "/", "nor"})
_SIGNS: Final = frozenset({"&", ",", "="})  # codes of what joins and of verbs
_NO_MEMBERS: Final = frozenset(map(stem, ("abnormality", "impairment")))  # "anomalies and flat face"
# A name that denies, joins or explains is a definition; its words alone don't say which.
_DEFINING: Final = re.compile(
    r"\b(?:and|or|with|without|due|by|than|from|non|including|involving|affecting|causing|severity|risk)\b|/"
)
# "Hyperplasia of the mandibular coronoid process" is not the mandible's.
_ADJECTIVE: Final = re.compile(r"\w{2,}(?:al|ar|ac|ic|ous|[ao]ry|oid|ed|ive)$")
_FOLLOWS: Final = re.compile(r"[ -](?:\(\w+\) )?[^\W\d_]{4,}")
# What makes another thing of a finding's name in front of it: "abnormalities in brain development".
_TURNS: Final = re.compile(
    r"[ -](?:development|function|cell|kinase|oxidation|metabolism|transport|gene|receptor|domain|protein|factor|"
    r"targeting|line|tissue|volume|size|pattern|toxin|model)s?\b"
)
_SHAPE: Final = re.compile(r" (?:shape|morphology)\b")
_ARM: Final = re.compile(r"arms?(?: \([pq]\))? of (?:the (?:[\w]+ )?)?(?:chromosome|[XY]\b)")  # a chromosome has two
_ABSENCE: Final = re.compile(r"\b(?:absence|missing) of\b", re.IGNORECASE)
_LONGEST: Final = 6  # stems of a name
_MEMBERS: Final = 4  # of a coordination, at most
_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s-]")
_RANK: Final[Mapping[str, int]] = {"label": 0, "exact": 1, "related": 2, "narrow": 2}
_REMEMBERED: Final = 100_000  # words
_SHORT: Final = 5  # characters of what may be an acronym

Token = tuple[str, int, int]


class Reworded(msgspec.Struct, frozen=True):
    """A stretch of a sentence (code points, half open) that names a term in other words than its name.

    joined: whether it is a member of a coordination with what it shares, and what stands between.
    """

    start: int
    end: int
    term: str
    name: str
    joined: bool = False


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """named: a name's stems -> the term and the name. loose: spelling of a looser name -> HPO's IDs of its terms."""

    named: dict[str, tuple[str, str]]
    loose: dict[str, tuple[str, ...]]


class Worded:
    """The names of findings by the stems of their words. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        made_by = (Path(__file__), Path(stemming.__file__))
        names = kept(lexicon, "worded", _Kept, lambda: _built(lexicon), *made_by)
        self._named, self._loose = names.named, names.loose
        self._codes: dict[str, str | None] = {}

    @cached_property
    def _partners(self) -> dict[str, set[str]]:
        """Stem -> the stems that stand beside it in some name."""
        found: dict[str, set[str]] = {}
        for name in self._named:
            stems = name.split()
            for one in stems:
                found.setdefault(one, set()).update(stems)
        return found

    def loosely(self, name: str) -> tuple[str, ...]:
        """HPO's IDs of the findings that have a name among their looser ones: "skin cancer", "lipomas"."""
        return self._loose.get(key(name), ())

    def find(self, sentence: str) -> Iterator[Reworded]:
        """What a sentence names so, overlapping ones too."""
        known, partners = self._codes, self._partners
        words = _TOKEN.findall(sentence)
        codes = [known[word] if word in known else self._code(word) for word in words]
        # Runs in which two stems of one name stand side by side, verbs and signs left out; most sentences have none.
        runs: list[tuple[int, int]] = []
        first, before, paired = 0, "", False
        for number, code in enumerate((*codes, None)):
            if code is None:
                if paired:
                    runs.append((first, number))
                first, before, paired = number + 1, "", False
            elif code and code not in _SIGNS:
                paired = paired or (before != "" and code != before and code in partners[before])
                before = code
        if runs:
            places = [token.span() for token in _TOKEN.finditer(sentence)]
            for first, behind in runs:
                run = [(code, *places[at]) for at, code in enumerate(codes[first:behind], first) if code]
                yield from self._read(sentence, run)

    def _code(self, word: str) -> str | None:
        """A word's stem; empty where it counts for nothing, a sign where it joins, None where no name has it."""
        plain = key(word) or word
        code: str | None = stem(plain)
        if plain in _JOINS:
            code = "," if plain == "," else "&"
        elif plain in _VERBS:
            code = "="
        elif plain in EMPTY:
            code = ""
        elif code not in self._partners or _DEFINING.fullmatch(plain):
            code = None
        if len(self._codes) >= _REMEMBERED:
            self._codes.clear()
        self._codes[word] = code
        return code

    def _read(self, sentence: str, run: Sequence[Token]) -> Iterator[Reworded]:
        """What a run of words of names holds."""
        parts: list[list[Token]] = [[]]
        joins: list[str] = []
        for item in run:
            if item[0] not in (",", "&"):
                parts[-1].append(item)
            elif parts[-1]:
                joins.append(item[0])
                parts.append([])
            elif joins:  # ", and"
                joins[-1] = ",&" if "," in (joins[-1], item[0]) else "&"
        for part in parts:
            yield from self._plain(sentence, part)
        for last in range(1, len(parts)):
            if "&" in joins[last - 1]:
                first = last - 1
                while first > 0 and joins[first - 1] == "," and len(parts[first]) <= 2 and last - first < _MEMBERS:
                    first -= 1
                if joins[last - 1] == "&" or last - first > 1:  # a comma between two parts parts clauses
                    yield from self._joined(sentence, parts[first:last], parts[last])

    def _plain(self, sentence: str, part: Sequence[Token]) -> Iterator[Reworded]:
        verbs = [number for number, item in enumerate(part) if item[0] == "="]
        begin = 0
        for verb in (*verbs, len(part)):
            for first in range(begin, verb - 1):
                partners = self._partners[part[first][0]]
                for last in range(first + 1, min(first + _LONGEST, verb)):
                    if part[last][0] not in partners:
                        break
                    yield from self._look(sentence, part[first : last + 1])
            begin = verb + 1
        if len(verbs) == 1 and verbs[0] == len(part) - 2:  # "the kidneys were small"
            for first in range(max(0, verbs[0] - 3), verbs[0]):
                yield from self._look(sentence, [*part[first : verbs[0]], part[-1]])

    def _joined(self, sentence: str, before: Sequence[list[Token]], tail: list[Token]) -> Iterator[Reworded]:
        """What is named by the members of a coordination with what they share.

        "[capsular, cortical or mixed] lens opacities", "hypopigmentation of [skin or hair]".
        """
        for begin in range(1, min(3, len(tail))):
            for end in range(begin + 1, min(begin + 4, len(tail) + 1)):
                head = tail[begin:end]
                if self._knows(tail[:end]) or self._knows(head):
                    yield from self._members(sentence, before, tail[:begin], head)
        lead = before[0]
        if len(lead) > 1 and " of " in sentence[lead[-2][2] : lead[-1][1]] and self._knows(lead[-2:]):
            for member in (*before[1:], tail):
                if member and not _is_adjective(sentence, member[0]):
                    yield from self._look(sentence, [lead[-2], member[0]], joined=True)

    def _members(
        self, sentence: str, before: Sequence[list[Token]], own: Sequence[Token], head: Sequence[Token]
    ) -> Iterator[Reworded]:
        """Members that stand before their head; nouns only where all have it: "legs and abdominal pain" do not."""
        described = _is_adjective(sentence, own[-1])
        found: list[Reworded] = []
        for member in before:
            here: list[Reworded] = []
            for taken in range(min(2, len(member)), 0, -1):
                if not here and member[-taken][0] not in _NO_MEMBERS:
                    here = [*self._look(sentence, [*member[-taken:], *head], joined=True)]
            if not _is_adjective(sentence, member[-1]) and (described or not here):
                return
            found += here
        yield from found

    def _knows(self, items: Sequence[Token]) -> bool:
        return " ".join(sorted({item[0] for item in items})) in self._named

    def _look(self, sentence: str, items: Sequence[Token], *, joined: bool = False) -> Iterator[Reworded]:
        held = {item[0] for item in items}
        found = self._named.get(" ".join(sorted(held)))
        if found is None or len(held) < len(items):
            return
        start, end = items[0][1], items[-1][2]
        if (shape := _SHAPE.match(sentence, end)) is not None:
            end = shape.end()
        elif _TURNS.match(sentence, end) or (_is_adjective(sentence, items[-1]) and _FOLLOWS.match(sentence, end)):
            return
        if _ABSENCE.search(sentence, start, end) or _ARM.match(sentence, items[-1][1]):
            return
        yield Reworded(start, end, *found, joined)


def _is_adjective(sentence: str, item: Token) -> bool:
    """Whether a word looks like one: "renal", "capsular", "ophthalmic"."""
    return _ADJECTIVE.match(sentence, item[1], item[2]) is not None


def _built(lexicon: Lexicon) -> _Kept:
    named: dict[str, tuple[int, str, str]] = {}
    loose: dict[str, set[str]] = {}
    for term in lexicon:
        if not (own := codes(term)):
            continue
        for name in term.names:
            if name.scope not in GROUNDING and len(name.text) > _SHORT:
                for spelled in spellings(name.text):
                    loose.setdefault(spelled, set()).update(own)
            if name.scope not in _RANK or _DEFINING.search(name.text) or not (made := form(name.text)):
                continue
            # Of "Abnormality of the kidney" and "Abnormal renal morphology" the one that says less.
            rank = (_RANK[name.scope] - name.text.startswith("Abnormality of"), term.id, name.text)
            named[made] = min(rank, named.get(made, rank))
    return _Kept(
        named={made: (curie, text) for made, (_, curie, text) in sorted(named.items())},
        loose={spelled: tuple(sorted(found)) for spelled, found in sorted(loose.items())},
    )
