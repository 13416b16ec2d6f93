"""`kg serve --graph DIR --port N`: SPARQL at /sparql, pages at /, health at /health."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import _options


@click.command("serve")
@_options.graph
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port; 0 for a free one."
)
def command(folder: Path, host: str, port: int) -> int:
    """Serve the graph until stopped (Ctrl-C).

    Queries run in worker processes with limits on time, memory and rows (kg.toml); a build that finishes meanwhile is
    served from then on.
    """
    from kg.web.server import serve  # the web stack loads only where it serves

    def ready(address: str) -> None:
        click.echo(f"kg: pages at {address}  SPARQL at {address}sparql  (Ctrl-C stops)", err=True)

    serve(folder, host=host, port=port, config=_options.configuration(folder), ready=ready)
    return 0
