"""The repository's pages and the notebooks as they were run in; the documentation's site out, every link checked.

`python docs/site.py NOTEBOOKS OUT`. Sphinx sees a folder that looks like the repository, so that a link between two
pages leads to the same place here and on GitHub. Warnings are errors, as is a link to a page or heading not there.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

ROOT = Path(__file__).resolve().parent.parent
# What pages link to besides pages; a link to such a file becomes a download.
_LINKED = ("CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "examples", "training", "docs")
_FRONT = '<!doctype html><meta charset="utf-8"><title>cartkg</title><meta http-equiv="refresh" content="0; url=docs/">'


def lay_out(notebooks: Path, source: Path) -> None:
    """Makes the folder that Sphinx reads. Copies: Sphinx follows a link to where the neighbours are not."""
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for name in _LINKED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name)
        else:
            shutil.copy(ROOT / name, source / name)
    shutil.copytree(notebooks, source / "notebooks")


def main(arguments: list[str]) -> int:
    """Builds the site; Sphinx's exit code."""
    notebooks, out = (Path(argument).resolve() for argument in arguments)
    source = out.with_name(f"{out.name}-source")
    lay_out(notebooks, source)
    shutil.rmtree(out, ignore_errors=True)
    options = ["-W", "--keep-going", "-q", "-b", "html", "-d", str(out.with_name(f"{out.name}-doctrees"))]
    code: int = build_main([*options, "-c", str(ROOT / "docs"), str(source), str(out)])
    if code == 0:
        (out / "index.html").write_text(_FRONT, "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
