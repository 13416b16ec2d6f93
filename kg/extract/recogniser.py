"""Sentences in, the names that a statistical recogniser sees in them out, also those that no list holds.

`lexicon` recognises nothing beyond the vocabulary, `hybrid` are the shipped models (training/README.md),
`scispacy:MODEL` a spaCy model that the user has installed; spaCy is loaded when its first sentence is analysed.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from kg import resources
from kg.errors import KGError, UnknownName
from kg.extract.crf import Model, Tagger
from kg.extract.extraction import Extraction
from kg.extract.marking import Marked
from kg.lexicon import Lexicon
from kg.model import Span

if TYPE_CHECKING:
    from spacy.language import Language

KNOWN: Final = ("hybrid", "lexicon", "scispacy:MODEL")
_PREFIX = "scispacy:"
# Labels of scispaCy's models (and of those trained on the same corpora) -> entity types of ours. What the general
# models call ENTITY may be anything; the grounding tells whether it is a condition.
_LABELS: Final[Mapping[str, str]] = {
    "DISEASE": "disease",
    "CANCER": "disease",
    "PATHOLOGICAL_FORMATION": "disease",
    "ENTITY": "disease",
    "GENE": "target",
    "PROTEIN": "target",
    "GENE_OR_GENE_PRODUCT": "target",
    "GGP": "target",
}
_LONGEST = 3_000  # characters analysed at a time; a longer "sentence" is a table or an attack, and is cut at blanks
_BATCH = 64


class Recognised(msgspec.Struct, frozen=True):
    """A name at `start:end` of its sentence (code points, half open).

    score: in [0, 1]; 1 where the model gives none.
    """

    start: int
    end: int
    type: str
    score: float = 1.0


class Recogniser(Protocol):
    """Finds names in the sentences of a document.

    name: as the user asked for it. digest: sha256 over the model; equal digests find equal names.
    types: the entity types it tells apart.
    """

    @property
    def name(self) -> str: ...

    @property
    def digest(self) -> str: ...

    @property
    def types(self) -> tuple[str, ...]: ...

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """For each of some sentences of a text its names of one type, in text order, none overlapping.

        extraction: what the vocabulary found in the text, which a model may weigh.
        """
        ...


def named(name: str, lexicon: Lexicon) -> Recogniser:
    """The recogniser of this name; lexicon: where the names come from that it is told of.

    >>> from kg.lexicon import shipped
    >>> named("lexicon", shipped()).types
    ()

    Raises:
        UnknownName: no recogniser is called so.
        KGError: the spaCy model asked for is not installed.
    """
    if name == "lexicon":
        return Nothing()
    if name == "hybrid":
        return Shipped(resources.folder("ontologies") / "recogniser", lexicon)
    if name.startswith(_PREFIX) and len(name) > len(_PREFIX):
        return Installed(name)
    raise UnknownName("recogniser", name, nearest=KNOWN)


class Nothing:
    """Leaves the finding to the vocabulary."""

    name = "lexicon"
    digest = ""
    types = ()

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """No name for any sentence."""
        return ((),) * len(sentences)


class Shipped:
    """The models of a folder, one a type: `<folder>/<type>.crf`."""

    name = "hybrid"

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        self._folder, self._lexicon = folder, lexicon
        self._loaded: dict[str, tuple[Model, Tagger]] = {}

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types there are models for."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.crf")))

    @cached_property
    def digest(self) -> str:
        """sha256 over all files of the models."""
        return _digest([self._folder])

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """The names of this type; none for a type without a model."""
        if type_ not in self.types:
            return ((),) * len(sentences)
        if type_ not in self._loaded:
            model = Model.from_path(self._folder / f"{type_}.crf")
            self._loaded[type_] = (model, Tagger(model))
        model, tagger = self._loaded[type_]
        marked = Marked(text, extraction, self._lexicon, model.words)
        return tuple(tuple(self._sentence(marked, tagger, sentence, type_)) for sentence in sentences)

    @staticmethod
    def _sentence(marked: Marked, tagger: Tagger, sentence: Span, type_: str) -> Iterator[Recognised]:
        spans, read = marked.read(sentence)
        for first, behind in tagger.spans(read):
            yield Recognised(spans[first][0] - sentence.start, spans[behind - 1][1] - sentence.start, type_)


class Installed:
    """A spaCy model from a package that the user has installed."""

    types = tuple(sorted(set(_LABELS.values())))

    def __init__(self, name: str) -> None:
        self.name = name
        self._package = name.removeprefix(_PREFIX)
        if not self._package.isidentifier() or importlib.util.find_spec(self._package) is None:
            raise KGError(
                f"recogniser {name!r}: expected an installed spaCy model {self._package!r}, found none; "
                f"install its package into this environment, or use --recogniser lexicon or hybrid"
            )

    @cached_property
    def digest(self) -> str:
        """sha256 over all files of the package."""
        found = importlib.util.find_spec(self._package)
        places = found.submodule_search_locations if found is not None else None
        return _digest(Path(place) for place in places or ())

    @cached_property
    def _language(self) -> Language:
        load = getattr(importlib.import_module(self._package), "load", None)
        if load is None:
            raise KGError(f"recogniser {self.name!r}: expected a spaCy model, got a package without load()")
        nlp: Language = load()
        return nlp

    def spans(
        self, text: str, extraction: Extraction, sentences: Sequence[Span], type_: str
    ) -> tuple[tuple[Recognised, ...], ...]:
        """The names whose label is one of the type's."""
        return _spans(self._language, [text[span.start : span.end] for span in sentences], _LABELS, type_)


def _digest(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _spans(
    nlp: Language, sentences: Sequence[str], labels: Mapping[str, str], type_: str
) -> tuple[tuple[Recognised, ...], ...]:
    parts = [(number, start, text) for number, sentence in enumerate(sentences) for start, text in _cut(sentence)]
    found: list[list[Recognised]] = [[] for _ in sentences]
    docs = nlp.pipe((text for _, _, text in parts), batch_size=_BATCH)
    for (number, start, _), doc in zip(parts, docs, strict=True):
        found[number] += [
            Recognised(start + entity.start_char, start + entity.end_char, type_)
            for entity in doc.ents
            if labels.get(entity.label_) == type_
        ]
    return tuple(tuple(_trimmed(sentence, spans)) for sentence, spans in zip(sentences, found, strict=True))


def _cut(sentence: str) -> Iterator[tuple[int, str]]:
    """The sentence in parts that a model can bear, cut at blanks, each with its offset."""
    start = 0
    while len(sentence) - start > _LONGEST:
        blank = sentence.rfind(" ", start + 1, start + _LONGEST)
        end = blank if blank > start else start + _LONGEST
        yield start, sentence[start:end]
        start = end
    if start < len(sentence):
        yield start, sentence[start:]


def _trimmed(sentence: str, spans: Iterable[Recognised]) -> Iterator[Recognised]:
    """The spans without blanks and punctuation at their ends; what holds no letter is no name."""
    for span in spans:
        start, end = span.start, span.end
        while start < end and not (sentence[start].isalnum() or sentence[start] in "(["):
            start += 1
        while end > start and not (sentence[end - 1].isalnum() or sentence[end - 1] in ")]+"):
            end -= 1
        if any(character.isalpha() for character in sentence[start:end]):
            yield Recognised(start, end, span.type, span.score)
