"""A small graph made by hand: six papers, a vocabulary of twenty terms; what every test of graph and queries asks for.

Papers: `PMID:1` a review that resolves "these conditions", cites, and reads AAV twice; `PMID:2` a trial with numbers;
`PMID:3` retracted; `PMID:4` says a thing was not seen; `PMID:5` hypothetical, and has a reference title;
`DOI:10.5555/six` has control characters and is cited by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox

from kg.errors import UnknownName
from kg.graph.dataset import Source
from kg.graph.quads import triples
from kg.model import (
    Alternative,
    Annotation,
    Document,
    Evidence,
    Grade,
    Grounding,
    Ids,
    Mention,
    MeshHeading,
    Name,
    Reference,
    Section,
    Statement,
    Tagged,
    Term,
)

SSC, DIFFUSE, SLE, MYELOMA, AAV = (
    "MONDO:0005100",
    "cartkg:diffuse_ssc",
    "MONDO:0007915",
    "MONDO:0009693",
    "MONDO:0015492",
)
CD19, CD20, BCMA = "HGNC:1633", "HGNC:7315", "HGNC:11913"
CAR_T, CD19_CAR_T, RITUXIMAB = "cartkg:car_t", "cartkg:cd19_car_t", "DRUGBANK:DB00073"
ICANS, CRS, INFECTION = "NCIT:C162909", "MONDO:0600008", "MONDO:0005550"
TRIED, APPLIED = "kg:target_tried_in", "biolink:applied_to_treat"
STUDIED = "biolink:treats_or_applied_or_studied_to_treat"
HARM, TOGETHER = "biolink:has_adverse_event", "biolink:occurs_together_in_literature_with"
SOURCES = (Source(name="hand-made", version="1", licence="CC0", sha256="0" * 64, page="https://example.org/"),)

_CATEGORIES = {
    "disease": "biolink:Disease",
    "target": "biolink:Gene",
    "therapy": "biolink:Treatment",
    "adverse_event": "biolink:DiseaseOrPhenotypicFeature",
    "virus": "biolink:OrganismTaxon",
}


def _term(identifier: str, type_: str, label: str, *short: str, **more: Any) -> Term:
    names = (Name(text=label, scope="label"), *(Name(text=text, scope="abbreviation") for text in short))
    usual = short[0] if type_ == "target" and short else ""
    return Term(id=identifier, type=type_, label=label, names=names, source="hand-made", usual=usual, **more)


TERMS = (
    _term("MONDO:0000001", "disease", "disease"),
    _term("MONDO:0007179", "disease", "autoimmune disease", parents=("MONDO:0000001",)),
    _term(
        SSC, "disease", "systemic sclerosis", "SSc", parents=("MONDO:0007179",), xrefs=("MESH:D012595", "ICD9:710.1")
    ),
    _term(DIFFUSE, "disease", "diffuse systemic sclerosis", "dcSSc", parents=(SSC,)),
    _term(SLE, "disease", "systemic lupus erythematosus", "SLE", parents=("MONDO:0007179",)),
    _term(AAV, "disease", "ANCA-associated vasculitis", "AAV", parents=("MONDO:0007179",)),
    _term("cartkg:adeno_associated_virus", "virus", "adeno-associated virus", "AAV"),
    _term(MYELOMA, "disease", "multiple myeloma", "MM", parents=("MONDO:0000001",)),
    _term(CD19, "target", "CD19"),
    _term(CD20, "target", "MS4A1", "CD20"),
    _term(BCMA, "target", "TNFRSF17", "BCMA"),
    _term("cartkg:cell_therapy", "therapy", "cell therapy"),
    _term(CAR_T, "therapy", "CAR-T cell therapy", "CAR-T", parents=("cartkg:cell_therapy",)),
    _term(CD19_CAR_T, "therapy", "CD19 CAR-T cells", parents=(CAR_T,), targets=(CD19,)),
    _term(RITUXIMAB, "therapy", "rituximab", targets=(CD20,)),
    _term(CRS, "adverse_event", "cytokine release syndrome", "CRS", parents=("MONDO:0000001",)),
    _term(ICANS, "adverse_event", "immune effector cell-associated neurotoxicity syndrome", "ICANS"),
    _term(INFECTION, "disease", "infectious disease", parents=("MONDO:0000001",), also=("adverse_event",)),
    _term("MONDO:9999999", "disease", "a disease that no paper names", parents=("MONDO:0000001",)),
)


class SmallVocabulary:
    """The terms above, as the graph, and as the queries' resolver, want them."""

    def __init__(self, terms: Iterable[Term] = TERMS) -> None:
        self._terms = {term.id: term for term in terms}

    def term(self, curie: str) -> Term:
        return self._terms[curie]

    def category(self, type: str) -> str:
        return _CATEGORIES[type]

    def ancestors(self, curie: str) -> frozenset[str]:
        parents = self._terms[curie].parents
        return frozenset(parents).union(*(self.ancestors(parent) for parent in parents))

    def resolve(self, kind: str, text: str) -> str:
        for term in self._terms.values():
            names = {term.id, term.label, *(name.text for name in term.names)}
            if text in names and kind in ("term", term.type, *term.also):
                return term.id
        raise UnknownName(kind, text, nearest=("SSc",))


def _document(identifier: str, title: str, *lines: str, references: tuple[str, ...] = (), **more: Any) -> Document:
    text = "\n".join((title, *lines, *references))
    sections = [Section(kind="title", start=0, end=len(title))]
    if lines:
        sections.append(Section(kind="abstract", start=len(title) + 1, end=len(title) + 1 + len("\n".join(lines))))
    for citation in references:
        start = text.index(citation)
        sections.append(Section(kind="reference", start=start, end=start + len(citation)))
    prefix, _, local = identifier.partition(":")
    ids = more.pop("ids", Ids(pmid=local) if prefix == "PMID" else Ids(doi=local))
    made = {"id": identifier, "ids": ids, "title": title, "text": text, "sections": tuple(sections), "format": "jsonl"}
    return Document(**made, sha256=f"{len(text):064x}", **more)


def _reference(document_text: str, number: int, citation: str, title: str, **more: Any) -> Reference:
    start = document_text.index(citation)
    at = document_text.index(title, start)
    return Reference(
        number=number,
        citation=citation,
        start=start,
        end=start + len(citation),
        title=title,
        title_start=at,
        title_end=at + len(title),
        **more,
    )


def _evidence(document: Document, quote: str, grade: Grade, *, antecedent: str | None = None, **more: Any) -> Evidence:
    start = document.text.index(quote)
    section = document.section_at(start)
    if antecedent is not None:
        at = document.text.index(antecedent)
        more |= {"antecedent": antecedent, "antecedent_start": at, "antecedent_end": at + len(antecedent)}
    return Evidence(
        document=document.id,
        section=section.kind if section else "",
        quote=quote,
        start=start,
        end=start + len(quote),
        grade=grade,
        method="by hand 1",
        **more,
    )


def _grounding(document: Document, text: str, type_: str, term: str | None, reason: str, **more: Any) -> Grounding:
    start = document.text.index(text)
    section = document.section_at(start)
    mention = Mention(
        start=start, end=start + len(text), text=text, type=type_, section=section.kind if section else "", sentence=0
    )
    return Grounding(mention=mention, term=term, label=text if term else "", score=0.98765, reason=reason, **more)


def _says(subject: str, predicate: str, object_: str, *evidence: Evidence, negated: bool = False) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, negated=negated, evidence=evidence)


def _annotation(document: Document, groundings: tuple[Grounding, ...], *statements: Statement) -> Annotation:
    tagged = Tagged(document=document, sentences=(), abbreviations=(), groundings=groundings)
    return Annotation(tagged=tagged, statements=statements)


def _review() -> Annotation:
    cited = "Roe A. (2021). Infection in multiple myeloma after CAR-T. Blood 1:2."
    six = "Poe C. (2019). The sixth paper."
    title = "CAR-T in SSc, SLE and AAV: a review"
    document = _document(
        "PMID:1",
        title,
        "Targets under investigation for these conditions include CD19 and CD20.",
        "An AAV vector is used in the laboratory. AAV is rare.",
        references=(cited, six),
        ids=Ids(pmid="1", doi="10.5555/one", nct=("NCT00000001",)),
        authors=("Doe Jane", "Roe Richard"),
        journal="J Invent",
        date="2024-12-12",
        year=2024,
        volume="3",
        issue="4",
        pages="5-9",
        publication_types=("Review",),
        keywords=("CAR-T", "SSc"),
        mesh=(MeshHeading(ui="D012595", name="Scleroderma, Systemic", major=True),),
    )
    references = (
        _reference(
            document.text, 1, cited, "Infection in multiple myeloma after CAR-T", year=2021, ids=Ids(pmid="900")
        ),
        _reference(document.text, 2, six, "The sixth paper", ids=Ids(doi="10.5555/six")),
    )
    document = msgspec.structs.replace(document, references=references)
    sentence = "Targets under investigation for these conditions include CD19 and CD20."
    resolved = _evidence(
        document, sentence, Grade.DOCUMENT_ASSERTION, antecedent="SSc, SLE and AAV", role="review_synthesis"
    )
    reference_title = _evidence(document, "Infection in multiple myeloma after CAR-T", Grade.REFERENCE_TITLE)
    together = _evidence(document, title, Grade.SENTENCE_CO_MENTION)
    virus = Alternative(term="cartkg:adeno_associated_virus", label="adeno-associated virus", score=0.4)
    return _annotation(
        document,
        (
            _grounding(document, "SSc", "disease", SSC, "long form in document"),
            _grounding(document, "SLE", "disease", SLE, "only sense"),
            _grounding(document, "AAV", "disease", AAV, "context words", alternatives=(virus,)),
            _grounding(document, "AAV vector", "disease", None, "abstained: too close", alternatives=(virus,)),
            _grounding(document, "CD19", "target", CD19, "only sense"),
            _grounding(document, "CD20", "target", CD20, "only sense"),
            _grounding(document, "CAR-T", "therapy", CAR_T, "only sense"),
        ),
        *(_says(target, TRIED, disease, resolved) for target in (CD19, CD20) for disease in (SSC, SLE, AAV)),
        _says(CAR_T, HARM, INFECTION, reference_title),
        _says(CAR_T, TOGETHER, SSC, together),
    )


def _trial() -> Annotation:
    document = _document(
        "PMID:2",
        "CD19 CAR-T cells in diffuse systemic sclerosis",
        "Five patients with dcSSc received CD19 CAR-T cells. CRS occurred in 3 of 5 (60%), at most grade 2.",
        year=2023,
        date="2023-05",
        journal="J Invent",
        publication_types=("Clinical Trial, Phase I",),
    )
    treated = _evidence(
        document,
        "Five patients with dcSSc received CD19 CAR-T cells.",
        Grade.SENTENCE_ASSERTION,
        role="primary_result",
        setting="clinical",
        design="trial",
        phase="1",
        n=5,
        treated=5,
        responders=4,
        evaluable=5,
        follow_up=12.5,
        trials=("NCT00000002",),
        cohort="NCT:NCT00000002",
        efficacy="effective",
        via=(CD19_CAR_T,),
        confidence=0.9,
    )
    crs = _evidence(
        document,
        "CRS occurred in 3 of 5 (60%), at most grade 2.",
        Grade.SENTENCE_ASSERTION,
        n=3,
        total=5,
        percent=60.0,
        max_grade=2,
        onset=3.0,
        grading_system="ASTCT",
        context_disease=DIFFUSE,
        setting="clinical",
    )
    return _annotation(
        document,
        (
            _grounding(document, "diffuse systemic sclerosis", "disease", DIFFUSE, "only sense"),
            _grounding(document, "dcSSc", "disease", DIFFUSE, "only sense"),
            _grounding(document, "CD19 CAR-T cells", "therapy", CD19_CAR_T, "only sense"),
            _grounding(document, "CRS", "adverse_event", CRS, "only sense"),
        ),
        _says(CD19, TRIED, DIFFUSE, treated),
        _says(CD19_CAR_T, APPLIED, DIFFUSE, treated),
        _says(CD19_CAR_T, HARM, CRS, crs),
    )


def _retracted() -> Annotation:
    document = _document("PMID:3", "BCMA CAR-T was given in SSc.", year=2022, status=("retracted",))
    found = _evidence(document, "BCMA CAR-T was given in SSc.", Grade.SENTENCE_ASSERTION, setting="clinical")
    groundings = (_grounding(document, "SSc", "disease", SSC, "only sense"),)
    return _annotation(document, groundings, _says(BCMA, TRIED, SSC, found))


def _negated() -> Annotation:
    document = _document("PMID:4", "No ICANS was seen after CD19 CAR-T cells in SLE.", year=2024)
    found = _evidence(document, document.title, Grade.SENTENCE_ASSERTION, n=0, total=8, context_disease=SLE)
    groundings = (
        _grounding(document, "ICANS", "adverse_event", ICANS, "only sense"),
        _grounding(document, "SLE", "disease", SLE, "only sense"),
    )
    return _annotation(document, groundings, _says(CD19_CAR_T, HARM, ICANS, found, negated=True))


def _hypothetical() -> Annotation:
    cited = "Zoe B. BCMA CAR-T in multiple myeloma. Lancet 2018."
    again = "Roe A, 2021. Infection in multiple myeloma after CAR-T"
    document = _document(
        "PMID:5", "Rituximab could be used in SLE.", "B cells matter.", references=(cited, again), year=2020
    )
    references = (
        _reference(document.text, 1, cited, "BCMA CAR-T in multiple myeloma", year=2018, journal="Lancet"),
        _reference(
            document.text,
            2,
            again,
            "Infection in multiple myeloma after CAR-T",
            ids=Ids(pmid="900", doi="10.5555/nine"),
        ),
    )
    document = msgspec.structs.replace(document, references=references)
    could = _evidence(document, document.title, Grade.SENTENCE_ASSERTION, hypothetical=True, via=(RITUXIMAB,))
    title = _evidence(document, "BCMA CAR-T in multiple myeloma", Grade.REFERENCE_TITLE)
    groundings = (
        _grounding(document, "Rituximab", "therapy", RITUXIMAB, "only sense"),
        _grounding(document, "SLE", "disease", SLE, "only sense"),
    )
    itself = msgspec.structs.replace(could, via=())
    return _annotation(
        document,
        groundings,
        _says(CD20, TRIED, SLE, could),
        _says(RITUXIMAB, STUDIED, SLE, itself),
        _says(BCMA, TRIED, MYELOMA, title),
    )


def _odd() -> Annotation:
    document = _document("DOI:10.5555/six", 'Odd \x0c "text" \\ of <SSc> & Sjögren 🧬', "CD19\x00 in SSc.", year=2019)
    found = _evidence(document, "CD19\x00 in SSc.", Grade.SENTENCE_CO_MENTION)
    groundings = (_grounding(document, "SSc", "disease", SSC, 'said "so"\n\\'),)
    return _annotation(document, groundings, _says(CD19, TOGETHER, SSC, found))


def papers() -> tuple[Annotation, ...]:
    """The six papers, by id."""
    return (_odd(), _review(), _trial(), _retracted(), _negated(), _hypothetical())


def fixture_triples(order: Iterable[Annotation] | None = None) -> Iterator[ox.Triple]:
    """The graph of the six papers, read in this order."""
    return triples(papers() if order is None else order, SmallVocabulary(), sources=SOURCES)


def fixture_store() -> ox.Store:
    """The same, in memory."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in fixture_triples())
    return store


def release_of(store: ox.Store, folder: Path, name: str) -> Path:
    """A release's folder with this store in it."""
    (folder / name).mkdir()
    on_disk = ox.Store(str(folder / name / "store"))
    on_disk.bulk_extend(iter(store))
    on_disk.flush()
    return folder / name
