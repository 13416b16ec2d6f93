"""Hits in, hits out, with a target and the engineered cells it names made one therapy: "CD19" + "CAR-T cells".

The lists of products never hold every way to say "BCMA-directed autologous CAR-T cells"; the grammar does. The target
stays a mention of its own inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from kg.lexicon import Entry, Hit, Lexicon

_WORD = (
    "targeted|targeting|directed|specific|redirected|reactive|positive|autologous|allogeneic|allogenic|universal|"
    "dual|bispecific|bi-specific|tandem|compound|co-targeted|dual-target|dual-targeting|humanized|humanised|"
    "fully human|second-generation|third-generation|fourth-generation|2nd generation|engineered|mRNA|"
    "chimeric antigen receptor modified"
)
_LINK = re.compile(rf"[\s)\]]*[-–\s]*(?:\(?(?:{_WORD})\)?[-–,\s]*){{0,4}}", re.IGNORECASE)
_JOIN = re.compile(r"\s*[-/×x+–]\s*(?:anti[-– ])?", re.IGNORECASE)
_ANTI = re.compile(r"\banti[-–\s]?$", re.IGNORECASE)
_MODALITIES = ("CAR-T cell therapy", "CAR-NK cell therapy", "CAR-Treg cell therapy", "CAR-macrophage therapy")


class Engineered:
    """Joins targets with the engineered-cell therapies right behind them.

    The modalities are looked up by name once; one that the vocabulary lacks is left out.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def modalities(self) -> frozenset[str]:
        """IDs of the modalities that a target in front makes more specific."""
        found: set[str] = set()
        for name in _MODALITIES:
            named = (entry.term for entry in self._lexicon.named(name))
            root = next((curie for curie in named if self._lexicon.term(curie).type == "therapy"), None)
            if root is None:
                continue
            found.add(root)
            found.update(c for c in self._lexicon.descendants(root) if not self._lexicon.term(c).targets)
        return frozenset(found)

    def join(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same hits, each engineered-cell therapy widened over the targets named in front of it."""
        modalities = self.modalities
        if modalities.isdisjoint([entry.term for hit in hits for entry in hit.entries]):
            return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.end)))
        out: list[Hit] = []
        for index, hit in enumerate(hits):
            modality = next((e.term for e in hit.entries if e.term in modalities), None)
            if modality is None:
                out.append(hit)
                continue
            start, targets = self._targets_before(text, hits, index)
            out.append(self._widened(text, hit, modality, start, targets) if targets else hit)
        return tuple(sorted(out, key=lambda hit: (hit.start, -hit.end)))

    def _targets_before(self, text: str, hits: Sequence[Hit], index: int) -> tuple[int, tuple[str, ...]]:
        start, link = hits[index].start, _LINK
        targets: list[str] = []
        for hit in reversed(hits[:index]):
            if hit.end > start:
                continue
            target = next((e.term for e in hit.entries if self._lexicon.term(e.term).type == "target"), None)
            if target is None or link.fullmatch(text, hit.end, start) is None:
                break
            targets.append(target)
            anti = _ANTI.search(text, max(0, hit.start - 6), hit.start)
            start, link = (anti.start() if anti else hit.start), _JOIN
        return start, tuple(dict.fromkeys(reversed(targets)))

    def _widened(self, text: str, hit: Hit, modality: str, start: int, targets: tuple[str, ...]) -> Hit:
        roots = [modality, *sorted(self._lexicon.ancestors(modality) & self.modalities)]
        fitting = (self._lexicon.with_targets(targets, within=root) for root in roots)
        specific = next((term for term in fitting if term is not None), None)
        term = specific.id if specific is not None else modality
        return Hit(start, hit.end, (Entry(term, text[start : hit.end], "exact"),))
