"""The whole stage: where our own rules leave a short form of the vocabulary open, scispaCy is asked."""

from __future__ import annotations

import pytest

from kg import frame
from kg.documents.assemble import Draft, Passage, assemble
from kg.extract.extraction import Extractor
from kg.lexicon import shipped
from kg.model import Document


def document(text: str) -> Document:
    return assemble(Draft(format="text", sha256="", abstract=(Passage("", text),), newline=False))


def test_scispacy_is_asked_only_for_known_short_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bracket with a short form that no term has costs no analysis; one that a term has and nothing defines does."""
    asked: list[str] = []

    def recorded(sentence: str) -> tuple[tuple[int, int, int, int], ...]:
        asked.append(sentence)
        return ()

    monkeypatch.setattr(frame, "abbreviations", recorded)
    extractor = Extractor(shipped())
    extractor.extract(document("The centre (XQZ) took part. Systemic sclerosis (SSc) is rare."))
    assert asked == []
    extractor.extract(document("SSc and the first group (SSc) fared well."))
    assert asked == ["SSc and the first group (SSc) fared well."]


def test_scispacy_is_not_asked_where_the_letters_rule_a_long_form_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short form whose letters do not stand in order before its bracket, and that stands nowhere else, costs none."""
    monkeypatch.setattr(frame, "abbreviations", lambda sentence: pytest.fail(sentence))
    assert Extractor(shipped()).extract(document("The first group (SSc) fared well.")).abbreviations == ()


def test_its_reading_becomes_a_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the detector finds stands among the abbreviations, with offsets into the document."""
    text = "Before. The scleroderma of the whole body (SSc) is SSc."
    monkeypatch.setattr(frame, "abbreviations", lambda sentence: ((35, 38, 4, 33),))
    (found,) = Extractor(shipped()).extract(document(text)).abbreviations
    assert (found.short, found.long) == ("SSc", "scleroderma of the whole body")
    assert text[found.start : found.start + 3] == "SSc"
    assert text[found.long_start :].startswith("scleroderma")
