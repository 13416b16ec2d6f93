"""The names found in a record in, whether it is a record of this field out.

It is one where it names a systemic autoimmune or autoimmune rheumatic disease, engineered cells, or a therapy directed
at a target of the immune system. Such records are read for this graph: a finding is told as harm or is none of ours
(ANNOTATION), and the names that were curated for it are trusted. All others are read as literature in general.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from kg import resources
from kg.lexicon import overlay
from kg.lexicon.entry import Entry, Hit
from kg.lexicon.lexicon import Lexicon

# Spondyloarthritis and vasculitis stand beside them, what rheumatologists treat with the same agents, and arthritis in
# animals, in which targets are tried first.
DISEASES: Final = (
    "cartkg:autoimmune-rheumatic-disease",
    "cartkg:systemic-autoimmune-disease",
    "MONDO:0005095",
    "MONDO:0018882",
    "MESH:D001169",
)
_FINDINGS: Final = frozenset({"adverse_event", "phenotype"})
IMMUNE: Final = ("MONDO:0007179", "MONDO:0005265")  # autoimmune disease, inflammatory bowel disease
CELLS: Final = ("DRUGBANK:DB22146", "cartkg:car-t")
# Enzymes in every cell, whose inhibitors are given for much else: proteasome, mTOR, cereblon, RANKL of bone.
_COMMON_TARGETS: Final = frozenset({"HGNC:9542", "HGNC:9545", "HGNC:3942", "HGNC:30185", "HGNC:11926"})


class Field:
    """What makes a record one of this field, in one vocabulary. Immutable."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, bool] = {}
        roots = [root for root in (*DISEASES, *CELLS) if root in lexicon]
        self._below = frozenset(roots).union(*(lexicon.descendants(root) for root in roots))
        immune = [root for root in IMMUNE if root in lexicon]
        self._immune = frozenset(immune).union(*(lexicon.descendants(root) for root in immune))

    def holds(self, hits: Iterable[Hit]) -> bool:
        """Whether a record with these names is one of the field; acronyms that may mean something else do not tell.

        >>> from kg.lexicon import shipped
        >>> field = Field(shipped())
        >>> [field.holds(shipped().find(text)) for text in ("lupus nephritis", "breast cancer", "rituximab", "SS")]
        [True, False, True, False]
        """
        return any(self._tells(hit.entries[0]) for hit in hits if self._sure(hit))

    def tells_findings_apart(self, hits: Iterable[Hit]) -> bool:
        """Whether a record's signs and symptoms are no diseases: one of the field, or on any autoimmune disease.

        >>> from kg.lexicon import shipped
        >>> field = Field(shipped())
        >>> [field.tells_findings_apart(shipped().find(text)) for text in ("multiple sclerosis", "breast cancer")]
        [True, False]
        """
        return any(
            self._tells(hit.entries[0]) or hit.entries[0].term in self._immune for hit in hits if self._sure(hit)
        )

    def curated(self, entry: Entry) -> bool:
        """Whether a name's term stands in the overlay, whose names were chosen by hand for such records.

        Of harms this holds for their short forms alone: "fever" is an ordinary word, CRS is not.

        >>> from kg.lexicon import shipped
        >>> field = Field(shipped())
        >>> [field.curated(shipped().named(name)[0]) for name in ("systemic sclerosis", "fever", "ICANS")]
        [True, False, True]
        """
        type_ = _curated().get(entry.term, "")
        return bool(type_) and (type_ not in _FINDINGS or entry.scope == "abbreviation")

    def _sure(self, hit: Hit) -> bool:
        entry = hit.entries[0]
        if entry.scope != "abbreviation":
            return True
        return len(entry.name) > 2 and entry.name not in self._lexicon.senses and len(hit.entries) == 1

    def _tells(self, entry: Entry) -> bool:
        known = self._known.get(entry.term)
        if known is None:
            known = self._known[entry.term] = entry.term in self._below or self._directed(entry.term)
        return known

    def _directed(self, curie: str) -> bool:
        if self._lexicon.type_of(curie) != "therapy":
            return False
        return not _COMMON_TARGETS.issuperset(self._lexicon.term(curie).targets)


@cache
def _curated() -> Mapping[str, str]:
    read = overlay.read(resources.folder("ontologies") / "overlay")
    return {term.id: term.type for term in read.terms}
