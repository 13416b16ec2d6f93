"""What was decided of a text's names in, the findings that stand inside of them or are worded otherwise out.

"Sensorineural hearing loss" names hearing loss, "nevoid basal cell carcinoma syndrome" a carcinoma; "bridging of the
sella turcica" is in no list. Whoever asks what patients have asks for these, too. They are of the type `phenotype` and
told in records outside of this field alone: in those of it the longest name counts (ANNOTATION).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.ground.advised import Decided
from kg.ground.indexing import CONDITIONS
from kg.ground.senses import Choice
from kg.ground.worded import Reworded, Worded
from kg.lexicon import Hit, Lexicon
from kg.lexicon.finding import Findings, codes
from kg.lexicon.prepare import key
from kg.model import Span

_SCORE = 0.8  # of what has the words of a name and not their form


class Beside:
    """Finds them. Immutable but for what it remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._findings = Findings(lexicon)
        self._opened: Worded | None = None

    @property
    def _worded(self) -> Worded:
        if self._opened is None:
            self._opened = Worded(self._lexicon)
        return self._opened

    def loosely(self, name: str) -> tuple[str, ...]:
        """HPO's IDs of the findings that have a name among their looser ones."""
        return self._worded.loosely(name)

    def inner(self, text: str, hits: Iterable[Hit], decided: Iterable[Decided]) -> Iterator[Hit]:
        """Those of some hits that are the longest full names of findings inside of a condition's name.

        A single word is taken where HPO has no term for what holds it: "carcinoma" says nothing of "basal cell
        carcinoma" that its own term does not.
        """
        findings = [hit for hit in hits if any(self._findings.holds(entry.term) for entry in hit.entries)]
        if not findings:
            return
        outer = [item for item in decided if item.kind in CONDITIONS]
        reached = 0
        findings.sort(key=lambda hit: (hit.start, -hit.end))
        for hit, near in zip(findings, _near(outer, findings), strict=True):
            if hit.end <= reached or _hyphened(text, hit.start, hit.end):
                continue
            holding = [item for item in near if item.start <= hit.start and hit.end <= item.end]
            if not holding or any(item.start == hit.start and item.end == hit.end for item in holding):
                continue
            terms = {item.choice.term for item in holding}
            if " " not in text[hit.start : hit.end] and any(term and self._findings.holds(term) for term in terms):
                continue
            entries = tuple(
                entry
                for entry in hit.entries
                if entry.scope != "abbreviation" and entry.term not in terms and self._findings.holds(entry.term)
            )
            if entries:
                reached = hit.end
                yield Hit(hit.start, hit.end, entries)

    def worded(self, text: str, sentences: Sequence[Span], decided: Sequence[Decided]) -> Iterator[Decided]:
        """The findings that are told in other words, the longest of overlapping ones."""
        told = [item for item in decided if item.kind in CONDITIONS and item.choice.term is not None]
        for sentence, here in zip(sentences, _near(told, sentences), strict=True):
            found = [*self._worded.find(text[sentence.start : sentence.end])]
            taken: list[Reworded] = []
            for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
                start, end = sentence.start + one.start, sentence.start + one.end
                if any(other.start <= one.start and one.end <= other.end and not other.joined for other in taken):
                    continue
                taken.append(one)
                if not _hyphened(text, start, end) and not self._known(one, start, end, here, text):
                    choice = self._choice(one, text[start:end])
                    yield Decided(start, end, "phenotype", choice, "recogniser", finding=True)

    def _known(self, one: Reworded, start: int, end: int, here: Iterable[Decided], text: str) -> bool:
        """Whether it was told before: the same term in it or around it, or any condition at just that place."""
        own = {*codes(self._lexicon.term(one.term))}
        for item in here:
            if item.start < end and start < item.end:
                term = item.choice.term or ""
                if (item.start, item.end) == (start, end) or not own.isdisjoint(codes(self._lexicon.term(term))):
                    return True
        return self._lexicon.exclusions.bars(text[start:end], one.term)

    def _choice(self, one: Reworded, surface: str) -> Choice:
        label = self._lexicon.term(one.term).label
        how = f"a name of {label}" if key(surface) == key(one.name) else f"other words for {one.name}"
        return Choice(term=one.term, label=label, score=_SCORE, reason=how)


def _near(items: Iterable[Decided], stretches: Iterable[Hit | Span]) -> Iterator[list[Decided]]:
    """For each of some stretches in text order the items that may overlap it, each item looked at where it stands."""
    ordered = sorted(items, key=lambda item: item.start)
    number, near = 0, list[Decided]()
    for stretch in stretches:
        while number < len(ordered) and ordered[number].start < stretch.end:
            near.append(ordered[number])
            number += 1
        near = [item for item in near if item.end > stretch.start]
        yield near


def _hyphened(text: str, start: int, end: int) -> bool:
    """Whether a stretch is part of a compound: "auricular pits" in "pre-auricular pits"."""
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"
