"""`kg annotate INPUT... --format jsonl|html|pubtator`: records in, what was found in them out, without a graph."""

from __future__ import annotations

import click

from kg import pipeline
from kg.cli import FAILED, PARTIAL, _options
from kg.export import annotations as writers
from kg.lexicon import shipped


@click.command("annotate")
@_options.inputs
@click.option("--format", "style", type=click.Choice(("jsonl", "html", "pubtator")), default="jsonl", show_default=True)
@_options.recogniser
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@_options.vocabulary
def command(inputs: tuple[str, ...], style: str, as_json: bool, vocabulary: str | None, recogniser: str | None) -> int:
    """Print mentions, groundings and statements of records.

    \b
    jsonl     one object a document: id, text, mentions, statements (and the decisions not to ground)
    html      one self-contained page with the text highlighted
    pubtator  title, abstract and one line a mention in them
    """
    skipped = _options.Skipped()
    config = _options.changed(_options.configuration(), vocabulary=vocabulary, recogniser=recogniser)
    found = pipeline.annotate(inputs, config=config, report=skipped)
    printed = 0
    if style == "html" and not as_json:
        from kg.web.highlight import html_page  # templates load only where a page is made

        lexicon = shipped(config.vocabulary)
        annotations = tuple(found)
        printed = len(annotations)
        click.echo(html_page(annotations, label=lambda curie: lexicon.term(curie).label if curie in lexicon else curie))
    else:
        line = writers.pubtator if style == "pubtator" and not as_json else writers.jsonl
        for annotation in found:
            click.echo(line(annotation))
            printed += 1
    if not skipped.count:
        return 0
    return PARTIAL if printed else FAILED
