"""One small ontology written in each release format, read to the same terms."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import BadVocabulary
from kg.lexicon.compiling import releases
from kg.model import Name

OBO = """format-version: 1.2

[Term]
id: MONDO:1
name: made-up disease
synonym: "imaginary illness" EXACT []
synonym: "MUD" EXACT abbreviation []
synonym: "wide name" BROAD []
xref: MESH:D000001
xref: MedDRA:10000001
is_a: MONDO:2 ! above

[Term]
id: MONDO:3
name: obsolete thing
is_obsolete: true
"""
GRAPH = """{"graphs": [{"nodes": [
 {"id": "http://purl.obolibrary.org/obo/MONDO_1", "lbl": "made-up disease", "type": "CLASS", "meta": {
  "synonyms": [{"pred": "hasExactSynonym", "val": "imaginary illness"},
   {"pred": "hasExactSynonym", "val": "MUD", "synonymType": "http://purl.obolibrary.org/obo/mondo#ABBREVIATION"},
   {"pred": "hasExactSynonym", "val": "MUD", "synonymType": "http://purl.obolibrary.org/obo/OMO_0003000"},
   {"pred": "hasBroadSynonym", "val": "wide name"}],
  "xrefs": [{"val": "MESH:D000001"}, {"val": "MedDRA:10000001"}]}},
 {"id": "http://purl.obolibrary.org/obo/MONDO_3", "lbl": "obsolete thing", "meta": {"deprecated": true}}],
 "edges": [{"sub": "http://purl.obolibrary.org/obo/MONDO_1", "pred": "is_a",
            "obj": "http://purl.obolibrary.org/obo/MONDO_2"}]}]}"""
OWL = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:oio="http://www.geneontology.org/formats/oboInOwl#">
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_1">
 <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/MONDO_2"/>
 <rdfs:subClassOf><owl:Restriction><owl:someValuesFrom><owl:Class><rdfs:label>inner</rdfs:label></owl:Class>
 </owl:someValuesFrom></owl:Restriction></rdfs:subClassOf>
 <oio:hasExactSynonym>imaginary illness</oio:hasExactSynonym><oio:hasBroadSynonym>wide name</oio:hasBroadSynonym>
 <oio:hasDbXref>MESH:D000001</oio:hasDbXref><oio:hasDbXref>MedDRA:10000001</oio:hasDbXref>
 <rdfs:label>made-up disease</rdfs:label>
</owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_3"><rdfs:label>obsolete thing</rdfs:label>
 <owl:deprecated>true</owl:deprecated></owl:Class>
</rdf:RDF>"""


@pytest.mark.parametrize("text", [OBO, GRAPH, OWL], ids=["obo", "obograph", "owl"])
def test_every_format_gives_the_same_term(tmp_path: Path, text: str) -> None:
    """Label, scopes, parent and cross-references; no obsolete term and no MedDRA code."""
    (tmp_path / "release").write_bytes(gzip.compress(text.encode()))
    (found,) = releases.read(tmp_path / "release")
    assert (found.id, found.label, found.parents, found.xrefs) == (
        "MONDO:1",
        "made-up disease",
        ("MONDO:2",),
        ("MESH:D000001",),
    )
    assert Name(text="imaginary illness", scope="exact") in found.names
    assert Name(text="wide name", scope="broad") in found.names


def test_an_abbreviation_is_marked_where_the_source_marks_it() -> None:
    """OBO's synonym type becomes our scope."""
    (found,) = releases.parse(OBO.encode(), origin="x.obo")
    assert Name(text="MUD", scope="abbreviation") in found.names


@pytest.mark.parametrize("data", [b"", b"id\tname\n", b'{"graphs": 3}', b"<owl"])
def test_anything_else_is_refused(data: bytes) -> None:
    """With what was expected, and never as an empty vocabulary."""
    with pytest.raises(BadVocabulary, match=r"file\.x: expected"):
        list(releases.parse(data, origin="file.x"))
