"""How a recogniser reads a sentence: tokens, the vocabulary's hits at them, what short forms are short for."""

from __future__ import annotations

from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.extract.features import Sentence
from kg.extract.marking import Marked
from kg.lexicon import shipped


def _read(text: str) -> Sentence:
    document = assemble(Draft(format="text", sha256="0" * 64, abstract=(Passage("", text),), newline=False))
    extraction = Extractor(shipped()).extract(document)
    spans, sentence = Marked(text, extraction, shipped(), {"nephritis": "44211"}).read(extraction.sentences[0])
    assert tuple(text[start:end] for start, end in spans) == sentence.words
    return sentence


def test_a_hit_marks_its_tokens() -> None:
    """By place, kind and scope; a name of one token stands alone, a disease is told before what it holds."""
    sentence = _read("Rituximab in lupus nephritis and SSc.")
    assert sentence.words == ("Rituximab", "in", "lupus", "nephritis", "and", "SSc", ".")
    assert sentence.listed == ("S-Tn", "O", "B-Dn", "E-Dn", "O", "S-Da", "O")


def test_a_defined_short_form_carries_what_it_is_short_for() -> None:
    """At each of its uses: how its long form was listed, and the last word of it."""
    sentence = _read("Zoric nephritis (ZN) is rare, and ZN relapsed.")
    uses = [names for word, names in zip(sentence.words, sentence.short, strict=True) if word == "ZN"]
    assert len(uses) == 2
    assert all({"abw=hritis", "abx=itis", "abh=4"} <= set(names) for names in uses)
    assert all(names == () for word, names in zip(sentence.words, sentence.short, strict=True) if word != "ZN")


def test_a_hit_that_ends_within_a_token_leaves_it_out() -> None:
    """The tokens are the finer ones, but a vocabulary may cut them all the same."""
    sentence = _read("Of CD19-positive cells.")
    assert sentence.words[1:3] == ("CD", "19")
    assert [listed[:1] for listed in sentence.listed[1:3]] == ["B", "E"]
