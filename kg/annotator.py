"""Document in, Annotation out: extraction, grounding and relations in one call, the same for any caller.

`Annotator.key` names everything that can change an annotation: the vocabulary, the recogniser, the code of the stages.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Self

from kg import plugins
from kg.config import Vocabulary
from kg.documents import cited
from kg.documents.assemble import Draft, Passage, assemble
from kg.extract import qualifiers, unlisted
from kg.extract.extraction import Extractor
from kg.extract.recogniser import Nothing, Recogniser, named
from kg.ground import attested
from kg.ground.grounder import Grounder
from kg.lexicon import Lexicon, shipped
from kg.lexicon.field import Field
from kg.model import Annotation, Document, Statement, Tagged
from kg.plugins import Relation

_STAGES = ("extract", "ground", "lexicon", "relate")


class Annotator:
    """Finds, grounds and relates. Immutable but for what it remembers; one a process."""

    def __init__(self, lexicon: Lexicon, *, recogniser: Recogniser | None = None) -> None:
        """recogniser: finds names that the vocabulary lacks; nothing does where there is none."""
        self.lexicon = lexicon
        self.recogniser = recogniser or Nothing()
        self._field = Field(lexicon)
        self._extractor = Extractor(lexicon)
        self._grounder = Grounder(lexicon, qualify=qualifiers.qualify)

    @classmethod
    def open(cls, vocabulary: Vocabulary = "full", *, recogniser: str = "hybrid") -> Self:
        """The annotator of a shipped vocabulary, with the recogniser of this name.

        Raises:
            UnknownName: no recogniser is called so.
            KGError: the model that it needs is not installed.
        """
        lexicon = shipped(vocabulary)
        return cls(lexicon, recogniser=named(recogniser, lexicon))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What finds statements; sought when first asked for: their patterns take longer to compile than all else."""
        return tuple(plugins.discover("kg.relate", Relation).values())

    @cached_property
    def key(self) -> str:
        """sha256 over vocabulary, recogniser and the source of the stages; equal keys give equal annotations."""
        package = Path(__file__).resolve().parent
        digest = hashlib.sha256(self.lexicon.digest.encode())
        digest.update(f"{self.recogniser.name}\0{self.recogniser.digest}\0{attested.digest()}\0".encode())
        stages = sorted(path for stage in _STAGES for path in (package / stage).glob("*.py"))
        for path in (Path(__file__), package / "wording.py", package / "model.py", *stages):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def tag(self, document: Document) -> Tagged:
        """The document with its grounded mentions."""
        found = self._extractor.extract(document)
        seen = unlisted.find(found, self.recogniser, self.lexicon)
        return Tagged(
            document=document,
            sentences=found.sentences,
            abbreviations=found.abbreviations,
            groundings=self._grounder.ground(
                document,
                found.sentences,
                found.abbreviations,
                found.hits,
                left_out=found.left_out,
                names=seen.names,
                confirmed=seen.confirmed,
                doubted=seen.doubted,
                of_field=self._field.holds(found.hits),
                apart=self._field.tells_findings_apart(found.hits),
                reads=bool(self.recogniser.types),
            ),
        )

    def annotate(self, document: Document) -> Annotation:
        """The document with its mentions and with what it says."""
        tagged = self.tag(document)
        statements: list[Statement] = []
        for relation in self.relations:
            statements.extend(relation.find(tagged, self.lexicon))
        return Annotation(tagged=tagged, statements=tuple(sorted(statements, key=lambda statement: statement.key)))

    def annotate_text(self, text: str) -> Annotation:
        """A text of your own, as the abstract of a record without title; a citation as the paper that it cites.

        >>> found = Annotator.open().annotate_text("Five patients with SSc received rituximab.")
        >>> [(g.mention.text, g.term) for g in found.tagged.groundings]
        [('SSc', 'MONDO:0005100'), ('rituximab', 'DRUGBANK:DB00073')]
        """
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        draft = cited.alone(text, format="text", sha256=digest)
        plain = Draft(format="text", sha256=digest, abstract=(Passage("", text),), newline=False)
        return self.annotate(assemble(draft or plain))
