"""A path in, a file or folder to fill out: written beside it under a passing name, and moved there when it is whole."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from kg.errors import KGError, UsageError


@contextmanager
def writing(out: Path) -> Iterator[IO[bytes]]:
    """A file to write; packed where the name ends in `.gz`. After an error, what stood there before still does.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with writing(Path(folder, "a.txt")) as file:
    ...         _ = file.write(b"whole")
    ...     Path(folder, "a.txt").read_text()
    'whole'

    Raises:
        UsageError: a folder stands there.
        KGError: it cannot be written.
    """
    if out.is_dir():
        raise UsageError(f"{out}: expected a file to write, got a folder")
    passing = _passing(out)
    try:
        with passing.open("wb") as raw:
            if out.suffix == ".gz":
                # Neither a time nor a name in the header: same content, same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        passing.replace(out)
    except OSError as error:
        raise KGError(f"{out}: expected to write a file, got: {error.strerror or error}") from error
    finally:
        passing.unlink(missing_ok=True)


@contextmanager
def writing_all(places: Sequence[Path]) -> Iterator[tuple[IO[bytes], ...]]:
    """Several files that belong together; none is moved to its place before all are whole.

    Raises:
        UsageError: a folder stands in one of the places.
        KGError: one cannot be written.
    """
    with ExitStack() as all_of_them:
        yield tuple([all_of_them.enter_context(writing(place)) for place in places])


@contextmanager
def filling(out: Path) -> Iterator[Path]:
    """A new folder to fill; it takes the place of the one that an earlier export of the same files left there.

    The files that the block leaves in it are the export. A folder that holds anything else is not touched.

    Raises:
        UsageError: a file stands there, or a folder with something that the export does not write.
        KGError: it cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: expected a folder to fill, got a file")
    passing = _passing(out)
    try:
        passing.mkdir()
        yield passing
        written = {path.name for path in passing.iterdir()}
        if foreign := sorted(path.name for path in out.iterdir() if path.name not in written) if out.exists() else []:
            raise UsageError(f"{out}: expected a new folder or an earlier export, got one with {foreign[0]!r}")
        for path in passing.iterdir():
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        if out.exists():
            old = out.with_name(f".{out.name}.{os.getpid()}.old")
            out.rename(old)
            passing.rename(out)
            shutil.rmtree(old)
        else:
            passing.rename(out)
    except OSError as error:
        raise KGError(f"{out}: expected to write a folder, got: {error.strerror or error}") from error
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def _passing(out: Path) -> Path:
    return out.with_name(f".{out.name}.{os.getpid()}.part")
