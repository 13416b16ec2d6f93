"""How well undefined acronyms are told apart: a table by acronym, and what went wrong with --errors.

`python benchmarks/acronyms.py` in a checkout; the records are those of `tests/ground/acronyms`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

from kg.annotator import Annotator
from tests import acronyms
from tests.acronyms import Outcome

_HALVES = ("development", "heldout")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the records that were not decided right")
    errors = parser.parse_args().errors
    annotator = Annotator.open()
    found = {half: tuple(acronyms.outcomes(acronyms.read(half), annotator)) for half in _HALVES}
    print("| acronym | senses | " + " | ".join(f"{half}: right / wrong / undecided" for half in _HALVES) + " |")
    print("|---|---|---|---|")
    for acronym in sorted({outcome.record.acronym for half in _HALVES for outcome in found[half]}):
        of = {half: [outcome for outcome in found[half] if outcome.record.acronym == acronym] for half in _HALVES}
        senses = {outcome.record.sense for half in _HALVES for outcome in of[half]} - {""}
        print(f"| {acronym} | {len(senses)} | " + " | ".join(_counts(of[half]) for half in _HALVES) + " |")
    print("| **all** | | " + " | ".join(_counts(found[half]) for half in _HALVES) + " |")
    for half in _HALVES:
        print(f"{half}: {_share(found[half])}")
    if errors:
        for half in _HALVES:
            for outcome in found[half]:
                if outcome.verdict != "right":
                    print(half, outcome.verdict, outcome.record.acronym, outcome.record.sense, "->", outcome.found)
                    print("   ", outcome.reason, "|", outcome.record.fields["title"])


def _counts(outcomes: Sequence[Outcome]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for outcome in outcomes:
        counts[outcome.verdict] += 1
    return f"{counts['right']} / {counts['wrong']} / {counts['undecided']}"


def _share(outcomes: Sequence[Outcome]) -> str:
    verdicts = [outcome.verdict for outcome in outcomes]
    undecided = verdicts.count("undecided")
    right = verdicts.count("right") / (len(verdicts) - undecided)
    return f"{right:.1%} of those decided are right, {undecided / len(verdicts):.1%} of {len(verdicts)} are left open"


if __name__ == "__main__":
    main()
