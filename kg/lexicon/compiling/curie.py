"""A cross-reference as one of the sources writes it in, the same as this project writes it out, or None."""

from __future__ import annotations

from collections.abc import Mapping

# Prefixes as the sources write them, in lower case -> as this project does. What is not listed is not taken:
# MedDRA's codes are licensed, ICD's and the like are of no use here.
_PREFIXES: Mapping[str, str] = {
    "doid": "DOID",
    "efo": "EFO",
    "hp": "HP",
    "mesh": "MESH",
    "msh": "MESH",
    "mondo": "MONDO",
    "ncit": "NCIT",
    "nci": "NCIT",
    "omim": "OMIM",
    "mim": "OMIM",
    "orphanet": "Orphanet",
    "ordo": "Orphanet",
    "orpha": "Orphanet",
    "sctid": "SCTID",
    "snomedct_us": "SCTID",
    "umls": "UMLS",
    "medgen": "MEDGEN",
    "ncbigene": "NCBIGene",
    "uniprot": "UniProtKB",
    "cl": "CL",
}


def canonical(curie: str) -> str | None:
    """The CURIE with this project's prefix; None where its vocabulary is not taken.

    >>> canonical("MSH:D012595"), canonical("SNOMEDCT_US:89155008"), canonical("MedDRA:10042953")
    ('MESH:D012595', 'SCTID:89155008', None)
    """
    prefix, colon, local = curie.strip().partition(":")
    known = _PREFIXES.get(prefix.lower())
    return f"{known}:{local}" if known and colon and local and " " not in local else None
