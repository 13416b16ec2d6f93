"""Counts and sources in, the description of the data set as a whole out (VoID, DCAT): content only, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from pyoxigraph import Triple

from kg.graph._rdf import TYPE, about, digest, integer, node, string
from kg.namespaces import BASE, PREFIXES

DATASET = "dataset:cartkg"
_VOCABULARIES = ("biolink", "cito", "dcterms", "fabio", "kg", "owl", "prism", "prov", "rdfs", "skos")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A vocabulary or program that the graph was made with: MONDO, HGNC, the lexicon, cartkg itself."""

    name: str
    version: str
    licence: str = ""
    sha256: str = ""
    page: str = ""


def describe(counts: Mapping[str, int], sources: Sequence[Source]) -> Iterator[Triple]:
    """The data set, how many nodes of each class it has, and what it was made with.

    >>> [t.object.value for t in describe({"kg:Record": 2}, ()) if t.predicate == node("void:entities")]
    ['2']

    Args:
        counts: number of nodes by class CURIE.
        sources: what the graph was made with.
    """
    here = node(DATASET)
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield Triple(here, TYPE, node(kind))
    yield from about(
        here,
        (
            ("dcterms:title", string("cartkg: B-cell-directed therapies in autoimmune rheumatic disease")),
            (
                "dcterms:description",
                string("Statements with their evidence, read from literature records by the program cartkg."),
            ),
            ("void:uriSpace", string(BASE)),
        ),
    )
    for prefix in _VOCABULARIES:
        # VoID §4: void:vocabulary names the vocabulary's own namespace.
        yield Triple(here, node("void:vocabulary"), type(here)(PREFIXES[prefix]))
    for kind, count in counts.items():
        part = node(f"dataset:cartkg-{kind.partition(':')[2]}")
        yield Triple(here, node("void:classPartition"), part)
        yield Triple(part, node("void:class"), node(kind))
        yield Triple(part, node("void:entities"), integer(count))
    for source in sources:
        made_with = node("dataset:source-" + digest(source.name, source.version, source.sha256, length=24))
        yield Triple(here, node("dcterms:source"), made_with)
        for predicate, text in (
            ("dcterms:title", source.name),
            ("dcat:version", source.version),
            ("dcterms:license", source.licence),
            ("kg:source_sha256", source.sha256),
            ("kg:source_page", source.page),
        ):
            if text:
                yield Triple(made_with, node(predicate), string(text))
