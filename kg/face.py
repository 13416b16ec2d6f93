"""A built graph in; data frames, networks, pictures and documents out: what a script or a notebook asks of it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec
import pyoxigraph as ox

from kg import config, network, plot, query, store
from kg.annotator import Annotator
from kg.errors import KGError, UnknownName
from kg.lexicon import Lexicon, shipped
from kg.model import Annotation, Grade, Term
from kg.namespaces import curie, iri
from kg.plot import Drawing
from kg.query import NamedQuery, Table, cell
from kg.store import Release
from kg.web import pool
from kg.web.releases import Releases

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

# What an option of a named query may be given as from Python.
Given = str | int | bool | Grade


class Page(str):
    """A self-contained HTML page. A notebook shows it in a frame of its own, so that its styles stay inside."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # The page forbids scripts itself (its Content-Security-Policy); the empty sandbox holds it to that.
        inner = html.escape(self, quote=True)
        style = "width:100%;height:26em;border:1px solid #ccc;box-sizing:border-box"
        return f'<iframe sandbox="" srcdoc="{inner}" style="{style}"></iframe>'


class Graph:
    """A built graph, opened for reading. Made by `Graph.open`.

    It stays at the release that was current when it was opened; a build that goes on meanwhile does not disturb it.
    Tables come as pandas DataFrames, or without pandas as `table(...)`.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._graph = store.Graph.open(folder)
        self.release: Release = self._graph.release

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """The graph of a folder that `kg build` or `kg.build` made.

        Raises:
            BadGraph: the folder holds no graph, or none that this version can read.
        """
        return cls(Path(folder))

    def __repr__(self) -> str:
        return f"<kg.Graph {str(self.path)!r}, release {self.release.hash[:12]}>"

    @property
    def counts(self) -> Mapping[str, int]:
        """How many documents, statements, evidence, terms, triples … the release holds, by name."""
        return msgspec.convert(self.release.manifest["counts"], dict[str, int])

    @property
    def queries(self) -> Mapping[str, NamedQuery]:
        """The named queries by name, each with its question, parameters and columns."""
        return query.load_all()

    def stats(self) -> pd.DataFrame:
        """What the graph holds, by kind of node, grade and predicate, and what it was made with."""
        return self.query("graph-counts")

    def query(self, name: str | Path, /, **given: Given) -> pd.DataFrame:
        """A named query's answer, a column each as its header tells.

        Args:
            name: of a shipped query (`targets-tried-in`), or the path of a `.rq` file of your own.
            given: its parameters. Diseases, targets and therapies by any name, abbreviation or ID.

        Raises:
            UnknownName: there is no such query, or a name stands for nothing; carries the nearest ones.
            UsageError: a parameter is missing or not known.
            KGError: pandas is not installed.
        """
        return _frame(self.table(name, **given))

    def table(self, name: str | Path, /, **given: Given) -> Table:
        """The same as `query`, as typed columns and rows; needs no pandas."""
        named = query.parse(name) if isinstance(name, Path) else self._named(name)
        texts = {parameter: _text(value) for parameter, value in given.items()}
        return query.run(self._store, named, query.bind(named, texts, self._lexicon))

    def targets_tried_in(
        self, disease: str, /, *, min_grade: Grade | str = Grade.REFERENCE_TITLE, exact: bool = False
    ) -> pd.DataFrame:
        """Which targets have been tried in a disease, the best evidence first, a row for each passage that says so.

        Args:
            disease: by any name, abbreviation or ID; its subclasses count too, unless `exact`.
            min_grade: the weakest grade of evidence to show.
            exact: leave the subclasses out.

        Raises:
            UnknownName: nothing is called so; carries the nearest names.
            KGError: pandas is not installed.
        """
        return self.query("targets-tried-in", disease=disease, min_grade=min_grade, exact=exact)

    def diseases_tried_with(self, target: str, /, *, min_grade: Grade | str = Grade.REFERENCE_TITLE) -> pd.DataFrame:
        """In which diseases a target has been tried; otherwise as `targets_tried_in`."""
        return self.query("diseases-target-tried-in", target=target, min_grade=min_grade)

    def adverse_events_of(
        self, therapy: str, /, *, min_grade: Grade | str = Grade.REFERENCE_TITLE, exact: bool = False
    ) -> pd.DataFrame:
        """Which harms are told of a therapy, how often and how severe, and which did not occur."""
        return self.query("adverse-events-of", therapy=therapy, min_grade=min_grade, exact=exact)

    def evidence(
        self,
        subject: str,
        object: str,  # the statement's own word
        /,
        *,
        predicate: str = "",
        min_grade: Grade | str = Grade.REFERENCE_TITLE,
        exact: bool = False,
    ) -> pd.DataFrame:
        """Every passage that relates two terms, for and against, with its document, grade, role and setting.

        Args:
            subject: of the statement, by any name, abbreviation or ID.
            object: likewise.
            predicate: a CURIE or its last word, such as `target_tried_in`; any unless given.
            min_grade: the weakest grade of evidence to show.
            exact: leave the subclasses of both out.
        """
        given: dict[str, Given] = {"subject": subject, "object": object, "min_grade": min_grade, "exact": exact}
        return self.query("evidence-for", **given | ({"predicate": predicate} if predicate else {}))

    def sparql(self, text: str, /) -> pd.DataFrame:
        """Any SPARQL 1.1 SELECT, answered by a worker process that is stopped at the limits of `kg.toml`.

        The graph's prefixes (`kg:`, `biolink:`, `MONDO:` …) are known. IRIs come as CURIEs, an unbound variable as NA.

        Raises:
            QueryFailed: it is no valid SELECT, or ran into a limit.
            KGError: pandas is not installed.
        """
        columns, rows = pool.rows(self.release.path / "store", text, limits=pool.Limits.of(config.load(self.path)))
        return _frame(Table(columns, tuple(tuple(map(cell, row)) for row in rows)))

    def term(self, name: str, /, *, kind: str = "term") -> Term:
        """What a name, abbreviation or ID stands for; `kind` an entity type such as `disease`, if it matters.

        Raises:
            UnknownName: it stands for nothing; carries the nearest names.
        """
        return self._lexicon.term(self._lexicon.resolve(kind, name))

    def document(self, identifier: str, /) -> Annotation:
        """A paper by its PMID, DOI or PMCID, as it was annotated: text, mentions with reasons, statements with quotes.

        Raises:
            UnknownName: the graph holds no such paper.
            UsageError: this is no paper's ID.
        """
        given = query.bind(query.load_all()["document-says"], {"document": identifier}, self._lexicon)["given_document"]
        quads = self._store.quads_for_pattern(None, ox.NamedNode(iri("dcterms:identifier")), given, None)
        found = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
        if not found:
            raise UnknownName("document", identifier)
        return Releases(self._graph).annotation(curie(found[0]))

    def documents(self) -> Iterator[Annotation]:
        """Every paper of the graph as it was annotated, by ID."""
        for data in self._graph.records.annotations():
            yield msgspec.json.decode(data, type=Annotation)

    def annotate(self, text: str, /) -> Annotation:
        """A text of your own, read with the graph's vocabulary and its folder's settings; the graph stays as it is."""
        return self._annotator.annotate_text(text)

    def show(self, annotation: Annotation, /) -> Page:
        """An annotation as a page with everything found marked; a notebook shows it."""
        from kg.web.highlight import html_page  # templates load only where a page is made

        lexicon = self._lexicon
        return Page(html_page([annotation], label=lambda name: lexicon.term(name).label if name in lexicon else name))

    def to_networkx(
        self,
        *,
        min_grade: Grade | str = Grade.DOCUMENT_ASSERTION,
        predicates: frozenset[str] | None = None,
        retracted: bool = False,
    ) -> nx.MultiDiGraph[str]:
        """The statements as a network: terms with `label` and `type`; edges with the fields of `kg.network.Edge`.

        Args:
            min_grade: the weakest evidence that counts; unless given, what a sentence or a document says.
            predicates: CURIEs of those to keep; all unless given.
            retracted: whether papers that were retracted count too.
        """
        return network.build(
            self._store, min_grade=query.grade(str(min_grade)), predicates=predicates, retracted=retracted
        )

    def plot(
        self, picture: str, /, *, disease: str | None = None, min_grade: Grade | str = Grade.DOCUMENT_ASSERTION
    ) -> Drawing:
        """A picture: `evidence-map`, `timeline` or `adverse-events` (`kg plot` draws the same).

        Args:
            picture: its name.
            disease: only what is told of this disease and those below it.
            min_grade: the weakest evidence that counts.

        Raises:
            UnknownName: there is no such picture, or nothing is called so.
            KGError: matplotlib is not installed, or there is nothing to draw.
        """
        chosen = None if disease is None else self._lexicon.resolve("disease", disease)
        return plot.draw(self._store, picture, disease=chosen, min_grade=query.grade(str(min_grade)))

    @cached_property
    def _store(self) -> ox.Store:
        return store.reader(self.release.path)

    @property
    def _lexicon(self) -> Lexicon:
        return shipped(self.release.vocabulary)

    @cached_property
    def _annotator(self) -> Annotator:
        return Annotator.open(self.release.vocabulary, recogniser=config.load(self.path).recogniser)

    def _named(self, name: str) -> NamedQuery:
        known = query.load_all()
        if name not in known:
            raise UnknownName("query", name, nearest=tuple(known))
        return known[name]


def _text(value: Given) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _frame(table: Table) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise KGError("data frames: expected pandas, which is not installed; install cartkg[pandas]") from error
    return pd.DataFrame.from_records(table.rows, columns=list(table.columns)).convert_dtypes()
