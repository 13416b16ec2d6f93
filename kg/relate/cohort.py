"""A document in, how many patients its therapy was given to out, where it says so once.

"Eight patients were treated … CRS occurred in five": five of eight. Where it tells of several groups, only a printed
share decides between them: 38 (88%) fits 43, and not 60.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kg.relate import counting, numbers, tally
from kg.relate.numbers import Counts
from kg.relate.view import View

_ADJECTIVES = r"(?:(?!(?:of|and|or|with|in|to|for|vs|versus|per)\b)[^\W\d][\w/-]*,? ){0,3}"
_GIVEN = (
    r"(?:received|receiving|underwent|undergoing|"
    r"(?:were |was |had been )?(?:\w+ly )?(?:treated|infused|dosed|given|administered))"
)
_ENTERED = (
    r"(?:(?:were|was|have been|had been) (?:\w+ly )?(?:enrol\w+|included|recruited|analy[sz]ed|evaluated|studied|"
    r"followed|identified|"
    r"evaluable|randomi[sz]ed|reviewed)|completed|participated)"
)
_NUMBERED = rf"(?<![\w.,/%–-])(?P<n>{tally.NUMBER}) {_ADJECTIVES}{tally.PEOPLE}"
_ON_WAY = rf"(?:(?!\b{tally.PEOPLE}\b|\band {tally.NUMBER} )[^;.]){{0,90}}?"
_TREATED = re.compile(
    rf"\b{_NUMBERED}\b{_ON_WAY}\b{_GIVEN}\b|"
    rf"(?<![\w.,/%–-])(?P<bare>{tally.NUMBER}) (?:of (?:them|these|whom) )?{_GIVEN}\b|"
    rf"\b(?:treated|infused|dosed|treatment of|given (?:to|in)|administered (?:to|in)|received by) (?:a total of |"
    rf"all |the first )?"
    rf"(?P<after>{tally.NUMBER}) {_ADJECTIVES}{tally.PEOPLE}\b",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    rf"\b{_NUMBERED}\b{_ON_WAY}\b{_ENTERED}\b|"
    rf"\b(?:enrolled|included|recruited|analy[sz]ed|evaluated|studied|cohort of|series of|report(?:ed)?|followed|"
    rf"observed|"
    rf"describe[d]?|among|"
    rf"trial (?:of|in|with)|study (?:of|in|with)) (?:on )?(?:a total of |all |the first )?"
    rf"(?P<after>{tally.NUMBER}) {_ADJECTIVES}{tally.PEOPLE}\b|\b{tally.PEOPLE} \([nN] ?= ?(?P<paren>\d+)\)",
    re.IGNORECASE,
)
# In a title only: in a sentence of the abstract those may be a part of the patients.
_TITLED = re.compile(rf"\b(?:in|of|from) (?:the first )?{_NUMBERED}\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:of (?:whom|these|them|those)|remaining|other|another|respectively)\b", re.IGNORECASE)
_ARMS = re.compile(
    r"\b(?:placebo|control (?:group|arm)s?|(?<!-)versus(?!-host)|vs\.?|compared (?:with|to)|comparator|"
    r"both groups|two groups|"
    r"matched|meta-analy\w+|systematic review)\b",
    re.IGNORECASE,
)


class Cohort(msgspec.Struct, frozen=True):
    """The numbers of patients that a document gives: those treated, else those included; and whether it compares.

    every: the numbers of those included too, which a printed share may be of.
    """

    sizes: tuple[int, ...]
    every: tuple[int, ...]
    compared: bool

    @property
    def size(self) -> int | None:
        """The only one there is."""
        return self.sizes[0] if len(self.sizes) == 1 and not self.compared else None


def of(view: View) -> Cohort:
    """What the title and the abstract say of how many were treated."""
    own = [s for s in view.sentences if s.section in ("title", "abstract")]
    return _read(tuple(s.text for s in own), view.document.title)


def completed(counts: Counts, cohort: Cohort, *, everyone: bool, denied: bool) -> Counts:
    """The counts with their total, where the document's cohort is the only one they can be of.

    >>> cohort = Cohort((43, 60), (43, 60), False)
    >>> completed(Counts(n=38, percent=88.0), cohort, everyone=False, denied=False).total
    43
    >>> completed(Counts(n=38), cohort, everyone=False, denied=False).total is None
    True
    """
    if counts.total is not None:
        return counts
    if counts.n is None:
        if everyone and cohort.size is not None:
            return Counts(n=cohort.size, total=cohort.size, percent=counts.percent)
        return counts
    if counts.percent is not None:
        fitting = [size for size in cohort.every if counting.fits(counts, size)]
        whole = fitting[0] if len(fitting) == 1 else None
    else:
        whole = cohort.size
    if whole is None or counts.n > whole or (counts.n == 0 and not denied):
        return counts
    return Counts(n=counts.n, total=whole, percent=counts.percent)


@lru_cache(maxsize=2)
def _read(sentences: tuple[str, ...], title: str) -> Cohort:
    compared = any(_ARMS.search(text) is not None for text in sentences)
    treated = sorted({n for text in sentences for n in _sizes(_TREATED, text)})
    included = sorted({n for text in sentences for n in _sizes(_INCLUDED, text)} | set(_sizes(_TITLED, title)))
    return Cohort(tuple(treated or included), tuple(sorted({*treated, *included})), compared)


def _sizes(pattern: re.Pattern[str], text: str) -> list[int]:
    found = []
    for match in pattern.finditer(text):
        part = _PART.search(text[max(0, match.start() - 30) : match.end()]) is not None
        if part or text[: match.start()].endswith((" in ", " by ", " among ")):
            continue
        printed = next(value for value in match.groupdict().values() if value is not None)
        n = numbers.value(printed)
        if n is not None and n > 1:
            found.append(n)
    return found
