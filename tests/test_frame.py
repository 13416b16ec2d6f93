"""The spaCy frame: tokens as biomedical text has them, and nothing loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg import frame


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("T cells (CAR-T cells) expand", "CAR-T"),
        ("anti-CD19 cells", "anti-CD19"),
        ("IL-6 rose", "IL-6"),
        ("CD19 CAR-T cells (n = 5)", "CAR-T"),
    ],
)
def test_names_are_tokens(text: str, token: str) -> None:
    """Hyphenated names are one token, brackets are tokens of their own."""
    assert token in [word.text for word in frame.analyse(text)]


def test_tokens_stand_where_the_text_has_them() -> None:
    """Offsets count code points, also behind letters of several bytes."""
    text = "β-cells of Sjögren’s 🧬 (SSc)"
    for token in frame.analyse(text):
        assert text[token.idx : token.idx + len(token)] == token.text


@pytest.mark.skipif(not frame.has_scispacy(), reason="scispaCy is not installed (Python above 3.12)")
def test_scispacy_finds_plain_definitions() -> None:
    """Its detector serves beside our own finder."""
    text = "Systemic sclerosis (SSc) is rare. SSc scars."
    assert {(text[a:b], text[c:d]) for a, b, c, d in frame.abbreviations(text)} == {("SSc", "Systemic sclerosis")}


def test_importing_the_annotator_loads_no_spacy() -> None:
    """spaCy takes a second to import, and many commands never analyse a sentence."""
    code = "import sys, kg.annotator; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
