"""Prints how well harm is told from help and cause from bystander, on marked sentences about any drug.

Reads PHEE's sentences (`phee2.dev` in `corpora/` of the folder that KG_SHARED names; not part of the project). Its drug
spans are given as grounded therapies and its effect spans, of harms and of benefits alike, as grounded adverse events,
so that nothing but the relation is measured: which drug had which effect as a harm. Beside it stands the baseline that
links every drug of a sentence with every effect in it. A pair counts once a sentence, by its words.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kg.evaluate import Figures
from kg.extract import qualifiers
from kg.model import Document, Grounding, Ids, Mention, Section, Span, Statement, Tagged, Term
from kg.relate import adverse_event

Pairs = frozenset[tuple[str, str]]
_TYPES = {"Treatment.Drug": "therapy", "Effect": "adverse_event"}


class Marked(msgspec.Struct, frozen=True):
    """A sentence of the corpus: its given names, and the pairs that are harms; some denied, some only suspected."""

    tagged: Tagged
    everything: Pairs
    harms: Pairs
    denied: Pairs
    suspected: Pairs


class Words:
    """A vocabulary in which a name means its own words and nothing stands above anything."""

    def term(self, curie: str, /) -> Term:
        return Term.of(curie, "adverse_event", curie.partition(":")[2] or curie)

    def category(self, type_: str, /) -> str:
        return "biolink:NamedThing"

    def ancestors(self, curie: str, /) -> frozenset[str]:
        return frozenset()


def main(part: str = "phee2.dev") -> None:
    path = Path(os.environ.get("KG_SHARED", "../shared")) / "corpora" / f"{part}.jsonl.gz"
    sentences = tuple(read(path))
    told = [stated(item.tagged) for item in sentences]
    print(f"{len(sentences)} sentences of {part}")
    print("| pairs | marked | cartkg P / R / F1 | every drug with every effect P / R / F1 |")
    print("|---|---|---|---|")
    rows: tuple[tuple[str, Sequence[Pairs], Sequence[Pairs]], ...] = (
        ("all", [item.harms for item in sentences], [frozenset(pairs) for pairs in told]),
        (
            "sentences with several drugs or effects",
            [item.harms for item in sentences if len(item.everything) > 1],
            [frozenset(pairs) for item, pairs in zip(sentences, told, strict=True) if len(item.everything) > 1],
        ),
    )
    baseline = ([item.everything for item in sentences], [i.everything for i in sentences if len(i.everything) > 1])
    for (name, gold, found), every in zip(rows, baseline, strict=True):
        cells = " | ".join(_cell(_figures(gold, pairs)) for pairs in (found, every))
        print(f"| {name} | {sum(map(len, gold))} | {cells} |")
    for name, gold, flag in (
        ("denied", [item.denied for item in sentences], "negated"),
        ("suspected", [item.suspected for item in sentences], "hypothetical"),
    ):
        found = [frozenset(pair for pair, flags in pairs.items() if flag in flags) for pairs in told]
        print(f"| told as {name} | {sum(map(len, gold))} | {_cell(_figures(gold, found))} | 0 / 0 / 0 |")


def read(path: Path) -> Iterator[Marked]:
    """The sentences of a part of the corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            marks = record["mentions"]
            drugs, effects = (
                frozenset(_key(mark["text"]) for mark in marks if mark["type"] == type_) for type_ in _TYPES
            )
            events = {
                kind: {mark.get("event") for mark in marks if mark["type"] == kind}
                for kind in ("Negated", "Speculated")
            }
            harms = [
                (_key(marks[item["arg1"]]["text"]), _key(marks[item["arg2"]]["text"]), marks[item["arg1"]].get("event"))
                for item in record["relations"]
                if item["type"] == "Adverse_event"
            ]
            yield Marked(
                tagged=_tagged(record["id"], record["text"], marks),
                everything=frozenset((drug, effect) for drug in drugs for effect in effects),
                harms=frozenset((drug, effect) for drug, effect, _ in harms),
                denied=frozenset((drug, effect) for drug, effect, event in harms if event in events["Negated"]),
                suspected=frozenset((drug, effect) for drug, effect, event in harms if event in events["Speculated"]),
            )


def stated(tagged: Tagged) -> Mapping[tuple[str, str], frozenset[str]]:
    """The pairs that the relation states, by their words, and how."""
    return {
        (statement.subject.partition(":")[2], statement.object.partition(":")[2]): _flags(statement)
        for statement in adverse_event.find(tagged, Words())
    }


def _flags(statement: Statement) -> frozenset[str]:
    flags = {"negated"} if statement.negated else set()
    return frozenset(flags | ({"hypothetical"} if all(item.hypothetical for item in statement.evidence) else set()))


def _tagged(identifier: str, text: str, marks: Sequence[Mapping[str, str | int]]) -> Tagged:
    groundings = {}
    for mark in marks:
        type_ = _TYPES.get(str(mark["type"]))
        if type_ is None:
            continue
        start, end = int(mark["start"]), int(mark["end"])
        mention = Mention(
            start=start,
            end=end,
            text=text[start:end],
            type=type_,
            section="abstract",
            sentence=0,
            qualifiers=qualifiers.qualify(text, start, end, given=type_ == "therapy"),
        )
        words = _key(mention.text)
        groundings[start, end, type_] = Grounding(
            mention=mention, term=f"WORDS:{words}", label=words, score=1.0, reason="given"
        )
    document = Document(
        id=f"PHEE:{identifier}",
        ids=Ids(),
        title="",
        text=text,
        sections=(Section(kind="abstract", start=0, end=len(text)),),
        format="phee",
        sha256="0" * 64,
    )
    ordered = tuple(groundings[place] for place in sorted(groundings, key=lambda place: (place[0], -place[1])))
    return Tagged(document=document, sentences=(Span(start=0, end=len(text)),), abbreviations=(), groundings=ordered)


def _key(words: str) -> str:
    return " ".join(words.lower().split())


def _figures(gold: Sequence[Pairs], found: Sequence[Pairs]) -> Figures:
    right = sum(len(one & other) for one, other in zip(gold, found, strict=True))
    told, marked = sum(map(len, found)), sum(map(len, gold))
    precision, recall = 100 * right / max(told, 1), 100 * right / max(marked, 1)
    return Figures(precision=round(precision, 1), recall=round(recall, 1), predicted=told, gold=marked)


def _cell(found: Figures) -> str:
    return f"{found.precision} / {found.recall} / {found.f1}"


if __name__ == "__main__":
    main(*sys.argv[1:2])
