"""The annotator as a spaCy pipeline component: `nlp.add_pipe("cartkg")` gives `doc.ents` with `kb_id_`.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> pipe = nlp.add_pipe("cartkg")
    >>> [(ent.text, ent.label_, ent.kb_id_) for ent in nlp("CD19 CAR-T cells in SSc.").ents]
    [('CD19 CAR-T cells', 'therapy', 'cartkg:car-t-cd19'), ('SSc', 'disease', 'MONDO:0005100')]

`doc.spans["cartkg"]` holds all mentions, those inside others too (CD19 above); `span._.cartkg` is the `Grounding` with
score and reason, `doc._.cartkg` the whole `Annotation`. Offsets follow the text, so any tokenizer will do; a mention
that begins or ends inside a token takes the whole token.

spaCy imports this module through the package's entry point whenever a pipeline is made, so the annotator is imported
only when the component is asked for.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

NAME = "cartkg"


class Component:
    """Annotates a `Doc` in place; keeps what other components found."""

    def __init__(self) -> None:
        from kg.annotator import Annotator  # not before a pipeline asks for the component

        self._annotator = Annotator.open()

    def __call__(self, doc: Doc) -> Doc:
        annotation = self._annotator.annotate_text(doc.text) if doc.text.strip() else None
        doc._.set(NAME, annotation)
        spans = []
        for grounding in annotation.tagged.groundings if annotation else ():
            mention = grounding.mention
            if grounding.term is None:
                continue
            span = doc.char_span(
                mention.start, mention.end, label=mention.type, kb_id=grounding.term, alignment_mode="expand"
            )
            if span is not None:
                span._.set(NAME, grounding)
                spans.append(span)
        doc.spans[NAME] = spans
        doc.set_ents(filter_spans([*doc.ents, *spans]))
        return doc


@Language.factory(NAME)
def create(nlp: Language, name: str) -> Component:
    """spaCy's factory; the decorator is what registers it, the entry point only has it imported."""
    for holder in (Doc, Span):
        if not holder.has_extension(NAME):
            holder.set_extension(NAME, default=None)
    return Component()
