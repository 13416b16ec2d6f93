"""Corpora with marked genes in, the weights of the gene filter out: `ontologies/attested/gene_weights.tsv`.

    python -m training.train_gene_filter --corpora ../shared/corpora --out ontologies/attested/gene_weights.tsv

Logistic regression with an L1 penalty over `kg.ground.gene_evidence`; needs scikit-learn. A spelling in a document is
an example; it is right where annotators gave the document that human gene. What the table of attested names counted
from the very document is taken out first, so that no example knows its own answer.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from kg.extract import qualifiers
from kg.extract.extraction import Extractor
from kg.ground import gene_names
from kg.ground.gene_evidence import weigh
from kg.ground.gene_filter import BIAS, Genes, candidates, record_of
from kg.ground.gene_names import Row
from kg.ground.grounder import Grounder
from kg.ground.senses import Choice
from kg.lexicon import Hit, Lexicon, shipped
from kg.lexicon.prepare import key
from kg.model import Document
from training.gene_corpora import Marked, marked
from training.learn_gene_names import homes

_HEAD: Final = (
    "# What speaks for (above 0) and against (below) a name's being a human gene: logarithms of odds.",
    "# Written by training/train_gene_filter.py from the training parts of BioRED, GNormPlus, NLM-Gene and tmVar 3",
    "# (CC0 and US Government works).",
    "evidence\tweight",
)
_RARE: Final = 25  # documents that must show an evidence
_PENALTY: Final = 0.3  # scikit-learn's C: the smaller, the fewer weights
_TYPICAL: Final = "biored"
_TYPICAL_WEIGHT: Final = 2.0  # its guideline is the one the filter follows: families are marked as their members


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A spelling in a document with one gene: evidence, whether it is right, and what it counts."""

    document: str
    corpora: tuple[str, ...]
    term: str
    evidence: dict[str, float]
    right: bool


class _Recorder:
    """Stands in the filter's place and keeps what comes."""

    def __init__(self) -> None:
        self.seen: tuple[Sequence[Hit], Sequence[Choice]] = ((), ())

    def judge(
        self, document: Document, hits: Sequence[Hit], choices: Sequence[Choice], *, of_field: bool = False
    ) -> list[Choice]:
        """The choices as they are."""
        self.seen = (hits, choices)
        return list(choices)


def examples(items: Iterable[Marked], lexicon: Lexicon, *, held_out: bool = False) -> list[Example]:
    """The examples of some documents; held_out: the table of names was not learnt from them."""
    recorder, genes, human = _Recorder(), Genes(lexicon), homes(lexicon)
    extractor, grounder = Extractor(lexicon), Grounder(lexicon, qualify=qualifiers.qualify, genes=recorder)
    names = gene_names.shipped()
    found = []
    for item in items:
        document, text = item.document, item.document.text
        extraction = extractor.extract(document)
        grounder.ground(document, extraction.sentences, extraction.abbreviations, extraction.hits)
        uses = list(genes.uses(document, *recorder.seen).values())
        record = record_of(document, uses)
        gold = {human[curie] for place in item.genes for curie in place.ids if curie in human}
        own = {(key(text[place.start : place.end]), human.get(curie)) for place in item.genes for curie in place.ids}
        for use in uses:
            if _TYPICAL not in item.corpora and all(
                any(family.start <= start and end <= family.end for family in item.families)
                for start, end in use.places
            ):
                continue
            for entry in candidates(use, lexicon):
                row = names.get((key(use.surface), entry.term))
                if row is not None and not held_out:
                    row = _without(row, own)
                    if row is None:
                        continue
                found.append(
                    Example(
                        document=document.id,
                        corpora=item.corpora,
                        term=entry.term,
                        evidence=weigh(use, entry, record, row),
                        right=entry.term in gold,
                    )
                )
    return found


def _without(row: Row, own: set[tuple[str, str | None]]) -> Row | None:
    """The row as it were without a document that holds the name; None where the name would not be known then."""
    name = key(row.name)
    marks = (name, row.id) in own or (name, None) in own
    marked, seen = row.marked - marks, max(row.seen - 1, 0)
    if not row.listed and marked <= 0:
        return None
    return msgspec.structs.replace(row, marked=max(min(marked, seen), 0), seen=seen)


def fit(found: Sequence[Example], *, penalty: float = _PENALTY) -> dict[str, float]:
    """Evidence -> weight; what few documents show or the penalty takes away is left out."""
    shown: dict[str, set[str]] = {}
    for example in found:
        for name in example.evidence:
            shown.setdefault(name, set()).add(example.document)
    kept = {name for name, documents in shown.items() if len(documents) >= _RARE}
    vectorizer = DictVectorizer(sort=True)
    table = vectorizer.fit_transform(
        {name: value for name, value in example.evidence.items() if name in kept} for example in found
    )
    # liblinear takes no wider ones.
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    several = Counter((example.document, example.term) for example in found)
    counts = np.array(
        [
            (_TYPICAL_WEIGHT if _TYPICAL in example.corpora else 1.0) / several[example.document, example.term]
            for example in found
        ]
    )
    model = LogisticRegression(C=penalty, solver="liblinear", l1_ratio=1.0, random_state=0, max_iter=1000, tol=1e-5)
    model.fit(table, [example.right for example in found], sample_weight=counts)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {BIAS: float(model.intercept_[0])} | {
        str(name): float(weight) for name, weight in sorted(weights.items()) if abs(weight) >= 0.005
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = examples(marked(options.corpora), shipped("full"))
    weights = fit(found)
    right = sum(example.right for example in found)
    sys.stderr.write(f"{len(found)} examples, {right} right; {len(weights)} weights\n")
    lines = (f"{name}\t{weight:.3f}" for name, weight in weights.items())
    options.out.write_text("\n".join((*_HEAD, *lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
