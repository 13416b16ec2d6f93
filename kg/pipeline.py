"""Inputs in, a graph's new release out: the one place where the stages are strung together.

Restartable: what was annotated stays in `records.sqlite` and is done again only when the record or the annotator
changed. One bad record never stops a run; it is reported, counted and shows in the exit code.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import cache, partial
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import msgspec

from kg.annotator import Annotator
from kg.config import Config, Vocabulary
from kg.documents import formats, merge
from kg.errors import BadInput, BadRecord, KGError
from kg.graph import quads, retractions
from kg.graph.dataset import Source
from kg.lexicon import Lexicon, provenance, shipped
from kg.model import Annotation, Document
from kg.records import Annotated, Records
from kg.sources.files import Raw, open_inputs
from kg.store import Graph, Release

log = logging.getLogger(__name__)

Report = Callable[[BadInput], None]
Progress = Callable[[str, int], None]

_BATCH = 64


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. read: records read from the inputs. skipped: what could not be read. annotated: done anew."""

    release: Release
    read: int
    skipped: int
    annotated: int
    documents: int


class _Failed(msgspec.Struct, frozen=True):
    identifier: str
    reason: str


def read(inputs: Sequence[str], *, config: Config) -> Iterator[tuple[str, Document | BadInput]]:
    """Every record of the inputs with its origin, in input order; what cannot be read in its place.

    Formats are told from content. Each origin comes in one run.
    """
    for raw in open_inputs(inputs, record_bytes=config.record_bytes):
        if isinstance(raw, BadInput):
            yield raw.origin, raw
        else:
            for record in _records(raw, config):
                yield raw.origin, record


def annotate(inputs: Sequence[str], *, config: Config, report: Report) -> Iterator[Annotation]:
    """The annotations of the inputs' records, in input order, versions of one paper not merged."""
    annotator = _annotator(config.vocabulary, config.recogniser)
    for origin, record in read(inputs, config=config):
        if isinstance(record, BadInput):
            report(record)
            continue
        try:
            yield annotator.annotate(record)
        except Exception as error:  # noqa: BLE001  # the border around a single document (STYLE 13)
            report(_failed(origin, record.id, error))


def build(
    inputs: Sequence[str], graph: Path, *, config: Config, report: Report, progress: Progress | None = None
) -> Outcome:
    """Reads the inputs into the graph and publishes a new release of all it holds.

    Args:
        inputs: files, folders or `-`.
        graph: the graph's folder, made when missing. Nothing outside of it is written.
        config: `workers` processes annotate.
        report: told of every record that was skipped.
        progress: told the stage's name and how many records it has done.

    Raises:
        BadGraph: the folder holds something else.
        KGError: no record could be read and the graph holds none.
        Locked: another process is building it.
    """
    counted = _Counter(report, progress or (lambda stage, done: None))
    fresh = not graph.exists()
    kept = Graph.create(graph, keep_releases=config.keep_releases)
    with kept.lock(), closing(kept.records) as records:
        _take(inputs, records, config, counted)
        groups = [merge.merge(group) for group in merge.groups(records.raw())]
        if groups:
            key = Annotator.open(config.vocabulary, recogniser=config.recogniser).key
            done = _annotate_changed(groups, records, config, counted, key=key)
            release = _publish(kept, records, config, counted, key=key)
    if not groups:
        if fresh:
            shutil.rmtree(graph)  # nothing came of it, and what a user did not have before is no graph yet
        raise KGError(f"{' '.join(inputs)}: expected at least one readable record, got none; no graph was built")
    return Outcome(release=release, read=counted.read, skipped=counted.skipped, annotated=done, documents=len(groups))


class _Counter:
    """Counts what a run reads and skips, and passes on."""

    def __init__(self, report: Report, progress: Progress) -> None:
        self.read = 0
        self.skipped = 0
        self._report = report
        self._progress = progress

    def skip(self, bad: BadInput) -> None:
        self.skipped += 1
        self._report(bad)

    def each(self, stage: str, items: Iterable[Annotation]) -> Iterator[Annotation]:
        for number, item in enumerate(items, start=1):
            yield item
            self._progress(stage, number)

    def tell(self, stage: str, done: int) -> None:
        self._progress(stage, done)


def _records(raw: Raw, config: Config) -> Iterator[Document | BadInput]:
    found = formats.recognise(raw.head)
    format_ = found[1] if found is not None else formats.named(raw.origin, raw.head)
    if format_ is None:
        yield formats.unknown(raw.head, origin=raw.origin)
        return
    try:
        with raw.open() as stream:
            yield from format_.read(stream, origin=raw.origin, record_bytes=config.record_bytes)
    except BadInput as error:  # the stream broke off: what came before it is kept
        yield error


def _take(inputs: Sequence[str], records: Records, config: Config, counted: _Counter) -> None:
    """Puts what the inputs hold into the records, each origin in place of what it held before."""
    for raw in open_inputs(inputs, record_bytes=config.record_bytes):
        if isinstance(raw, BadInput):
            counted.skip(raw)
            continue
        found: list[Document] = []
        for record in _records(raw, config):
            if isinstance(record, BadInput):
                counted.skip(record)
            else:
                found.append(record)
                counted.read += 1
                counted.tell("read", counted.read)
        records.put_raw(_origin(raw), found)


def _origin(raw: Raw) -> str:
    """Names an input for the next build: by its whole path, or by its content where it has none."""
    if raw.path is None:
        return f"{raw.origin}#{hashlib.sha256(raw.head).hexdigest()[:16]}"
    return f"{raw.path.resolve()}{f'!{raw.member}' if raw.member else ''}"


def _annotate_changed(
    groups: Sequence[Document], records: Records, config: Config, counted: _Counter, *, key: str
) -> int:
    known = records.annotation_keys()
    wanted = {document.id: _fingerprint(document) for document in groups}
    records.drop_annotations(sorted(set(known) - set(wanted)))
    changed = [document for document in groups if known.get(document.id) != (wanted[document.id], key)]
    done = 0
    for batch in _annotated(changed, config):
        good = []
        for result in batch:
            done += 1
            if isinstance(result, _Failed):
                counted.skip(BadRecord("annotate", result.identifier, expected="an annotation", got=result.reason))
            else:
                identifier, data = result
                good.append(Annotated(id=identifier, input=wanted[identifier], annotator=key, annotation=data))
        records.put_annotations(good)
        # An older annotation of a record that now fails would speak for a text that is no more.
        records.drop_annotations([result.identifier for result in batch if isinstance(result, _Failed)])
        counted.tell("annotate", done)
    return done


def _publish(kept: Graph, records: Records, config: Config, counted: _Counter, *, key: str) -> Release:
    lexicon = shipped(config.vocabulary)
    sources = _sources(lexicon)
    retracted = retractions.shipped() | (retractions.read(Path(config.retractions)) if config.retractions else set())
    return kept.publish(
        quads.triples(counted.each("graph", records.all_annotated()), lexicon, sources=sources, retracted=retracted),
        manifest={
            "annotator": key,
            "cartkg": version("cartkg"),
            "lexicon": lexicon.digest,
            "vocabulary": config.vocabulary,
            "sources": [msgspec.to_builtins(source) for source in sources],
        },
    )


def _annotated(documents: Sequence[Document], config: Config) -> Iterator[list[tuple[str, bytes] | _Failed]]:
    batches, annotate_batch = (
        _batched(documents),
        partial(_annotate_batch, vocabulary=config.vocabulary, recogniser=config.recogniser),
    )
    if config.workers <= 1 or len(documents) <= _BATCH:
        yield from map(annotate_batch, batches)
        return
    with ProcessPoolExecutor(config.workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(annotate_batch, batches)


def _annotate_batch(data: bytes, *, vocabulary: Vocabulary, recogniser: str) -> list[tuple[str, bytes] | _Failed]:
    out: list[tuple[str, bytes] | _Failed] = []
    annotator = _annotator(vocabulary, recogniser)
    for document in msgspec.json.decode(data, type=list[Document]):
        try:
            out.append((document.id, msgspec.json.encode(annotator.annotate(document))))
        except Exception as error:  # the border around a single document (STYLE 13)
            log.debug("annotate %s", document.id, exc_info=True)
            out.append(_Failed(document.id, f"{type(error).__name__}: {error}"))
    return out


@cache
def _annotator(vocabulary: Vocabulary, recogniser: str) -> Annotator:
    annotator = Annotator.open(vocabulary, recogniser=recogniser)
    _ = annotator.relations  # a plugin that is broken ends the run, and is not told of every document
    return annotator


def _batched(documents: Sequence[Document]) -> Iterator[bytes]:
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        yield msgspec.json.encode(batch)


def _sources(lexicon: Lexicon) -> list[Source]:
    """What a graph is made with: this program and the sources of its vocabulary."""
    own = Source(name="cartkg", version=version("cartkg"), licence="Apache-2.0", sha256=lexicon.digest)
    return [own] + [
        Source(name=origin.name, version=origin.version, licence=origin.licence, page=origin.url)
        for origin in provenance.origins()
    ]


def _fingerprint(document: Document) -> str:
    return hashlib.sha256(msgspec.json.encode(document)).hexdigest()


def _failed(origin: str, identifier: str, error: Exception) -> BadRecord:
    log.debug("%s: %s", origin, identifier, exc_info=error)
    return BadRecord(origin, identifier, expected="an annotation", got=f"{type(error).__name__}: {error}")
