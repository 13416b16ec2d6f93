"""Hits with what they were taken to mean and what a recogniser says of them in, what is left of them and added out.

In a record of this field the recogniser advises: it questions short names alone, and adds only other wordings of names
of diseases. In any other it decides where a condition stands and where none does; what the vocabulary knows there is
what it means. Names that were curated for this field are never questioned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

import msgspec

from kg.ground.context import Context
from kg.ground.definitions import Definitions
from kg.ground.indexing import CONDITIONS
from kg.ground.linking import Linker
from kg.ground.senses import Choice
from kg.lexicon import Hit, Lexicon
from kg.lexicon.field import Field
from kg.lexicon.finding import Findings
from kg.lexicon.prepare import key
from kg.model import Alternative

Place = tuple[int, int, str]
Choose = Callable[[str, Hit, Definitions, Context], Choice]
_HARM = "OAE:0000001"  # "adverse event", above the classes of harm
_MEASURED = re.compile(
    r"\b(?:(?:in|de)creased?|reduc(?:ed|tion)|elevat(?:ed|ions?)|low|high|highly|prolonged|levels?|counts?|weight|"
    r"abnormal cells?)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"(?:progressive|recurrent|chronic|acute|severe|mild|early|late|congenital|intermittent|transient|episodic|sudden|"
    r"rapidly|slowly|frequent|persistent|bilateral|unilateral)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[(),]")  # "forehead, large", "eyelid (ptosis"
_SHORT = 6  # characters; in a record of the field only names up to these are questioned


class Decided(msgspec.Struct, frozen=True):
    """A stretch of the text, the entity type it was found as, and what it means.

    finding: whether it is told as a finding and no more, whatever its term is.
    """

    start: int
    end: int
    kind: str
    choice: Choice
    found_by: str
    finding: bool = False


class Advice(msgspec.Struct, frozen=True):
    """What a recogniser sees in a text; start, end and entity type each (`kg.extract.unlisted`).

    of_field: whether the record is one of this field. apart: or on an autoimmune disease at all. treated: whether it
    names a therapy. harmful: whether it tells of harm by substances.
    """

    text: str
    names: Sequence[Place]
    confirmed: Set[Place]
    doubted: Set[Place]
    of_field: bool
    apart: bool
    treated: bool
    harmful: bool


class Advised:
    """Weighs a recogniser's advice. Immutable."""

    def __init__(self, lexicon: Lexicon, linker: Linker, choose: Choose) -> None:
        """choose: what a hit means by the vocabulary and the document alone."""
        self._lexicon, self._linker, self._choose = lexicon, linker, choose
        self._field = Field(lexicon)
        self._findings = Findings(lexicon)

    def decide(
        self,
        advice: Advice,
        hits: Sequence[Hit],
        choices: Sequence[Choice],
        definitions: Definitions,
        context: Context,
    ) -> list[Decided]:
        """What the hits mean, given what was chosen for each, and what the recogniser's names do."""
        in_full: Set[str] = frozenset()
        if advice.doubted:
            places = {(start, end) for start, end, _ in advice.doubted}
            in_full = {e.term for hit in hits if (hit.start, hit.end) not in places for e in hit.entries[:1]}
        decided = []
        for hit, choice in zip(hits, choices, strict=True):
            kind = self._lexicon.type_of(hit.entries[0].term)
            finding = bool(advice.doubted) and self._is_doubted(advice, hit, choice)
            if advice.doubted and not finding:
                choice = self._believed(advice, hit, choice, definitions, context, in_full)
            if not advice.of_field:
                if advice.confirmed:
                    choice = self._affirmed(advice, hit, choice, definitions, context)
                    choice = self._defined(advice, hit, choice, definitions)
                if advice.harmful and kind in CONDITIONS:
                    choice = self._linker.in_records_of_harm(advice.text[hit.start : hit.end], choice)
            decided.append(Decided(hit.start, hit.end, kind, choice, "lexicon", finding))
        if advice.names:
            decided = self._joined(advice, decided, definitions)
        return decided if advice.of_field else [*self._coordinated(advice.text, decided)]

    def _is_doubted(self, advice: Advice, hit: Hit, choice: Choice) -> bool:
        """Whether a hit is a finding that the recogniser takes for no condition, outside of this field.

        It learnt from corpora of diseases: "small jaw" and "enlarged spleen" are told all the same, as findings.
        """
        if advice.of_field or choice.term is None:
            return False
        if (hit.start, hit.end, self._lexicon.type_of(choice.term)) not in advice.doubted:
            return False
        surface = advice.text[hit.start : hit.end]
        if " " not in surface and len(surface) <= _SHORT:
            return False  # "falls", "corn", "IOP"
        if _PARTED.search(surface) is not None or advice.text[hit.end : hit.end + 1] == "-":
            return False
        return self._findings.holds(choice.term) and not any(
            self._field.curated(entry) for entry in hit.entries if entry.term == choice.term
        )

    def _believed(
        self,
        advice: Advice,
        hit: Hit,
        choice: Choice,
        definitions: Definitions,
        context: Context,
        in_full: Set[str],
    ) -> Choice:
        """The choice, or the one among the readings that the recogniser leaves, or none where it leaves none.

        An acronym whose senses were weighed, and a name that was curated, stay what they are; in a record of the field
        a label, a form the document defines and a term it names in full besides do too. in_full: terms named by hits
        that nobody doubts.
        """
        left = tuple(
            e for e in hit.entries if (hit.start, hit.end, self._lexicon.type_of(e.term)) not in advice.doubted
        )
        if len(left) == len(hit.entries) or choice.term is None:
            return choice
        surface = advice.text[hit.start : hit.end]
        if surface in self._lexicon.senses or ((advice.treated or advice.apart) and self._is_harm(choice.term)):
            return choice
        if any(entry.term == choice.term and self._field.curated(entry) for entry in hit.entries):
            return choice
        final = not advice.of_field and (hit.start, hit.end, self._lexicon.type_of(choice.term)) in advice.doubted
        if not final and (
            hit.end - hit.start > _SHORT
            or choice.term in in_full
            or surface in definitions
            or any(entry.term == choice.term and entry.scope == "label" for entry in hit.entries)
        ):
            return choice
        return self._choose(surface, Hit(hit.start, hit.end, left), definitions, context) if left else _doubt(choice)

    def _affirmed(self, advice: Advice, hit: Hit, choice: Choice, definitions: Definitions, context: Context) -> Choice:
        """The choice, or the condition where the recogniser sees one and something else, or nothing, was chosen."""
        surface = advice.text[hit.start : hit.end]
        if choice.term is not None and self._lexicon.type_of(choice.term) in CONDITIONS:
            return choice
        left = tuple(e for e in hit.entries if (hit.start, hit.end, self._lexicon.type_of(e.term)) in advice.confirmed)
        if not left or surface in self._lexicon.senses:
            return choice
        if len({entry.term for entry in left}) > 1:
            return self._choose(surface, Hit(hit.start, hit.end, left), definitions, context)
        label = self._lexicon.term(left[0].term).label
        return Choice(term=left[0].term, label=label, score=0.7, reason="the recogniser sees a condition here")

    def _defined(self, advice: Advice, hit: Hit, choice: Choice, definitions: Definitions) -> Choice:
        """The choice, or what the whole of a short form's long form means where the vocabulary has its head alone.

        "X-linked thrombocytopenia" is no thrombocytopenia at large. Only where a recogniser is asked: without one the
        vocabulary alone decides, and it has no such name.
        """
        surface = advice.text[hit.start : hit.end]
        if surface not in definitions or choice.term is None or self._lexicon.type_of(choice.term) not in CONDITIONS:
            return choice
        definition = definitions.of(surface, hit.start)
        if definition is None or not definition.terms or key(surface) == key(definition.long):
            return choice
        if any(entry.term in definition.terms for entry in self._lexicon.named(definition.long)):
            return choice
        (whole, *others) = self._linker.link(definition.long)
        if whole.term is None or others:
            return choice
        return msgspec.structs.replace(whole, reason=f"short for {definition.long}: {whole.reason}")

    def _joined(self, advice: Advice, decided: Sequence[Decided], definitions: Definitions) -> list[Decided]:
        """The hits and the recogniser's names; a name takes the place of the hits that it overlaps.

        A therapy inside of a name stays, and in a record of the field the longer name that the vocabulary has.
        """
        kept = list(decided)
        therapies = {(item.start, item.end) for item in decided if item.kind == "therapy" and item.choice.term}
        for start, end, kind in advice.names:
            over = [item for item in kept if item.start < end and start < item.end and item.kind != "therapy"]
            told = [item for item in over if item.choice.term is not None]
            beyond = {item.kind for item in told if item.start < start or end < item.end}
            if (start, end) in therapies:
                continue  # CTX that the record defines as cyclophosphamide
            if advice.of_field and beyond:
                continue  # "tumor" in "tumor necrosis factor"; the longer name that the vocabulary has
            if not advice.harmful and any(_holds(item, advice.text, start, end) for item in told):
                continue
            surface = advice.text[start:end]
            definition = definitions.of(surface, start)
            long = definition.long if definition is not None else ""
            choices = self._linker.link(surface, long=long, same=advice.of_field)
            if choices[0].term is not None:
                kept = [item for item in kept if item not in over]
            elif told:
                continue
            kept += [Decided(start, end, kind, choice, "recogniser") for choice in choices]
        return kept

    def _coordinated(self, text: str, decided: Sequence[Decided]) -> Iterator[Decided]:
        """The same, where a name is the end of a coordination ("palmar and plantar pits") all its members there."""
        for item in decided:
            start = item.start
            members: tuple[Choice, ...] = ()
            if item.kind in CONDITIONS and item.choice.term is not None:
                start, members = self._linker.before(text, item.start, item.end)
            if members and any(
                other is not item and other.start < item.start and start < other.end for other in decided
            ):
                members = ()
            if not members:
                yield item
            for choice in members:
                own = item.choice if choice.term == item.choice.term else choice
                yield Decided(start, item.end, item.kind, own, item.found_by, item.finding)

    def _is_harm(self, curie: str) -> bool:
        """Whether a term is one of the classes of harm: "adverse events", "toxicity"."""
        return curie == _HARM or _HARM in self._lexicon.ancestors(curie)


def _holds(item: Decided, text: str, start: int, end: int) -> bool:
    """Whether a name of a finding holds a shorter one of the recogniser and adds more than its course.

    "Capsular cataract" does, "progressive spastic paraplegia" does not.
    """
    held = item.start <= start and end <= item.end and item.end - item.start > end - start
    surface = text[item.start : item.end]
    return held and _is_finding(surface, item.choice.term or "") and _COURSE.match(surface) is None


def _is_finding(surface: str, curie: str) -> bool:
    """Whether a name of several words is HPO's; the corpora that recognisers learn from hold few of those.

    What is measured or compared is left to the recogniser: "creatinine increased" is a result more than a finding.
    """
    return curie.startswith("HP:") and " " in surface and "," not in surface and _MEASURED.search(surface) is None


def _doubt(choice: Choice) -> Choice:
    """The same choice, not made."""
    return Choice(
        term=None,
        label="",
        score=0.0,
        reason="abstained: the recogniser sees no such name here",
        alternatives=(
            Alternative(term=choice.term or "", label=choice.label, score=choice.score, reason=choice.reason),
            *choice.alternatives,
        ),
    )
