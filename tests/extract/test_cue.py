"""A cue is only looked for where it can stand, and is found wherever it stands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.extract import qualifiers, sentence
from kg.extract.cue import Cue, Screen

CUES = {name: value for name, value in vars(qualifiers).items() if isinstance(value, Cue)}


def test_the_stage_has_cues() -> None:
    """The loop below has something to loop over."""
    assert {"_NEGATION", "_HYPOTHETICAL", "_HISTORICAL", "_NON_HUMAN", "_OTHERS"} <= set(CUES)


def test_no_cue_is_lost(shared: Path) -> None:
    """In 300 real abstracts, no sentence that holds a cue is said to hold none."""
    with gzip.open(shared / "samples" / "abstracts" / "autoimmune_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["abstract"] or "" for _, line in zip(range(300), lines, strict=False)]
    found = 0
    screen = Screen(**CUES)
    for text in texts:
        for span in sentence.spans(text):
            words = text[span.start : span.end]
            for name, cue in CUES.items():
                holds = cue._pattern.search(words) is not None  # the ungated pattern is what the gate is held against
                found += holds
                assert not holds or name in screen.of(words), (name, words)
    assert found > 300


@pytest.mark.parametrize(
    "text", ["Rat models.", "RATS", "an MRL/lpr strain", "C57BL/6J", "K/BxN serum", "non-human primates"]
)
def test_optional_letters_and_signs_are_met(text: str) -> None:
    """An alternative whose last letter may be missing, and one that goes on behind a sign, are found."""
    assert qualifiers._NON_HUMAN.search(text) is not None


def test_an_alternative_without_first_letters_is_refused() -> None:
    """What cannot be gated is an error at birth, not a cue that is never found."""
    with pytest.raises(ValueError, match="expected letters"):
        Cue(r"\d+ patients")
