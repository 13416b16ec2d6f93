"""Other programs that exports are opened in: taken from where an earlier run left them, fetched once, or a skip."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

# Where programs that are no part of this project stay between runs.
CACHE = Path(os.environ.get("KG_TEST_TOOLS", Path.home() / ".cache" / "cartkg-test-tools"))


def node_packages(name: str, *packages: str) -> Path:
    """A folder with these packages of the npm registry under `node_modules`.

    Args:
        name: the folder's.
        packages: each with its version, `graphology@0.26.0`.
    """
    _need("node", "npm")
    folder = CACHE / name
    with _alone(name):
        wanted = [folder / "node_modules" / one.partition("@")[0] for one in packages]
        if not all(path.is_dir() for path in wanted):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}')
            flags = ["--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000"]
            _fetch(["npm", "install", *flags, *packages], folder, "the npm registry")
    return folder


def java_archive(group: str, artifact: str, version: str, classifier: str) -> Path:
    """One jar of the central Maven repository."""
    _need("java", "mvn")
    where = CACHE / "m2"
    jar = where.joinpath(*group.split("."), artifact, version, f"{artifact}-{version}-{classifier}.jar")
    with _alone(artifact):
        if not jar.is_file():
            get = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
            wanted = f"-Dartifact={group}:{artifact}:{version}:jar:{classifier}"
            _fetch(
                ["mvn", "-q", "-B", get, wanted, "-Dtransitive=false", f"-Dmaven.repo.local={where}"], CACHE, "Maven"
            )
    return jar


def _need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"no {program} on this machine")


def _fetch(command: Sequence[str], folder: Path, where: str) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{where} does not answer")
    if done.returncode:
        pytest.skip(f"{where} cannot be reached")


@contextmanager
def _alone(name: str) -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
