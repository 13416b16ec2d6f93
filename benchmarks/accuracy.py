"""Prints the accuracy table of the development corpora: spans, spans with ID, concepts a document, abbreviation pairs.

Reads the marked corpora in `corpora/` of the folder that KG_SHARED names; they are not part of the project. IDs are
compared through the vocabulary's own cross-references. The caller adds date and machine.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from kg import evaluate
from kg.annotator import Annotator
from kg.cli.evaluate import human, predictions
from kg.extract import abbreviation

# name, file, our type, whether only human genes count, prefix of the gold's own vocabulary where only that can be found
_ROWS = (
    ("BC5CDR disease", "bc5cdr.dev", "disease", False, ""),
    ("NCBI Disease", "ncbi_disease.dev", "disease", False, ""),
    ("BioRED disease", "biored.dev", "disease", False, ""),
    ("BioRED human genes", "biored.dev", "target", True, ""),
    ("HPO GSC+", "hpo_gsc_plus.dev", "phenotype", False, ""),
    ("HPO GSC+, terms with an HPO ID", "hpo_gsc_plus.dev", "phenotype", False, "HP:"),
)


def main() -> None:
    corpora = Path(os.environ.get("KG_SHARED", "../shared")) / "corpora"
    annotators = {name: Annotator.open("full", recogniser=name) for name in ("lexicon", "hybrid")}
    genes = human(annotators["lexicon"])
    print("| corpus (dev) | documents | recogniser | span P / R / F1 | span + ID P / R / F1 | document P / R / F1 |")
    print("|---|---|---|---|---|---|")
    for name, stem, type_, only_human, within in _ROWS:
        for recogniser, annotator in annotators.items():
            result = evaluate.score(
                predictions(corpora / f"{stem}.jsonl.gz", annotator),
                types=[type_],
                only=genes if only_human else None,
                within=within,
            )
            cells = (f"{f.precision} / {f.recall} / {f.f1}" for f in (result.spans, result.linked, result.concepts))
            print(f"| {name} | {result.documents} | {recogniser} | {' | '.join(cells)} |", flush=True)
    _abbreviations(corpora / "abbreviations_med1250_half.jsonl.gz")


def _abbreviations(path: Path) -> None:
    right = told = marked = documents = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record.get("text") or f"{record.get('title', '')}\n{record.get('abstract', '')}"
            gold = {_pair(item["short"], item["long"]) for item in record.get("relations", ())}
            found = {_pair(item.short, item.long) for item in abbreviation.find(text)}
            documents += 1
            right, told, marked = right + len(gold & found), told + len(found), marked + len(gold)
    precision, recall = 100 * right / max(told, 1), 100 * right / max(marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"| abbreviations (pairs) | {documents} | | {precision:.1f} / {recall:.1f} / {f1:.1f} | | |")


def _pair(short: str, long: str) -> tuple[str, str]:
    return short, " ".join(long.split()).lower()


if __name__ == "__main__":
    main()
