"""Diseases and phenotypes of three small vocabularies, joined."""

from __future__ import annotations

from kg.lexicon.compiling.conditions import Conditions, merge
from kg.lexicon.compiling.stanza import Stanza
from kg.model import Name

VERSIONS = {"MONDO": "MONDO 1", "HP": "HPO 1", "MESH": "MeSH 1"}
HUMAN, ABNORMAL = "MONDO:0700096", "HP:0000118"


def stanza(identifier: str, label: str, *names: str, above: str = "", xrefs: tuple[str, ...] = ()) -> Stanza:
    return Stanza(
        id=identifier,
        label=label,
        names=tuple(Name(text=text, scope="exact") for text in names),
        parents=(above,) if above else (),
        xrefs=xrefs,
    )


def joined(mondo: list[Stanza], hpo: list[Stanza], mesh: list[Stanza]) -> Conditions:
    return merge(mondo, hpo, mesh, versions=VERSIONS)


def test_only_human_diseases_and_abnormal_phenotypes_are_taken() -> None:
    """No animal disease, no susceptibility, no mode of inheritance, no "All"."""
    mondo = [
        stanza("MONDO:1", "gout", above=HUMAN),
        stanza("MONDO:2", "swine fever"),
        stanza("MONDO:3", "gout susceptibility", above=HUMAN),
    ]
    hpo = [stanza("HP:0000001", "All"), stanza("HP:7", "Podagra pain", above=ABNORMAL), stanza("HP:8", "Onset")]
    assert [term.id for term in joined(mondo, hpo, []).terms] == ["HP:7", "MONDO:1"]


def test_a_phenotype_that_is_a_disease_joins_it() -> None:
    """By an equal label: one concept, with HPO's ID among its cross-references."""
    found = joined([stanza("MONDO:1", "gout", above=HUMAN)], [stanza("HP:1", "Gout", above=ABNORMAL)], [])
    (term,) = found.terms
    assert (term.id, term.type, term.xrefs) == ("MONDO:1", "disease", ("HP:1",))


def test_an_equal_name_completes_the_mapping() -> None:
    """MONDO lacks MeSH's ID and MeSH has the name: the ID is added, and said to be so."""
    found = joined([stanza("MONDO:1", "breast cancer", above=HUMAN)], [], [stanza("MESH:D1", "Cancer, Breast")])
    assert found.terms[0].xrefs == ("MESH:D1",)
    assert [(row.subject, row.object, row.confidence) for row in found.mappings] == [("MONDO:1", "MESH:D1", 0.95)]


def test_entry_terms_become_names_where_they_mean_one_thing() -> None:
    """Those of a heading that only one concept has; a name that another concept owns stays there."""
    mondo = [
        stanza("MONDO:1", "gouty arthritis", above=HUMAN, xrefs=("MESH:D1",)),
        stanza("MONDO:2", "tophus", above=HUMAN),
    ]
    found = joined(mondo, [], [stanza("MESH:D1", "Gouty Arthritis", "podagra attack", "Tophus")])
    names = {term.id: {name.text for name in term.names} for term in found.terms}
    assert "podagra attack" in names["MONDO:1"]
    assert "Tophus" not in names["MONDO:1"]


def test_a_heading_that_nothing_has_is_a_disease_of_its_own() -> None:
    """MeSH's diseases that MONDO lacks."""
    found = joined([stanza("MONDO:1", "gout", above=HUMAN)], [], [stanza("MESH:D9", "Latent Gout")])
    assert [(term.id, term.type) for term in found.terms] == [("MESH:D9", "disease"), ("MONDO:1", "disease")]
    assert found.mappings == ()


def test_acronyms_that_are_words_are_no_names() -> None:
    """ "cold" is not chronic obstructive lung disease, "ARMS" are limbs."""
    mondo = [stanza("MONDO:1", "chronic obstructive lung disease", "cold", "COLD", "COPD", above=HUMAN)]
    names = {name.text for name in joined(mondo, [], []).terms[0].names}
    assert names == {"chronic obstructive lung disease", "COPD"}


def test_a_synonym_of_a_finding_that_is_a_diseases_name_completes_the_mapping() -> None:
    """The finding stays a term of its own, since the labels differ."""
    mondo = [stanza("MONDO:1", "age-related hearing loss", "presbycusis", above=HUMAN)]
    found = joined(mondo, [stanza("HP:1", "Late hearing impairment", "Presbycusis", above=ABNORMAL)], [])
    assert [(term.id, term.xrefs) for term in found.terms] == [("HP:1", ()), ("MONDO:1", ("HP:1",))]
    assert [(row.subject, row.object, row.confidence) for row in found.mappings] == [("MONDO:1", "HP:1", 0.9)]


def test_a_shared_id_of_another_vocabulary_completes_the_mapping() -> None:
    """Where it is one finding's alone; the row says how it was told."""
    mondo = [
        stanza("MONDO:1", "hearing loss disorder", above=HUMAN, xrefs=("UMLS:C1",)),
        stanza("MONDO:2", "eye disorder", above=HUMAN, xrefs=("UMLS:C2",)),
    ]
    hpo = [
        stanza("HP:1", "Hearing impairment", above=ABNORMAL, xrefs=("UMLS:C1",)),
        stanza("HP:2", "Red eye", above=ABNORMAL, xrefs=("UMLS:C2",)),
        stanza("HP:3", "Sore eye", above=ABNORMAL, xrefs=("UMLS:C2",)),
    ]
    rows = joined(mondo, hpo, []).mappings
    assert [(row.subject, row.object, row.justification) for row in rows] == [
        ("MONDO:1", "HP:1", "semapv:MappingChaining")
    ]


def test_what_mesh_has_among_signs_alone_is_a_phenotype() -> None:
    """A heading that nothing else has, under no tree of diseases."""
    sign = Stanza(id="MESH:D9", label="Inflammation", finding=True)
    assert [term.type for term in joined([stanza("MONDO:1", "gout", above=HUMAN)], [], [sign]).terms] == [
        "phenotype",
        "disease",
    ]


def test_what_hpo_calls_a_finding_besides_stays_as_a_related_name() -> None:
    """It is another concept's name, so that no mention is grounded by it; a name that lost its first word is none."""
    mondo = [stanza("MONDO:1", "gout", above=HUMAN), stanza("MONDO:2", "tophus", above=HUMAN)]
    hpo = [
        stanza("HP:1", "Gout", "Tophus", above=ABNORMAL),
        stanza("HP:2", "Fractured sternum", "bone sternum", above=ABNORMAL),
    ]
    names = {term.id: {(name.text, name.scope) for name in term.names} for term in joined(mondo, hpo, []).terms}
    assert names["MONDO:1"] == {("gout", "label"), ("Tophus", "related")}
    assert names["HP:2"] == {("Fractured sternum", "label")}


def test_what_mesh_has_under_diseases_alone_is_one() -> None:
    """And so is what HPO names as a kind of it; a sign stays one, whatever tree it stands in."""
    hpo = [
        stanza("HP:1", "Aneurysm", above=ABNORMAL),
        stanza("HP:2", "Pulmonary artery aneurysm", above=ABNORMAL),
        stanza("HP:3", "Xerostomia", above=ABNORMAL),
        stanza("HP:4", "Abnormal aneurysm", above=ABNORMAL),
        stanza("HP:5", "Pain", above=ABNORMAL),
    ]
    mesh = [
        Stanza(id="MESH:D1", label="Aneurysm", disease=True),
        Stanza(id="MESH:D3", label="Xerostomia", disease=True),
        Stanza(id="MESH:D5", label="Pain"),
    ]
    types = {term.id: term.type for term in joined([], hpo, mesh).terms}
    assert [types[f"HP:{number}"] for number in range(1, 6)] == ["disease", "disease", *["phenotype"] * 3]


def test_a_sign_among_the_diseases_of_mondo_is_a_phenotype() -> None:
    """MONDO has proteinuria for a disease."""
    (term,) = joined([stanza("MONDO:1", "proteinuria", above=HUMAN)], [], []).terms
    assert term.type == "phenotype"


def test_a_heading_beside_that_of_the_name_gives_a_term_no_names() -> None:
    """MONDO's "vascular disorder" refers to MeSH's aneurysm, too."""
    mondo = [stanza("MONDO:1", "vascular disorder", above=HUMAN, xrefs=("MESH:D1", "MESH:D2"))]
    mesh = [Stanza(id="MESH:D1", label="Vascular Diseases"), Stanza(id="MESH:D2", label="Aneurysm")]
    terms = {term.id: term for term in joined(mondo, [], mesh).terms}
    assert {name.text for name in terms["MONDO:1"].names} == {"vascular disorder", "Vascular Diseases"}
    assert terms["MONDO:1"].xrefs == ("MESH:D1",)
    assert terms["MESH:D2"].label == "Aneurysm"
