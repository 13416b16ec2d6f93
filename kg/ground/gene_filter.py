"""The names of a record taken for genes in, the same with those that are none, or an animal's, taken back out.

A logistic model over `kg.ground.gene_evidence`, learnt from the training parts of four corpora; its weights stand one a
line in `ontologies/attested/gene_weights.tsv`. Every decision tells its probability and what spoke most for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from kg import resources
from kg.errors import BadVocabulary
from kg.ground import gene_names
from kg.ground.gene_evidence import Record, Use, of_name, of_use
from kg.ground.gene_names import Row
from kg.ground.senses import ABSTAINED, Choice
from kg.lexicon import Entry, Hit, Lexicon
from kg.lexicon.prepare import key
from kg.model import Alternative, Document

BIAS: Final = "bias"
WEIGHTS: Final = "attested/gene_weights.tsv"
THRESHOLD: Final = 0.5  # probability from which a name is the human gene
LISTED: Final = 0.2  # the same for a name that this field's own list has, in a record that is not of the field
_COMPILED = "HGNC as in"  # what the source of a gene begins with that the overlay does not list
_REMEMBERED = 50_000  # spellings whose own evidence is kept before all is forgotten
_TOLD = 3  # reasons that a grounding tells


class Genes:
    """Judges what was taken for a gene. Immutable but for what it remembers."""

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        weights: Mapping[str, float] | None = None,
        names: Mapping[tuple[str, str], Row] | None = None,
    ) -> None:
        """weights, names: other than those that are shipped."""
        self._lexicon = lexicon
        self._weights = weights if weights is not None else shipped_weights()
        self._names = names if names is not None else gene_names.shipped()
        self._of_names: dict[tuple[str, Entry], _Sum] = {}

    def judge(
        self, document: Document, hits: Sequence[Hit], choices: Sequence[Choice], *, of_field: bool = False
    ) -> list[Choice]:
        """A choice for each hit: the same, another gene of that name, or none.

        of_field: whether the record is one of this field (`kg.lexicon.field`), whose own list is trusted then
            and in which an animal's gene stands for the human one.
        """
        uses = self.uses(document, hits, choices, of_field=of_field)
        if not uses or not self._weights:
            return list(choices)
        record = record_of(document, list(uses.values()))
        told = self._summed({} if of_field else record.told)
        judged = {
            _use(document.text, hits[n], choices[n]): self._judged(use, record, told, of_field)
            for n, use in uses.items()
        }
        terms = {use.choice.term for use in uses.values()}
        return [
            judged.get(_use(document.text, hit, choice), choice) if choice.term in terms else choice
            for hit, choice in zip(hits, choices, strict=True)
        ]

    def uses(
        self, document: Document, hits: Sequence[Hit], choices: Sequence[Choice], *, of_field: bool = False
    ) -> dict[int, Use]:
        """Number of its first hit -> each spelling that is taken for a gene and may be judged."""
        text = document.text
        grouped: dict[tuple[str, str | None, str], list[int]] = {}
        for number, (hit, choice) in enumerate(zip(hits, choices, strict=True)):
            term = choice.term
            if self._lexicon.type_of(term) == "target" if term is not None else self._may_be_gene(hit, choice):
                grouped.setdefault(_use(text, hit, choice), []).append(number)
        if not grouped:
            return {}
        return {
            numbers[0]: Use(
                surface,
                tuple((hits[number].start, hits[number].end) for number in numbers),
                hits[numbers[0]].entries,
                choices[numbers[0]],
            )
            for (surface, term, _), numbers in grouped.items()
            # What this field's own list names is meant as such, a therapy's target in a mouse too.
            if not of_field or term is None or not self._listed(surface, term, hits[numbers[0]].entries)
        }

    def _may_be_gene(self, hit: Hit, choice: Choice) -> bool:
        """Whether nothing was chosen and only genes have the name."""
        return choice.reason.startswith(ABSTAINED) and all(
            self._lexicon.type_of(entry.term) == "target" for entry in hit.entries
        )

    def _listed(self, surface: str, term: str, entries: Sequence[Entry]) -> bool:
        """Whether this field's own list has the gene, and the name is written as it is listed."""
        row = self._names.get((key(surface), term))
        if (row is not None and not row.listed) or self._lexicon.term(term).source.startswith(_COMPILED):
            return False
        if " " in surface or surface.isupper() or any(c.isdigit() or not c.isascii() for c in surface):
            return True
        return any(entry.term == term and surface == entry.name for entry in entries) or len(surface) > 6

    def _judged(self, use: Use, record: Record, told: _Sum, of_field: bool) -> Choice:
        """told: what the record tells of all its genes."""
        # A target tried in mice is written with the human gene's ID; `non_human` says that it was in mice (ANNOTATION).
        used = self._summed(of_use(use, record, any_species=of_field))
        scored = [(self._score(use, entry, used, told), entry) for entry in candidates(use, self._lexicon)]
        scored.sort(key=lambda item: (-item[0].chance, item[1].term))
        score, best = scored[0]
        choice, label = use.choice, self._lexicon.term(best.term).label
        chance, why = score.chance, ", ".join(score.why)
        if not score.enough:
            return Choice(
                term=None,
                label=label,
                score=round(1 - chance, 4),
                reason=f"no human gene ({chance:.2f}): {why}",
                alternatives=(
                    Alternative(term=best.term, label=label, score=round(chance, 4), reason=choice.reason),
                    *choice.alternatives,
                ),
            )
        if choice.term is not None:
            return msgspec.structs.replace(choice, reason=f"{choice.reason}; human gene ({chance:.2f}): {why}")
        return Choice(
            term=best.term,
            label=label,
            score=round(chance, 4),
            reason=f"human gene ({chance:.2f}): {why}",
            alternatives=tuple(
                Alternative(term=entry.term, label=self._lexicon.term(entry.term).label, score=round(other.chance, 4))
                for other, entry in scored[1:]
            ),
        )

    def _score(self, use: Use, entry: Entry, used: _Sum, told: _Sum) -> _Score:
        """used: what its places tell."""
        named = self._of_name(use.surface, entry)
        points = self._weights.get(BIAS, 0.0) + named.points + used.points + told.points
        chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, points))))
        enough = chance >= (LISTED if self._listed(use.surface, entry.term, use.entries) else THRESHOLD)
        if enough:
            ranked = sorted(named.speaks_for + used.speaks_for + told.speaks_for)
        else:
            ranked = sorted(named.against + used.against + told.against)
        return _Score(chance=chance, enough=enough, why=tuple(name for _, name in ranked[:_TOLD]))

    def _of_name(self, surface: str, entry: Entry) -> _Sum:
        """What a spelling of an entry comes to in any record; genes repeat, so it is remembered."""
        found = self._of_names.get((surface, entry))
        if found is None:
            if len(self._of_names) >= _REMEMBERED:
                self._of_names.clear()
            row = self._names.get((key(surface), entry.term))
            found = self._of_names[surface, entry] = self._summed(of_name(surface, entry, row))
        return found

    def _summed(self, evidence: Mapping[str, float]) -> _Sum:
        weights = self._weights
        parts = [(-weights[name] * value, name) for name, value in evidence.items() if name in weights]
        return _Sum(
            points=-sum(part for part, _ in parts),
            speaks_for=[item for item in parts if item[0] < 0],
            against=[(-part, name) for part, name in parts if part > 0],
        )


class _Score(msgspec.Struct, frozen=True, kw_only=True):
    """The probability that a name is a gene, whether it is enough, and what spoke most for what it leads to."""

    chance: float
    enough: bool
    why: tuple[str, ...]


class _Sum(msgspec.Struct, frozen=True, kw_only=True):
    """What some evidence comes to, and what speaks for or against a gene; what speaks most has the least number."""

    points: float
    speaks_for: list[tuple[float, str]]
    against: list[tuple[float, str]]


def _use(text: str, hit: Hit, choice: Choice) -> tuple[str, str | None, str]:
    """What makes hits one use: spelling, what it was taken for, and why."""
    return text[hit.start : hit.end], choice.term, choice.reason


def candidates(use: Use, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The readings to weigh: what was chosen, or all genes of the name where nothing was."""
    if use.choice.term is None:
        return tuple({entry.term: entry for entry in reversed(use.entries)}.values())
    chosen = tuple(entry for entry in use.entries if entry.term == use.choice.term)
    if chosen:
        return chosen[:1]
    return (Entry(use.choice.term, lexicon.term(use.choice.term).label, "exact"),)


def record_of(document: Document, uses: Sequence[Use]) -> Record:
    """What is the same for every gene of a document."""
    return Record(document.text, len(document.title or ""), uses)


def read(lines: Iterable[str], *, origin: str) -> dict[str, float]:
    """The weights of a table.

    >>> read(["evidence\\tweight", "a digit in it\\t0.5"], origin="gene_weights.tsv")
    {'a digit in it': 0.5}

    Raises:
        BadVocabulary: a row is no name and number.
    """
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#") or line.startswith("evidence\t"):
            continue
        name, _, weight = line.rstrip("\n").rpartition("\t")
        try:
            found[name] = float(weight)
        except ValueError:
            raise BadVocabulary(f"{origin}: line {number}: expected evidence and weight, got {line!r}") from None
    return found


@cache
def shipped_weights() -> Mapping[str, float]:
    """The weights that are shipped."""
    path = resources.folder("ontologies") / WEIGHTS
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    return read(lines, origin=path.name)
