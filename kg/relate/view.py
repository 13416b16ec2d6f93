"""A tagged document in, its sentences with their mentions by type out: what every relation looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from kg.model import Document, Grounding, Reference, Span, Tagged
from kg.plugins import Vocabulary

_NOTICES = frozenset(
    {
        "Retraction of Publication",
        "Retraction Notice",
        "Published Erratum",
        "Expression of Concern",
    }
)
_NOTICE = re.compile(
    r"\W*(?:retraction(?: notice| note)?(?: to| of)?\s*[:.–—-]|retraction (?:notice|note)\b|errat(?:um|a)\b|"
    r"correction(?: to)?\s*:|correction to\b|corrigend(?:um|a)\b|(?:publisher|author) correction\b|"
    r"expression of concern\b|notice of retraction\b)",
    re.IGNORECASE,
)


def is_notice(document: Document) -> bool:
    """Whether a record is a notice on another paper: what its title names, that paper says, or no longer says."""
    return not _NOTICES.isdisjoint(document.publication_types) or _NOTICE.match(document.title) is not None


MOST_NAMED = 100  # in a sentence; the most in 1,401 abstracts of this field is 30


class Named:
    """A grounded mention inside its sentence; offsets are into the sentence."""

    __slots__ = ("end", "grounding", "start", "term")

    def __init__(self, grounding: Grounding, term: str, sentence_start: int) -> None:
        self.grounding = grounding
        self.term = term
        self.start = grounding.mention.start - sentence_start
        self.end = grounding.mention.end - sentence_start

    @property
    def qualifiers(self) -> tuple[str, ...]:
        return self.grounding.mention.qualifiers

    def until(self, end: int) -> Named:
        """The same mention taken to reach to `end`: a name with the short form in brackets behind it."""
        wider = Named(self.grounding, self.term, self.grounding.mention.start - self.start)
        wider.end = end
        return wider


class Sentence:
    """One sentence of the document with what was found in it."""

    def __init__(self, view: View, number: int, span: Span, groundings: Sequence[Grounding]) -> None:
        self.view = view
        self.number = number
        self.span = span
        self.text = view.document.text[span.start : span.end]
        section = view.document.section_at(span.start)
        self.section = section.kind if section else ""
        self.label = section.label if section else ""
        found = tuple(Named(g, g.term, span.start) for g in groundings if g.term is not None)
        # So many names are a list of names, which says nothing of any two of them, and pairs grow with their square.
        self.named = found if len(found) <= MOST_NAMED else ()
        by_type: dict[str, list[Named]] = {}
        for named in self.named:
            by_type.setdefault(named.grounding.mention.type, []).append(named)
        self._by_type = {type_: tuple(found) for type_, found in by_type.items()}

    def of_type(self, type_: str) -> tuple[Named, ...]:
        """The mentions of an entity type, in text order."""
        return self._by_type.get(type_, ())

    @cached_property
    def reference(self) -> Reference | None:
        """The reference whose title this is."""
        if self.section != "reference":
            return None
        holding = (r for r in self.view.document.references if r.start <= self.span.start and self.span.end <= r.end)
        return next(holding, None)

    @property
    def cited(self) -> bool:
        """Whether it is the title of a cited paper, be it in a list of references or the record's only text."""
        return self.section == "reference"

    @property
    def own(self) -> bool:
        """Whether the record itself says it, in running text: title, abstract or a figure's legend."""
        return self.section in ("title", "abstract", "figure")


class View:
    """A document as the relations see it; a notice on another paper says nothing itself."""

    def __init__(self, tagged: Tagged, vocabulary: Vocabulary) -> None:
        """Use `View.of`, which builds it once for all relations."""
        self.tagged = tagged
        self.document: Document = tagged.document
        self.vocabulary = vocabulary
        by_sentence: dict[int, list[Grounding]] = {}
        for grounding in tagged.groundings:
            by_sentence.setdefault(grounding.mention.sentence, []).append(grounding)
        self.sentences = tuple(
            Sentence(self, number, span, by_sentence.get(number, ()))
            for number, span in enumerate(() if is_notice(tagged.document) else tagged.sentences)
        )

    @staticmethod
    def of(tagged: Tagged, vocabulary: Vocabulary) -> View:
        """The view of a document: the same one for every relation that asks for it, one after the other."""
        return _seen(_Same(tagged, vocabulary))

    def type_of(self, term: str) -> str:
        """The entity type a term has in the vocabulary."""
        return self.vocabulary.term(term).type

    def title(self) -> Iterator[Named]:
        """What the title names."""
        for sentence in self.sentences:
            if sentence.section == "title":
                yield from sentence.named

    def is_kind_of(self, term: str, other: str) -> bool:
        """Whether a term is another or stands below it."""
        return term == other or other in self.vocabulary.ancestors(term)


class _Same:
    """A document and a vocabulary as they are, not as what they hold: comparing whole documents would cost more."""

    __slots__ = ("tagged", "vocabulary")

    def __init__(self, tagged: Tagged, vocabulary: Vocabulary) -> None:
        self.tagged = tagged
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.tagged)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.tagged is other.tagged and self.vocabulary is other.vocabulary


@lru_cache(maxsize=2)
def _seen(key: _Same) -> View:
    return View(key.tagged, key.vocabulary)
