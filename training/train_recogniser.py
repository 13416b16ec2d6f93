"""Annotated corpora in, the conditional random field of one entity type out, with its scores on the development parts.

    python -m training.train_recogniser disease --eager 0.3 --corpora ../shared/corpora --out ontologies/recogniser

One model a type: each corpus marks only some types (training/README.md). L-BFGS has no chance in it: same vocabulary
and corpora, same model, up to how a machine rounds. Needs python-crfsuite (MIT), which nothing else does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pycrfsuite

from kg.extract import features, marking
from kg.extract.crf import LABELS, Model, Tagger
from kg.extract.extraction import Extractor
from kg.extract.features import Sentence
from kg.lexicon import Lexicon, shipped
from training.corpora import SOURCES, Marked, developing, marked

Read = tuple[list[tuple[int, int]], Sentence]
_UNIT = 1000  # weights are kept as thousandths


def sentences(
    items: Iterable[Marked], lexicon: Lexicon, words: Mapping[str, str]
) -> Iterator[tuple[Marked, list[Read]]]:
    """Each document with its sentences as the recogniser reads them."""
    extractor = Extractor(lexicon)
    for item in items:
        extraction = extractor.extract(item.document)
        read = marking.Marked(item.document.text, extraction, lexicon, words)
        yield item, [one for one in map(read.read, extraction.sentences) if one[0]]


def labels(spans: Sequence[tuple[int, int]], mentions: Iterable[tuple[int, int]]) -> list[str]:
    """A label for each token; the longest of overlapping mentions counts, one that cuts a token takes the whole of it.

    >>> labels([(0, 4), (5, 9), (9, 10)], [(0, 9)])
    ['B', 'E', 'O']
    """
    found = ["O"] * len(spans)
    for start, end in sorted(mentions, key=lambda span: (span[0] - span[1], span)):
        inside = [here for here, (a, b) in enumerate(spans) if a < end and start < b]
        if not inside or any(found[here] != "O" for here in inside):
            continue
        for here in inside:
            found[here] = "I"
        found[inside[0]], found[inside[-1]] = "B", "E"
        if len(inside) == 1:
            found[inside[0]] = "S"
    return found


def train(
    documents: Iterable[tuple[Marked, list[Read]]],
    words: Mapping[str, str],
    *,
    l1: float,
    l2: float,
    eager: float = 0.0,
) -> Model:
    """The model of some documents; l1, l2: how strongly weights are held down.

    eager: what being outside of a name costs at each token; unheld, the model misses more names than it makes up.
    """
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": 150})
    for item, read in documents:
        for spans, sentence in read:
            begin, end = spans[0][0], spans[-1][1]
            inside = [place for place in item.mentions if begin <= place[0] and place[1] <= end]
            rows = [dict.fromkeys(row, 1.0) for row in features.attributes(sentence, words)]
            trainer.append(pycrfsuite.ItemSequence(rows), labels(spans, inside))
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        told = tagger.info()
        tagger.close()
    weights: dict[str, list[int]] = {}
    for (name, label), weight in told.state_features.items():
        if rounded := round(weight * _UNIT):
            weights.setdefault(name, [0] * len(LABELS))[LABELS.index(label)] = rounded
    cost = {(a, "O"): eager for a in LABELS}
    return Model(
        transitions=tuple(
            round((told.transitions.get((a, b), 0.0) - cost.get((a, b), 0.0)) * _UNIT) for a in LABELS for b in LABELS
        ),
        weights={name: (row[0], row[1], row[2], row[3], row[4]) for name, row in weights.items()},
        words=dict(words),
    )


def measure(model: Model, documents: Iterable[tuple[Marked, list[Read]]]) -> dict[str, tuple[float, float, float]]:
    """Corpus -> precision, recall and F1 of exact spans, in percent."""
    tagger = Tagger(model)
    counts: dict[str, Counter[str]] = {}
    for item, read in documents:
        found = {
            (spans[first][0], spans[last - 1][1]) for spans, sentence in read for first, last in tagger.spans(sentence)
        }
        count = counts.setdefault(item.corpus, Counter())
        count.update(found=len(found), gold=len(item.mentions), right=len(found & item.mentions.keys()))
    return {corpus: _prf(count) for corpus, count in sorted(counts.items())}


def _prf(count: Counter[str]) -> tuple[float, float, float]:
    precision = 100 * count["right"] / count["found"] if count["found"] else 0.0
    recall = 100 * count["right"] / count["gold"] if count["gold"] else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("type", choices=sorted(SOURCES))
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--l1", type=float, default=0.05)
    parser.add_argument("--l2", type=float, default=0.2)
    parser.add_argument("--eager", type=float, default=0.0)
    options = parser.parse_args()
    lexicon = shipped("full")
    words = marking.codes(lexicon)
    without = developing(options.corpora)
    training = sentences(marked(options.corpora, options.type, "train", without=without), lexicon, words)
    model = train(training, words, l1=options.l1, l2=options.l2, eager=options.eager)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{options.type}.crf"
    path.write_bytes(model.packed())
    sys.stderr.write(f"{path}: {path.stat().st_size:,} bytes, {len(model.weights):,} attributes\n")
    development = sentences(marked(options.corpora, options.type, "dev"), lexicon, words)
    for corpus, (precision, recall, f1) in measure(Model.from_path(path), development).items():
        sys.stderr.write(f"{corpus:14}{precision:6.1f}{recall:6.1f}{f1:6.1f}\n")


if __name__ == "__main__":
    main()
