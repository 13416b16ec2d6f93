"""A figure in; SVG, PDF or PNG out, the same bytes each time."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KGError, UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# What each format would write a clock into.
_DATES: Final = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}
_DOTS_PER_INCH: Final = 150


class Drawing:
    """A drawn picture: `figure` is matplotlib's, `save` writes it, and a notebook shows it."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def save(self, out: Path) -> None:
        """Writes the picture in the format of the name's ending: .svg, .pdf or .png.

        Raises:
            UsageError: the ending is another.
            KGError: the file cannot be written; what stood there before still does.
        """
        if out.suffix not in _DATES:
            raise UsageError(f"{out}: expected a name ending in {', '.join(_DATES)}, got {out.suffix or 'none'!r}")
        passing = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            passing.write_bytes(self.render(out.suffix))
            passing.replace(out)
        except OSError as error:
            raise KGError(f"{out}: expected to write a file, got: {error.strerror or error}") from error
        finally:
            passing.unlink(missing_ok=True)

    def render(self, suffix: str) -> bytes:
        """The bytes of the picture in the format of this ending."""
        import matplotlib as mpl

        into = io.BytesIO()
        # Letters as paths: the picture looks the same where the font is missing. IDs inside are hashed with the salt.
        with mpl.rc_context({"svg.hashsalt": "cartkg", "svg.fonttype": "path", "pdf.fonttype": 42}):
            self.figure.savefig(into, format=suffix.removeprefix("."), metadata=_DATES[suffix], dpi=_DOTS_PER_INCH)
        return into.getvalue()

    def _repr_svg_(self) -> str:
        return self.render(".svg").decode("utf-8")
