"""Parent links in, ancestors and descendants out; a cycle is an error, not an endless loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import BadVocabulary


class Hierarchy:
    """The is-a links of a set of terms, closed over on demand.

    >>> tree = Hierarchy({"dcSSc": ("SSc",), "SSc": ("rheumatic",)})
    >>> sorted(tree.ancestors("dcSSc")), sorted(tree.descendants("rheumatic"))
    (['SSc', 'rheumatic'], ['SSc', 'dcSSc'])
    """

    def __init__(self, parents: Mapping[str, Iterable[str]]) -> None:
        self._parents = {child: tuple(above) for child, above in parents.items()}
        self._children: dict[str, list[str]] = {}
        for child, above in self._parents.items():
            for parent in above:
                self._children.setdefault(parent, []).append(child)
        self._ancestors: dict[str, frozenset[str]] = {}
        self._descendants: dict[str, frozenset[str]] = {}

    def ancestors(self, term: str) -> frozenset[str]:
        """All terms above, the term itself left out.

        Raises:
            BadVocabulary: the term is its own ancestor.
        """
        if term not in self._ancestors:
            self._ancestors[term] = self._closure(term, self._parents)
        return self._ancestors[term]

    def descendants(self, term: str) -> frozenset[str]:
        """All terms below, the term itself left out.

        Raises:
            BadVocabulary: the term is its own descendant.
        """
        if term not in self._descendants:
            self._descendants[term] = self._closure(term, self._children)
        return self._descendants[term]

    @staticmethod
    def _closure(start: str, links: Mapping[str, Iterable[str]]) -> frozenset[str]:
        found: set[str] = set()
        stack = list(links.get(start, ()))
        while stack:
            term = stack.pop()
            if term not in found:
                found.add(term)
                stack.extend(links.get(term, ()))
        if start in found:
            raise BadVocabulary(f"hierarchy: {start} is its own ancestor")
        return frozenset(found)
