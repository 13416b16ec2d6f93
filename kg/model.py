"""The frozen types that cross every seam: what a record is, what was found in it, and what it says.

Offsets are code points into `Document.text`, half open. Every type is immutable and checks itself at birth.
CURIEs (`MONDO:0005100`) are plain strings here; `kg.namespaces` turns them into IRIs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

import msgspec

Direction = Literal["supports", "refutes"]
Role = Literal["primary_result", "aim", "background", "review_synthesis"]
Setting = Literal["clinical", "preclinical_in_vivo", "in_vitro", "unstated"]
Efficacy = Literal["effective", "ineffective", "mixed"]
Scope = Literal["label", "exact", "abbreviation", "related", "broad", "narrow"]


class Grade(StrEnum):
    """How directly the text says a thing, best first (DESIGN §4). `rank` 1 is best.

    >>> min([Grade.MESH_HEADING, Grade.DOCUMENT_ASSERTION], key=lambda grade: grade.rank)
    <Grade.DOCUMENT_ASSERTION: 'DocumentAssertion'>
    """

    SENTENCE_ASSERTION = "SentenceAssertion"
    DOCUMENT_ASSERTION = "DocumentAssertion"
    SENTENCE_CO_MENTION = "SentenceCoMention"
    DOCUMENT_CO_MENTION = "DocumentCoMention"
    MESH_HEADING = "MeshHeading"
    REFERENCE_TITLE = "ReferenceTitle"

    @property
    def rank(self) -> int:
        return list(Grade).index(self) + 1


class _Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Immutable, compared by value, read and written as JSON by msgspec.

    A value that cannot be changed cannot lead back to itself, so the garbage collector need not follow it; over many
    thousands of mentions that is a tenth of the time.
    """


class Ids(_Value, frozen=True, kw_only=True):
    """Every identifier of one paper; identity is by any of PMID, DOI, PMCID.

    pmid: digits without leading zeros. doi: lower case, without resolver. pmcid: `PMC` and digits.
    nct: registered trials the record names (`NCT` and eight digits); they do not identify it.
    """

    pmid: str | None = None
    doi: str | None = None
    pmcid: str | None = None
    nct: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.pmid is not None and not (self.pmid.isascii() and self.pmid.isdigit() and self.pmid[0] != "0"):
            raise ValueError(f"pmid: expected digits, got {self.pmid!r}")
        if self.doi is not None and (not self.doi.startswith("10.") or self.doi != self.doi.lower()):
            raise ValueError(f"doi: expected a lower-case DOI starting with '10.', got {self.doi!r}")
        if self.pmcid is not None and not (self.pmcid.startswith("PMC") and self.pmcid[3:].isdigit()):
            raise ValueError(f"pmcid: expected 'PMC' and digits, got {self.pmcid!r}")

    @property
    def curies(self) -> tuple[str, ...]:
        """The identifying ones as CURIEs, the preferred first: PMID, DOI, PMCID.

        >>> Ids(doi="10.1000/x", pmid="7").curies
        ('PMID:7', 'DOI:10.1000/x')
        """
        found = (
            f"PMID:{self.pmid}" if self.pmid else "",
            f"DOI:{self.doi}" if self.doi else "",
            f"PMCID:{self.pmcid}" if self.pmcid else "",
        )
        return tuple(curie for curie in found if curie)


class Section(_Value, frozen=True, kw_only=True):
    """One stretch of `Document.text`.

    kind: `title`, `abstract`, `keywords`, `figure`, `reference`. label: a structured abstract's heading, a
    figure's name, a reference's number. The label itself is outside of `start:end` for a figure or a reference.
    """

    kind: str
    start: int
    end: int
    label: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"section {self.kind}: expected 0 <= start <= end, got {self.start}, {self.end}")


class Reference(_Value, frozen=True, kw_only=True):
    """One entry of a reference list. `citation` is its text as printed, without the site's own words.

    `start:end` is where the citation stands in `Document.text`; `title_start:title_end` its title, both zero
    when the title could not be told.
    """

    number: int
    citation: str
    start: int
    end: int
    title: str | None = None
    title_start: int = 0
    title_end: int = 0
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None
    ids: Ids = Ids()


class MeshHeading(_Value, frozen=True, kw_only=True):
    """One MeSH descriptor an indexer gave the record. ui: `D012595`; qualifiers by name."""

    ui: str
    name: str
    major: bool = False
    qualifiers: tuple[str, ...] = ()


class Document(_Value, frozen=True, kw_only=True):
    """One record. `text` is title, newline, abstract, then keywords, figure legends and references, a line each.

    For a record of title and abstract alone this is PubTator's text, so its offsets hold unchanged.
    """

    id: str
    ids: Ids
    title: str
    text: str
    sections: tuple[Section, ...]
    format: str
    sha256: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    date: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    status: tuple[Literal["retracted", "corrected", "expression_of_concern", "preprint"], ...] = ()

    def __post_init__(self) -> None:
        if not self.title and not self.text:
            raise ValueError(f"document {self.id}: expected a title or a text, got neither")
        for section in self.sections:
            if section.end > len(self.text):
                raise ValueError(f"document {self.id}: section {section.kind} ends behind the text")

    def section_at(self, offset: int) -> Section | None:
        """The section that holds this offset, or None between sections."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section
        return None


class Span(_Value, frozen=True, kw_only=True):
    """A stretch of `Document.text`."""

    start: int
    end: int


class Abbreviation(_Value, frozen=True, kw_only=True):
    """A short form the document itself defines, with where the definition stands."""

    short: str
    long: str
    start: int
    long_start: int


class Mention(_Value, frozen=True, kw_only=True):
    """A name found in the text. `sentence` indexes `Annotation.sentences`; `section` is a section's kind.

    qualifiers: of `negated`, `hypothetical`, `historical`, `non_human`, `not_this_study`, sorted.
    found_by: `lexicon`, `abbreviation` or a recogniser's name.
    """

    start: int
    end: int
    text: str
    type: str
    section: str
    sentence: int
    qualifiers: tuple[str, ...] = ()
    found_by: str = "lexicon"

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"mention {self.text!r}: its text is not as long as {self.start}:{self.end}")


class Alternative(_Value, frozen=True, kw_only=True):
    """A sense that was weighed and not chosen; `term` is empty for one that no term of the vocabulary has.

    score in [0, 1].
    """

    term: str
    label: str
    score: float
    reason: str = ""


class Grounding(_Value, frozen=True, kw_only=True):
    """What a mention was taken to mean, and why. `term` is None where the evidence was too weak to choose."""

    mention: Mention
    term: str | None
    label: str
    score: float
    reason: str
    alternatives: tuple[Alternative, ...] = ()
    xrefs: tuple[str, ...] = ()


class Evidence(_Value, frozen=True, kw_only=True):
    """One passage that says a statement, or says it is not so. `quote` is `Document.text[start:end]`.

    n, total: of how many (`5 of 8`). percent: in [0, 100] as printed. max_grade: 1 to 5, in `grading_system`.
    onset: days from the therapy to an adverse event, the median where one is told.
    treated: how many patients (or animals) with the statement's disease got the therapy. responders of evaluable:
    how many of how many the text says responded. follow_up: months, the median where one is told.
    trials: the registered trials (`NCT` and eight digits) that the passage reports on. cohort: the CURIE of a trial
    or a paper; evidence with the same one tells of the same patients, and they count once.
    species, model: of the animals ("mouse", "MRL/lpr"). historical: told of what patients had got before.
    efficacy: whether the passage says that it worked; None where it does not say.
    antecedent: the words that "these conditions" stands for, with their own offsets. via: the therapy through
    which a target is meant. cited: the paper whose title the quote is, where the grade is `ReferenceTitle`.
    confidence: in [0, 1].
    """

    document: str
    section: str
    quote: str
    start: int
    end: int
    grade: Grade
    method: str
    direction: Direction = "supports"
    role: Role = "background"
    setting: Setting = "unstated"
    design: str | None = None
    phase: str | None = None
    n: int | None = None
    total: int | None = None
    percent: float | None = None
    max_grade: int | None = None
    grading_system: str | None = None
    context_disease: str | None = None
    antecedent: str | None = None
    antecedent_start: int | None = None
    antecedent_end: int | None = None
    via: tuple[str, ...] = ()
    cited: str | None = None
    hypothetical: bool = False
    confidence: float = 1.0
    treated: int | None = None
    responders: int | None = None
    evaluable: int | None = None
    follow_up: float | None = None
    onset: float | None = None
    trials: tuple[str, ...] = ()
    species: str | None = None
    model: str | None = None
    historical: bool = False
    efficacy: Efficacy | None = None
    cohort: str | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"evidence in {self.document}: the quote is not as long as {self.start}:{self.end}")
        if self.responders is not None and self.evaluable is not None and self.responders > self.evaluable:
            raise ValueError(f"evidence in {self.document}: {self.responders} of {self.evaluable} is more than all")
        for unit, value in (("months", self.follow_up), ("days", self.onset)):
            if value is not None and value < 0:
                raise ValueError(f"evidence in {self.document}: expected {unit} from 0, got {value}")
        if self.n is not None and self.total is not None and self.n > self.total:
            raise ValueError(f"evidence in {self.document}: {self.n} of {self.total} is more than all")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError(f"evidence in {self.document}: expected a percentage, got {self.percent}")


class Statement(_Value, frozen=True, kw_only=True):
    """Subject, predicate, object as CURIEs, and the passages that say so. Never without evidence."""

    subject: str
    predicate: str
    object: str
    negated: bool = False
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"statement {self.subject} {self.predicate} {self.object}: expected evidence, got none")

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """What makes two statements the same one."""
        return (self.subject, self.predicate, self.object, self.negated)


class Tagged(_Value, frozen=True, kw_only=True):
    """A document with its sentences, the abbreviations it defines and its grounded mentions, in text order."""

    document: Document
    sentences: tuple[Span, ...]
    abbreviations: tuple[Abbreviation, ...]
    groundings: tuple[Grounding, ...]


class Annotation(_Value, frozen=True, kw_only=True):
    """All that was found in one document: what `records.sqlite` keeps and `kg annotate` prints."""

    tagged: Tagged
    statements: tuple[Statement, ...]

    @property
    def document(self) -> Document:
        return self.tagged.document


class Name(_Value, frozen=True, kw_only=True):
    """A term's name. `scope` as in OBO synonyms, an abbreviation being an exact one that is short for others."""

    text: str
    scope: Scope


class Term(_Value, frozen=True, kw_only=True):
    """An entry of the vocabulary.

    type: an entity type: `disease`, `target`, `therapy`, `adverse_event`, `cell_type`, or a further overlay file's.
    targets: for a therapy, the CURIEs of what it is directed at. source: where the row was taken from.
    also: further entity types the same term serves as (an infection is a disease and may be an adverse event).
    usual: what people in this field call it, where that is not its label.
    """

    id: str
    type: str
    label: str
    names: tuple[Name, ...] = ()
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    source: str = ""
    usual: str = ""

    def __post_init__(self) -> None:
        if ":" not in self.id or not self.label:
            raise ValueError(f"term {self.id!r}: expected a CURIE and a label, got label {self.label!r}")

    @property
    def display(self) -> str:
        """The name people use, with the official one where that is another.

        >>> Term(id="HGNC:7315", type="target", label="MS4A1", usual="CD20").display
        'CD20 (MS4A1)'
        """
        return self.label if self.usual in ("", self.label) else f"{self.usual} ({self.label})"

    @classmethod
    def of(cls, identifier: str, type_: str, label: str) -> Self:
        """A bare term, as tests and messages need it."""
        return cls(id=identifier, type=type_, label=label)
