"""Publication types, correction notices and titles in, what became of the paper out: retracted, corrected, doubted, a
preprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.documents.assemble import STATUSES, Status

# MeSH publication types (2025), and the RefType values of NLM's CommentsCorrections. "Retraction of" is a notice's own.
_TYPES: dict[str, Status] = {
    "retracted publication": "retracted",
    "corrected and republished article": "corrected",
    "preprint": "preprint",
}
_NOTICES: dict[str, Status] = {
    "retractionin": "retracted",
    "partialretractionin": "corrected",
    "retractedandrepublishedin": "retracted",
    "erratumin": "corrected",
    "correctedandrepublishedin": "corrected",
    "expressionofconcernin": "expression_of_concern",
}
_TITLE = re.compile(r"\s*\[?(?:RETRACTED|Retracted|WITHDRAWN|Withdrawn)(?: ARTICLE)?\s*:")


def status(*, types: Iterable[str] = (), notices: Iterable[str] = (), title: str = "") -> tuple[Status, ...]:
    """What became of a paper, in the model's order.

    Args:
        types: publication types. notices: headings such as `Erratum in`, or `ErratumIn`. title: may begin with
        `RETRACTED:`.

    >>> status(types=["Review", "Preprint"], notices=["Erratum in", "Comment in"], title="RETRACTED: A trial")
    ('retracted', 'corrected', 'preprint')
    """
    found = {_TYPES[name] for one in types if (name := one.strip().lower()) in _TYPES}
    found |= {_NOTICES[name] for one in notices if (name := re.sub(r"[^a-z]", "", one.lower())) in _NOTICES}
    if _TITLE.match(title):
        found.add("retracted")
    return tuple(one for one in STATUSES if one in found)
