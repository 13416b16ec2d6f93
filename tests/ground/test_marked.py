"""Roles of conditions and senses of short forms, in marked sentences (`roles.txt`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.marked import cases, differences


@pytest.mark.parametrize("marked", cases(Path(__file__).parent / "roles.txt"))
def test_role_and_sense_follow_the_text(marked: str) -> None:
    """A condition is a disease or a harm by its role; a short form with another meaning is no mention."""
    assert differences(marked) == []
