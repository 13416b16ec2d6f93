"""MONDO, HPO and MeSH in, diseases and phenotypes out, each concept once, under the ID this project prefers.

Order of preference: MONDO, HPO (phenotypes), MeSH for the diseases that both lack. What joins a concept gives it its
cross-references and its unambiguous names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kg.lexicon.compiling.signs import is_listed, is_sign
from kg.lexicon.compiling.stanza import Stanza
from kg.lexicon.compiling.wording import acronym_in_lower_case, condition
from kg.lexicon.image import GROUNDING
from kg.lexicon.prepare import key
from kg.model import Name, Term

_ROOTS = ("infection", "infections")  # the name of a whole tree of MeSH
_STEM = 4  # letters that words of one kind begin with
_HUMAN = "MONDO:0700096"  # "human disease"
_PHENOTYPE = "HP:0000118"  # "Phenotypic abnormality"; inheritance, onset, modifiers and frequency stand beside it
# A disposition or a characteristic is nobody's disease.
_NO_DISEASE = ("susceptibility", "predisposition")


class Mapping_(msgspec.Struct, frozen=True, kw_only=True):  # noqa: N801 - `Mapping` is the container's name
    """One completed cross-reference, as a row of SSSOM."""

    subject: str
    subject_label: str
    object: str
    object_label: str
    confidence: float
    justification: str = "semapv:LexicalMatching"


class Conditions(msgspec.Struct, frozen=True, kw_only=True):
    """The terms, and the cross-references that equal names added."""

    terms: tuple[Term, ...]
    mappings: tuple[Mapping_, ...]


class _Concept:
    """A term while it is being put together."""

    def __init__(self, stanza: Stanza, type_: str, source: str) -> None:
        self.id, self.label, self.type = stanza.id, stanza.label, type_
        self.names: dict[str, Name] = {}
        self.parents = stanza.parents
        self.xrefs: dict[str, None] = dict.fromkeys(stanza.xrefs)
        self.sources = [source]
        self.own: set[str] = set()
        self.found: list[Name] = []  # HPO's names of what is another's concept, too
        self.filed = False  # whether MeSH has it under diseases alone
        self._labels = [name.text for name in (Name(text=stanza.label, scope="label"), *stanza.names)]
        for name in (Name(text=stanza.label, scope="label"), *stanza.names):
            self.add(name)
        self.own = {spelled for spelled, name in self.names.items() if name.scope in ("label", "exact")}

    def add(self, name: Name) -> None:
        if self.label.startswith("Fractured ") and name.text.startswith("bone "):
            return  # HPO's "broken bone sternum" came without its first word
        fit = condition(name.text, name.scope)
        if fit is not None and key(fit.text) and not acronym_in_lower_case(fit.text, self._labels):
            self.names.setdefault(key(fit.text), fit)

    def term(self) -> Term:
        return Term(
            id=self.id,
            type=self.type,
            label=self.label,
            names=tuple(self.names.values()),
            parents=self.parents,
            xrefs=tuple(sorted(set(self.xrefs) - {self.id})),
            source="; ".join(self.sources),
        )


def merge(
    mondo: Sequence[Stanza], hpo: Sequence[Stanza], mesh: Sequence[Stanza], *, versions: Mapping[str, str]
) -> Conditions:
    """All conditions; versions: what `Term.source` says of MONDO, HP and MESH."""
    concepts: dict[str, _Concept] = {}
    human = below(mondo, _HUMAN)
    for stanza in mondo:
        if stanza.id in human and not any(word in stanza.label.lower() for word in _NO_DISEASE):
            concepts[stanza.id] = _Concept(stanza, "disease", versions["MONDO"])
    mappings = _join_phenotypes(concepts, hpo, versions["HP"])
    mappings += _join_mesh(concepts, mesh, versions["MESH"])
    mappings += _chained(concepts)
    _settle(concepts.values())
    _kinds(concepts.values())
    return Conditions(
        terms=tuple(concept.term() for concept in sorted(concepts.values(), key=lambda c: c.id)),
        mappings=tuple(sorted(mappings, key=lambda row: (row.subject, row.object))),
    )


def below(stanzas: Iterable[Stanza], root: str) -> frozenset[str]:
    """The IDs under a term, itself left out.

    >>> sorted(below([Stanza(id="X:2", label="b", parents=("X:1",)), Stanza(id="X:3", label="c")], "X:1"))
    ['X:2']
    """
    children: dict[str, list[str]] = defaultdict(list)
    for stanza in stanzas:
        for parent in stanza.parents:
            children[parent].append(stanza.id)
    found: set[str] = set()
    stack = [root]
    while stack:
        for child in children[stack.pop()]:
            if child not in found:
                found.add(child)
                stack.append(child)
    return frozenset(found)


def _join_phenotypes(concepts: dict[str, _Concept], hpo: Sequence[Stanza], source: str) -> list[Mapping_]:
    kept = below(hpo, _PHENOTYPE)
    added: list[Mapping_] = []
    by_xref, by_name = _index(concepts.values())
    for stanza in hpo:
        if stanza.id not in kept:
            continue
        # An exact label beats MONDO's cross-reference; one of several concepts is none.
        found = by_name.get(_spelled(stanza.label)) or by_xref.get(stanza.id, set())
        if len(found) == 1:
            concept = concepts[next(iter(found))]
            concept.xrefs.update(dict.fromkeys((stanza.id, *stanza.xrefs)))
            concept.sources.append(source)
            for name in stanza.names:
                if name.scope in ("exact", "abbreviation"):
                    concept.add(name)
            concept.found += stanza.names
        else:
            concepts[stanza.id] = concept = _Concept(stanza, "phenotype", source)
            concept.found += stanza.names
            added += _named_alike(concepts, by_name, stanza)
    return added


def _named_alike(
    concepts: Mapping[str, _Concept], by_name: Mapping[str, set[str]], stanza: Stanza
) -> Iterator[Mapping_]:
    """Diseases that have a synonym of a finding among their own names: "hearing loss" for "Hearing impairment".

    They are not the finding's concept, since the labels differ; but a text that says so means either.
    """
    spelled = {_spelled(name.text) for name in stanza.names if name.scope == "exact"}
    for identifier in sorted(set().union(*(by_name.get(name, set()) for name in spelled))):
        concept = concepts[identifier]
        if stanza.id not in concept.xrefs:
            concept.xrefs[stanza.id] = None
            yield Mapping_(
                subject=identifier,
                subject_label=concept.label,
                object=stanza.id,
                object_label=stanza.label,
                confidence=0.9,
            )


def _join_mesh(concepts: dict[str, _Concept], mesh: Sequence[Stanza], source: str) -> list[Mapping_]:
    by_xref, by_name = _index(concepts.values())
    taken: dict[str, str] = {}
    added: list[Mapping_] = []
    stating = Counter(identifier for stanza in mesh for identifier in by_xref.get(stanza.id, ()))
    for stanza in mesh:
        spelled = {_spelled(stanza.label), *(_spelled(name.text) for name in stanza.names)}
        named = set().union(*(by_name.get(name, set()) for name in spelled))
        stated = by_xref.get(stanza.id, set())
        labelled = by_name.get(_spelled(stanza.label), set())
        home = _one(stated & labelled) or _one(stated & named) or _one(labelled) or _one(stated)
        home = home or (None if stated else _one(named))
        if home is not None and home not in named and stating[home] > 1 and _strange(stanza, concepts[home]):
            del concepts[home].xrefs[stanza.id]
            home, stated = None, set()
        for identifier in sorted(named):
            concept = concepts[identifier]
            if stanza.disease and not is_sign(concept.label):
                concept.type, concept.filed = "disease", True  # HPO's "Mitral regurgitation" is one by MeSH
            if stanza.id not in concept.xrefs:
                concept.xrefs[stanza.id] = None
                confidence = 0.95 if identifier in labelled else 0.9
                added.append(
                    Mapping_(
                        subject=identifier,
                        subject_label=concept.label,
                        object=stanza.id,
                        object_label=stanza.label,
                        confidence=confidence,
                    )
                )
        if home is None:
            if not stated:
                concepts[stanza.id] = _Concept(stanza, "phenotype" if stanza.finding else "disease", source)
                continue
            # Several concepts share the heading and none has its name: its entry terms would be a guess.
            continue
        taken[stanza.id] = home
        concept = concepts[home]
        concept.filed = concept.filed or (stanza.disease and concept.type == "disease")
        concept.sources.append(source)
        for name in (Name(text=stanza.label, scope="exact"), *stanza.names):
            others = by_name.get(_spelled(name.text), set()) - {home}
            if not others:
                concept.add(Name(text=name.text, scope="exact" if name.scope == "label" else name.scope))
    return added


def _chained(concepts: Mapping[str, _Concept]) -> Iterator[Mapping_]:
    """Findings that share UMLS's or MeSH's ID with a disease that has none of HPO's yet, where only one does.

    "Hearing loss disorder" and "Hearing impairment" are one concept to UMLS.
    """
    findings: dict[str, set[str]] = defaultdict(set)
    for identifier, concept in concepts.items():
        if identifier.startswith("HP:"):
            for xref in concept.xrefs:
                if xref.startswith(("UMLS:", "MESH:")):
                    findings[xref].add(identifier)
    for identifier in sorted(concepts):
        concept = concepts[identifier]
        if identifier.startswith("HP:") or any(xref.startswith("HP:") for xref in concept.xrefs):
            continue
        found = _one(set().union(*(findings.get(xref, set()) for xref in (identifier, *concept.xrefs))))
        if found is not None:
            concept.xrefs[found] = None
            yield Mapping_(
                subject=identifier,
                subject_label=concept.label,
                object=found,
                object_label=concepts[found].label,
                confidence=0.8,
                justification="semapv:MappingChaining",
            )


def _settle(concepts: Iterable[_Concept]) -> None:
    """A name that is one concept's own and another's borrowed one stays with the owner; so does a label.

    What HPO calls a finding besides ("neurofibromatosis" for neurofibroma) stays as a related name.
    """
    concepts = tuple(concepts)
    owners: Counter[str] = Counter(name for concept in concepts for name in concept.own)
    labels = {key(concept.label): concept.id for concept in concepts}
    for concept in concepts:
        for spelled in list(concept.names):
            borrowed = spelled not in concept.own and owners[spelled]
            other_label = labels.get(spelled, concept.id) != concept.id and key(concept.label) != spelled
            if borrowed or other_label:
                del concept.names[spelled]
        for name in concept.found:
            concept.add(name if name.scope not in GROUNDING else Name(text=name.text, scope="related"))


def _strange(stanza: Stanza, concept: _Concept) -> bool:
    """Whether a heading has no word of a concept that refers to it and to others: aneurysm, of "vascular disorder".

    What a concept refers to besides the heading of its own name is often a kind of it.
    """
    stems = {word[:_STEM] for name in concept.names for word in name.split() if len(word) >= _STEM}
    return not any(word[:_STEM] in stems for word in key(stanza.label).split())


def _kinds(concepts: Iterable[_Concept]) -> None:
    """A kind of a disease is one: HPO's "Cardiac amyloidosis", since amyloidosis is one to MeSH. Signs are none."""
    concepts = tuple(concepts)
    diseases = set(_ROOTS) | {
        spelled
        for concept in concepts
        if concept.filed
        for spelled, name in concept.names.items()
        if name.scope in ("label", "exact")
    }
    for concept in concepts:
        head = key(concept.label).rpartition(" ")[2]
        if concept.type == "disease" and is_listed(concept.label):
            concept.type = "phenotype"
        elif concept.type == "phenotype" and head in diseases and not (is_sign(concept.label) or is_sign(head)):
            concept.type = "disease"


def _index(concepts: Iterable[_Concept]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    by_xref: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for xref in concept.xrefs:
            by_xref[xref].add(concept.id)
        for name in concept.names.values():
            if name.scope in ("label", "exact"):
                by_name[_spelled(name.text)].add(concept.id)
    return by_xref, by_name


def _spelled(name: str) -> str:
    """A name without the order of its words, so that "Neoplasms, Breast" meets "breast neoplasms"."""
    return " ".join(sorted(key(name).split()))


def _one(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None
