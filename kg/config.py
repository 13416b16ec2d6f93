"""`kg.toml` and `KG_…` environment variables in, one frozen Config out.

The environment wins over the file, the file over the defaults. An unknown key is an error that lists the known ones.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from kg.errors import UsageError

Vocabulary = Literal["overlay", "full"]


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and defaults.

    query_seconds: a query's wall-clock limit. query_memory: a query worker's address space in MiB.
    query_rows, query_bytes: rows and bytes an answer has at most. query_workers: queries that run at a time;
    query_queue: how many more may wait. record_bytes: a single record's size at most. keep_releases: releases kept
    beside the current one. workers: processes that annotate. vocabulary: names are looked for in the `overlay` of this
    field alone, or in the `full` vocabularies below it. recogniser: what finds names that the vocabulary lacks
    (`kg.extract.recogniser`). retractions: a file of papers known to be retracted beside those of the shipped list, a
    PMID or DOI a line.
    """

    query_seconds: float = 30.0
    query_memory: int = 2048
    query_rows: int = 1_000_000
    query_bytes: int = 268_435_456
    query_workers: int = 2
    query_queue: int = 32
    record_bytes: int = 50_000_000
    vocabulary: Vocabulary = "full"
    keep_releases: int = 3
    workers: int = 1
    recogniser: str = "hybrid"
    retractions: str = ""


def load(folder: Path, *, environment: Mapping[str, str] | None = None) -> Config:
    """The configuration that holds in `folder`: its `kg.toml`, if any, then the environment.

    >>> load(Path("/nowhere"), environment={"KG_QUERY_SECONDS": "5"}).query_seconds
    5.0

    Raises:
        UsageError: a key that is not known or a value of the wrong kind.
    """
    path = folder / "kg.toml"
    values: dict[str, object] = {}
    if path.is_file():
        try:
            values.update(tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: expected TOML, got {error}") from error
    known = Config.__struct_fields__
    for key in values:
        if key not in known:
            raise UsageError(f"{path}: unknown key {key!r}; known: {', '.join(known)}")
    surroundings = os.environ if environment is None else environment
    for key in known:
        if (value := surroundings.get(f"KG_{key.upper()}")) is not None:
            values[key] = value
    try:
        return msgspec.convert(values, Config, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"configuration: {error}") from error
