"""The notebooks: clean in the repository, on the public face alone, each a short paper; `make notebooks` runs them."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import kg

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.checkout


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    """The cells of a kind."""
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def test_there_are_six() -> None:
    """Numbered in the order to be read."""
    assert [path.name[:2] for path in NOTEBOOKS] == ["1_", "2_", "3_", "4_", "5_", "6_"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_not_kept(path: Path) -> None:
    """A notebook holds no output and no count of runs: what it shows is made anew."""
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(path, "code"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_the_public_face_is_used(path: Path) -> None:
    """`import kg` and names of `kg.__all__`; no module behind them."""
    used = set()
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith("kg.") for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kg":
                assert node.module == "kg"
                used |= {name.name for name in node.names}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "kg":
                used.add(node.attr)
    assert used
    assert used <= set(kg.__all__)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_reads_like_a_short_paper(path: Path) -> None:
    """A title, a question, a method, a picture and a caveat."""
    text = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    code = "\n".join("".join(cell["source"]) for cell in cells(path, "code"))
    assert text.startswith("# ")
    assert all(f"**{part}.**" in text for part in ("Question", "Method", "Caveat"))
    assert any(call in code for call in (".plot(", ".show(", "Image("))
