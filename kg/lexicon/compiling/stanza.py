"""What every vocabulary reader gives: one term as its source has it, before anything is chosen from it."""

from __future__ import annotations

import msgspec

from kg.model import Name


class Stanza(msgspec.Struct, frozen=True, kw_only=True):
    """One living term of a source. `names` without the label; `xrefs` as this project writes CURIEs."""

    id: str
    label: str
    names: tuple[Name, ...] = ()
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
