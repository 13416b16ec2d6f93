"""`kg build INPUT... --graph DIR`: records into a graph, as a new release beside the old one."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kg import pipeline
from kg.cli import PARTIAL, _options


@click.command("build")
@_options.inputs
@_options.graph
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that annotate.  [default: 1, or kg.toml's]")
@_options.vocabulary
@_options.recogniser
@_options.as_json
def command(
    inputs: tuple[str, ...],
    folder: Path,
    workers: int | None,
    vocabulary: str | None,
    recogniser: str | None,
    as_json: bool,
) -> int:
    """Read records and (re)build the graph.

    INPUT is a file, a folder or - for standard input; compressed files and zip archives are read too. Formats are told
    from content. Records already in the graph stay; those of the same paper are merged; only what changed is annotated.
    Exit code 3 says that some records were skipped; each is named on stderr.
    """
    config = _options.changed(
        _options.configuration(folder), workers=workers, vocabulary=vocabulary, recogniser=recogniser
    )
    skipped = _options.Skipped()
    with _options.progress() as progress:
        outcome = pipeline.build(inputs, folder, config=config, report=skipped, progress=progress)
    if as_json:
        click.echo(
            msgspec.json.encode(
                {
                    "graph": str(folder),
                    "release": outcome.release.hash,
                    "read": outcome.read,
                    "skipped": outcome.skipped,
                    "annotated": outcome.annotated,
                    "documents": outcome.documents,
                    "manifest": dict(outcome.release.manifest),
                }
            )
        )
    else:
        click.echo(
            f"{folder}: {outcome.documents} documents ({outcome.read} records read, {outcome.annotated} annotated "
            f"anew, {outcome.skipped} skipped); release {outcome.release.hash[:12]}"
        )
    return PARTIAL if outcome.skipped else 0
