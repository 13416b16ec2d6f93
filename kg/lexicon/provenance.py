"""`ontologies/vocabularies.toml` in, what the shipped vocabulary was made of out: name, version, licence, page."""

from __future__ import annotations

import tomllib

import msgspec

from kg import resources
from kg.errors import BadVocabulary


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """A source of the vocabulary."""

    prefix: str
    name: str
    version: str
    licence: str
    url: str


class _Part(msgspec.Struct, frozen=True):
    sources: tuple[Origin, ...]


class _File(msgspec.Struct, frozen=True):
    overlay: _Part
    retractions: _Part


def origins() -> tuple[Origin, ...]:
    """The sources of the shipped vocabulary, and of the list of retracted papers, in the order of the file.

    >>> [origin.licence for origin in origins() if origin.prefix == "HGNC"]
    ['CC0-1.0']

    Raises:
        BadVocabulary: the file is not of its format.
    """
    path = resources.folder("ontologies") / "vocabularies.toml"
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadVocabulary(
            f"{path.name}: expected sources with prefix, name, version, licence and url, got: {error}"
        ) from error
    return (*found.overlay.sources, *found.retractions.sources)
