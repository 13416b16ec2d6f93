"""`ontologies/overlay/*.tsv` in, Terms, senses of acronyms and exclusions out.

A file's stem is the entity type of its rows; `senses.tsv` and `exclude.tsv` are the two that list no terms. A further
entity type is one more file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import BadVocabulary
from kg.model import Name, Scope, Term

COLUMNS: Final = (
    "id",
    "label",
    "synonyms",
    "abbreviations",
    "related",
    "parents",
    "xrefs",
    "targets",
    "also",
    "source",
)
SENSE_COLUMNS: Final = ("acronym", "sense", "id", "context", "source")
EXCLUDE_COLUMNS: Final = ("name", "id", "reason")


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """One meaning of an acronym. `id` is empty for a meaning that no term of the lexicon has.

    context: prepared words and phrases that speak for this meaning when they stand in the same document.
    """

    acronym: str
    sense: str
    id: str
    context: tuple[str, ...]
    source: str


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """A name that must not ground to `id`, or to nothing at all where `id` is `*`."""

    name: str
    id: str
    reason: str


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """All that the overlay folder holds. categories: entity type -> Biolink class."""

    terms: tuple[Term, ...]
    senses: tuple[Sense, ...]
    exclusions: tuple[Exclusion, ...]
    categories: Mapping[str, str]


def read(folder: Path) -> Overlay:
    """Everything in the folder, files in name order.

    Raises:
        BadVocabulary: a header, a row's width or a value is not of the format; names file and line.
    """
    terms: list[Term] = []
    senses: tuple[Sense, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    categories: dict[str, str] = {}
    for path in sorted(folder.glob("*.tsv")):
        if path.stem == "senses":
            senses = tuple(_sense(row) for _, row in _rows(path, SENSE_COLUMNS))
        elif path.stem == "exclude":
            exclusions = tuple(Exclusion(**row) for _, row in _rows(path, EXCLUDE_COLUMNS))
        else:
            categories[path.stem] = _category(path)
            terms.extend(_term(path, line, row) for line, row in _rows(path, COLUMNS))
    return Overlay(terms=tuple(terms), senses=senses, exclusions=exclusions, categories=categories)


def merge(ours: Overlay, own: Overlay) -> Overlay:
    """Our rows with a user's: a row of an ID that we have adds its names, parents, references and targets to ours.

    >>> ssc = Term.of("MONDO:0005100", "disease", "systemic sclerosis")
    >>> named = msgspec.structs.replace(ssc, names=(Name(text="the stiff skin disease", scope="exact"),))
    >>> none = Overlay(terms=(), senses=(), exclusions=(), categories={"disease": "biolink:Disease"})
    >>> merged = merge(msgspec.structs.replace(none, terms=(ssc,)), msgspec.structs.replace(none, terms=(named,)))
    >>> [name.text for name in merged.terms[0].names]
    ['the stiff skin disease']

    Raises:
        BadVocabulary: a user's row gives an ID of ours another entity type.
    """
    terms = {term.id: term for term in ours.terms}
    for term in own.terms:
        terms[term.id] = _joined(terms[term.id], term) if term.id in terms else term
    return Overlay(
        terms=tuple(terms.values()),
        senses=(*ours.senses, *own.senses),
        exclusions=(*ours.exclusions, *own.exclusions),
        categories={**own.categories, **ours.categories},
    )


def _joined(ours: Term, own: Term) -> Term:
    if own.type != ours.type:
        raise BadVocabulary(f"{own.type}.tsv: expected no row of {own.id}, which is a {ours.type}")
    joined = {
        field: tuple(dict.fromkeys((*getattr(ours, field), *getattr(own, field))))
        for field in ("names", "parents", "xrefs", "targets", "also")
    }
    return msgspec.structs.replace(ours, **joined)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if tuple(header) != columns:
                raise BadVocabulary(
                    f"{path.name}: line {number}: expected the columns {', '.join(columns)}, got {line!r}"
                )
            continue
        if len(cells) != len(header):
            raise BadVocabulary(f"{path.name}: line {number}: expected {len(header)} columns, got {len(cells)}")
        yield number, dict(zip(header, cells, strict=True))


def _category(path: Path) -> str:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# category:"):
            return line.removeprefix("# category:").strip()
    raise BadVocabulary(f"{path.name}: expected a line '# category: biolink:…', found none")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _sense(row: Mapping[str, str]) -> Sense:
    return Sense(
        acronym=row["acronym"], sense=row["sense"], id=row["id"], context=_list(row["context"]), source=row["source"]
    )


def _term(path: Path, line: int, row: Mapping[str, str]) -> Term:
    scopes: tuple[tuple[str, Scope], ...] = (
        ("synonyms", "exact"),
        ("abbreviations", "abbreviation"),
        ("related", "related"),
    )
    names = [Name(text=row["label"], scope="label")]
    names += [Name(text=text, scope=scope) for column, scope in scopes for text in _list(row[column])]
    try:
        return Term(
            id=row["id"],
            type=path.stem,
            label=row["label"],
            names=tuple(dict.fromkeys(names)),
            parents=_list(row["parents"]),
            xrefs=_list(row["xrefs"]),
            targets=_list(row["targets"]),
            also=_list(row["also"]),
            source=row["source"],
            # The first short form that was written here by hand; a compiled gene's aliases are nobody's usual name.
            usual=next(iter(_list(row["abbreviations"])), "") if path.stem == "target" else "",
        )
    except ValueError as error:
        raise BadVocabulary(f"{path.name}: line {line}: {error}") from error
