"""Two mentions of one sentence in, whether the words between them make one a treatment of the other out.

Cues are token patterns over spaCy's frame, so that "CAR-T" or "anti-CD19" never look like a cue. A link breaks at a
clause's end: what is told of another therapy behind "whereas" is not told of this one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from kg import frame
from kg.relate import numbers
from kg.wording import without_months

if TYPE_CHECKING:
    from spacy.matcher import Matcher

_IN = (
    *("in", "for", "with", "against", "of", "on", "among", "to", "across", "treating", "treat", "treats", "targeting"),
    *("addressing", "manage", "managing", "improve", "improving", "improves", "ameliorate", "ameliorates", "reversed"),
    *("reverses", "achieving", "towards", "toward", "suppresses", "suppress", "prevents", "prevent", "alleviates"),
)
_GOT = (
    *("treated", "received", "receiving", "receive", "underwent", "undergoing", "undergo", "given", "infused"),
    *("administered", "responded", "responding", "respond", "following", "after", "using", "by", "via", "including"),
    *("include", "includes", "included", "are", "is", "were", "was", "with", "to", "on", "initiated", "started"),
)
_BREAKS = ("whereas", "while", "but", "however", "although", "though", "unlike", "versus", "vs", "rather", "instead")
_CARE = re.compile(
    r"\b(?:treat(?:ment|ments|ing|ed)?|therap(?:y|ies|eutics?)|target(?:s|ed|ing)?|approach(?:es)?|"
    r"agents?|drugs?|options?|trials?|"
    r"stud(?:y|ies)|efficacy|use|application|patients?|cases?|cohorts?|management|cure|remission)\b[^.;]*$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?:^|[.;,] )(?:in|for|among)(?: (?:patients|people|adults|children) with)?(?: \w+){0,2} $", re.IGNORECASE
)
_TESTED = re.compile(
    r",[^,;.]{1,60}\b(?:was|were|is|are|has been|have been)\b[^,;.]{0,30}\b(?:test|studi|evaluat|"
    r"investigat|us|giv|administ|tri|shown|effective)",
    re.IGNORECASE,
)
_HYPOTHESIS = re.compile(
    r"\b(?:may|might|could|would|should|potential(?:ly)?|promis(?:e|es|ing)|hypothes\w+|possib(?:le|ly|ility)|"
    r"prospects?|future|warrant\w*|will be|is planned|are planned|to be (?:tested|evaluated|investigated|explored))\b",
    re.IGNORECASE,
)
_SECOND_VERB = re.compile(r",? and (?=(?:has|have|had|was|were|is|are|did|does|may|might|could|would)\b)")
_RESPONDED = re.compile(
    r"\b(?:respon(?:ds?|ded|ding|sive)|improv(?:es?|ed|ing)|remitted) (?:\w+ly )?(?:to|with|after|under|on|following)\b"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b(?:{numbers.NUMBER}) with (?:[\w-]+ ){{0,3}}$", re.IGNORECASE)
_UNTRIED = re.compile(
    r"\b(?:not|never|yet to be|has yet|have yet)\b(?: \w+){0,3} (?:test|studi|tri|evaluat|investigat|us|appl|explor|"
    r"assess|approv|report)ed\b",
    re.IGNORECASE,
)


class Link(msgspec.Struct, frozen=True):
    """A treatment link; hypothetical: told as possible only; untried: told as not done."""

    hypothetical: bool
    untried: bool


def between(sentence: str, therapy: tuple[int, int], disease: tuple[int, int]) -> Link | None:
    """The link between a therapy (or target) and a disease at these offsets of a sentence, or None.

    >>> text = "CD19 CAR-T cells were given to five patients with SSc, whereas RA was treated with rituximab."
    >>> between(text, (0, 16), (50, 53)) is not None, between(text, (0, 16), (63, 65)) is not None
    (True, False)
    >>> between(text, (82, 91), (63, 65)) is not None
    True
    """
    forward = therapy[1] <= disease[0]
    first, last = (therapy[1], disease[0]) if forward else (disease[1], therapy[0])
    if first > last:
        return None
    cues = [cue for cue, start, end in _cues(sentence) if first <= start and end <= last]
    if "break" in cues or ";" in sentence[first:last]:
        return None
    if forward:
        linked = "in" in cues or _apposed(sentence[first:last])
    else:
        linked = "got" in cues and _CARE.search(sentence[:last]) is not None
        # As in "SSc responded to rituximab" and in "Five with SSc received rituximab".
        linked = linked or _RESPONDED.search(sentence[first:last]) is not None
        linked = linked or ("got" in cues and _COUNTED.search(sentence[: disease[0]]) is not None)
        # As in "In SSc, rituximab was tested".
        linked = linked or bool(_PLACED.search(sentence[: disease[0]]) and _TESTED.match(sentence[disease[1] :]))
        # As in "SLE treatment: CD19 CAR-T" and in "lupus patients (rituximab)".
        linked = linked or bool(re.search(r"\b(?:treatment|therapy|patients?)\W{1,4}$", sentence[first:last]))
    if not linked:
        return None
    start = max(_clause_start(sentence, first), _last_verb(sentence, first, last))
    clause = without_months(sentence)[start : max(therapy[1], disease[1])]
    return Link(hypothetical=_HYPOTHESIS.search(clause) is not None, untried=_UNTRIED.search(clause) is not None)


def _apposed(gap: str) -> bool:
    """Only words of the treatment itself stand between: "CAR-T cell trials SLE" is none, "CD19 CAR-T: SLE" is."""
    return re.fullmatch(r"\s*:\s*", gap) is not None


def _last_verb(sentence: str, first: int, last: int) -> int:
    """Where the last verb between the two begins that shares its subject with the one before: "may help in SLE, and
    has been used in SSc". What that verb says of the pair holds."""
    return max((found.end() for found in _SECOND_VERB.finditer(sentence, first, last)), default=0)


def _clause_start(sentence: str, position: int) -> int:
    """Where the clause that holds a position begins: behind the last comma with a verb's subject, or at the start."""
    comma = max(sentence.rfind(", ", 0, position), sentence.rfind("; ", 0, position))
    return comma + 2 if comma >= 0 and position - comma > 25 else 0


@lru_cache(maxsize=4096)
def _cues(sentence: str) -> tuple[tuple[str, int, int], ...]:
    doc = frame.analyse(sentence)
    matcher = _matcher()
    return tuple(
        (doc.vocab.strings[match], doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        for match, start, end in matcher(doc)
    )


@cache
def _matcher() -> Matcher:
    from spacy.matcher import Matcher  # spaCy is slow to import; see kg.frame

    matcher = Matcher(frame.language().vocab)
    for cue, words in (("in", _IN), ("got", _GOT), ("break", _BREAKS)):
        matcher.add(cue, [[{"LOWER": {"IN": list(words)}}]])
    return matcher
