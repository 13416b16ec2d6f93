"""How well acronyms are told apart in real abstracts: records that define an acronym, with the definition taken out.

`python benchmarks/defined_acronyms.py FILE...` takes what `kg build` takes. What the author wrote out is the truth: the
long form is put back to the acronym wherever it stands, and the annotator has to find the sense from what is left.
Records are halved by a checksum of their ID: half 0 may be looked at for tuning, half 1 only measured.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz

from kg.annotator import Annotator
from kg.config import Config
from kg.documents.assemble import Draft, Passage, assemble
from kg.extract import abbreviation
from kg.ground.senses import ABSTAINED
from kg.lexicon import Lexicon
from kg.lexicon.prepare import key
from kg.model import Abbreviation, Document
from kg.pipeline import read

_SAME = 86.0  # similarity, in [0, 100], from which a long form is another spelling of a sense's name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    given = parser.parse_args()
    annotator = Annotator.open()
    counts: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    for _, document in read(given.inputs, config=Config()):
        if isinstance(document, Document) and zlib.crc32(_identity(document).encode()) % 2 == given.half:
            for item in _ambiguous(document, annotator.lexicon):
                if (document.title, item.short) not in seen:
                    seen.add((document.title, item.short))
                    counts[_outcome(document, item, annotator)] += 1
    for (kind, verdict), count in sorted(counts.items()):
        print(f"{kind:12} {verdict:10} {count:6,}")
    total, wrong, undecided = (sum(n for (_, v), n in counts.items() if v in names) for names in _SUMS)
    print(
        f"{1 - wrong / (total - undecided):.1%} of those decided right, {undecided / total:.1%} of {total:,} left open"
    )


_SUMS = ({"right", "wrong", "undecided"}, {"wrong"}, {"undecided"})


def _identity(document: Document) -> str:
    return document.ids.pmid or document.id


def _ambiguous(document: Document, lexicon: Lexicon) -> Iterator[Abbreviation]:
    return (item for item in abbreviation.find(document.text) if item.short in lexicon.senses)


def _outcome(document: Document, item: Abbreviation, annotator: Annotator) -> tuple[str, str]:
    expected = _sense(item, annotator.lexicon)
    kind = "unlisted" if expected is None else "vocabulary" if ":" in expected else "other sense"
    groundings = annotator.tag(_masked(document, item)).groundings
    found = next((each for each in groundings if each.mention.text.removesuffix("s") == item.short), None)
    if found is None:
        return kind, "no mention"
    if expected is None:
        return kind, "wrong" if found.term else "right"
    if found.reason.startswith(ABSTAINED):
        return kind, "undecided"
    # For the graph a sense without a term is as good as any other that has none.
    return kind, "right" if found.term == (expected if ":" in expected else None) else "wrong"


def _sense(item: Abbreviation, lexicon: Lexicon) -> str | None:
    """The listed sense that a long form is: its CURIE, its label where no term has it, None where none is listed."""
    heads = {entry.term for entry in lexicon.head_of(item.long)}
    best: tuple[float, str] = (_SAME, "")
    for sense in lexicon.senses[item.short]:
        if sense.id in heads:
            return sense.id
        names = [sense.sense]
        if sense.id in lexicon:
            names += [name.text for name in lexicon.term(sense.id).names if name.scope in ("label", "exact")]
        alike = max(fuzz.ratio(key(item.long), key(name)) for name in names)
        if alike >= best[0]:
            best = (alike, sense.id or sense.sense)
    return best[1] or None


def _masked(document: Document, item: Abbreviation) -> Document:
    long, short = re.escape(item.long), re.escape(item.short)
    text = re.sub(rf"{long}\s*[(\[]\s*{short}[^)\]]{{0,20}}[)\]]", item.short, document.text)
    text = re.sub(long, item.short, text, flags=re.IGNORECASE)
    text = re.sub(rf"{short}\s*\(\s*{short}[^)]{{0,20}}\)", item.short, text)
    draft = Draft(
        format="test",
        sha256="0" * 64,
        abstract=(Passage("", text),),
        newline=False,
        journal=document.journal,
        mesh=document.mesh,
    )
    return assemble(draft)


if __name__ == "__main__":
    main()
