"""`kg vocab build | retractions | info | lookup NAME | senses ACRONYM`: what the vocabulary holds, how it is made."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from pathlib import Path

import click
import msgspec

from kg import resources
from kg.cli import _options
from kg.errors import BadVocabulary, UnknownName
from kg.lexicon import shelf, shipped
from kg.model import Term


@click.group("vocab")
def command() -> None:
    """Look into the vocabulary, or compile it anew."""


@command.command("build")
@click.option("--from", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="An OBO, OBO-graph JSON or OWL release to take in its package's stead; repeatable.")  # fmt: skip
@click.option("--packages", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder with the pinned packages' wheels; else those installed are read.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else `ontologies/`.")
@_options.as_json
def build(files: tuple[Path, ...], packages: Path | None, out: Path | None, as_json: bool) -> None:
    """Compile MONDO, HPO, MeSH, HGNC and CL into the file that is shipped.

    The overlay is put on top when the vocabulary is opened; it needs no build.
    """
    # Compiling is for who makes a release; every other start does without these modules.
    from kg.lexicon.compiling import registry, releases, write
    from kg.lexicon.compiling.packages import Packages
    from kg.lexicon.compiling.stanza import Stanza

    given: dict[str, list[Stanza]] = {}
    taken = []
    for path in files:
        stanzas = list(releases.read(path))
        prefixes = Counter(stanza.id.partition(":")[0] for stanza in stanzas)
        prefix = prefixes.most_common(1)[0][0] if prefixes else ""
        if prefix not in ("MONDO", "HP", "CL"):
            raise BadVocabulary(f"{path}: expected a release of MONDO, HP or CL, got terms of {prefix or 'nothing'}")
        given[prefix] = [stanza for stanza in stanzas if stanza.id.startswith(f"{prefix}:")]
        taken.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest()))
    source = Packages(packages)
    compiled = registry.collect(source, releases=given)
    folder = out if out is not None else resources.folder("ontologies")
    counts = write.write(compiled, (*source.taken, *taken), folder)
    if as_json:
        click.echo(msgspec.json.encode(counts).decode())
    else:
        click.echo("\n".join(f"{name:12}{count:8,}" for name, count in counts.items()))


@command.command("retractions")
@click.option("--packages", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder with the pinned packages' wheels; else those installed are read.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else `ontologies/`.")
@_options.as_json
def retracted(packages: Path | None, out: Path | None, as_json: bool) -> None:
    """Compile the list of papers that PubMed marks as retracted into the file that is shipped.

    A list of your own is named in kg.toml: `retractions = "FILE"`, a PMID or DOI a line.
    """
    from kg.lexicon.compiling import retractions
    from kg.lexicon.compiling.packages import Packages

    count = retractions.compile_(Packages(packages), out if out is not None else resources.folder("ontologies"))
    click.echo(msgspec.json.encode({"papers": count}).decode() if as_json else f"{count:,} retracted papers")


@command.command("info")
@_options.as_json
def info(as_json: bool) -> None:
    """Print what the vocabulary was made of and how much it holds."""
    lexicon = shipped("full")
    folder = resources.folder("ontologies")
    path = folder / "compiled" / "sources.toml"
    made = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    shown = {
        "terms": len(lexicon),
        "spellings": lexicon.patterns,
        "types": dict(sorted(Counter(term.type for term in lexicon).items())),
        "versions": made.get("versions", {}),
        "digest": lexicon.digest,
        "cache": str(shelf.cache_folder()),
    }
    if as_json:
        click.echo(msgspec.json.encode(shown).decode())
        return
    click.echo(f"{len(lexicon):,} terms, {lexicon.patterns:,} spellings")
    for name, count in shown["types"].items():
        click.echo(f"  {name:14}{count:8,}")
    for prefix, version in shown["versions"].items():
        click.echo(f"  {prefix:14}{version}")
    click.echo(f"digest {lexicon.digest}")


@command.command("lookup")
@click.argument("name")
@click.option("--type", "kind", default="term", show_default=True, help="An entity type.")
@_options.as_json
def lookup(name: str, kind: str, as_json: bool) -> None:
    """Print the terms that a name, an abbreviation, an ID or a cross-reference may mean, the likeliest first."""
    found = shipped("full").candidates(kind, name)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for term in found:
        click.echo(_shown(term))


@command.command("senses")
@click.argument("acronym")
@_options.as_json
def senses(acronym: str, as_json: bool) -> None:
    """Print what an acronym may mean, and the words that speak for each meaning."""
    lexicon = shipped("full")
    rows = [
        {"sense": sense.sense, "id": sense.id, "context": list(sense.context), "source": sense.source}
        for sense in lexicon.senses.get(acronym, ())
    ]
    told = {row["id"] for row in rows}
    for curie in dict.fromkeys(entry.term for entry in lexicon.named(acronym)):
        if curie not in told:
            term = lexicon.term(curie)
            rows.append({"sense": term.label, "id": curie, "context": [], "source": term.source})
    if not rows:
        raise UnknownName("acronym", acronym, nearest=lexicon.nearest("term", acronym))
    if as_json:
        click.echo(msgspec.json.encode(rows).decode())
        return
    for row in rows:
        click.echo(f"{row['id'] or '-':18}{row['sense']}  ({', '.join(row['context'][:8]) or 'no context words'})")


def _shown(term: Term) -> str:
    names = ", ".join(dict.fromkeys(name.text for name in term.names if name.text != term.label))
    lines = [f"{term.id}  {term.label}  [{term.type}]"]
    lines += [f"  names    {names}"] if names else []
    lines += [f"  xrefs    {', '.join(term.xrefs)}"] if term.xrefs else []
    lines += [f"  source   {term.source}"]
    return "\n".join(lines)
