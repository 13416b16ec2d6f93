"""Documents with the patients they count in, which of them count the same patients out.

The same registered trial is the same patients. So is a paper and another that it cites, when both have the same first
author and count as many patients for the same statement. A wrong join makes a total too small, never too large.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from kg.graph.references import Citations
from kg.model import Annotation

_PREFIXES = ("NCT", "PMID", "DOI", "PMCID", "record", "reference")

_Counted = tuple[str, str, str, int]


class Cohorts:
    """Collects who counts whom; once all documents are in, tells the cohort of each passage.

    Holds the trials and the counted patients of every document that has any.
    """

    def __init__(self, citations: Citations) -> None:
        self._citations = citations
        self._above: dict[str, str] = {}
        self._authors: dict[str, str] = {}
        self._counted: defaultdict[str, set[_Counted]] = defaultdict(set)
        self._cites: list[tuple[str, str]] = []
        self._final = False

    def add(self, annotation: Annotation) -> None:
        """Takes note of one document."""
        document = annotation.document
        for statement in annotation.statements:
            for item in statement.evidence:
                if item.cohort is None:
                    continue
                self._join(document.id, item.cohort)
                for trial in item.trials:
                    self._join(document.id, f"NCT:{trial}")
                if item.treated:
                    self._counted[document.id].add((*statement.key[:3], item.treated))
        if document.id in self._counted and document.authors:
            self._authors[document.id] = document.authors[0]
            for reference in document.references:
                for curie in reference.ids.curies[:1]:
                    self._cites.append((document.id, curie))

    def resolve(self, cohort: str) -> str:
        """The name of the cohort that a passage counts: the trial's, else that of the first of its papers."""
        if not self._final:
            self._join_retold()
            self._final = True
        known = cohort if cohort in self._above else self._citations.resolve(cohort)
        return self._root(known) if known in self._above else known

    def _join_retold(self) -> None:
        for citing, name in self._cites:
            cited = self._citations.resolve(name)
            alike = cited in self._authors and self._counted[citing] & self._counted[cited]
            if alike and same_author(self._authors[citing], self._authors[cited]):
                self._join(citing, cited)

    def _join(self, one: str, other: str) -> None:
        low, high = sorted((self._root(one), self._root(other)), key=_rank)
        self._above[high] = low

    def _root(self, name: str) -> str:
        self._above.setdefault(name, name)
        while (above := self._above[name]) != name:
            self._above[name] = self._above[above]
            name = above
        return name


def same_author(one: str, other: str) -> bool:
    """Whether two ways of printing a name may be one person's: a name in common, and initials that agree.

    >>> same_author("Müller F", "Muller, Fabian"), same_author("Jane A. Doe", "Doe J")
    (True, True)
    >>> same_author("Doe Jane", "Roe Jane"), same_author("Doe J", "Doe R")
    (False, False)
    """
    (names, initials), (other_names, other_initials) = _parts(one), _parts(other)
    return bool(names & other_names) and (initials <= other_initials or other_initials <= initials)


def _parts(author: str) -> tuple[set[str], set[str]]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", author) if not unicodedata.combining(c))
    names, initials = set(), set()
    for word in re.findall(r"[^\W\d_]+", plain):
        if len(word) <= 3 and word.isupper():
            initials |= set(word.casefold())
        else:
            names.add(word.casefold())
            initials.add(word[0].casefold())
    return names, initials


def _rank(name: str) -> tuple[int, str]:
    prefix = name.partition(":")[0]
    return (_PREFIXES.index(prefix) if prefix in _PREFIXES else len(_PREFIXES), name)
