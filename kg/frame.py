"""The spaCy frame in which single sentences are analysed: text in, a `Doc` with tokens and defined abbreviations out.

Tokens and abbreviations are scispaCy's where it is installed (it supports Python up to 3.12): its combined rule
tokenizer reads "T cells (CAR-T cells)" and "anti-CD19" as biomedical text has them. Above 3.12 spaCy's own tokenizer
serves with hyphens as infixes, and `kg.extract.abbreviation` alone finds the definitions. Importing spaCy takes a
second or two, so nothing does before a sentence needs it.
"""

from __future__ import annotations

import importlib.util
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@cache
def has_scispacy() -> bool:
    """Whether scispaCy is installed."""
    return importlib.util.find_spec("scispacy") is not None


@cache
def language() -> Language:
    """A blank English pipeline with the biomedical tokenizer, built once a process."""
    import spacy  # slow to import, and many commands never analyse a sentence

    nlp = spacy.blank("en")
    tokenize(nlp)
    return nlp


def tokenize(nlp: Language) -> None:
    """Gives a pipeline the tokenizer described above."""
    if has_scispacy():
        from scispacy.custom_tokenizer import combined_rule_tokenizer

        with warnings.catch_warnings():
            # Its character class holds a "||", which Python's regular expressions warn of; it means what it did.
            warnings.simplefilter("ignore", FutureWarning)
            nlp.tokenizer = combined_rule_tokenizer(nlp)
        return
    from spacy.util import compile_infix_regex

    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[\w\])])[-–/](?=[\w(\[])", r"[()\[\]]"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]


def analyse(sentence: str) -> Doc:
    """The sentence as tokens.

    >>> [token.text for token in analyse("CD19 CAR-T cells (n = 5)")]
    ['CD19', 'CAR-T', 'cells', '(', 'n', '=', '5', ')']
    """
    return language().make_doc(sentence)


@cache
def _abbreviating() -> Language:
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  # registers the component

    nlp = spacy.blank("en")
    tokenize(nlp)
    nlp.add_pipe("abbreviation_detector")
    return nlp


def abbreviations(sentence: str) -> tuple[tuple[int, int, int, int], ...]:
    """Where scispaCy's detector sees short and long forms: short start and end, long start and end, code points.

    >>> text = "Systemic sclerosis (SSc) is rare."
    >>> [(text[a:b], text[c:d]) for a, b, c, d in abbreviations(text)]
    [('SSc', 'Systemic sclerosis')]
    """
    if not has_scispacy():
        return ()
    nlp = _abbreviating()  # importing spaCy sets warning filters of its own, so it comes before ours
    with warnings.catch_warnings():
        # A sentence that defines nothing leaves the detector's own matcher without patterns, which spaCy warns of.
        warnings.filterwarnings("ignore", message=r"\[W036\]")
        doc = nlp(sentence)
    return tuple(
        (short.start_char, short.end_char, short._.long_form.start_char, short._.long_form.end_char)
        for short in doc._.abbreviations
    )
