"""Two mentions of one sentence in, whether the words between them make one a treatment of the other out.

Cues are words by themselves, so that "CAR-T" or "anti-CD19" never look like one. A link breaks at a clause's end: what
is told of another therapy behind "whereas" is not told of this one.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kg.relate import numbers
from kg.wording import without_months

_IN = (
    *("in", "for", "with", "against", "of", "on", "among", "to", "across", "treating", "treat", "treats", "targeting"),
    *("addressing", "manage", "managing", "improve", "improving", "improves", "ameliorate", "ameliorates", "reversed"),
    *("ameliorated", "improved", "clears", "cleared", "cure", "cures", "cured", "controls", "controlled", "suppressed"),
    *("prevented", "alleviated", "attenuates", "attenuated", "halts", "halted", "resets", "reset"),
    *("reverses", "achieving", "towards", "toward", "suppresses", "suppress", "prevents", "prevent", "alleviates"),
)
_GOT = (
    *("treated", "received", "receiving", "receive", "underwent", "undergoing", "undergo", "given", "infused"),
    *(
        "administered",
        "randomised",
        "randomized",
        "assigned",
        "responded",
        "responding",
        "respond",
        "following",
        "after",
        "using",
        "by",
        "via",
        "including",
    ),
    *("include", "includes", "included", "are", "is", "were", "was", "with", "to", "on", "initiated", "started"),
)
_BREAKS = ("whereas", "while", "but", "however", "although", "though", "unlike", "rather", "instead")
_CARE = re.compile(
    r"\b(?:treat(?:ment|ments|ing|ed)?|therap(?:y|ies|eutics?)|target(?:s|ed|ing)?|approach(?:es)?|"
    r"agents?|drugs?|options?|trials?|"
    r"stud(?:y|ies)|efficacy|use|application|patients?|participants?|subjects?|individuals?|people|adults?|children|"
    r"wom[ae]n|m[ae]n|girls?|boys?|cases?|cohorts?|management|cure|remissions?|responses?|outcomes?|improvements?|"
    r"resolution|recovery|relapses?|flares?|healing|clearance|regression|survival)\b[^.;]*$",
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
# "Promising results" and "has shown potential" tell of what was seen; "a promising option" of what may be done.
_HYPOTHESIS = re.compile(
    r"\b(?:may|might|could|would|should|potential(?:ly)?(?! (?:mechanism|impact|effects?|role of|advers))|"
    r"(?<!showed )(?<!shown )(?<!shows )(?<!demonstrated )promis(?:e|es|ing)(?! (?:\w+ )?(?:results?|efficac\w+|"
    r"outcomes?|data|respon\w+|findings|"
    r"activity|safety|evidence|signals?|effects?|benefits?))|hypothes\w+|possib(?:le|ly|ility)|"
    r"prospects?|future|warrant\w*|will (?:be|receive|undergo|evaluate|assess|enrol\w*|investigate)|is planned|"
    r"are planned|"
    r"to be (?:tested|evaluated|investigated|explored)|candidates?|conceivabl\w+|remains? to be|awaits?|"
    r"rationale for)\b",
    re.IGNORECASE,
)
# "A marker could be used to predict the response to X", "X may cause Y": nothing is supposed of the use itself.
_OF_OTHER_THINGS = re.compile(
    r"\b(?:may|might|could|would|should)(?: (?:also|be|been|have|not|potentially|further|help|used|able|useful|"
    r"to|for|serve|as|a|an|the|valuable|"
    r"marker|biomarker|predictor|indicator))* (?:predict\w*|identify\w*|guid(?:e|ing)|inform|explain|reflect|"
    r"influence|affect|stratif\w+|monitor\w*|"
    r"select(?:ing)?|distinguish|indicate|associated|related|contribute|increase the risk|cause|occur|develop|"
    r"worsen|trigger|induce (?:\w+ )?"
    r"(?:psoria\w+|lupus|infection|reactions?)|marker|biomarkers?|predictors?)\b",
    re.IGNORECASE,
)
# Behind both names: "… in SSc may be promising", "… in SSc is warranted", but not "… in SSc may cause cytopenia".
_HYPOTHESIS_BEHIND = re.compile(
    r"^(?:(?! (?:whereas|but|because|if|that|who|which)\b)[^,;:.]){0,40}?(?: \([^()]*\))? (?:"
    r"(?:may|might|could|would|should) (?:also |well |even |therefore |thus )?(?:be(?! (?:associated|"
    r"complicated|followed|limited|difficult|required))|"
    r"become|offer|represent|provide|prove|have (?:a|some|potential|value|benefit)|help|benefit|serve|work|"
    r"emerge|hold|warrant|deserve|constitute)\b|"
    r"(?:is|are|was|were|seems?|appears?|remains?)(?: \w+ly)?(?: an?|"
    r" the)?(?: \w+,?){0,2} (?:promising(?! (?:results|efficacy|outcomes))|planned|"
    r"warranted|needed|conceivable|plausible|under consideration|awaited|hypothetical|attractive|appealing|"
    r"untested|speculative|"
    r"unexplored|proposed|envisaged|envisioned|being (?:planned|considered))\b|"
    r"will (?:be (?:evaluated|tested|studied|assessed|investigated|explored|examined|compared|determined|"
    r"initiated|started)|begin|start|open)|"
    r"(?:holds?|has|have) (?:great |considerable |significant |substantial )?(?:promise|potential)\b|"
    r"(?:warrants?|deserves?|merits?|requires?|needs?|awaits?) (?:further |additional |prospective |careful |"
    r"more )*(?:stud|investigat|evaluat|explor|trial|research|"
    r"assessment|consideration|testing|validation|confirmation)|remains? to be\b|has yet to be\b)",
    re.IGNORECASE,
)
_RECEIVING = re.compile(
    r"\b(?:receiving|received|treated (?:with|by|using)|given|infused with|undergoing|underwent|taking|on|under|"
    r"exposed to|initiated|started|after|following)\b",
    re.IGNORECASE,
)
_MODAL_OF_GIVING = re.compile(r"\b(?:may|might|could|would|should|will)(?: \w+){0,2} ?$", re.IGNORECASE)
# "…of markers.This case…": a missing space hides a sentence's end.
_PROGRAMME = re.compile(
    r" (?:clinical )?(?:development )?(?:program(?:me)?s?|trials?|stud(?:y|"
    r"ies))\b",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[a-z)]\.[A-Z][a-z]")
# "Because X spares plasma cells, Y was given in SSc": the first clause tells of other things than the second.
_SUBORDINATE = re.compile(r"(?:Because|Since|As|Although|Though|While|Whereas|If|Unlike) [^,]*,")
_TURN = re.compile(r"\b(?:whereas|while|but|however|although|though)\b,? ", re.IGNORECASE)
_SECOND_VERB = re.compile(r",? and (?=(?:has|have|had|was|were|is|are|did|does|may|might|could|would)\b)")
_RESPONDED = re.compile(
    r"\b(?:respon(?:ds?|ded|ding|sive)|improv(?:es?|ed|ing)|remitted|flared|relapsed|recurred|returned|resolved|"
    r"worsened|progressed|stabili[sz]ed) (?:[\w-]+ ){0,3}?(?:to|with|after|under|on|"
    r"following)\b"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)
# "Tocilizumab-treated large-vessel vasculitis", "rituximab treated patients with SLE".
_TREATED = re.compile(r"[- ]treated (?:[\w-]+ ){0,4}", re.IGNORECASE)
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
    if breaks(sentence, first, last) or (_SUBORDINATE.match(sentence[:last]) and "," in sentence[first:last]):
        return None
    if forward:
        gap = sentence[first:last]
        linked = (
            "in" in cues or _apposed(gap) or _named_for(sentence, first, disease) or _TREATED.fullmatch(gap) is not None
        )
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
    end = max(therapy[1], disease[1])
    plain = without_months(sentence)
    given = None if forward else _RECEIVING.search(plain, first, last)
    if given is not None and _MODAL_OF_GIVING.search(plain[start : given.start()]) is None:
        # "Withdrawal may be possible in those with SLE receiving belimumab": they do receive it.
        start = given.start()
    supposed = _HYPOTHESIS.search(_OF_OTHER_THINGS.sub(" ", plain[start:end])) or _HYPOTHESIS_BEHIND.match(plain[end:])
    return Link(hypothetical=supposed is not None, untried=_UNTRIED.search(plain[start:end]) is not None)


def breaks(sentence: str, first: int, last: int) -> bool:
    """Whether a clause or a sentence ends between two places."""
    cues = [cue for cue, start, end in _cues(sentence) if first <= start and end <= last]
    gap = sentence[first:last]
    return "break" in cues or ";" in gap or _GLUED.search(gap) is not None


def hypothetical(sentence: str, start: int, end: int) -> bool:
    """Whether the clause around a therapy tells of what could be or will be done with it."""
    plain = without_months(sentence)
    clause = plain[_clause_start(sentence, start) : end]
    return (
        _HYPOTHESIS.search(_OF_OTHER_THINGS.sub(" ", clause)) is not None
        or _HYPOTHESIS_BEHIND.match(plain[end:]) is not None
    )


def _apposed(gap: str) -> bool:
    """Only words of the treatment itself stand between: "CAR-T cell trials SLE" is none, "CD19 CAR-T: SLE" is."""
    return re.fullmatch(r"\s*:\s*", gap) is not None


def _named_for(sentence: str, first: int, disease: tuple[int, int]) -> bool:
    """The disease stands between a treatment and its study: "the tofacitinib ulcerative colitis programme"."""
    return sentence[first : disease[0]] == " " and _PROGRAMME.match(sentence, disease[1]) is not None


def _last_verb(sentence: str, first: int, last: int) -> int:
    """Where the last verb between the two begins that shares its subject with the one before: "may help in SLE, and
    has been used in SSc". What that verb says of the pair holds."""
    return max((found.end() for found in _SECOND_VERB.finditer(sentence, first, last)), default=0)


def _clause_start(sentence: str, position: int) -> int:
    """Where the clause that holds a position begins: behind the last comma with a verb's subject, or at the start."""
    comma = max(sentence.rfind(", ", 0, position), sentence.rfind("; ", 0, position))
    turn = max((found.end() for found in _TURN.finditer(sentence, 0, position)), default=0)
    return max(comma + 2 if comma >= 0 and position - comma > 25 else 0, turn)


@lru_cache(maxsize=4096)
def _cues(sentence: str) -> tuple[tuple[str, int, int], ...]:
    """The words that tell how two names stand to each other: what each says, where it begins and ends.

    Some say two things: "with" is said of a disease and of what was given.
    """
    return tuple(
        (cue, found.start(), found.end())
        for found in _WORD.finditer(sentence)
        for cue in _SAYING.get(found.group().lower(), ())
    )


_SAYING = {
    word: tuple(cue for cue, words in (("in", _IN), ("got", _GOT), ("break", _BREAKS)) if word in words)
    for word in (*_IN, *_GOT, *_BREAKS)
}
# A word by itself: "in vivo" has one, "in-vivo" none.
_WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")
