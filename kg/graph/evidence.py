"""One Evidence in, its node's triples out; what only the whole graph knows of it is told by `kg.graph.statements`."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.graph._rdf import TYPE, about, boolean, decimal, integer, node, string
from kg.model import Evidence

_TEXTS = ("design", "phase", "grading_system", "antecedent", "species", "model", "efficacy")
_NUMBERS = ("n", "total", "treated", "responders", "evaluable", "max_grade", "antecedent_start", "antecedent_end")


def describe(identifier: str, evidence: Evidence) -> Iterator[Triple]:
    """What the passage says, flat, with numbers and units as docs/rdf-model.md lists them."""
    here = node(identifier)
    yield Triple(here, TYPE, node("kg:Evidence"))
    yield Triple(here, node("prov:wasDerivedFrom"), node(evidence.document))
    yield from about(
        here,
        (
            ("kg:document", node(evidence.document)),
            ("biolink:supporting_text", string(evidence.quote)),
            ("kg:section", string(evidence.section)),
            ("kg:start", integer(evidence.start)),
            ("kg:end", integer(evidence.end)),
            ("kg:grade", node(f"kg:{evidence.grade}")),
            ("kg:method", string(evidence.method)),
            ("kg:direction", string(evidence.direction)),
            ("kg:role", string(evidence.role)),
            ("kg:setting", string(evidence.setting)),
            ("kg:hypothetical", boolean(evidence.hypothetical)),
            ("kg:historical", boolean(evidence.historical)),
            ("kg:confidence", decimal(evidence.confidence)),
            ("kg:percent", None if evidence.percent is None else decimal(evidence.percent)),
            ("kg:follow_up_months", None if evidence.follow_up is None else decimal(evidence.follow_up)),
            ("kg:onset_days", None if evidence.onset is None else decimal(evidence.onset)),
            ("kg:context_disease", node(evidence.context_disease) if evidence.context_disease else None),
        ),
    )
    for predicate in _TEXTS:
        if text := getattr(evidence, predicate):
            yield Triple(here, node(f"kg:{predicate}"), string(text))
    for predicate in _NUMBERS:
        if (value := getattr(evidence, predicate)) is not None:
            yield Triple(here, node(f"kg:{predicate}"), integer(value))
    for therapy in evidence.via:
        yield Triple(here, node("kg:via"), node(therapy))
    for trial in evidence.trials:
        yield Triple(here, node("kg:trial"), node(f"NCT:{trial}"))
