"""A graph's folder behind a few verbs: records, immutable releases of which `current` names one, and a lock.

A build writes a new release beside the old one under a passing name, syncs it, gives it its final name and moves
`current` in one step (DESIGN §7). Killed anywhere, it leaves the old release in place; what it left half done is
swept away by the next one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

import msgspec
import pyoxigraph as ox

from kg.config import Vocabulary
from kg.errors import BadGraph, KGError, Locked
from kg.namespaces import PREFIXES, iri
from kg.ntriples import digest, sorted_lines
from kg.records import Records

# The version of the folder's layout and of what its graph says of evidence; a release says which one it has.
LAYOUT = 2
_OURS = frozenset({"records.sqlite", "records.sqlite-journal", "releases", "current", "lock", "kg.toml"})
_HASH = re.compile("[0-9a-f]{64}")
_COUNTED = {
    "documents": "kg:Record",
    "cited_papers": "kg:CitedPaper",
    "mentions": "kg:Mentioning",
    "senses": "kg:Sense",
    "statements": "kg:Statement",
    "evidence": "kg:Evidence",
    "terms": "owl:Class",
}


class Release(msgspec.Struct, frozen=True):
    """One immutable state of a graph. `manifest` holds versions, counts and hashes, no time and no machine."""

    path: Path
    hash: str
    manifest: Mapping[str, object]

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary it was built with: what its users' names are looked up in."""
        return "full" if self.manifest.get("vocabulary") == "full" else "overlay"


def reader(release: Path) -> ox.Store:
    """The store of a release, read-only; any number of processes may have it open.

    Raises:
        BadGraph: the release's store is missing or damaged.
    """
    try:
        return ox.Store.read_only(str(release / "store"))
    except (OSError, ValueError) as error:
        raise BadGraph(f"{release}: expected a readable store, got: {error}") from error


def release_at(path: Path) -> Release:
    """The release of a folder `releases/<hash>`, or of a link to one such as `current`.

    Raises:
        BadGraph: the folder is none, or is damaged or of another version.
    """
    return _load(path.resolve())


class Graph:
    """A graph's folder. Made by `Graph.open` or `Graph.create`."""

    def __init__(self, path: Path, *, keep_releases: int = 3) -> None:
        self.path = path
        self._keep_releases = keep_releases
        self._held = 0

    @classmethod
    def open(cls, path: Path, *, keep_releases: int = 3) -> Self:
        """A graph that has been built, to be read.

        Raises:
            BadGraph: the folder is missing or is none, holds no graph or one without a release, or its current release
                is damaged or was written by another version.
        """
        if not path.exists():
            raise BadGraph(
                f"{path}: expected a graph folder, got nothing there; `kg build INPUT --graph {path}` makes one"
            )
        if not path.is_dir():
            raise BadGraph(f"{path}: expected a graph folder, got a file")
        if not (path / "current").is_symlink():
            raise BadGraph(f"{path}: expected a graph folder, got one without a current release")
        graph = cls(path, keep_releases=keep_releases)
        reader(graph.release.path)
        return graph

    @classmethod
    def create(cls, path: Path, *, keep_releases: int = 3) -> Self:
        """The graph of this folder, built or not; a missing or empty folder becomes one.

        Raises:
            BadGraph: the path is a file, or a folder that holds something else: nothing of it is touched.
        """
        if path.exists() and not path.is_dir():
            raise BadGraph(f"{path}: expected a folder for the graph, got a file")
        found = {entry.name for entry in path.iterdir()} if path.exists() else set()
        if foreign := sorted(name for name in found - _OURS if not name.startswith(".current-")):
            raise BadGraph(f"{path}: expected an empty folder or a graph, got a folder with {foreign[0]!r}")
        if "releases" in found and "records.sqlite" not in found:
            raise BadGraph(f"{path}: expected an empty folder or a graph, got releases without records")
        try:
            path.mkdir(parents=True, exist_ok=True)
            Records(path / "records.sqlite", create=True).close()
            (path / "releases").mkdir(exist_ok=True)
        except OSError as error:
            raise BadGraph(f"{path}: expected a folder that can be written, got: {error}") from error
        return cls(path, keep_releases=keep_releases)

    @cached_property
    def records(self) -> Records:
        """The documents and annotations. Changing them needs the lock."""
        return Records(self.path / "records.sqlite")

    @property
    def release(self) -> Release:
        """The current release, looked up anew each time.

        Raises:
            BadGraph: there is none yet, or it is damaged or of another version.
        """
        current = self.path / "current"
        try:
            target = current.readlink()
        except OSError as error:
            raise BadGraph(f"{self.path}: expected a current release, got none; build the graph first") from error
        return _load(self.path / target)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The whole releases that are kept: the current one, then the others, the last written first.

        Raises:
            BadGraph: there is none yet.
        """
        current = self.release
        others = [entry for entry in _written_last(self.path / "releases") if entry.name != current.hash]
        return (current, *(_load(entry) for entry in others if _is_whole(entry)))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keeps every other process, and every other Graph, from writing; may be taken again inside itself.

        The lock is the kernel's (flock) and ends with the process: a lock file that a dead one left blocks nobody.

        Raises:
            Locked: another one holds it.
        """
        if self._held:
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1
            return
        try:
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise BadGraph(f"{self.path}: expected a graph that can be written, got: {error}") from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
                raise Locked(f"{self.path}: another process (pid {holder}) is writing this graph") from None
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
            self._held = 1
            try:
                yield
            finally:
                self._held = 0
                os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)

    def publish(self, triples: Iterable[ox.Triple], *, manifest: Mapping[str, object]) -> Release:
        """Writes these triples as a release and makes it the current one; the same triples are the same release.

        Args:
            triples: the whole graph, in any order, with repeats.
            manifest: what is known of the build: versions, numbers of inputs. Counts and the hash are added.

        Raises:
            Locked: another process is writing this graph.
            KGError: the disk took not all of it.
        """
        with self.lock():
            releases = self.path / "releases"
            _sweep(self.path)
            new = releases / f".new-{os.getpid()}"
            try:
                new.mkdir(parents=True)
                name = _write(new, triples, manifest)
                final = releases / name
                if not _is_whole(final):
                    _remove(final)
                    _sync(new)
                    new.rename(final)
                    _sync_folder(releases)
            except OSError as error:
                raise KGError(f"{new}: expected to write a release, got: {error}") from error
            finally:
                _remove(new)
            self._switch(name)
            self._prune()
            return self.release

    def _switch(self, name: str) -> None:
        passing = self.path / f".current-{os.getpid()}"
        passing.unlink(missing_ok=True)
        passing.symlink_to(Path("releases") / name)
        passing.replace(self.path / "current")
        _sync_folder(self.path)

    def _prune(self) -> None:
        current = (self.path / "current").readlink().name
        others = [entry for entry in _written_last(self.path / "releases") if entry.name != current]
        for entry in others[self._keep_releases :]:
            _remove(entry)


def _write(folder: Path, triples: Iterable[ox.Triple], manifest: Mapping[str, object]) -> str:
    # The sorted lines are the content: hashed as they pass, then loaded by the bulk loader. On 400 k triples that took
    # 3.9 s of CPU; handing the store each triple and reading them back for the hash took 6.4 s.
    with (folder / "lines.nt").open("wb") as file:
        name, count = digest(_written(sorted_lines(triples), file))
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=folder / "lines.nt", format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    store.optimize()
    (folder / "lines.nt").unlink()
    if len(store) != count:
        raise BadGraph(f"{folder}: expected {count} triples in the store, got {len(store)}")
    counts = {key: _instances(store, kind) for key, kind in _COUNTED.items()} | {"triples": count}
    whole = {**manifest, "layout": LAYOUT, "hash": name, "counts": counts}
    (folder / "manifest.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(whole, order="sorted"), indent=2) + b"\n"
    )
    _write_description(store, folder / "void.ttl", count)
    return name


def _written(lines: Iterable[bytes], file: BinaryIO) -> Iterator[bytes]:
    for line in lines:
        file.write(line)
        yield line


def _write_description(store: ox.Store, path: Path, count: int) -> None:
    base = PREFIXES["dataset"]
    found = [q.triple for q in store if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(base)]
    # The number of all triples stands here alone: in the store it would count itself.
    found.append(ox.Triple(ox.NamedNode(iri("dataset:cartkg")), ox.NamedNode(iri("void:triples")), ox.Literal(count)))
    prefixes = {prefix: PREFIXES[prefix] for prefix in ("dataset", "dcat", "dcterms", "kg", "void", "xsd")}
    ox.serialize(sorted(found, key=str), path, ox.RdfFormat.TURTLE, prefixes=prefixes)


def _instances(store: ox.Store, kind: str) -> int:
    quads = store.quads_for_pattern(None, ox.NamedNode(iri("rdf:type")), ox.NamedNode(iri(kind)), None)
    return sum(1 for _ in quads)


def _load(path: Path) -> Release:
    try:
        manifest = msgspec.json.decode((path / "manifest.json").read_bytes(), type=dict[str, object])
    except (OSError, msgspec.DecodeError) as error:
        raise BadGraph(f"{path}: expected a release with a manifest, got: {error}") from error
    if manifest.get("layout") != LAYOUT:
        raise BadGraph(
            f"{path}: expected layout {LAYOUT}, got {manifest.get('layout')}: built by another version of cartkg"
        )
    if manifest.get("hash") != path.name:
        raise BadGraph(f"{path}: expected the release its name says, got the manifest of {manifest.get('hash')}")
    return Release(path, path.name, manifest)


def _written_last(releases: Path) -> list[Path]:
    found = [entry for entry in releases.iterdir() if _HASH.fullmatch(entry.name)]
    return sorted(found, key=lambda entry: (entry.stat().st_mtime_ns, entry.name), reverse=True)


def _is_whole(path: Path) -> bool:
    """Whether a release of this name is there already and can be opened with all its triples."""
    if not path.is_dir():
        return False
    try:
        counts = _load(path).manifest["counts"]
        return isinstance(counts, dict) and len(reader(path)) == counts["triples"]
    except (BadGraph, KeyError):
        return False


def _sweep(path: Path) -> None:
    # Only the holder of the lock comes here, so whoever left these is no longer at work.
    for entry in (*path.glob("releases/.new-*"), *path.glob(".current-*")):
        _remove(entry)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


def _sync(folder: Path) -> None:
    for directory, _, files in os.walk(folder):
        for file in files:
            descriptor = os.open(Path(directory) / file, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        _sync_folder(Path(directory))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
