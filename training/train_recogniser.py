"""Annotated corpora in, the small spaCy model of one entity type out, with what it measures on the development parts.

    python -m training.train_recogniser disease --corpora ../shared/corpora --out ontologies/recogniser

One model a type: each corpus marks only some types, and a transition-based recogniser cannot be told that a word may or
may not be of another type (training/README.md). On the CPU, one thread, seeded: same machine, same bytes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, compounding, fix_random_seed

from kg import frame
from training.corpora import SOURCES, Marked, developing, marked


def pipeline(*, width: int, depth: int, rows: Sequence[int], hidden: int) -> Language:
    """A blank pipeline with the recogniser untrained: hashed norms, prefixes, suffixes and shapes into a CNN."""
    nlp = spacy.blank("en")
    frame.tokenize(nlp)
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": width,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": list(rows),
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": width,
                "depth": depth,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
    nlp.add_pipe("ner", config={"model": model})
    return nlp


def examples(nlp: Language, sentences: Sequence[Marked], label: str) -> list[Example]:
    """The sentences as spaCy trains on them; a span that cuts a token takes the whole of it."""
    made = []
    for item in sentences:
        doc = nlp.make_doc(item.text)
        gold = doc.copy()
        spans = [gold.char_span(start, end, label=label, alignment_mode="expand") for start, end in item.spans]
        gold.set_ents(spacy.util.filter_spans([span for span in spans if span is not None]), default="outside")
        made.append(Example(doc, gold))
    return made


def measure(nlp: Language, sentences: Sequence[Marked]) -> dict[str, tuple[float, float, float]]:
    """Corpus -> precision, recall and F1 of exact spans, in percent."""
    counts: dict[str, Counter[str]] = {}
    docs = nlp.pipe((item.text for item in sentences), batch_size=256)
    for item, doc in zip(sentences, docs, strict=True):
        found = {(entity.start_char, entity.end_char) for entity in doc.ents}
        count = counts.setdefault(item.corpus, Counter())
        count.update(found=len(found), gold=len(item.spans), right=len(found & set(item.spans)))
    return {corpus: _prf(count) for corpus, count in sorted(counts.items())}


def train(
    nlp: Language,
    training: Sequence[Marked],
    development: Sequence[Marked],
    *,
    label: str,
    seed: int,
    epochs: int,
    patience: int,
    dropout: float,
    out: Path,
) -> None:
    """Writes the model of the best epoch: highest mean F1 over the development corpora, the earlier of two as good."""
    fix_random_seed(seed)
    prepared = examples(nlp, training, label)
    nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]  # spaCy's pipes are typed as plain callables
    nlp.initialize(lambda: prepared[:500])
    optimizer = Adam(0.001, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    shuffler = random.Random(seed)
    sizes = compounding(100, 1000, 1.002)
    best, waited = -1.0, 0
    started = time.monotonic()
    for epoch in range(1, epochs + 1):
        shuffler.shuffle(prepared)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(prepared, sizes, tolerance=0.2):  # type: ignore[arg-type]  # any iterator serves
            nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
        with nlp.use_params(optimizer.averages):
            scores = measure(nlp, development)
            mean = sum(f1 for _, _, f1 in scores.values()) / len(scores)
            waited = waited + 1 if mean <= best else 0
            if mean > best:
                best = mean
                save(nlp, out)
        told = "  ".join(f"{corpus} {p:.1f}/{r:.1f}/{f:.1f}" for corpus, (p, r, f) in scores.items())
        sys.stderr.write(
            f"{epoch:3} {time.monotonic() - started:5.0f}s loss {losses['ner']:8.0f} mean {mean:.2f}  {told}\n"
        )
        sys.stderr.flush()
        if waited >= patience:
            break


def save(nlp: Language, out: Path) -> None:
    """Writes what the recogniser needs, parameters rounded to half precision: packed, they take half the room."""
    model = nlp.get_pipe("ner").model  # type: ignore[attr-defined]  # spaCy's pipes are typed as plain callables
    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype("float16").astype("float32"))
    nlp.to_disk(out, exclude=["tokenizer", "vocab"])


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
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--patience", type=int, default=4)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--rows", type=int, nargs=4, default=(3000, 1000, 2000, 1000))
    parser.add_argument("--dropout", type=float, default=0.2)
    options = parser.parse_args()
    development = list(marked(options.corpora, options.type, "dev"))
    training = list(marked(options.corpora, options.type, "train", without=developing(options.corpora)))
    sys.stderr.write(f"{len(training)} training sentences, {len(development)} for development\n")
    fix_random_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    nlp = pipeline(width=options.width, depth=options.depth, rows=options.rows, hidden=options.hidden)
    train(
        nlp,
        training,
        development,
        label=options.type,
        seed=options.seed,
        epochs=options.epochs,
        patience=options.patience,
        dropout=options.dropout,
        out=options.out / options.type,
    )


if __name__ == "__main__":
    main()
