"""The public face of cartkg: a literature knowledge graph for CAR-T and B-cell-directed therapy in rheumatic disease.

    >>> from kg import Annotator
    >>> found = Annotator.open().annotate_text("Anti-CD19 CAR-T cells in systemic sclerosis (SSc).")
    >>> [(statement.subject, statement.object) for statement in found.statements if "tried" in statement.predicate]
    [('HGNC:1633', 'MONDO:0005100')]

A name is imported when it is first asked for, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.annotator import Annotator
    from kg.config import Config
    from kg.errors import KGError
    from kg.face import Graph
    from kg.lexicon import Lexicon
    from kg.model import Annotation, Document, Evidence, Grade, Grounding, Mention, Statement, Term
    from kg.pipeline import build, read

_HOMES = {
    "Annotation": "kg.model",
    "Annotator": "kg.annotator",
    "Config": "kg.config",
    "Document": "kg.model",
    "Evidence": "kg.model",
    "Grade": "kg.model",
    "Graph": "kg.face",
    "Grounding": "kg.model",
    "KGError": "kg.errors",
    "Lexicon": "kg.lexicon",
    "Mention": "kg.model",
    "Statement": "kg.model",
    "Term": "kg.model",
    "build": "kg.pipeline",
    "read": "kg.pipeline",
}

__all__ = [
    "Annotation",
    "Annotator",
    "Config",
    "Document",
    "Evidence",
    "Grade",
    "Graph",
    "Grounding",
    "KGError",
    "Lexicon",
    "Mention",
    "Statement",
    "Term",
    "build",
    "read",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return list(__all__)
