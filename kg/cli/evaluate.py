"""`kg evaluate GOLD.jsonl [--types disease,target]`: a marked corpus in, precision, recall and F1 out."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import click
import msgspec

from kg import evaluate
from kg.annotator import Annotator
from kg.cli import _options
from kg.documents import jsonl
from kg.errors import BadInput
from kg.evaluate import Figures, Found, Gold
from kg.model import Document


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--types", default="disease", show_default=True, help="Our entity types, with commas between.")
@click.option("--gold-types", default="", help="The corpus's names of them; well-known corpora need none.")
@click.option("--human-genes", is_flag=True, help="Leave out gold genes that are no human ones.")
@click.option("--within", default="", help="Count only what has an ID with this prefix (HP).")
@_options.as_json
def command(gold: Path, types: str, gold_types: str, human_genes: bool, within: str, as_json: bool) -> None:
    """Measure mentions and their IDs against a marked corpus (JSON lines, gzipped or not).

    \b
    spans     start and end are the gold's
    linked    and the ID too, compared through cross-references
    concepts  the IDs of a document, wherever they stand
    """
    annotator = Annotator.open("full")
    only = human(annotator) if human_genes else None
    pairs = predictions(gold, annotator)
    result = evaluate.score(
        pairs,
        types=_listed(types),
        gold_types=_listed(gold_types) or None,
        only=only,
        within=f"{within}:" * bool(within),
    )
    if as_json:
        rows = {name: _row(getattr(result, name)) for name in ("spans", "linked", "concepts")}
        click.echo(msgspec.json.encode({"documents": result.documents, **rows}).decode())
        return
    click.echo(f"{result.documents} documents\n{'':9}{'P':>7}{'R':>7}{'F1':>7}")
    for name in ("spans", "linked", "concepts"):
        row = _row(getattr(result, name))
        click.echo(f"{name:9}{row['precision']:7}{row['recall']:7}{row['f1']:7}")


def predictions(path: Path, annotator: Annotator) -> list[tuple[Gold, tuple[Found, ...]]]:
    """Each gold document with what the annotator finds in it.

    Raises:
        BadInput: the file is no gold file.
    """
    data = path.read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    pairs = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        (marked,) = evaluate.read([line], origin=f"{path.name}: line {number}")
        read = next(jsonl.read(io.BytesIO(line), origin=path.name), None)
        if not isinstance(read, Document):
            raise BadInput(f"{path.name}: line {number}", expected="a document", got=str(read))
        pairs.append((marked, evaluate.found(annotator.tag(read))))
    return pairs


def human(annotator: Annotator) -> frozenset[str]:
    """The IDs of human genes, as gold corpora write them."""
    return frozenset(
        evaluate.canonical(curie)
        for term in annotator.lexicon
        if term.id.startswith("HGNC:")
        for curie in (term.id, *term.xrefs)
        if curie.startswith(("HGNC:", "NCBIGene:"))
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _row(figures: Figures) -> dict[str, float]:
    return {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}
