"""A passage for the tests of pictures: CD19 in SSc in one paper, with what a test changes."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.model import Grade
from kg.plot._passages import Passage

_ONE = Passage(
    subject="HGNC:1633",
    subject_label="CD19",
    object="MONDO:0005100",
    object_label="systemic sclerosis",
    negated=False,
    grade=Grade.SENTENCE_ASSERTION,
    document="PMID:1",
    setting="clinical",
    year=2024,
)


def passage(**changes: Any) -> Passage:
    """The passage with these fields changed."""
    return msgspec.structs.replace(_ONE, **changes)
