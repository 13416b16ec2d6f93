"""A mention in its sentence in, what the sentence says of its standing out.

Cue phrases with a scope, after NegEx (Chapman et al. 2001, doi:10.1006/jbin.2001.1029) and ConText (Harkema et al.
2009, doi:10.1016/j.jbi.2009.05.002): a cue reaches to the mention unless a word ends its scope before. "No grade 3 CRS"
limits a grade and negates nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from kg.extract.cue import Cue, Screen
from kg.wording import without_months

_SEEN = "observed|seen|detected|reported|noted|found|recorded|identified|present|documented|encountered|evident"
_NEGATION = Cue(
    *(
        "no",
        "without",
        "absence of",
        "absent",
        "free (?:of|from)",
        "neither",
        "nor",
        "none",
        "none of (?:the|them|these)",
    ),
    *("never", "denie[sd]", "lack(?:ed|s)?(?: of)?", r"lacking(?! ?[,.;])", "negative for", "rule[sd]? out", "zero"),
    r"not (?:develop|experience|show|have|had|observe|cause|induce|lead to|associated with|require)\w*",
    r"(?:did|does|do|was|were|has|have|had) not(?: \w+){0,3}",
    "0 (?:cases?|patients?|events?)(?: of| with| had)?",
    r"0 ?(?:/|of|out of) ?(?:the )?\d+",
)
# A sentence without any of these denies nothing; the last two say that a treatment was not given.
_DENYING = Cue(
    *("no", "not", "without", "absence", "absent", "free", "neither", "nor", "none", "never", r"denie\w", r"lack\w*"),
    *("negative", "ruled? out", "rules out", "zero", "0", "instead of", "rather than"),
)
_NOT_NEGATION = Cue(
    "no (?:longer|only|differences?|doubt|significant differences?|association|correlation|evidence that)",
    *("no (?:other|new|further|additional)", "no (?:increase|change|effect)"),
    *("not only", "not (?:significantly|statistically)"),
    # What a treatment did not do says nothing of whom it was given to.
    r"(?:did|does|do|was|were|is|has|have|had) not (?:been )?(?:\w+ly )?(?:respon|improve|effective|efficacious|benefi|"
    r"superior|inferior|differ|achiev|meet|met|reach|work|help|tolerat|prolong|reduc|better|prevent|slow|sufficient|"
    r"increas|decreas|affect|chang|alter|delay)\w*",
    r"without (?:the need|interrupt\w+|increasing|affecting)",
)
# "ICANS did not occur": what stands before it is denied, not what follows.
_DENIES_SUBJECT = re.compile(r"\b(?:occur|appear|recur|happen)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:grades?\s*(?:≥|>=?|>|[3-5IV]|three|four|five|or higher)|severe|high[- ]grade|serious|life-threatening|"
    r"new|additional|further)|(?:≥|>=?)\s*grade",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?"
    r"(?:above|over|beyond|greater than|higher than|exceeding|did not exceed|exceeded|>|≥|more than|"
    r"of)\s*(?:≥|>)?\s*grade",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(
    r"\b(?:no|without|never|neither|nor|instead of|rather than|"
    r"(?:did|does|do|had|has|have|was|were) (?:not|never)(?: yet)? (?:require|need|receive|get|given|"
    r"treated with|be treated with)\w*|"
    r"(?:not|never) (?:requir|receiv|us|giv)\w+)(?: (?:any|further|the|concomitant|additional|prior|"
    r"previous|need for|use of))*"
    r"(?: (?!was|were|had|seen|with|after|under|given|by|in|of|for|follow|before|on|despite|than|"
    r"between)[\w-]+,?){0,2} $",
    re.IGNORECASE,
)
_NOT_GIVEN_AFTER = re.compile(
    r"^ (?:was|were|is|are) (?:not|never) (?:given|used|administered|required|needed|started)\b", re.IGNORECASE
)
# A verb or a relative clause on the way makes what follows another assertion: "CRS was mild, and ICANS did not occur".
_NO_VERB = (
    r"(?:(?!\b(?:was|were|is|are|ha[sd]|have|did|does|occurr\w+|develop\w+|experienc\w+|resolved|remained|in \d)\b|"
    r", (?:that|which|who)\b)[^.;]){0,60}?"
)
_NEGATION_AFTER = re.compile(
    rf"^{_NO_VERB}\b(?:"
    rf"(?:was|were|is|are|has been|have been|had) (?:not|never) (?:been )?(?:{_SEEN})|not (?:{_SEEN})|"
    r"(?:did|does) not (?:occur|develop|appear|recur)|(?:was|were) absent|"
    rf"(?:(?:was|were) )?(?:(?:{_SEEN}|occurred|developed) )?in (?:none|no patients?|no cases?|zero|"
    rf"0 ?(?:of|/)|0 ?\(0))",
    re.IGNORECASE,
)
# What a match of it holds, within so many characters.
_DENIED_BY = ("not ", "never ", "absent", "in no", "in zero", "in 0")
_DENIED_WITHIN = 120
_SCOPE_END = re.compile(
    r"\b(?:but|however|although|though|except|whereas|while|yet|despite|apart from|aside from|other than|which|who|"
    r"because|resulting in|leading to|causing|due to|after|following|followed by|"
    r", (?:is|are|was|were|has|and (?:is|are|was|were|"
    r"has))|only|with (?:grade|mild|one|two|three)|and (?:grade|mild|one|two|three)(?! (?:or|and)? ?(?:higher|"
    r"above|[3-5])))\b|, (?:grade|mild) |;|:\s|\.\s",
    re.IGNORECASE,
)
_TURN = r"(?:but|whereas|while|although|though|however)\b"
# The same subject with another verb: "may help in SLE, and has been used in SSc".
_GOES_ON = r"and (?=(?:has|have|had|was|were|is|are|did|does|may|might|could|would)\b)"
# Each alternative begins with what it has to begin with, which the engine looks for first.
_CLAUSE_END = re.compile(
    rf"; |, {_TURN}| {_TURN}|, and (?=\w+ (?:\w+ )?(?:may|is|was|were|are)\b)|, {_GOES_ON}| {_GOES_ON}"
)
_HYPOTHETICAL = Cue(
    *("may", "might", "could", "would", "should", "can potentially", "potentially", "if"),
    r"potential (?:therap|treat|target|option|strateg|role|approach|applicat|use|benefit|candidate)\w*",
    *("promis(?:e|es|ing)", r"hypothes\w+", r"conceivabl\w+", r"plausibl\w+", r"warrant\w*", "remains? to be"),
    "to be (?:determined|evaluated|investigated|explored|tested|studied)",
    r"will (?:be|evaluate|assess|investigate|examine|test|determine|enrol\w*|receive)",
    *("is planned", "are planned", r"planned (?:trial|stud)\w*", "candidates? for", "possibility of", "risk of"),
    r"future (?:stud|trial|research|treatment|therap|application|use|option)\w*",
    r"possible (?:treatment|therap|option|use|target)\w*",
)
_HISTORICAL = Cue(
    *(
        r"previous(?:ly)?(?! to\b)",
        r"prior(?! to\b)",
        "history of",
        "historical(?:ly)?",
        "past",
        "pre-?existing",
        "had (?:failed|received)",
    ),
    # "X failed in SLE": that is a trial of X, no history.
    *(r"failed(?! in\b| to (?!respond))", "failure (?:of|to)", r"(?:had|have|has) not (?:\w+ly )?responded to"),
    *("refractory to", "resistant to", "intolerant (?:of|to)", "despite"),
    *("inadequate response to", r"non-?respon\w+ to", "unresponsive to", r"discontinu\w+", "formerly"),
)
_NON_HUMAN = Cue(
    *("mice", "mouse", "murine", "rats?", "rodents?", "canine", "dogs?", "porcine", "pigs?", "rabbits?", "macaques?"),
    *("monkeys?", "non-?human primates?", "zebrafish", r"xenograft\w*", "MRL/lpr", r"NZB/?W?\w*", "NSG"),
    *(r"NOD(?:[-/]\w+)*", "BALB/c", r"C57BL/6\w*", "K/BxN", "collagen[- ]induced arthritis", "CIA model", "EAE"),
    *("animal models?", "animals"),
)
_OTHERS = Cue(
    *("et al", r"previous (?:stud|report|work|trial)\w*", r"earlier (?:stud|report|trial)\w*"),
    "(?:has|have) (?:previously )?been (?:reported|described|shown|demonstrated)",
    *("in the literature", r"literature (?:report|data|case)\w*", r"recent (?:stud|report|trial|case)\w*"),
    r"several (?:stud|report|trial|case)\w*",
)
_SCREEN = Screen(
    negated=_DENYING,
    hypothetical=_HYPOTHETICAL,
    historical=_HISTORICAL,
    non_human=_NON_HUMAN,
    not_this_study=_OTHERS,
)
_REACH = 90  # characters a historical cue reaches: a phrase, not a sentence


def qualify(sentence: str, start: int, end: int, *, given: bool = False) -> tuple[str, ...]:
    """The qualifiers of the words at `start:end` of a sentence, sorted.

    given: whether the words name a treatment. "No ICANS was seen with CAR-T" denies the event and not what was given.

    >>> text = "No ICANS was observed, but grade 1 CRS occurred in MRL/lpr mice."
    >>> qualify(text, 3, 8), qualify(text, 35, 38)
    (('negated', 'non_human'), ('non_human',))
    >>> qualify("There was no CRS above grade 1.", 13, 16)
    ()
    """
    standing = _standing(sentence)
    if not standing.varies:
        return standing.always
    found = set(standing.always)
    if standing.negates and _denied(sentence, start, end, standing.negates, given=given):
        found.add("negated")
    if standing.supposes:
        clause = without_months(sentence)[slice(*_clause(sentence, start, end))]
        if _HYPOTHETICAL.search(clause) is not None:
            found.add("hypothetical")
    if standing.looks_back and standing.looks_back[0] < start:
        before = sentence[max(0, start - _REACH) : start]
        cue = _HISTORICAL.last(before)
        if cue is not None and _SCOPE_END.search(before, cue.end()) is None:
            found.add("historical")
    return tuple(sorted(found))


class _Standing(msgspec.Struct, frozen=True):
    """What a sentence says of all its mentions, and which cues its words may hold, from where to where."""

    always: tuple[str, ...]
    negates: tuple[int, int] | None
    supposes: bool
    looks_back: tuple[int, int] | None
    varies: bool  # whether anything depends on where in the sentence a mention stands


@lru_cache(maxsize=64)
def _standing(sentence: str) -> _Standing:
    """The mentions of a sentence come one after the other: it is looked at once."""
    may = _SCREEN.of(sentence)
    always = [
        name
        for name, cue in (("non_human", _NON_HUMAN), ("not_this_study", _OTHERS))
        if name in may and cue.search(sentence, may[name][0]) is not None
    ]
    return _Standing(
        always=tuple(always),
        negates=may.get("negated"),
        supposes="hypothetical" in may,
        looks_back=may.get("historical"),
        varies=not may.keys().isdisjoint(("negated", "hypothetical", "historical")),
    )


def negated(sentence: str, start: int, end: int, *, given: bool = False) -> bool:
    """Whether the sentence says that what stands at `start:end` was not so.

    >>> negated("Neither CRS nor ICANS occurred.", 16, 21)
    True
    >>> negated("No grade 3 or higher CRS occurred.", 21, 24)
    False
    """
    cues = _standing(sentence).negates
    return cues is not None and _denied(sentence, start, end, cues, given=given)


def _denied(sentence: str, start: int, end: int, cues: tuple[int, int], *, given: bool) -> bool:
    """cues: where the first and the last word stand that may deny something."""
    first, last = cues
    if start <= first and last < end:
        return False
    before, after = sentence[:start], sentence[end:]
    if _LIMIT_AFTER.match(after) is not None:
        return False
    if given:
        return _NOT_GIVEN.search(before) is not None or _NOT_GIVEN_AFTER.match(after) is not None
    cue = _NEGATION.last(before) if first < start else None
    if (
        cue is not None
        and _NOT_NEGATION.match(before, cue.start()) is None
        and _DENIES_SUBJECT.search(cue.group()) is None
    ):
        between = before[cue.end() :]
        if _SCOPE_END.search(between) is None and _LIMIT.search(between) is None:
            return True
    found = _denied_after(after) if last >= end else None
    return found is not None and _SCOPE_END.search(found.group()) is None and _LIMIT.search(before[-24:]) is None


def _denied_after(after: str) -> re.Match[str] | None:
    """The pattern tries a word of denial at each of many places, so it is only asked where there is one."""
    near = after[:_DENIED_WITHIN].lower()
    return _NEGATION_AFTER.match(after) if any(letters in near for letters in _DENIED_BY) else None


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause that holds `start:end` begins and ends."""
    first = max((found.end() for found in _CLAUSE_END.finditer(sentence, 0, start)), default=0)
    behind = _CLAUSE_END.search(sentence, end)
    return first, behind.start() if behind else len(sentence)
