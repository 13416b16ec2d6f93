"""What every vocabulary reader gives: one term as its source has it, before anything is chosen from it."""

from __future__ import annotations

import msgspec

from kg.model import Name


class Stanza(msgspec.Struct, frozen=True, kw_only=True):
    """One living term of a source. `names` without the label; `xrefs` as this project writes CURIEs.

    finding: whether the source has it as a sign, a symptom or a process, under no disease; disease: under diseases
    alone.
    """

    id: str
    label: str
    names: tuple[Name, ...] = ()
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    finding: bool = False
    disease: bool = False
