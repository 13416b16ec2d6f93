"""Tagged document in, what it mentions and how its names were read out: one node per document and term, one per sense.

Single mentions with their offsets stay in the records (DESIGN §5): written out for all of PubMed they would be
billions of triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Triple

from kg.graph._rdf import TYPE, about, boolean, decimal, digest, integer, node, string
from kg.model import Grounding, Tagged


def mentions(tagged: Tagged) -> Iterator[Triple]:
    """`biolink:mentions` and a `kg:Mentioning` with count, sections and entity types, for each term of a document."""
    document = tagged.document.id
    by_term: defaultdict[str, list[Grounding]] = defaultdict(list)
    for grounding in tagged.groundings:
        if grounding.term is not None:
            by_term[grounding.term].append(grounding)
    for term, found in by_term.items():
        here = node("mention:" + digest(document, term))
        yield Triple(node(document), node("biolink:mentions"), node(term))
        yield Triple(here, TYPE, node("kg:Mentioning"))
        yield Triple(here, node("kg:document"), node(document))
        yield Triple(here, node("kg:term"), node(term))
        yield Triple(here, node("kg:count"), integer(len(found)))
        for type_ in {grounding.mention.type for grounding in found}:
            yield Triple(here, node("kg:entity_type"), string(type_))
        for section in {grounding.mention.section for grounding in found}:
            yield Triple(here, node("kg:in_section"), string(section))


def senses(tagged: Tagged) -> Iterator[Triple]:
    """A `kg:Sense` for each way a written form was read in a document: chosen or abstained, rejected terms, reason.

    Readings of the same form, type, choice and reason are one; its score is the best among them.
    """
    document = tagged.document.id
    by_sense: defaultdict[tuple[str, str, str | None, str, str], list[Grounding]] = defaultdict(list)
    for grounding in tagged.groundings:
        mention = grounding.mention
        # A sense that no term has is known by its label alone; without either the choice was left open.
        other = grounding.label if grounding.term is None else ""
        by_sense[mention.text, mention.type, grounding.term, other, grounding.reason].append(grounding)
    for (surface, type_, term, other, reason), found in by_sense.items():
        here = node("sense:" + digest(document, surface, type_, term, other, reason))
        yield Triple(here, TYPE, node("kg:Sense"))
        yield from about(
            here,
            (
                ("kg:document", node(document)),
                ("kg:surface", string(surface)),
                # Found through the index, whatever the case: a filter with LCASE would walk through all senses.
                ("kg:folded_surface", string(surface.lower())),
                ("kg:entity_type", string(type_)),
                ("kg:chosen", node(term) if term is not None else None),
                ("kg:other_sense", string(other) if other else None),
                ("kg:abstained", boolean(term is None and not other)),
                ("kg:reason", string(reason)),
                ("kg:score", decimal(max(grounding.score for grounding in found))),
                ("kg:count", integer(len(found))),
            ),
        )
        weighed = [alternative for grounding in found for alternative in grounding.alternatives]
        for rejected in {alternative.term for alternative in weighed} - {term, ""}:
            yield Triple(here, node("kg:rejected"), node(rejected))
        for label in {alternative.label for alternative in weighed if not alternative.term}:
            yield Triple(here, node("kg:rejected_sense"), string(label))
