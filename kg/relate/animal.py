"""Text in, which animals and which of their strains or models it speaks of out, as printed."""

from __future__ import annotations

import re
from typing import Final

_SPECIES: Final = (
    (
        "mouse",
        re.compile(
            r"\b(?:mice|mouse|murine|MRL/lpr|NZB\w*|NZM\d*|NSG|NOG|BALB/c|C57BL/6\w*|K/BxN|BXSB|"
            r"SKG)\b"
        ),
    ),
    ("rat", re.compile(r"\brats?\b", re.IGNORECASE)),
    ("monkey", re.compile(r"\b(?:monkeys?|macaques?|non-?human primates?|cynomolgus)\b", re.IGNORECASE)),
    ("dog", re.compile(r"\b(?:dogs?|canine)\b", re.IGNORECASE)),
    ("pig", re.compile(r"\b(?:pigs?|porcine)\b", re.IGNORECASE)),
    ("rabbit", re.compile(r"\brabbits?\b", re.IGNORECASE)),
    ("zebrafish", re.compile(r"\bzebrafish\b", re.IGNORECASE)),
)
# A text with none of these names no animal: a quick look, since most do not.
_HINTS: Final = (
    *(
        "mice",
        "mouse",
        "murine",
        "mrl/",
        "nzb",
        "nzm",
        "nsg",
        "nog",
        "balb",
        "c57bl",
        "/bxn",
        "bxsb",
        "skg",
        " rats",
        " rat ",
    ),
    *("monkey", "macaque", "primate", "cynomolgus", "dog", "canine", "pig", "porcine", "rabbit", "zebrafish"),
)
_MODEL: Final = re.compile(
    r"\b(?:MRL[/-](?:Mp[J-]*)?(?:Fas)?(?:lpr|Faslpr)(?:/lpr)?|\(?NZB(?: ?[x×/] ?NZW|/W)\)? ?F1|NZB/W|NZM\d{4}|"
    r"BXSB(?:\.Yaa)?|B6\.Sle1(?:\.?Sle2\.?Sle3|\w*)|"
    r"NSG(?:-SGM3)?|NOG|NOD(?:[-/.][A-Za-z0-9-]+)*|BALB/c|C57BL/6[A-Z]?|DBA/1J?|K/BxN|SKG|hTNF(?:tg|-Tg)|TNF-Tg|"
    r"Tg197|"
    r"(?:collagen|pristane|imiquimod|bleomycin|zymosan|adjuvant|antigen|TMPD|HOCl|MOG\d*(?:[-–]\d+)?|"
    r"anti-collagen antibody)[- ]induced "
    r"(?:\w+ ){0,2}?(?:arthritis|lupus|fibrosis|nephritis|encephalomyelitis|psoriasis|dermatitis|scleroderma|"
    r"myositis|disease)|"
    r"experimental autoimmune (?:encephalomyelitis|myasthenia gravis|neuritis|uveitis|myositis)|humani[sz]ed mice|"
    r"patient-derived xenograft|Fra-?2 transgenic|Fli1|TSK1?)(?![\w])"
)
_SHORT: Final = re.compile(r"\b(?:CIA|EAE|EAMG|CAIA|AIA)\b(?= (?:mice|mouse|rats?|model)|\))")


def species(text: str) -> str | None:
    """The first kind of animal that a text names.

    >>> species("in MRL/lpr mice"), species("in patients")
    ('mouse', None)
    """
    lower = f" {text.lower()} "
    if not any(hint in lower for hint in _HINTS):
        return None
    found = [(match.start(), name) for name, pattern in _SPECIES if (match := pattern.search(text)) is not None]
    return min(found)[1] if found else None


def model(text: str) -> str | None:
    """The first strain or model that a text names, as it prints it.

    >>> model("lupus-prone MRL/lpr mice"), model("mice with collagen-induced arthritis"), model("mice")
    ('MRL/lpr', 'collagen-induced arthritis', None)
    """
    found = [match for pattern in (_MODEL, _SHORT) if (match := pattern.search(text)) is not None]
    return min(found, key=lambda match: match.start()).group() if found else None
