"""HGNC's table and MeSH's protein headings in, human genes out: symbol, name, aliases and protein names.

CC0 (HGNC); MeSH gives protein names that HGNC lacks ("tumor necrosis factor-alpha" is no name of TNF there).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import BadVocabulary
from kg.lexicon.compiling.wording import common_words, symbol
from kg.lexicon.prepare import key
from kg.model import Name, Term

_COLUMNS = {"HGNC ID", "Approved symbol", "Approved name", "Status", "Alias symbols", "Previous symbols", "Locus type"}
_LOCI = frozenset(
    {
        "gene with protein product",
        "complex locus constituent",
        "immunoglobulin gene",
        "T cell receptor gene",
        "RNA, micro",
        "RNA, long non-coding",
    }
)
# What follows the name of a protein in a supplementary record of MeSH.
_HUMAN = re.compile(r"(?: protein)?, human$")
_GREEK_END = re.compile(r"(?:^|[ -])(alpha|beta|gamma|delta|epsilon)(?: (\d+))?(?: chain)?$")
_LATIN = {"alpha": "A", "beta": "B", "gamma": "G", "delta": "D", "epsilon": "E"}
# Names of loci and of what is not yet known, never an author's words for a gene.
_UNTOLD = re.compile(
    r"open reading frame|uncharacterized|novel transcript|pseudogene|antisense RNA|long intergenic|family with sequence"
    r"|transmembrane protein \d|coiled-coil domain|zinc finger protein \d|microRNA|intronic transcript|host gene"
)


def read(table: bytes, *, origin: str) -> Iterator[Mapping[str, str]]:
    """The approved genes of `hgnc_entries.tsv`, row by row.

    Raises:
        BadVocabulary: a column is missing.
    """
    rows = csv.DictReader(io.StringIO(table.decode("utf-8")), delimiter="\t")
    if not set(rows.fieldnames or ()) >= _COLUMNS:
        raise BadVocabulary(f"{origin}: expected the columns {', '.join(sorted(_COLUMNS))}, got {rows.fieldnames}")
    for row in rows:
        if row["Status"] == "Approved" and row["Locus type"] in _LOCI:
            yield row


def terms(
    rows: Iterable[Mapping[str, str]],
    proteins: Mapping[str, Iterable[str]],
    *,
    attested: Mapping[str, Iterable[str]] | None = None,
    source: str,
) -> Iterator[Term]:
    """The genes as terms; proteins: HGNC ID -> names of its protein in MeSH; attested: -> names in marked corpora."""
    attested = attested or {}
    rows = tuple(rows)
    symbols = {row["Approved symbol"].upper() for row in rows}
    shared = Counter(alias.upper() for row in rows for alias in {*_split(row, "Alias symbols")})
    for row in rows:
        approved, name = row["Approved symbol"], row["Approved name"]
        names: dict[str, Name] = {}
        if symbol(approved, approved=True) and not approved.endswith("-AS1"):
            names[key(approved)] = Name(text=approved, scope="label")
        for text in _full(name):
            names.setdefault(key(text), Name(text=text, scope="exact"))
        given = (*_split(row, "Alias symbols"), *_split(row, "Previous symbols"), *greek(approved, name))
        aliases = (*given, *micro(approved), *(plain for text in (*given, name) for plain in latin(text)))
        for alias in aliases:
            # Another gene's symbol is that gene; an alias of three and more genes tells nothing.
            if alias.upper() in symbols and alias.upper() != approved.upper():
                continue
            if shared[alias.upper()] < 3 and symbol(alias):
                names.setdefault(key(alias), Name(text=alias, scope="abbreviation"))
        for protein in proteins.get(row["HGNC ID"], ()):
            for called in _protein(protein, symbols, approved):
                names.setdefault(key(called.text), called)
        for text in attested.get(row["HGNC ID"], ()):
            plain = " " not in text and (text.upper() == text or any(map(str.isdigit, text)) or len(text) <= 6)
            names.setdefault(key(text), Name(text=text, scope="abbreviation" if plain else "exact"))
        if names:
            yield Term(
                id=row["HGNC ID"],
                type="target",
                label=approved,
                names=tuple(names.values()),
                xrefs=tuple(sorted(_xrefs(row))),
                source=source,
            )


def greek(approved: str, name: str) -> tuple[str, ...]:
    """The Greek spellings of a symbol whose last letter stands for the name's Greek one.

    >>> greek("IFNG", "interferon gamma"), greek("TGFB1", "transforming growth factor beta 1")
    (('IFN-gamma',), ('TGF-beta1', 'TGF-beta-1'))
    """
    found = _GREEK_END.search(name)
    if found is None:
        return ()
    number = found[2] or ""
    ending = _LATIN[found[1]] + number
    stem = approved.removesuffix(ending)
    if stem == approved or len(stem) < 2:
        return ()
    return (f"{stem}-{found[1]}{number}", f"{stem}-{found[1]}-{number}") if number else (f"{stem}-{found[1]}",)


def micro(approved: str) -> tuple[str, ...]:
    """The other spellings of a microRNA's symbol.

    >>> micro("MIR193A"), micro("MIR7-3HG")
    (('miR-193a', 'miRNA-193a', 'microRNA-193a', 'miR193a'), ())
    """
    found = re.fullmatch(r"MIR(\d+[A-Z]?)", approved)
    if found is None:
        return ()
    number = found[1].lower()
    return (f"miR-{number}", f"miRNA-{number}", f"microRNA-{number}", f"miR{number}")


def latin(name: str) -> tuple[str, ...]:
    """A short name as it is written where a Greek letter became its Latin one: "TNFa", "IFN-g", "b-catenin".

    >>> latin("TNF-alpha"), latin("catenin beta 1"), latin("beta-catenin")
    (('TNF-a', 'TNFa'), (), ('b-catenin',))
    """
    if len(name) > 24 or " " in name:
        return ()
    head, dash, tail = name.partition("-")
    if not dash:
        return ()
    if tail in _LATIN:
        letter = _LATIN[tail].lower()
        return (f"{head}-{letter}", f"{head}{letter}") if head.isupper() and len(head) > 1 else ()
    return (f"{_LATIN[head].lower()}-{tail}",) if head in _LATIN and len(tail) > 5 and tail.isalpha() else ()


def proteins(
    rows: Iterable[Mapping[str, str]], records: Iterable[tuple[str, str, tuple[str, ...]]], links: Mapping[str, str]
) -> dict[str, list[str]]:
    """HGNC ID -> protein names, from MeSH records (ID, label, entry terms).

    links: MeSH ID -> HGNC ID, as curated mappings have it; a human supplementary record goes by its symbol else.
    """
    by_symbol = {row["Approved symbol"].upper(): row["HGNC ID"] for row in rows}
    found: dict[str, list[str]] = defaultdict(list)
    for identifier, label, entries in records:
        given = (label, *entries)
        human = _HUMAN.search(label) is not None
        if identifier not in links and not human:
            continue
        bare = [_HUMAN.sub("", text) for text in given] if human else list(given)
        homes = {links[identifier]} if identifier in links else set()
        homes = homes or {by_symbol[text.upper()] for text in bare if text.upper() in by_symbol}
        if len(homes) == 1:
            found[homes.pop()].extend(bare)
    return dict(found)


def _full(name: str) -> Iterator[str]:
    if _UNTOLD.search(name) or (" " not in name and len(name) < 5):
        return
    bare = re.sub(r" \((?:[^()]*)\)$", "", name)
    yield bare
    # "tumor necrosis factor receptor superfamily member 17", written with and without the comma
    if bare.endswith((" protein", " molecule")) and " " in bare[:-9]:
        yield bare.rsplit(" ", 1)[0]
    # "NPHS2 stomatin family member, podocin"
    _, comma, tail = bare.rpartition(", ")
    if comma and len(tail) >= 6 and tail.isalpha() and tail.endswith(("in", "ase", "ing", "or")):
        yield tail
    if bare.startswith("interleukin ") and bare.count(" ") == 1:
        yield f"IL-{bare.split()[1]}"


def _protein(text: str, symbols: set[str], approved: str) -> Iterator[Name]:
    if "," in text or len(text) > 60 or not key(text):
        return
    if (" " not in text and len(text) <= 8) or not any(c.islower() for c in text):
        if symbol(text) and (text.upper() == approved or text.upper() not in symbols):
            yield Name(text=text, scope="abbreviation")
    elif len(text) >= 5 and (text.lower() not in common_words() or text.endswith(("in", "ase", "gen", "kine"))):
        yield Name(text=text, scope="exact")


def _split(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (row[column] or "").split(",") if part.strip())


def _xrefs(row: Mapping[str, str]) -> Iterator[str]:
    for column, prefix in (
        ("NCBI Gene ID(supplied by NCBI)", "NCBIGene"),
        ("UniProt ID(supplied by UniProt)", "UniProtKB"),
    ):
        yield from (f"{prefix}:{value}" for value in _split(row, column))
