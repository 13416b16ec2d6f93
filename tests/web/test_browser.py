"""The pages in a real Chromium: they render, run no hostile text, and fit a phone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def run(profile: Path, *arguments: str) -> str:
    """What the browser prints."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_the_document_as_the_browser_holds_it(served: Served, tmp_path: Path) -> None:
    """The rendered page has the marks and the quote, and the record's own tags only as text."""
    dom = run(tmp_path, "--dump-dom", f"{served.client.base_url}/document/PMID:7".replace("//doc", "/doc"))
    assert dom.count("<mark") >= 5
    assert "<script" not in dom
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in dom
    assert "onerror" not in dom.replace("&lt;img src=x onerror=alert(3)&gt;", "")


@pytest.mark.parametrize(
    "path", ["/", "/document/PMID:7", "/query/targets-tried-in?disease=SSc", "/term/MONDO:0005100"]
)
def test_pages_can_be_drawn_at_phone_width(served: Served, tmp_path: Path, path: str) -> None:
    """A picture comes out, and it is not one colour."""
    picture = tmp_path / "page.png"
    run(
        tmp_path / "profile", "--window-size=500,900", f"--screenshot={picture}", str(served.client.base_url.join(path))
    )
    assert picture.stat().st_size > 10_000
