"""`kg annotate INPUT... --format jsonl|html|pubtator`: records in, what was found in them out, without a graph."""

from __future__ import annotations

import click
import msgspec

from kg import pipeline
from kg.cli import PARTIAL, _options
from kg.export import annotations as writers
from kg.lexicon import shipped


@click.command("annotate")
@_options.inputs
@click.option("--format", "style", type=click.Choice(("jsonl", "html", "pubtator")), default="jsonl", show_default=True)
@_options.recogniser
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
def command(inputs: tuple[str, ...], style: str, recogniser: str | None, as_json: bool) -> int:
    """Print mentions, groundings and statements of records.

    \b
    jsonl     one object a document: id, text, mentions, statements (and the decisions not to ground)
    html      one self-contained page with the text highlighted
    pubtator  title, abstract and one line a mention in them
    """
    skipped = _options.Skipped()
    config = _options.configuration()
    if recogniser is not None:
        config = msgspec.structs.replace(config, recogniser=recogniser)
    found = pipeline.annotate(inputs, config=config, report=skipped)
    if style == "html" and not as_json:
        from kg.web.highlight import html_page  # templates load only where a page is made

        vocabulary = shipped()
        click.echo(html_page(found, label=lambda curie: vocabulary.term(curie).label if curie in vocabulary else curie))
    else:
        line = writers.pubtator if style == "pubtator" and not as_json else writers.jsonl
        for annotation in found:
            click.echo(line(annotation))
    return PARTIAL if skipped.count else 0
