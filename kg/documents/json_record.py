"""One JSON object in, the Draft that it says out. Names of keys are those in use for abstracts, in any case.

A title and an abstract are taken to the character, since a corpus counts its offsets in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from kg.documents import abstract, citation, cited, identity
from kg.documents.assemble import Draft, Passage
from kg.documents.imprint import iso
from kg.documents.plain import squeeze
from kg.documents.status import status
from kg.model import Ids, MeshHeading, Reference

_UI = re.compile(r"[DC]\d{6,9}")


def draft(given: Mapping[str, object], *, digest: str) -> Draft:
    """What the object says.

    `pmid`, `doi`, `pmcid` name the paper; `id` names the record. An `id` of digits is a PMID where no `pmid` stands
    beside it. Any other becomes
    `record:` and the id as given, and so does one that begins with the `pmid` beside it (`10907391_3`): a part of
    that paper
    is not the paper. An object with a `citation` alone, or with a `text` that is one, is the paper that is cited.

    >>> draft({"id": "10907391_3", "pmid": "10907391", "text": "PLP can occur."}, digest="").id
    'record:10907391_3'
    >>> cited = draft({"citation": "Lee A. On SSc. J Invent 2020;1:2.", "cited_pmid": "7"}, digest="")
    >>> cited.ids.pmid, cited.title
    ('7', 'On SSc')

    Raises:
        ValueError: a value is of the wrong kind, or there is neither title nor text.
    """
    values = {key.strip().lower(): value for key, value in given.items()}
    if "citation" in values and not any(values.get(key) for key in ("title", "abstract", "text")):
        return _cited(values, digest=digest)
    ids, own = _identity(values)
    title, passages, newline = _content(values)
    if not title and (paper := cited.alone(_string(values, "text"), format="jsonl", sha256=digest)):
        return msgspec.structs.replace(paper, id=own, ids=ids if own or ids.curies else paper.ids)
    if not title.strip() and not any(passage.text.strip() for passage in passages):
        raise ValueError("neither title nor text")
    types = _strings(values, "publication_types", "publication_type")
    date = _string(values, "date", "publication_date", "year", "pub_year")
    return Draft(
        format="jsonl",
        sha256=digest,
        id=own,
        ids=ids,
        title=title,
        abstract=passages,
        newline=newline,
        keywords=_strings(values, "keywords"),
        references=tuple(_references(values)),
        authors=_authors(values),
        date=iso(date) if date else None,
        journal=_string(values, "journal", "journal_title") or None,
        volume=_string(values, "volume") or None,
        issue=_string(values, "issue") or None,
        pages=_string(values, "pages") or None,
        language=_string(values, "language") or None,
        publication_types=types,
        mesh=tuple(_mesh(values)),
        status=status(types=types, notices=_strings(values, "status", "notices"), title=title),
    )


def _cited(values: Mapping[str, object], *, digest: str) -> Draft:
    text = _string(values, "citation")
    ids = Ids(pmid=identity.pmid(_string(values, "cited_pmid")), doi=identity.doi(_string(values, "cited_doi")))
    reference = citation.parse(text, number=1, ids=ids)
    if not reference.citation:
        raise ValueError("an empty citation")
    return cited.draft(reference, format="jsonl", sha256=digest)


def _identity(values: Mapping[str, object]) -> tuple[Ids, str | None]:
    given = _string(values, "id", "_id").strip()
    given = given.removeprefix("record:") if given.startswith("record:") else given
    number = _string(values, "pmid", "pubmed_id")
    known = Ids(
        pmid=identity.pmid(number),
        doi=identity.doi(_string(values, "doi")),
        pmcid=identity.pmcid(_string(values, "pmcid", "pmc")),
    )
    if number and known.pmid is None:
        raise ValueError(f"'pmid' is {number!r}, which is none")
    if known.pmid and re.fullmatch(rf"{known.pmid}\D.*", given):
        return Ids(), f"record:{squeeze(given)}"
    if known.curies or not given:
        return known, None
    own = Ids(pmid=identity.pmid(given))
    if own.pmid is None:
        bare = given.partition(":")[2] if given[:6].upper() in ("PMCID:", "DOI:10") else given
        own = Ids(pmcid=identity.pmcid(bare), doi=identity.doi(bare))
    return own, None if own.curies else f"record:{squeeze(given)}"


def _content(values: Mapping[str, object]) -> tuple[str, tuple[Passage, ...], bool]:
    """Title, passages, and whether the newline of an empty title is counted."""
    title = _string(values, "title")
    given = values.get("abstract")
    if isinstance(given, list):
        return title, tuple(_passages(given)), True
    if body := _string(values, "abstract"):
        return title, (Passage("", body),), True
    body = _string(values, "text")
    if not body:
        return title, (), True
    if not title:
        return "", (Passage("", body),), False
    # A corpus repeats the title at the beginning of `text` and counts from there; a dump has the abstract alone in it.
    if body == title:
        return title, (), True
    if body.startswith(title) and body[len(title)].isspace():
        return title, (Passage("", body[len(title) + 1 :]),), True
    return title, (Passage("", body),), True


def _passages(given: list[object]) -> Iterator[Passage]:
    for part in given:
        if isinstance(part, str):
            yield Passage("", part)
        elif isinstance(part, Mapping):
            yield abstract.labelled(_string(part, "label", "heading", "section"), _string(part, "text", "abstract"))
        else:
            raise ValueError(f"'abstract' holds {_kind(part)}, not text")


def _authors(values: Mapping[str, object]) -> tuple[str, ...]:
    given = values.get("authors")
    if isinstance(given, str):
        return tuple(re.split(r"\s*;\s*|\s*,\s*(?=[^\d,]+(?:,|$))" if ";" not in given else r"\s*;\s*", given))
    found = []
    for author in given if isinstance(given, list) else ():
        if isinstance(author, Mapping):
            first, last = (
                _string(author, "forename", "first", "given", "first_name"),
                _string(author, "lastname", "last", "family", "last_name"),
            )
            found.append(_string(author, "name") or f"{first} {last}".strip())
        else:
            found.append(str(author))
    return tuple(found)


def _references(values: Mapping[str, object]) -> Iterator[Reference]:
    given = values.get("references") or ()
    if not isinstance(given, (list, tuple)):
        raise ValueError(f"'references' is {_kind(given)}, not a list")
    number = 0
    for one in given:
        if isinstance(one, str):
            text, ids = one, Ids()
        elif isinstance(one, Mapping):
            parts = (_string(one, key) for key in ("authors", "title", "journal", "year"))
            text = _string(one, "citation", "text", "unstructured") or ". ".join(
                part.rstrip(".") for part in parts if part
            )
            ids = Ids(
                pmid=identity.pmid(_string(one, "pmid", "cited_pmid")),
                doi=identity.doi(_string(one, "doi", "cited_doi")),
                pmcid=identity.pmcid(_string(one, "pmcid")),
            )
        else:
            raise ValueError(f"'references' holds {_kind(one)}, not citations")
        if text.strip():
            number += 1
            yield citation.parse(text, number=number, ids=ids)


def _mesh(values: Mapping[str, object]) -> Iterator[MeshHeading]:
    given = values.get("mesh") or values.get("mesh_terms") or ()
    for one in given.split(";") if isinstance(given, str) else given if isinstance(given, list) else ():
        if isinstance(one, Mapping):
            qualifiers = _strings(one, "qualifiers")
            name, ui = _string(one, "name", "term", "descriptor"), _string(one, "ui", "id")
            yield MeshHeading(
                ui=ui.removeprefix("MESH:"), name=name or ui, major=one.get("major") is True, qualifiers=qualifiers
            )
        elif isinstance(one, str) and one.strip():
            ui, _, name = one.strip().removeprefix("MESH:").partition(":")
            known = _UI.fullmatch(ui.strip())
            yield MeshHeading(
                ui=ui.strip() if known else "",
                name=squeeze(name if known and name else one).replace("*", ""),
                major="*" in one,
            )


def _string(values: Mapping[str, object], *keys: str) -> str:
    """The first of these keys that has a value, as text; a number counts as its digits."""
    for key in keys:
        value = values.get(key)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ValueError(f"{key!r} is {_kind(value)}, not text")
        return value if isinstance(value, str) else str(value)
    return ""


def _strings(values: Mapping[str, object], *keys: str) -> tuple[str, ...]:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str):
            return tuple(piece for part in re.split(r"[;|]", value) if (piece := part.strip()))
        if isinstance(value, (list, tuple)):
            if not all(isinstance(one, str) for one in value):
                raise ValueError(f"{key!r} holds something that is no text")
            return tuple(str(one) for one in value)
        if value is not None:
            raise ValueError(f"{key!r} is {_kind(value)}, not a list")
    return ()


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object", str: "text"}
    return names.get(type(value), "null" if value is None else type(value).__name__)
