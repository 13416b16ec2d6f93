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

import importlib.util
import warnings

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, filter_spans

NAME = "cartkg"


def blank() -> Language:
    """An English pipeline without components whose tokenizer is made for biomedical text: "CAR-T" is one token.

    It is scispaCy's where that is installed (it supports Python up to 3.12), else spaCy's with hyphens and brackets as
    infixes.

    >>> [token.text for token in blank()("CD19 CAR-T cells (n = 5)")]
    ['CD19', 'CAR-T', 'cells', '(', 'n', '=', '5', ')']
    """
    nlp = spacy.blank("en")
    if importlib.util.find_spec("scispacy") is not None:
        from scispacy.custom_tokenizer import combined_rule_tokenizer  # spaCy's entry point needs none of it

        with warnings.catch_warnings():
            # Its character class holds a "||", which Python's regular expressions warn of; it means what it did.
            warnings.simplefilter("ignore", FutureWarning)
            nlp.tokenizer = combined_rule_tokenizer(nlp)
    else:
        infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[\w\])])[-–/](?=[\w(\[])", r"[()\[\]]"]
        nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    return nlp


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
