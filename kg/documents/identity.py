"""Identifiers as people and sites write them in, normal ones out, and the one that names a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import unquote

from kg.documents.plain import squeeze
from kg.model import Ids

_PMID = re.compile(
    r"(?:pmid[:\s]*|https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/)?0*([1-9]\d{0,8})/?", re.I
)
_PMCID = re.compile(r"(?:pmcid[:\s]*|https?://\S*?/)?PMC\s?0*([1-9]\d{0,9})(?:\.\d+)?/?", re.I)
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/|doi[:\s]*", re.I)
# The registrant is four to nine digits, with subdivisions (DOI Handbook 2.2.2); the suffix is any printing character.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>|{}\\^`]+(?:<[^\s<>]+>[^\s\"<>|{}\\^`]+)*")
_NCT = re.compile(r"(?<![A-Z0-9])NCT\s?(\d{8})(?!\d)")


def pmid(text: str) -> str | None:
    """A PMID without leading zeros, or None where the text is none.

    >>> pmid("PMID: 0031845217"), pmid("https://pubmed.ncbi.nlm.nih.gov/7/"), pmid("000000"), pmid("10907391_3")
    ('31845217', '7', None, None)
    """
    found = _PMID.fullmatch(squeeze(text))
    return found[1] if found else None


def pmcid(text: str) -> str | None:
    """A PMCID with its prefix, or None where the text is none.

    >>> pmcid("pmcid: pmc0012345"), pmcid("PMC12345.2"), pmcid("12345")
    ('PMC12345', 'PMC12345', None)
    """
    found = _PMCID.fullmatch(squeeze(text))
    return f"PMC{found[1]}" if found else None


def doi(text: str) -> str | None:
    """A DOI in lower case, without resolver or trailing punctuation, or None where the text is none.

    DOI names compare without regard to case (DOI Handbook 2.4).

    >>> doi("https://doi.org/10.1016/S1534-5807(01)00083-1."), doi("doi: 10.1000%2Fxyz;"), doi("10/short")
    ('10.1016/s1534-5807(01)00083-1', '10.1000/xyz', None)
    """
    flat = squeeze(text)
    prefix = _DOI_PREFIX.match(flat)
    bare = flat[prefix.end() :].strip() if prefix else flat
    if "%2f" in bare.lower():
        bare = unquote(bare)
    found = _DOI.match(bare)
    return _trimmed(found[0]) if found and not bare[found.end() :].strip() else None


def dois(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every DOI that is printed in a text, with where it stands (code points, half open), prefix included.

    >>> dois("Cureus 14 (10). 10.7759/Cureus.30330.")
    (('10.7759/cureus.30330', 16, 36),)
    """
    found = []
    for match in _DOI.finditer(text):
        name = _trimmed(match[0])
        start = match.start()
        for prefix in _DOI_PREFIX.finditer(text, max(0, start - 24), start):
            if prefix.end() == start:
                start = prefix.start()
                break
        found.append((name, start, match.start() + len(name)))
    return tuple(found)


def trials(texts: Iterable[str]) -> tuple[str, ...]:
    """The ClinicalTrials.gov numbers in texts, sorted.

    >>> trials(["(NCT03030976; NCT 04561557)", "XNCT00000001"])
    ('NCT03030976', 'NCT04561557')
    """
    return tuple(sorted({f"NCT{match[1]}" for text in texts if "NCT" in text for match in _NCT.finditer(text)}))


def canonical_id(ids: Ids, *, text: str) -> str:
    """The CURIE that names a document: its PMID, else DOI, else PMCID, else a hash of its text.

    >>> canonical_id(Ids(doi="10.1000/x"), text="")
    'DOI:10.1000/x'
    >>> canonical_id(Ids(), text="A case of SSc") == f"record:{sha256(b'A case of SSc').hexdigest()[:16]}"
    True
    """
    return ids.curies[0] if ids.curies else f"record:{sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def joined(several: Iterable[Ids]) -> Ids:
    """The identifiers of versions of one paper as one; where two differ, the first given stands.

    >>> joined([Ids(doi="10.1000/x"), Ids(pmid="7", doi="10.1000/y")])
    Ids(pmid='7', doi='10.1000/x', pmcid=None, nct=())
    """
    known = tuple(several)
    return Ids(
        pmid=next((ids.pmid for ids in known if ids.pmid), None),
        doi=next((ids.doi for ids in known if ids.doi), None),
        pmcid=next((ids.pmcid for ids in known if ids.pmcid), None),
        nct=tuple(sorted({number for ids in known for number in ids.nct})),
    )


def _trimmed(name: str) -> str:
    """Without the punctuation of the sentence around it; a bracket that the DOI itself opens stays."""
    while name:
        last = name[-1]
        closes = {")": "(", "]": "[", "}": "{"}.get(last)
        if last in ".,;:'’”\"*" or (closes and name.count(last) > name.count(closes)):
            name = name[:-1]
        else:
            break
    return name.lower()
