"""What every test may ask for: the folder of shared real data, or a skip that says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real records, corpora and vocabularies that are never committed (`KG_SHARED`, default `../shared`)."""
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder} (set KG_SHARED)")
    return folder
