"""Hits in, hits out, without the antigens inside the names of autoantibodies ("anti-topoisomerase I antibodies").

Anti-CD20 antibodies are a drug, anti-AQP4 antibodies a finding. Which is which the vocabulary knows: an antigen that no
therapy of it is directed at is not what an antibody in a text treats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lexicon import Hit, Lexicon

_ANTI = re.compile(r"(?:\banti|\bautoantibod\w+ (?:to|against|directed (?:to|against|at)))[-–\s]?$", re.IGNORECASE)
_ANTIBODY = re.compile(
    r"^[\s\-–)]*(?:(?:\w+[-\s]){0,2}(?:auto)?antibod(?:y|ies)|Abs?\b|IgG\w*|seroposit\w+|posit\w+|negativ\w+|titers?|titres?|"
    r"levels?|associated|syndrome|related)\b",
    re.IGNORECASE,
)
# What is made to bind the antigen, be it cells or an antibody made for treatment.
_ENGINEERED = re.compile(
    r"^[\s\-–]*(?:\([^()]*\)[\s\-–]*)?(?:\w+[-\s]){0,2}(?:CAR|CAAR|chimeric|bispecific|engager|targeted|directed|"
    r"monoclonal|mAbs?\b|neutrali[sz]ing|blocking|humani[sz]ed|therapeutic|nanobod|"
    r"(?:antibody )?(?:therap(?:y|ies)|treatments?|agents?|drugs?|biologics?)\b)",
    re.IGNORECASE,
)


class Autoantibodies:
    """Tells autoantigens from therapeutic targets by the therapies of the vocabulary."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def without(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits that are no part of an autoantibody's name."""
        return tuple([hit for hit in hits if not (self._may_be_antigen(hit) and self._names_antibody(text, hit))])

    def _may_be_antigen(self, hit: Hit) -> bool:
        for entry in hit.entries:
            if self._lexicon.type_of(entry.term) != "target" or entry.term in self._lexicon.treated:
                return False
        return True

    @staticmethod
    def _names_antibody(text: str, hit: Hit) -> bool:
        if "anti" not in text[max(0, hit.start - 40) : hit.end].lower():
            return False
        before, after = text[max(0, hit.start - 40) : hit.start], text[hit.end : hit.end + 60]
        if text[hit.start : hit.end].lower().startswith(("anti-", "anti–")):
            return _ENGINEERED.match(after) is None  # a short form defined so: "… gene 5 (anti-MDA5)"
        if _ANTI.search(before) is None or _ENGINEERED.match(after):
            return False
        return before.rstrip(" -–").lower().endswith("anti") or _ANTIBODY.match(after) is not None
