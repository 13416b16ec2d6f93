"""An OWL release in RDF/XML in, its terms out: named classes with label, synonyms, named superclasses, xrefs.

Read as a stream, since MONDO's file is 200 MB; entities and network access are off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from kg.errors import BadVocabulary
from kg.lexicon.compiling.curie import canonical
from kg.lexicon.compiling.obograph import compact
from kg.lexicon.compiling.stanza import Stanza
from kg.model import Name, Scope

_OWL = "{http://www.w3.org/2002/07/owl#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_RDFS = "{http://www.w3.org/2000/01/rdf-schema#}"
_OIO = "{http://www.geneontology.org/formats/oboInOwl#}"
_SCOPES: dict[str, Scope] = {
    f"{_OIO}hasExactSynonym": "exact",
    f"{_OIO}hasRelatedSynonym": "related",
    f"{_OIO}hasBroadSynonym": "broad",
    f"{_OIO}hasNarrowSynonym": "narrow",
}


def read(stream: BinaryIO, *, origin: str) -> Iterator[Stanza]:
    """The terms of an RDF/XML file.

    Raises:
        BadVocabulary: it is no well-formed XML.
    """
    depth = 0
    try:
        parser = etree.iterparse(
            stream, events=("start", "end"), tag=f"{_OWL}Class", resolve_entities=False, no_network=True, huge_tree=True
        )
        for event, element in parser:
            depth += 1 if event == "start" else -1
            if event == "start" or depth:
                continue  # a class inside another's restriction
            if (found := _stanza(element)) is not None:
                yield found
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise BadVocabulary(f"{origin}: expected OWL in RDF/XML, got: {error}") from error


def _stanza(element: etree._Element) -> Stanza | None:
    about = compact(str(element.get(f"{_RDF}about") or ""))
    label = ""
    names: list[Name] = []
    parents: list[str] = []
    xrefs: list[str] = []
    for child in element:
        text = (child.text or "").strip()
        if child.tag == f"{_OWL}deprecated" and text == "true":
            return None
        if child.tag == f"{_RDFS}label":
            label = label or text
        elif child.tag == f"{_RDFS}subClassOf" and (above := child.get(f"{_RDF}resource")) is not None:
            parents.append(compact(str(above)))
        elif child.tag == f"{_OIO}hasDbXref" and (curie := canonical(text)) is not None:
            xrefs.append(curie)
        elif (scope := _SCOPES.get(str(child.tag))) is not None and text:
            names.append(Name(text=text, scope=scope))
    if ":" not in about or "/" in about or not label:
        return None
    return Stanza(id=about, label=label, names=tuple(names), parents=tuple(parents), xrefs=tuple(xrefs))
