"""Prefixes in, IRIs out, and back: `MONDO:0005100` <-> `http://purl.obolibrary.org/obo/MONDO_0005100`.

OBO ontologies use OBO PURLs, registries identifiers.org, papers doi.org or identifiers.org; what is ours stands
under `https://w3id.org/cartkg/` (DESIGN §5).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from urllib.parse import quote, unquote

BASE = "https://w3id.org/cartkg/"
OBO = "http://purl.obolibrary.org/obo/"
IDENTIFIERS = "https://identifiers.org/"

PREFIXES = MappingProxyType(
    {
        "kg": f"{BASE}vocab/",
        "cartkg": f"{BASE}term/",
        "statement": f"{BASE}statement/",
        "evidence": f"{BASE}evidence/",
        "reference": f"{BASE}reference/",
        "record": f"{BASE}record/",
        "mention": f"{BASE}mention/",
        "sense": f"{BASE}sense/",
        "dataset": f"{BASE}dataset/",
        "nanopub": f"{BASE}nanopub/",
        "CHEBI": f"{OBO}CHEBI_",
        "CL": f"{OBO}CL_",
        "DOID": f"{OBO}DOID_",
        "HP": f"{OBO}HP_",
        "MAXO": f"{OBO}MAXO_",
        "MONDO": f"{OBO}MONDO_",
        "NCIT": f"{OBO}NCIT_",
        "OAE": f"{OBO}OAE_",
        "EFO": "http://www.ebi.ac.uk/efo/EFO_",
        "Orphanet": "http://www.orpha.net/ORDO/Orphanet_",
        "DRUGBANK": f"{IDENTIFIERS}drugbank:",
        "HGNC": f"{IDENTIFIERS}hgnc:",
        "ICD10CM": f"{IDENTIFIERS}icd10cm:",
        "MEDGEN": f"{IDENTIFIERS}medgen:",
        "MESH": f"{IDENTIFIERS}mesh:",
        "NCBIGene": f"{IDENTIFIERS}ncbigene:",
        "NCT": f"{IDENTIFIERS}clinicaltrials:",
        "OMIM": f"{IDENTIFIERS}mim:",
        "PMCID": f"{IDENTIFIERS}pmc:",
        "PMID": f"{IDENTIFIERS}pubmed:",
        "SCTID": f"{IDENTIFIERS}snomedct:",
        "UMLS": f"{IDENTIFIERS}umls:",
        "UNII": f"{IDENTIFIERS}unii:",
        "UniProtKB": f"{IDENTIFIERS}uniprot:",
        "ENSEMBL": f"{IDENTIFIERS}ensembl:",
        "DOI": "https://doi.org/",
        "biolink": "https://w3id.org/biolink/vocab/",
        "cito": "http://purl.org/spar/cito/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "fabio": "http://purl.org/spar/fabio/",
        "oio": "http://www.geneontology.org/formats/oboInOwl#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prism": "http://prismstandard.org/namespaces/basic/2.0/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

# What may stand raw in the local part of an IRI: RFC 3987's path characters less those N-Triples forbids.
_SAFE = "-._~!$&'()*+,;=:@/"
_PREFIX_OF = {base: prefix for prefix, base in PREFIXES.items()}
# The longest base first; a base alone is no CURIE. A pattern, since exports shorten millions of IRIs.
_BASE = re.compile(f"({'|'.join(map(re.escape, sorted(_PREFIX_OF, key=len, reverse=True)))})(?=.)", re.DOTALL)


def iri(curie: str) -> str:
    """The IRI of a CURIE; characters that an IRI cannot hold are percent-encoded.

    >>> iri("MONDO:0005100")
    'http://purl.obolibrary.org/obo/MONDO_0005100'
    >>> iri("DOI:10.1002/(SICI)1097<1::AID>3.0")
    'https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0'

    Raises:
        ValueError: the prefix is none of ours.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ValueError(f"curie: expected a known prefix, got {curie!r}")
    return PREFIXES[prefix] + quote(local, safe=_SAFE)


def curie(iri: str) -> str:
    """The CURIE of an IRI, or the IRI itself where no prefix fits.

    >>> curie("https://identifiers.org/hgnc:1633")
    'HGNC:1633'
    >>> curie("http://example.org/x")
    'http://example.org/x'
    """
    found = _BASE.match(iri)
    if found is None:
        return iri
    local = iri[found.end() :]
    return f"{_PREFIX_OF[found[1]]}:{unquote(local) if '%' in local else local}"


def known(curie: str) -> bool:
    """Whether `iri` can expand it.

    >>> known("MONDO:1"), known("ICD9:710.1")
    (True, False)
    """
    prefix, colon, local = curie.partition(":")
    return bool(colon and local) and prefix in PREFIXES
