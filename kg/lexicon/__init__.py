"""Vocabulary files -> lexicon -> look-up, hierarchy, cross-references."""

from kg.lexicon.entry import Entry, Hit
from kg.lexicon.lexicon import Lexicon, shipped
from kg.lexicon.overlay import Exclusion, Sense

__all__ = ["Entry", "Exclusion", "Hit", "Lexicon", "Sense", "shipped"]
