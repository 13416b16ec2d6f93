"""Documents in, who cites whom out: one node for a cited paper, whatever citing papers call it.

Two citations are of one paper when they share an id, directly or through a third citation that carries both. A cited
paper that is itself a record of the graph is that record. Without any id, the citation's text is what identifies it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from pyoxigraph import Triple

from kg.graph._rdf import TYPE, about, digest, integer, node, string
from kg.model import Document, Reference

_PREFERENCE = ("PMID", "DOI", "PMCID", "reference")
_TEXTS = (
    ("citation", "dcterms:bibliographicCitation"),
    ("title", "dcterms:title"),
    ("journal", "prism:publicationName"),
    ("volume", "prism:volume"),
    ("pages", "prism:pageRange"),
)


def key(reference: Reference) -> str:
    """What one citation calls its paper: the preferred id, else a hash of its text without case, marks and spacing.

    >>> one = Reference(number=1, citation="Doe J. (2020). On B cells.", start=0, end=26)
    >>> two = Reference(number=9, citation="doe j (2020) On  B Cells", start=5, end=29)
    >>> key(one) == key(two), key(one).partition(":")[0]
    (True, 'reference')
    """
    if reference.ids.curies:
        return reference.ids.curies[0]
    plain = unicodedata.normalize("NFKC", reference.citation).casefold()
    return "reference:" + digest(" ".join("".join(c if c.isalnum() else " " for c in plain).split()), length=24)


class Citations:
    """Collects every document's ids and reference list; once all are in, tells which node each citation is of.

    Holds a few hundred bytes for each cited paper: who a citation is of can change with the last document read.
    """

    def __init__(self, *, retracted: Collection[str] = ()) -> None:
        """retracted: the CURIEs of papers known to be retracted, whether or not a record of theirs says so."""
        self._retracted = frozenset(retracted)
        self._withdrawn: set[str] = set()
        self._records: dict[str, str] = {}
        self._cites: list[tuple[str, str]] = []
        self._above: dict[str, str] = {}
        self._texts: dict[str, dict[str, str]] = {}
        self._listed: set[str] = set()
        self._final: dict[str, str] | None = None

    def add(self, document: Document) -> None:
        """Takes note of one document."""
        self._final = None
        if "retracted" in document.status:
            self._withdrawn.add(document.id)
        for curie in document.ids.curies or (document.id,):
            self._records[curie] = min(document.id, self._records.get(curie, document.id))
        for reference in document.references:
            name = key(reference)
            self._cites.append((document.id, name))
            self._above.setdefault(name, name)
            for other in reference.ids.curies[1:]:
                self._above.setdefault(other, other)
                low, high = sorted((self._root(name), self._root(other)), key=_rank)
                self._above[high] = low
            _keep_smallest(self._texts.setdefault(name, {}), reference)

    def resolve(self, curie: str) -> str:
        """The CURIE of the node that stands for the paper a citation calls `curie`."""
        if self._final is None:
            self._final = self._resolve_all()
        return self._final.get(curie) or self._records.get(curie, curie)

    def retracted(self, curie: str) -> bool:
        """Whether the paper of a node was retracted: its record says so, or the list of the retracted has it."""
        if self._final is None:
            self._final = self._resolve_all()
        return curie in self._withdrawn or curie in self._listed

    def triples(self) -> Iterator[Triple]:
        """`cito:cites` for every citation; a description of each cited paper that is no record of the graph."""
        records = set(self._records.values())
        described: dict[str, dict[str, str]] = {}
        names: dict[str, set[str]] = {}
        for document, name in self._cites:
            yield Triple(node(document), node("cito:cites"), node(self.resolve(name)))
        for name, texts in self._texts.items():
            merged = described.setdefault(self.resolve(name), {})
            for field, text in texts.items():
                merged[field] = min(text, merged.get(field, text))
        for name in self._above:
            names.setdefault(self.resolve(name), set()).add(name)
        for cited in sorted(described.keys() - records):
            yield from self._describe(cited, described[cited], names[cited])

    def _describe(self, cited: str, texts: dict[str, str], names: set[str]) -> Iterator[Triple]:
        here = node(cited)
        yield Triple(here, TYPE, node("fabio:Expression"))
        yield Triple(here, TYPE, node("kg:CitedPaper"))
        yield from about(here, ((predicate, string(texts[f]) if f in texts else None) for f, predicate in _TEXTS))
        yield from about(
            here,
            (
                ("kg:year", integer(int(texts["year"])) if "year" in texts else None),
                ("kg:authors", string(texts["authors"]) if "authors" in texts else None),
            ),
        )
        if self.retracted(cited):
            yield Triple(here, node("kg:status"), string("retracted"))
        for name in sorted(names):
            if not name.startswith("reference:"):
                yield Triple(here, node("dcterms:identifier"), string(name))
            if name != cited:
                yield Triple(here, node("skos:exactMatch"), node(name))

    def _root(self, name: str) -> str:
        while (above := self._above[name]) != name:
            self._above[name] = self._above[above]
            name = above
        return name

    def _resolve_all(self) -> dict[str, str]:
        groups: dict[str, list[str]] = {}
        for name in self._above:
            groups.setdefault(self._root(name), []).append(name)
        final: dict[str, str] = {}
        for members in groups.values():
            members.sort(key=_rank)
            prefixes = [name.partition(":")[0] for name in members]
            if len(prefixes) > len(set(prefixes)):
                # Two PMIDs, or two DOIs, in one group: some citation carries a wrong id. Trust none of the links.
                final.update((name, self._records.get(name, name)) for name in members)
                continue
            known = [self._records[name] for name in members if name in self._records]
            final.update(dict.fromkeys(members, known[0] if known else members[0]))
        self._listed = {final[name] for name in final.keys() & self._retracted}
        return final


def _rank(curie: str) -> tuple[int, str]:
    prefix = curie.partition(":")[0]
    return (_PREFERENCE.index(prefix), curie)


def _keep_smallest(texts: dict[str, str], reference: Reference) -> None:
    # Citing papers print the same paper differently; the smallest text is the same whatever the order of reading.
    found = {field: getattr(reference, field) for field, _ in _TEXTS}
    found["year"] = f"{reference.year:04}" if reference.year is not None else None
    found["authors"] = "; ".join(reference.authors)
    for field, text in found.items():
        if text:
            texts[field] = min(text, texts.get(field, text))
