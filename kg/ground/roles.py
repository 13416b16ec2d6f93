"""A condition in its sentence in, whether it is told there as a disease or as a harm of a therapy out.

The same infection is what is treated in one sentence and what the treatment did in the next; its role decides
(ANNOTATION). Harm is only taken where the sentence says so, and an indication ("patients with X", "X patients",
"treatment of X") overrules it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.ground import attributed, harmed
from kg.ground.indexing import CONDITIONS
from kg.ground.indications import PEOPLE, indicated
from kg.model import Term
from kg.wording import Needing, not_itself

# Read in lower case: where case counts, the engine looks at an alternative's first letter before it tries it.
_HARM = re.compile(
    r"\b(?:associated with|related to|[- ]related|induced|due to|caused by|secondary to|complicat\w+|adverse|"
    r"toxicit\w+|side[- ]effects?|safety|tolera\w+|risks?|predictors of|eairs?|"
    r"incidence of|rates? of|develop(?:ed|ment of)|experienc\w+|"
    r"occurr\w+|occur|treatment-emergent|grades? ?(?:[1-5i-v]|≥|>)|after|following|post-?(?:infusion|treatment)|"
    r"post-?transplant\w*|mild|transient|manageable|reported|observed|seen|noted|recorded|differences? in|"
    r"prevent\w*|prophyla\w+|no|without|free of|frequent\w*|common|followed by|because of|led to|result\w+ in|caus\w+|"
    r"precipitat\w+|trigger\w*|provok\w+|attribut\w+|during|under|accompanied by|apart from|except for|"
    r"lead(?:s|ing)? to|"
    r"died|deaths?)\b",
)
# What is prevented or relieved is no harm of the therapy that does it.
_BENEFIT = Needing(
    r"\b(?:suppress\w*|prevent\w*|inhibit\w*|attenuat\w*|ameliorat\w*|alleviat\w*|protect\w*|delay\w*|revers\w*|"
    r"improv\w*) (?:(?!risk|rate|incidence)[\w-]+ ){0,4}$",
    needs="suppress|prevent|inhibit|attenuat|ameliorat|alleviat|protect|delay|revers|improv",
)
# A disease that nobody lists as a harm is one all the same where it began under the therapy.
_ONSET = re.compile(
    r"\b(?:develop\w*(?: of)?|onset(?: of)?|emerg\w*(?: of)?|occurrence of|case of|new|de novo|"
    r"paradoxical)(?: [\w-]+){0,3} $",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"^[^.;,]{0,60}?\b(?:following|after(?: (?:the )?(?:initiation|start|administration|receipt|use) of|"
    r" (?:starting|receiving))?|during|under|induced by|"
    r"secondary to|caused by|triggered by|associated with)(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"^[^.;,]{0,20}?\b(?:induced|caused|triggered) by(?: [\w-]+){0,2} $", re.IGNORECASE)
_HARMS = (
    r"(?:adverse (?:\w+ )?(?:events?|effects?|reactions?)|side[- ]effects?|toxicit\w+|t?e?s?aes?|"
    r"(?:drug|allergic|infusion|unwanted|untoward) (?:\w+ )?(?:reactions?|effects?)|reactions (?=included)|"
    r"paradoxical (?:\w+ )?(?:events?|effects?|reactions?)|(?:treatment|drug|therapy|safety)[- ](?:\w+ )?signals?|"
    r"complications? of (?:the )?(?:therapy|treatment))"
)
# Read in lower case, as `_HARM` is.
_CALLED_BEFORE = re.compile(
    rf"\b{_HARMS}\b(?: of (?:[\w-]+ ){{0,2}}(?:\w+ (?:and|or) (?:[\w-]+ )?)?$|"
    r"[^.;]{0,60}(?:\b(?:(?:was|were)(?! (?:absent|not|few)\b)|"
    r"included?|including|consisted of|such as|of which)\b|:|"
    r", (?:most(?:ly)?|mainly|notably|chiefly)(?: often| commonly| frequently| notably)?\b)(?:[^.;]|\.\d){0,120}$)|"
    r"\bthe most (?:common|frequent)(?: ones?)? (?:was|were)\b[^.;]{0,120}$"
)
_CALLED_AFTER = re.compile(
    rf"^[^.;,]{{0,60}}\b(?:was|were|as|being|is|are|remains?) (?:one of |among )?(?:the|an?) "
    rf"(?:[\w-]+ ){{0,4}}{_HARMS}\b",
    re.IGNORECASE,
)
# "Side effects were fewer in lupus", "nausea in pain studies": where they were seen.
_ELSEWHERE = re.compile(r"\b(?:in|than|for|treatment of|treating) (?:[\w-]+ (?:or |and )?){0,3}$", re.IGNORECASE)
_STUDIED = re.compile(r" (?:\w+ )?(?:studies|trials?|populations?)\b")
_HELPED = re.compile(
    r"\b(?:improv|resolv|remi(?:t|ss)|respon|treated|recover|reliev|disappear|clear|heal|cur(?:e|ed)\b|relaps|"
    r"flare)\w*",
    re.IGNORECASE,
)
# "Sarcoidosis during etanercept": what a title or sentence begins with, told of the time under a therapy.
_HEADS = re.compile(
    r"\W*(?:[A-Z]+: ?)?(?:(?:an?|the|case|report|reports|of|acute|severe|new|fatal|possible|probable|atypical|"
    r"recurrent|late-onset|"
    r"unusual|rare|isolated|bilateral|transient|reversible|first) )*",
    re.IGNORECASE,
)
_OCCURRED_UNDER = re.compile(
    r"^[^.;,]{0,20}\b(?:occurred|developed|was (?:seen|observed|reported|noted)|were (?:seen|observed|reported|"
    r"noted))\b[^.;,]{0,50}"
    r"\b(?:after|following|during|under|on|receiving|treated with|with) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    r"^[^.;,]{0,60}(?<![-–])\b(?:caus(?:e[sd]?|ing)|induc\w+|(?:led|leads?) to(?! efforts)|result(?:s|ed)? in|"
    r"trigger\w*|provok\w+|precipitat\w+|"
    r"(?:higher|increas\w+|elevated)(?: [\w-]+)? (?:risks?|rates?|incidence) (?:of|for)|carried an? (?:higher|"
    r"increased))"
    r"(?: [\w%.-]+){0,6} $",
    re.IGNORECASE,
)
# "Had grade 2 CRS, ICANS and pneumonia": in one list with what is a harm by its name.
_BESIDE = re.compile(
    r"\b(?:CRS|ICANS|IEC-HS|cytokine release syndrome|neurotoxicity|infusion(?:-related)? reactions?)\b(?: \([^)]*\))?"
    r"(?:, [\w -]{1,30})*,? (?:and |or )?(?:[\w-]+ ){0,3}$"
)
# What any match of these three ways to call something a harm holds, in lower case.
_CALLING = (
    *("event", "effect", "reaction", "toxicit", "ae", "signal", "complication", "most common", "most frequent"),
    *("crs", "icans", "iec-hs", "cytokine release"),
)
_INDUCED = re.compile(r"^[- ](?:induced|triggered|caused) $", re.IGNORECASE)
# What happened to people under a treatment that the document is about needs no therapy in its own sentence.
_HAPPENED_BEFORE = Needing(
    r"\b(?:developed|developing|not develop|experienc\w+|suffered|contracted|complicated by|"
    r"hospitali[sz]ed (?:for|with)|(?:died|deaths?) (?:of|from|due to)|there (?:was|were) (?:no|one|two|three)|"
    r"no cases? of|had (?:an? |at least one )?(?=severe|serious|mild|moderate|grade|transient|opportunistic|"
    r"recurrent)) ?"
    r"(?:(?!(?:with|who|in|for|and then)\b)[\w/≥≤-]+,? ){0,5}$",
    needs="develop|experienc|suffered|contracted|complicated|hospitali|died|death|there was|there were|no case|had ",
)
_HAPPENED_AFTER = re.compile(
    r"^[^.;]{0,50}?\b(?:occurr(?:ed|ing)|developed|recurred|"
    r"(?:was|were) the (?:\w+[ -]){0,4}(?:adverse|side|toxicit|complication)\w*|(?:was|were) the most (?:frequent|"
    r"common))\b",
    re.IGNORECASE,
)
_TOLD_AFTER = re.compile(
    r"^[^.;]{0,50}?\b(?:was|were|been)(?: not| also)? (?:reported|observed|noted|recorded|documented|seen|detected)\b",
    re.IGNORECASE,
)
# "A occurred in 4%, infections in 3% and malignancies in 1%": one verb for all.
_TOO_BEFORE = re.compile(
    r"\b(?:occurred|reported|observed|seen|developed|recorded|noted) in (?:[^.;]|\.\d){0,80}(?:,|"
    r"\band) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_TOO_AFTER = re.compile(r"^ in (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)", re.IGNORECASE)
_COUNT = re.compile(
    r"\b\d+ ?(?:/|of|out of) ?\d+|\d ?%|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|no|none|zero) "
    r"(?:\w+ )?(?:patients?|participants?|subjects?|cases?|events?|recipients?)\b|\bin (?:none|all)\b|^no |\bn ?= ?\d",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"RESULT|FINDING|OUTCOME|CASE", re.IGNORECASE)
# A vaccine against a disease, or a test for it, is not the disease.
_PROPHYLAXIS_AFTER = re.compile(r"(?: \([^)]*\))?[ -](?:prophylaxis|prevention)\b", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b(?:adverse|untoward|side)[- ](?:\w+ )?(?:effects?|events?|reactions?|experiences?)\b", re.IGNORECASE
)
# Toxicities of engineered cells that are nothing else: CRS, ICANS, IEC-HS.
_ALWAYS = frozenset({"MONDO:0600008", "NCIT:C162909", "NCIT:C188397"})
_CAME_WITH = re.compile(
    rf"\b(?:{PEOPLE}) (?:\w+ )?(?:with|who have|having|suffering from|diagnosed with) (?:[\w/-]+,? ){{0,4}}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _harmful(sentence: str) -> bool:
    """Whether a sentence has a word of harm; its mentions come one after the other."""
    return _HARM.search(sentence.lower()) is not None


def role(
    term: Term,
    sentence: str,
    start: int,
    end: int,
    *,
    therapies: Sequence[tuple[int, int]],
    treated: bool,
    enrolled: bool = False,
    blamed: bool = False,
    report: bool = False,
    given: bool = False,
    label: str = "",
) -> str | None:
    """The entity type a term plays at `start:end` of its sentence; None where it plays none.

    therapies: where the sentence names therapies. treated: whether the document names any. enrolled: whether it names
    the condition elsewhere as what its patients have. blamed: whether its title tells of the condition as brought by a
    therapy; report: of any, so that it is a report of harm. given: whether the sentences before tell that a therapy
    was given. label: the heading of the part of the abstract.
    """
    if not term.also and term.type not in CONDITIONS:
        return term.type
    kinds = {term.type, *term.also}
    if treated and term.id in _ALWAYS:
        return "adverse_event"
    if "phenotype" in kinds:
        harm = (blamed or treated) and not indicated(sentence, start, end)
        harm = harm and (
            blamed
            or _laid(sentence, start, end, therapies, label)
            or (report and attributed.new(sentence, start, end))
            or (given and attributed.followed(sentence, start, end))
        )
        return "adverse_event" if harm else "phenotype"
    if "adverse_event" not in kinds:
        begun = term.type == "disease" and (
            (blamed and not indicated(sentence, start, end))
            or _begun(sentence, start, end, therapies)
            or (treated and _called(sentence, start, end))
            or harmed.behind(sentence, start, end, therapies)
            or (
                not (enrolled or not treated or indicated(sentence, start, end))
                and (
                    _brought(sentence, start, end, therapies)
                    or attributed.outright(sentence, start, end, therapies=therapies)
                )
            )
        )
        return "adverse_event" if begun else term.type
    if kinds == {"adverse_event"}:
        # What has harm in its name is one where a therapy is about; "side effects" say so themselves.
        told = treated or _ITSELF.search(sentence, start, end) is not None
        return "adverse_event" if told and not _had(sentence, start) else "phenotype"
    condition = next((kind for kind in (term.type, *sorted(term.also)) if kind != "adverse_event"), term.type)
    if indicated(sentence, start, end) or prevented(sentence, start, end):
        return condition
    if blamed or (treated and _called(sentence, start, end)):
        return "adverse_event"
    told = (
        _happened(sentence, start, end, label)
        or harmed.counted(sentence, start, end)
        or harmed.ahead(sentence, start, end, therapies)
    )
    if treated and not enrolled and (told or harmed.behind(sentence, start, end, therapies)):
        return "adverse_event"
    # It is a harm where the sentence tells of therapy and harm.
    told = treated and not enrolled and attributed.harm(sentence, start, end, therapies=therapies, label=label)
    told = told or (not enrolled and attributed.outright(sentence, start, end, therapies=therapies))
    told = told or (report and not enrolled and attributed.new(sentence, start, end))
    return "adverse_event" if told else condition


def brought(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether a title tells of the condition at `start:end` as brought by a therapy, whatever the condition is."""
    return not indicated(sentence, start, end) and (
        _begun(sentence, start, end, therapies)
        or harmed.behind(sentence, start, end, therapies)
        or attributed.outright(sentence, start, end, therapies=therapies)
    )


def _laid(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]], label: str) -> bool:
    """Whether a sign, which people have for many reasons, is told as a harm."""
    return (
        _called(sentence, start, end)
        or _begun(sentence, start, end, therapies)
        or harmed.behind(sentence, start, end, therapies)
        or harmed.ahead(sentence, start, end, therapies)
        or attributed.outright(sentence, start, end, therapies=therapies)
        or attributed.harm(sentence, start, end, therapies=therapies, label=label)
    )


def prevented(sentence: str, start: int, end: int) -> bool:
    """Whether the words at `start:end` name what is vaccinated or tested for, prevented or relieved.

    >>> prevented("COVID-19 vaccination after rituximab", 0, 8), prevented("COVID-19 after rituximab", 0, 8)
    (True, False)
    """
    return (
        _BENEFIT.search(sentence[:start]) is not None
        or _PROPHYLAXIS_AFTER.match(sentence, end) is not None
        or not_itself(sentence, start, end)
    )


def _had(sentence: str, start: int) -> bool:
    """Whether a finding is one that patients came with: "patients with EGPA and hypogammaglobulinemia"."""
    return _CAME_WITH.search(sentence[:start]) is not None and not _harmful(sentence)


def _happened(sentence: str, start: int, end: int, label: str) -> bool:
    """Whether the sentence tells of the condition as an event; "was seen" takes a count or the results' heading."""
    # What can be matched at one place is asked before what is searched for.
    before, after = sentence[:start], sentence[end:]
    if _HAPPENED_AFTER.match(after) is not None or _HAPPENED_BEFORE.search(before) is not None:
        return True
    if _TOO_AFTER.match(after) is not None and _TOO_BEFORE.search(before) is not None:
        return True
    if _TOLD_AFTER.match(after) is None:
        return False
    return _RESULTS.search(label) is not None or _COUNT.search(sentence) is not None


def _begun(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]]) -> bool:
    onset = bool(therapies) and _ONSET.search(sentence[:start]) is not None
    for first, last in therapies:
        if end <= first:
            gap = sentence[end:first]
            if _CAUSED.match(gap) is not None or (
                onset and _UNDER.match(gap) is not None and _HELPED.search(gap) is None
            ):
                return True
        elif last <= start and _INDUCED.match(sentence[last:start]) is not None:
            return not attributed.is_model(sentence)
    return False


def _called(sentence: str, start: int, end: int) -> bool:
    """Whether the sentence calls the condition a harm, or lists it with one that is nothing else."""
    lower = sentence.lower()
    if not any(letters in lower for letters in _CALLING):
        return False
    before, after = sentence[:start], sentence[end:]
    called = (
        _CALLED_AFTER.match(after) is not None
        or _CALLED_BEFORE.search(before.lower()) is not None
        or _BESIDE.search(before) is not None
    )
    return called and _STUDIED.match(after) is None and _ELSEWHERE.search(before) is None


def _brought(sentence: str, start: int, end: int, therapies: Sequence[tuple[int, int]]) -> bool:
    """Whether a disease that nobody lists as a harm, and that is not the patients' own, is told as one all the same."""
    before, after = sentence[:start], sentence[end:]
    if harmed.ahead(sentence, start, end, therapies) or harmed.counted(sentence, start, end):
        return True
    if _HAPPENED_AFTER.match(after) is not None and _COUNT.search(sentence) is not None:
        return True
    heads = _HEADS.fullmatch(before) is not None
    for first, last in therapies:
        if end <= first:
            gap = sentence[end:first]
            if _HELPED.search(gap) is not None:
                continue
            if (heads and _UNDER.match(gap) is not None) or _OCCURRED_UNDER.match(gap) is not None:
                return True
        elif last <= start and _BROUGHT.match(sentence[last:start]) is not None:
            return True
    return False
