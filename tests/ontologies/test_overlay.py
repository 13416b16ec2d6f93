"""The hand-written vocabulary as it stands in `ontologies/overlay`: its format, its hierarchy and its identifiers."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import resources
from kg.lexicon import overlay
from kg.lexicon.hierarchy import Hierarchy
from kg.lexicon.prepare import key
from kg.model import Term
from kg.namespaces import known

FOLDER = resources.folder("ontologies") / "overlay"
OVERLAY = overlay.read(FOLDER)
TERMS = {term.id: term for term in OVERLAY.terms}
FILES = sorted(FOLDER.glob("*.tsv"))
TERM_FILES = [path for path in FILES if path.stem not in {"senses", "exclude"}]
GROUNDING = {"label", "exact", "abbreviation"}

# Reference tables that hold their whole ontology: an identifier that they lack does not exist.
WHOLE = {"MONDO": "mondo", "HGNC": "hgnc", "HP": "hp", "CL": "cl", "DOID": "doid", "MAXO": "maxo", "EFO": "efo"}
# Tables that hold a part: what they do have must carry the same name.
PARTS = {"NCIT": ("ncit_disease", "car_t_agents"), "OAE": ("oae_partial",), "DRUGBANK": ("car_t_agents",)}
PARTS |= {"MESH": ("mesh_disease_pubtype",)}


def rows(path: Path) -> list[list[str]]:
    """The data rows of a file, without comments and header."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def word(name: str) -> str:
    """A name stripped to what two vocabularies agree on: no case, marks or possessives."""
    return re.sub(r"\b(\w+) s\b", r"\1", key(name))


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, dict[str, set[str]]]:
    """For each table, every identifier's names."""
    tables: dict[str, dict[str, set[str]]] = {}
    for stem in sorted({*WHOLE.values(), *(stem for stems in PARTS.values() for stem in stems)}):
        names: dict[str, set[str]] = defaultdict(set)
        with gzip.open(shared / "ontologies" / f"{stem}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                identifier, _, name = line.rstrip("\n").split("\t")
                if identifier in TERMS or stem in WHOLE.values():
                    names[identifier].add(word(name))
        tables[stem] = names
    return tables


def grounding_names(term: Term) -> Iterator[str]:
    return (name.text for name in term.names if name.scope in GROUNDING)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cell_is_clean(path: Path) -> None:
    """Files are LF, end in one newline and hold no quotes, no blanks around items, no empty and no double items."""
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert not raw.endswith(b"\n\n")
    for row in rows(path):
        for cell in row:
            items = cell.split("|") if cell else []
            assert '"' not in cell, row
            assert all(item and item == item.strip() for item in items), row
            assert len(items) == len(set(items)), row


@pytest.mark.parametrize("path", TERM_FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_holds(path: Path) -> None:
    """The comment lines name the type (the file's stem), a Biolink class and the subject."""
    first, second, third = path.read_text("utf-8").split("\n")[:3]
    assert first == f"# type: {path.stem}"
    assert re.fullmatch(r"# category: biolink:[A-Z]\w+", second)
    assert third.startswith("# about: ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_are_sorted(path: Path) -> None:
    """Terms stand in the order of their IDs, senses and exclusions in the order of their first two columns."""
    columns = 2 if path.stem in {"senses", "exclude"} else 1
    order = [tuple(row[:columns]) for row in rows(path)]
    assert order == sorted(order)
    assert len(order) == len(set(order))


def test_an_id_stands_in_one_row() -> None:
    """No identifier is given twice, neither in a file nor across files."""
    counts = Counter(row[0] for path in TERM_FILES for row in rows(path))
    assert [identifier for identifier, count in counts.items() if count > 1] == []


def test_it_holds_the_field() -> None:
    """There are at least 400 concepts and at least 35 short forms with more than one sense."""
    assert len(TERMS) >= 400
    senses = Counter(sense.acronym for sense in OVERLAY.senses)
    assert sum(count > 1 for count in senses.values()) >= 35


def test_the_hierarchy_closes() -> None:
    """Every parent is itself a row, and nothing is above itself."""
    missing = [(term.id, parent) for term in TERMS.values() for parent in term.parents if parent not in TERMS]
    assert missing == []
    hierarchy = Hierarchy({term.id: term.parents for term in TERMS.values()})
    assert [term for term in TERMS if term in hierarchy.ancestors(term)] == []


@pytest.mark.parametrize(
    ("term", "ancestor"),
    [
        ("MONDO:0016356", "MONDO:0005100"),  # dcSSc, SSc
        ("MONDO:0005556", "MONDO:0007915"),  # lupus nephritis, SLE
        ("MONDO:0012105", "MONDO:0018882"),  # GPA, vasculitis
        ("MONDO:0019344", "MONDO:0600023"),  # antisynthetase syndrome, IIM
        ("MONDO:0007915", "MONDO:0007179"),  # SLE, autoimmune disease
        ("DRUGBANK:DB00073", "cartkg:b-cell-depletion-therapy"),
        ("cartkg:kyv-101", "cartkg:car-t"),
        ("cartkg:car-t", "MESH:D016219"),
    ],
)
def test_a_form_is_below_its_class(term: str, ancestor: str) -> None:
    """A question about a class finds its forms."""
    assert ancestor in Hierarchy({row.id: row.parents for row in TERMS.values()}).ancestors(term)


def test_every_curie_expands() -> None:
    """IDs, parents, cross-references, targets, senses' and exclusions' IDs have prefixes that become IRIs."""
    curies = {
        *(c for term in TERMS.values() for c in (term.id, *term.parents, *term.xrefs, *term.targets)),
        *(sense.id for sense in OVERLAY.senses if sense.id),
        *(item.id for item in OVERLAY.exclusions if item.id != "*"),
    }
    assert sorted(curie for curie in curies if not known(curie)) == []


def test_a_name_means_one_thing() -> None:
    """Two concepts of a type share no full name; a short form they share is listed with its senses."""
    listed = {sense.acronym.casefold() for sense in OVERLAY.senses}
    for type_ in OVERLAY.categories:
        owners: dict[str, set[str]] = defaultdict(set)
        for term in TERMS.values():
            if term.type == type_ or type_ in term.also:
                for name in grounding_names(term):
                    owners[name.casefold()].add(term.id)
        shared_names = {name: ids for name, ids in owners.items() if len(ids) > 1 and name not in listed}
        assert shared_names == {}, type_


def test_targets_are_targets() -> None:
    """Only therapies have targets, and each one is a row of target.tsv."""
    for term in TERMS.values():
        assert not term.targets or term.type == "therapy", term.id
        for target in term.targets:
            assert target in TERMS, (term.id, target)
            assert TERMS[target].type == "target", (term.id, target)


@pytest.mark.parametrize(
    ("therapy", "symbols"),
    [
        ("rituximab", {"MS4A1"}),
        ("obinutuzumab", {"MS4A1"}),
        ("inebilizumab", {"CD19"}),
        ("blinatumomab", {"CD19"}),
        ("axicabtagene ciloleucel", {"CD19"}),
        ("belimumab", {"TNFSF13B"}),
        ("telitacicept", {"TNFSF13B", "TNFSF13"}),
        ("teclistamab", {"TNFRSF17"}),
        ("daratumumab", {"CD38"}),
        ("anifrolumab", {"IFNAR1"}),
        ("tocilizumab", {"IL6R"}),
        ("TNF inhibitor", {"TNF"}),
        ("CD20xCD3 T-cell engager", {"MS4A1"}),
        ("CD19/BCMA CAR-T cell therapy", {"CD19", "TNFRSF17"}),
    ],
)
def test_a_therapy_is_directed_at_its_targets(therapy: str, symbols: set[str]) -> None:
    """The targets of the drugs that the annotation guideline names."""
    (term,) = [term for term in TERMS.values() if term.label == therapy]
    assert {TERMS[target].label for target in term.targets} == symbols


def test_every_row_has_a_source() -> None:
    """Each term and each sense says where it is from; the vocabulary behind a foreign ID is named with its licence."""
    assert [term.id for term in TERMS.values() if not term.source] == []
    assert [sense.acronym for sense in OVERLAY.senses if not sense.source] == []
    described = tomllib.loads((FOLDER.parent / "vocabularies.toml").read_text("utf-8"))["overlay"]
    licences = {source["prefix"]: source["licence"] for source in described["sources"]}
    prefixes = {identifier.partition(":")[0] for identifier in TERMS} - {"cartkg"}
    assert prefixes == {prefix for prefix in licences if licences[prefix]} & prefixes


def test_also_names_types() -> None:
    """`also` lists other entity types, never the row's own."""
    for term in TERMS.values():
        assert set(term.also) <= set(OVERLAY.categories) - {term.type}, term.id


def test_own_ids_read_as_names() -> None:
    """An ID of ours has a local part of lower-case words, digits and hyphens."""
    own = [identifier for identifier in TERMS if identifier.startswith("cartkg:")]
    assert [identifier for identifier in own if not re.fullmatch(r"cartkg:[a-z0-9]+(-[a-z0-9]+)*", identifier)] == []


def test_a_sense_can_be_told() -> None:
    """Every sense has four context words or more, in the form they are matched in."""
    for sense in OVERLAY.senses:
        assert len(sense.context) >= 4, (sense.acronym, sense.sense)
        assert all(item == key(item) for item in sense.context), (sense.acronym, sense.sense)


def test_a_listed_short_form_lists_every_term_that_carries_it() -> None:
    """A term with a short form that the senses file lists is one of the senses there; most lists have one."""
    listed = defaultdict(set)
    for sense in OVERLAY.senses:
        listed[sense.acronym].add(sense.id)
    for term in TERMS.values():
        for name in grounding_names(term):
            assert name not in listed or term.id in listed[name], (name, term.id)
    assert sum(bool(ids & set(TERMS)) for ids in listed.values()) >= 35


def test_an_excluded_name_is_no_name_of_the_term() -> None:
    """What must not ground to a term is not among its grounding names."""
    for item in OVERLAY.exclusions:
        if item.id in TERMS:
            assert key(item.name) not in {key(name) for name in grounding_names(TERMS[item.id])}, item


@pytest.mark.parametrize(
    ("identifier", "names"),
    [
        ("MONDO:0007915", {"systemic lupus erythematosus", "SLE"}),
        ("MONDO:0008383", {"rheumatoid arthritis", "RA"}),
        ("MONDO:0010030", {"Sjögren's syndrome", "Sjögren's disease", "SS", "SjD", "pSS"}),
        ("MONDO:0005100", {"systemic sclerosis", "systemic scleroderma", "SSc"}),
        ("MONDO:0019344", {"antisynthetase syndrome", "ASS", "ASyS", "ASSD"}),
        ("MONDO:0015492", {"ANCA-associated vasculitis", "AAV"}),
        ("HGNC:1633", {"CD19"}),
        ("HGNC:7315", {"CD20"}),
        ("HGNC:11913", {"BCMA", "B-cell maturation antigen", "CD269"}),
        ("NCIT:C162909", {"ICANS"}),
        ("NCIT:C188397", {"IEC-HS"}),
        ("MONDO:0600008", {"CRS", "cytokine release syndrome"}),
    ],
)
def test_the_main_terms_carry_the_names_people_write(identifier: str, names: set[str]) -> None:
    """The diseases, targets and toxicities of the field are found by their long and short forms."""
    assert names <= set(grounding_names(TERMS[identifier]))


def test_a_class_name_is_no_name_of_its_form() -> None:
    """Known wrong-scope synonyms of the ontologies are left out (DESIGN §6)."""
    assert "ANCA-associated vasculitis" not in set(grounding_names(TERMS["MONDO:0012105"]))
    assert "scleroderma" not in set(grounding_names(TERMS["MONDO:0005100"]))


def test_every_foreign_id_exists_by_that_name(reference: dict[str, dict[str, set[str]]]) -> None:
    """Each foreign identifier is in its ontology, and one of our names is one of its names there."""
    for term in TERMS.values():
        prefix = term.id.partition(":")[0]
        stems = (WHOLE[prefix],) if prefix in WHOLE else PARTS.get(prefix, ())
        theirs = set().union(*(reference[stem].get(term.id, set()) for stem in stems))
        assert theirs or prefix not in {*WHOLE, "NCIT", "OAE"}, f"{term.id} {term.label}: no such ID"
        if theirs:
            assert theirs & {word(name) for name in grounding_names(term)}, f"{term.id} {term.label}: {sorted(theirs)}"


def test_every_foreign_xref_exists(reference: dict[str, dict[str, set[str]]]) -> None:
    """A cross-reference or excluded ID in an ontology whose table is whole is in that table."""
    curies = {curie for term in TERMS.values() for curie in term.xrefs}
    curies |= {item.id for item in OVERLAY.exclusions if item.id != "*"} | {s.id for s in OVERLAY.senses if s.id}
    for curie in curies:
        prefix = curie.partition(":")[0]
        if prefix in {"MONDO", "HGNC", "HP", "CL", "DOID", "MAXO"}:
            assert curie in reference[WHOLE[prefix]], curie
