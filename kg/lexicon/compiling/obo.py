"""An OBO release in, its terms out: label, synonyms with scope, parents, cross-references; obsolete terms left out.

OBO 1.4 (https://owlcollab.github.io/oboformat/doc/obo-syntax.html), as far as names need it; definitions are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.lexicon.compiling.curie import canonical
from kg.lexicon.compiling.stanza import Stanza
from kg.model import Name, Scope

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(EXACT|RELATED|BROAD|NARROW)?\s*([^\[]*)')
_SCOPES: dict[str, Scope] = {"EXACT": "exact", "RELATED": "related", "BROAD": "broad", "NARROW": "narrow"}
# Synonym types that mark a name as withdrawn by its own ontology.
_WITHDRAWN = frozenset({"obsolete_synonym", "OMO:0003005", "EXCLUDE", "DEPRECATED"})
_SHORT = frozenset({"abbreviation", "ABBREVIATION", "OMO:0003000", "acronym", "OMO:0003012"})


def read(lines: Iterable[str]) -> Iterator[Stanza]:
    """The terms of an OBO file.

    >>> [stanza.label for stanza in read(["[Term]", "id: X:1", "name: flu", 'synonym: "grippe" EXACT []'])]
    ['flu']
    """
    fields: list[tuple[str, str]] | None = None
    for line in lines:
        text = line.strip()
        if text.startswith("["):
            if fields and (found := _stanza(fields)) is not None:
                yield found
            fields = [] if text == "[Term]" else None
        elif fields is not None and ": " in text:
            tag, _, value = text.partition(": ")
            fields.append((tag, value))
    if fields and (found := _stanza(fields)) is not None:
        yield found


def _stanza(fields: list[tuple[str, str]]) -> Stanza | None:
    identifier = label = ""
    names: list[Name] = []
    parents: list[str] = []
    xrefs: list[str] = []
    for tag, value in fields:
        if tag == "is_obsolete" and value == "true":
            return None
        if tag == "id":
            identifier = value.split(" ")[0]
        elif tag == "name":
            label = _plain(value)
        elif tag == "is_a":
            parents.append(value.split(" ")[0])
        elif tag == "xref" and (curie := canonical(value.split(" ")[0])) is not None:
            xrefs.append(curie)
        elif tag == "synonym" and (found := _SYNONYM.match(value)) is not None:
            types = set(found[3].split())
            if types & _WITHDRAWN:
                continue
            scope = _SCOPES[found[2] or "RELATED"]
            names.append(
                Name(text=_plain(found[1]), scope="abbreviation" if scope == "exact" and types & _SHORT else scope)
            )
    if ":" not in identifier or not label:
        return None
    return Stanza(id=identifier, label=label, names=tuple(names), parents=tuple(parents), xrefs=tuple(xrefs))


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value).strip()
