"""Fifteen more hand-made papers, for queries that count: cohorts told twice, harms and zeros, mice, retellings.

`PMID:101` and `PMID:102` tell of one trial's patients, first five and then eight, four of them with nephritis;
`PMID:103` of three others; `PMID:104` is a review; `PMID:105` and `PMID:106` are of mice and of cells; `PMID:107` is
retracted, `PMID:108` says the same of others and cites `PMID:115`, which does so
too; `PMID:109` only hopes; `PMID:110` denies what `PMID:111` says;
`PMID:112` looks back; `PMID:113` is a protocol; `PMID:114` cites what others cite.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pyoxigraph as ox

from kg.graph.quads import triples
from kg.model import Annotation, Document, Evidence, Grade, Ids, Statement
from tests.graph_fixture import (
    AAV,
    BCMA,
    CD19,
    CD19_CAR_T,
    CD20,
    CRS,
    HARM,
    ICANS,
    RITUXIMAB,
    SLE,
    SOURCES,
    SSC,
    TERMS,
    TRIED,
    SmallVocabulary,
    _annotation,
    _document,
    _evidence,
    _grounding,
    _reference,
    _says,
    _term,
)

NEPHRITIS, CD38, DARATUMUMAB = "MONDO:0005556", "HGNC:1667", "DRUGBANK:DB09331"
VOCABULARY = SmallVocabulary(
    (
        *TERMS,
        _term(NEPHRITIS, "disease", "lupus nephritis", "LN", parents=(SLE,)),
        _term(CD38, "target", "CD38"),
        _term(DARATUMUMAB, "therapy", "daratumumab", targets=(CD38,)),
    )
)
TRIAL = "NCT00000101"
FIRST = "Doe J. CD19 CAR-T cells in SLE. 2022."
FOUR = "Kim C. BCMA CAR-T in four patients with SLE. 2020."
ELSEWHERE = "Zoe B. A paper that is not here. 2015."


def _paper(number: int, year: int, *sentences: str, references: tuple[str, ...] = (), **more: Any) -> Document:
    document = _document(f"PMID:{number}", *sentences, references=references, year=year, **more)
    ids = {FIRST: Ids(pmid="101"), ELSEWHERE: Ids(pmid="990"), FOUR: Ids(pmid="115")}
    found = tuple(
        _reference(document.text, place, citation, citation.split(". ")[1], ids=ids[citation])
        for place, citation in enumerate(references, start=1)
    )
    return msgspec.structs.replace(document, references=found)


def _own(document: Document, quote: str, **more: Any) -> Evidence:
    """What a study of patients tells of its own."""
    told = {"grade": Grade.SENTENCE_ASSERTION, "role": "primary_result", "setting": "clinical"} | more
    return _evidence(document, quote, told.pop("grade"), **told)


def _tried(target: str, disease: str, evidence: Evidence, *, negated: bool = False) -> Statement:
    return _says(target, TRIED, disease, evidence, negated=negated)


def _trial() -> Iterator[Annotation]:
    told = {"trials": (TRIAL,), "cohort": f"NCT:{TRIAL}", "via": (CD19_CAR_T,), "phase": "1"}
    harm = {"cohort": f"NCT:{TRIAL}", "context_disease": SLE}
    early = _paper(
        101,
        2022,
        "CD19 CAR-T cells in SLE",
        "Five patients received them and four of five responded.",
        "CRS occurred in 3 of 5, at most grade 1, and no ICANS in 5.",
        ids=Ids(pmid="101", nct=(TRIAL,)),
    )
    sentence = "Five patients received them and four of five responded."
    harms = "CRS occurred in 3 of 5, at most grade 1, and no ICANS in 5."
    yield _annotation(
        early,
        (_grounding(early, "SLE", "disease", SLE, "r"), _grounding(early, "CD19", "target", CD19, "r")),
        _tried(CD19, SLE, _own(early, sentence, treated=5, responders=4, evaluable=5, **told)),
        _says(CD19_CAR_T, HARM, CRS, _own(early, harms, n=3, total=5, max_grade=1, **harm)),
        _says(CD19_CAR_T, HARM, ICANS, _own(early, harms, n=0, total=5, direction="refutes", **harm), negated=True),
    )
    late = _paper(
        102,
        2024,
        "Eight patients with SLE, four with nephritis, after CD19 CAR-T cells",
        "Seven of eight responded.",
        "CRS occurred in 5 of 8, at most grade 2, and ICANS in 1 of 8.",
        ids=Ids(pmid="102", nct=(TRIAL,)),
    )
    harms = "CRS occurred in 5 of 8, at most grade 2, and ICANS in 1 of 8."
    yield _annotation(
        late,
        (_grounding(late, "nephritis", "disease", NEPHRITIS, "r"), _grounding(late, "CD19", "target", CD19, "r")),
        _tried(CD19, SLE, _own(late, late.title, treated=8, **told)),
        _tried(CD19, SLE, _own(late, "Seven of eight responded.", responders=7, evaluable=8, **told)),
        _tried(CD19, NEPHRITIS, _own(late, late.title, treated=4, **told)),
        _says(CD19_CAR_T, HARM, CRS, _own(late, harms, n=5, total=8, max_grade=2, **harm)),
        _says(CD19_CAR_T, HARM, ICANS, _own(late, harms, n=1, total=8, **harm)),
    )


def _others() -> Iterator[Annotation]:
    three = _paper(103, 2023, "Three patients with SSc received CD19 CAR-T cells without ICANS.")
    told = {"cohort": "PMID:103"}
    yield _annotation(
        three,
        (
            _grounding(three, "SSc", "disease", SSC, "r"),
            _grounding(three, "CD19 CAR-T cells", "therapy", CD19_CAR_T, "r"),
        ),
        _tried(CD19, SSC, _own(three, three.title, treated=3, **told)),
        _says(
            CD19_CAR_T,
            HARM,
            ICANS,
            _own(three, three.title, n=0, total=3, direction="refutes", context_disease=SSC, **told),
            negated=True,
        ),
    )
    review = _paper(
        104,
        2025,
        "Targets in SLE and AAV",
        "CD19 was tried in five patients.",
        "CD20 was tried in AAV.",
        references=(FIRST, ELSEWHERE),
        publication_types=("Review",),
    )
    retold = {"role": "review_synthesis", "setting": "clinical", "design": "review"}
    yield _annotation(
        review,
        (_grounding(review, "AAV", "disease", AAV, "r"),),
        _tried(
            CD19,
            SLE,
            _evidence(review, "CD19 was tried in five patients.", Grade.SENTENCE_ASSERTION, treated=5, **retold),
        ),
        _tried(CD20, AAV, _evidence(review, "CD20 was tried in AAV.", Grade.DOCUMENT_ASSERTION, **retold)),
    )


def _animals() -> Iterator[Annotation]:
    mice = _paper(105, 2021, "Daratumumab in MRL/lpr mice, a model of SLE")
    cells = _paper(106, 2020, "CD38 antibodies kill plasma cells of SLE patients in culture")
    mouse = {"setting": "preclinical_in_vivo", "species": "mouse", "model": "MRL/lpr", "via": (DARATUMUMAB,)}
    yield _annotation(
        mice,
        (_grounding(mice, "Daratumumab", "therapy", DARATUMUMAB, "r"),),
        _tried(CD38, SLE, _own(mice, mice.title, treated=12, cohort="PMID:105", **mouse)),
    )
    yield _annotation(cells, (), _tried(CD38, SLE, _own(cells, cells.title, setting="in_vitro")))


def _doubtful() -> Iterator[Annotation]:
    gone = _paper(107, 2021, "BCMA CAR-T in twenty patients with SLE", status=("retracted",))
    yield _annotation(gone, (), _tried(BCMA, SLE, _own(gone, gone.title, treated=20, cohort="PMID:107")))
    kept = _paper(108, 2024, "BCMA CAR-T in two patients with SLE", references=(FOUR,))
    cited = _evidence(kept, "BCMA CAR-T in four patients with SLE", Grade.REFERENCE_TITLE, treated=4)
    own = _own(kept, kept.title, treated=2, cohort="PMID:108")
    yield _annotation(kept, (), _says(BCMA, TRIED, SLE, own, cited))
    four = _paper(115, 2020, "BCMA CAR-T in four patients with SLE")
    yield _annotation(four, (), _tried(BCMA, SLE, _own(four, four.title, treated=4, cohort="PMID:115")))
    hope = _paper(109, 2024, "BCMA could be a target in SSc", references=(FIRST,))
    groundings = (_grounding(hope, "SSc", "disease", SSC, "r"), _grounding(hope, "BCMA", "target", BCMA, "r"))
    yield _annotation(hope, groundings, _tried(BCMA, SSC, _own(hope, hope.title, role="background", hypothetical=True)))
    never = _paper(110, 2018, "Rituximab has not been given in SLE", references=(FIRST, ELSEWHERE))
    denial = _own(never, never.title, role="background", direction="refutes")
    yield _annotation(never, (), _tried(CD20, SLE, denial, negated=True))
    given = _paper(111, 2019, "Rituximab for SLE in a cohort")
    yield _annotation(
        given,
        (_grounding(given, "Rituximab", "therapy", RITUXIMAB, "r"),),
        _tried(CD20, SLE, _own(given, given.title, via=(RITUXIMAB,))),
        _says(RITUXIMAB, "biolink:applied_to_treat", SLE, _own(given, given.title)),
    )
    before = _paper(112, 2017, "All with SLE had failed rituximab before")
    yield _annotation(before, (), _tried(CD20, SLE, _own(before, before.title, historical=True, treated=30)))
    plan = _paper(113, 2023, "Rituximab in 24 patients with SSc: protocol of NCT00000113")
    planned = {"hypothetical": True, "design": "protocol", "role": "aim", "trials": ("NCT00000113",), "phase": "2"}
    yield _annotation(plan, (), _tried(CD20, SSC, _own(plan, plan.title, treated=24, **planned)))
    yield _annotation(_paper(114, 2016, "A letter", references=(ELSEWHERE,)), ())


def papers() -> tuple[Annotation, ...]:
    """The fifteen papers."""
    return (*_trial(), *_others(), *_animals(), *_doubtful())


def pack_store() -> ox.Store:
    """Their graph, in memory."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples(papers(), VOCABULARY, sources=SOURCES))
    return store
