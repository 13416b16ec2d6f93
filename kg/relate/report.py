"""An event with its likely cause in, whether the sentence reports it as having happened or not out.

An aim, a topic and a possibility in general are no reports: "safety was assessed", "management of adverse events".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.relate import culprit, harm, history, limits, relief
from kg.relate.counting import Told
from kg.relate.culprit import CELLULAR, Cause
from kg.relate.harm import Link
from kg.relate.numbers import Counts
from kg.relate.view import Named, Sentence
from kg.wording import without_months

_ADVERSE_EVENT = "OAE:0000001"
_DEATH = "MESH:D003643"
_SERIOUS = "OAE:0000631"
_SEVERE = "cartkg:severe-adverse-event"
# The class and its kinds by severity: names for harm in general, which texts use for topics and aims too.
GENERIC = frozenset(
    {
        _ADVERSE_EVENT,
        _SERIOUS,
        _SEVERE,
        "cartkg:treatment-emergent-adverse-event",
        "cartkg:dose-limiting-toxicity",
        _DEATH,
    }
)
_AIM = re.compile(
    r"\b(?:end ?points?|outcomes? (?:was|were|is|are|included?)|aim(?:s|ed)?|objectives? (?:was|were|is|are|of)|"
    r"at (?:each|every) visit|includ\w+ (?:\w+ )?(?:trials|studies)|events? (?:assessed|evaluated|analy[sz]ed)|"
    r"throughout the (?:study|trial)|"
    r"(?:models?|analys[ei]s|study|studies|trials?) (?:assess|evaluat|examin|investigat|explor|compar)\w*|"
    r"safety (?:evaluations?|assessments?|analys[ei]s|end ?points?) (?:included|comprised|was|were)|"
    r"purpose (?:was|is|of)|we (?:sought|aimed|assessed|evaluated|examined|investigated|compared|analy[sz]ed|"
    r"monitored)|"
    r"(?:was|were|will be|be|are|is) (?:also )?(?:assessed|evaluated|examined|compared|investigated|analy[sz]ed|"
    r"monitored|"
    r"studied|considered|discussed|reviewed|summari[sz]ed|collected)|"
    r"to (?:assess|evaluate|investigate|determine|examine|compare|characteri[sz]e|identify|explore|study|estimate|"
    r"analy[sz]e|understand|minimi[sz]e|predict)|focus\w* on|overview of|(?:review|discuss|summari[sz]e)s?\b|"
    r"management of|mechanisms? of|risk factors?|predictors? of)",
    re.IGNORECASE,
)
_OCCURRED = re.compile(
    r"[^.;]{0,60}\b(?:occurr(?:ed|ing)|develop(?:ed)?|suffered|contracted|(?:died|deaths?) (?:of|from|due to)|"
    r"experienced|"
    r"observed|recorded|reported|noted|documented|seen|detected|recurred|identified|encountered|"
    r"(?:was|were) (?:\w+ )?(?:common|frequent|mild|moderate|severe|transient|manageable|rare|uncommon|infrequent|"
    r"grade|\d|the (?:most|main|only|predominant)|more|higher|lower|similar|low)|led to)\b",
    re.IGNORECASE,
)
_OCCURRED_BEFORE = re.compile(
    r"\b(?:developed|experienced|suffered|had|contracted|complicated by|followed by|led to|caused|resulted in|"
    r"(?:died|deaths?) (?:of|from|due to)|there (?:was|were)|observed|reported|recorded|noted|included?|including|with|"
    r"incidences? of|rates? of|(?:rates?|EAIRs?|IRs?) for|EAIRs? of|cases? of|"
    r"without|no|neither|nor|none|free of|(?:events?|reactions?|effects?|"
    r"toxicities|AEs?|"
    r"complications?) (?:was|were|included)|(?:discontinu\w+|withdr\w+|stopp\w+)[^.;]{0,40} (?:due to|"
    r"because of))\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"\b(?:developed|experienced|suffered|contracted|complicated by|hospitali[sz]ed (?:for|with)|(?:died|"
    r"deaths?) (?:of|from|due to))"
    r" (?:(?!(?:with|who|in|for|and then)\b)[\w/≥≤-]+,? ){0,5}$",
    re.IGNORECASE,
)
_ADVERSE = re.compile(
    r"\b(?:(?i:adverse|side[- ]effects?|toxicit\w+|complications? (?:of|was|were|included)|induced|(?:treatment|"
    r"drug|therapy|infusion|CAR-T)[- ]"
    r"(?:related|associated|emergent)|safety profile)|T?E?S?AEs?|ADRs?|ARs?)\b"
)
# "No difference in", "did not increase the risk of": neither the event nor its absence.
_NO_MORE = re.compile(
    r"\b(?:no|(?<!but )not|neither|nor|without|non-?significant\w*)\b[^.;]{0,60}\b(?:differences?|differ|increas\w*|"
    r"elevat\w*|excess|"
    r"associat\w*|association|higher (?:risks?|rates?|incidences?|frequenc\w+|odds)|imbalances?|new|unexpected|"
    r"additional|signals?|changes?|affect\w*|worse\w*)\b[^.;]{0,60}$|"
    r"\bdifferences? (?:in|between|of|for)\b[^.;]{0,200}$|\b(?:comparable|similar)\b[^.;,]{0,30}\b(?:rates?|"
    r"risks?|incidences?|frequenc\w+) of [^.;,]{0,20}$",
    re.IGNORECASE,
)
_ALIKE = re.compile(
    r"[^.;,]{0,60}\b(?:did not differ|(?:was|were|is|are) (?:\w+ )?(?:similar|comparable|(?:similarly|equally|"
    r"as) (?:frequent|common)|"
    r"not (?:\w+ )?(?:different|higher|increased|elevated|"
    r"associated)))\b",
    re.IGNORECASE,
)
_WITHOUT_IN = re.compile(r"(?: \([^)]*\))? in (?:\d|\w+ (?:\([^)]*\) )?of )")
_INCREASE = re.compile(
    r"\bincreas\w+ (?:in )?(?:the )?(?:frequenc\w+|risks?|incidences?|rates?|numbers?)\b[^.;]*$", re.IGNORECASE
)
_REPORTED = re.compile(r"\b(?:reports?|cases?|first) of (?:an? |the )?(?:[\w-]+ ){0,3}$", re.IGNORECASE)
_FACTORS = re.compile(
    r"\b(?:risk factors?|predictors?|predictive factors?) (?:for|of) (?:[\w-]+ ){0,3}$", re.IGNORECASE
)
# "We found two cases of E along with single cases of F": told to have happened, whoever F's were.
_CASES = re.compile(
    r"\b(?:we|study|cohort|registry) (?:also )?(?:found|observed|encountered|recorded|saw|noted) (?:[\w-]+ ){0,3}"
    r"cases? of [^.;]{0,200}$",
    re.IGNORECASE,
)
# Of those who did not get it.
_OTHERS = re.compile(
    r"[^.;,]{0,60}\bin (?:the )?(?:conventional|control|placebo|comparator|standard|untreated)\b", re.IGNORECASE
)
_OPEN = re.compile(r"\bwhether\b[^.;]*$", re.IGNORECASE)
# "A occurred in 4%, infections in 3% and malignancies in 1%": one verb for all.
_TOO_BEFORE = re.compile(
    r"\b(?:occurred|reported|observed|seen|developed|recorded|noted) in (?:[^.;]|\.\d){0,80}(?:,|"
    r"\band) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"\b(?:serious|severe|life-threatening)(?:,? (?:or|and|/)? ?[\w-]+){0,2} $", re.IGNORECASE)
_BEFELL = re.compile(
    r"^[^.;]{0,60}\b(?:occurr(?:ed|ing)|developed|(?:was|were) (?:\w+ )?(?:the (?:\w+[ -]){0,4}(?:adverse|side|"
    r"toxicit|complication)\w*))\b",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\b(?:there (?:was|were)|(?:cases?|episodes?|incidences?|rates?) of|had|reported|observed|recorded|noted|no|"
    r"without|free of)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"^[^.;,]{0,40}\b(?:was|were|been) (?:\w+ )?(?:identified|detected|found|revealed|confirmed|diagnosed|"
    r"demonstrated|excluded|associated|correlated)\b",
    re.IGNORECASE,
)
_FOUND_BEFORE = re.compile(
    r"\b(?:reveal\w*|demonstrat\w*|show\w*|evidence of|consistent with|suggestive of|findings?|biops\w+|imaging|"
    r"MRI|histo\w+|"
    r"presented with|admitted|manifest\w*|symptoms?|characteri[sz]ed by|diagnos\w+|recurrences? of|relapses? of|"
    r"such as|"
    r"predict\w*|correlat\w*|despite)\b[^.;]{0,200}$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?: \([^)]*\))?(?: (?:of|with|in|reported|observed|related|to|during|under|after|following|associated|"
    r"[\w-]+)){0,8}?"
    r"(?: (?:was|were|are|is|includ\w+|consist\w+ of|compris\w+|such as|like|namely|being)\b|:|,? (?:e\.g\.|i\.e\.))",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:was|were|is|are|being|as|of) (?:one of |among )?(?:the |an? |only |known )(?:[\w-]+ ){0,4}$|"
    r"\bthe (?:most|main|only|major)"
    r" (?:[\w-]+ ){1,4}$",
    re.IGNORECASE,
)
_UNRELATED = re.compile(
    r"\b(?:unrelated to|not (?:considered |deemed |thought )?(?:to be )?(?:related|attribut\w+|due) to|"
    r"judged unrelated|"
    r"none (?:was |were )?(?:\w+ )?(?:to be )?(?:related|attribut\w+)|considered unrelated|deemed unrelated|"
    r"unlikely related)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|potential(?:ly)?|possibl[ey]|possibility|probabl[ey]|suspected|suspicion|hypothesi\w+|"
    r"theoretical\w*|would)\b",
    re.IGNORECASE,
)


def stated(sentence: Sentence, event: Named, cause: Cause, told: Told, around: Sequence[Named]) -> bool:
    """Whether the event is told as something that happened, or did not, under the therapy.

    around: the list that the event is a member of; beside a known harm the others are told as harms too.
    """
    text = sentence.text
    before = text[: event.start]
    generic = event.term in GENERIC
    known = any(listed(sentence, named) for named in around)
    if (
        _OPEN.search(before) is not None
        or _UNRELATED.search(text) is not None
        or _NO_MORE.search(before[-230:]) is not None
    ):
        return False
    behind = cause.named is not None and cause.named.start >= event.end
    alike = _ALIKE.match(text, event.end) or (behind and cause.named and _ALIKE.match(text, cause.named.end))
    if alike and told.counts.n is None:
        return False
    if limits.open_ended(text, event.start, event.end) and not (generic and severity(sentence, event) != event.term):
        return False
    negated = denied(sentence, event, told)
    cases = _CASES.search(before) is not None
    counted = told.counts != Counts() or told.everyone
    happened = (
        _OCCURRED.match(text, event.end) is not None
        or _OCCURRED_BEFORE.search(before) is not None
        or (not generic and harm.called(sentence, event))
        or (cause.link >= Link.AFTER and _REPORTED.search(before) is not None)
    )
    if cause.named is None and _OTHERS.match(text, event.end) is not None:
        return False
    if negated and _INCREASE.search(before) is not None:
        return False  # "an increased frequency was not reported"
    if negated and told.counts.n and told.counts.total and _WITHOUT_IN.match(text, event.end) is not None:
        return False  # "without infection in four of five": one had it
    aim = _AIM.search(text) is not None and not counted and not _presupposed(sentence, event, cause)
    if generic:
        relieved = relief.relieved(text, event.start) and not negated
        unsure = cause.named is not None and possible(sentence, event, cause)
        return (happened or negated) and not (aim or relieved or unsure)
    if cause.named is not None:
        if cause.link is Link.CAUSED:
            return True
        if aim and not (cause.link is Link.AFTER and _reports(text)):
            return False
        if not known:
            return cause.link >= Link.AFTER or harm.called(sentence, event) or (cases and cause.link >= Link.TOLD)
        if cause.link is Link.NEAR and not culprit.sure(sentence, event):
            return _suffered(text, event, told=False, own=False)
        return cause.link >= Link.TOLD or happened or counted or event.term in CELLULAR
    if aim:
        return False
    if event.term in CELLULAR or sentence.view.is_kind_of(event.term, _ADVERSE_EVENT):
        return happened or counted or negated or (event.term in CELLULAR and relief.treated(sentence, event))
    if history.came_with(text, event.start) and not negated:
        return False
    if not known:
        befell = counted and _BEFELL.match(text, event.end) is not None
        return harm.called(sentence, event) or befell or cases
    own = _kind(sentence, event) == "adverse_event"
    if harm.called(sentence, event) or (own and relief.treated(sentence, event)):
        return True
    return _suffered(text, event, told=counted or negated or cases, own=own)


def _presupposed(sentence: Sentence, event: Named, cause: Cause) -> bool:
    """Whether a title takes the event for granted: "risk factors for neutropenia in patients treated with T"."""
    titled = sentence.section in ("title", "reference")
    return titled and cause.link is Link.AFTER and _FACTORS.search(sentence.text[: event.start]) is not None


def denied(sentence: Sentence, event: Named, told: Told) -> bool:
    """Whether the event did not occur; a limit on its grade denies nothing."""
    if limits.highest(sentence.text, event.start, event.end) is not None:
        return False
    kind = severity(sentence, event) != event.term and limits.denied(sentence.text, event.start)
    return kind or "negated" in event.qualifiers or told.counts.n == 0


def _suffered(text: str, event: Named, *, told: bool, own: bool) -> bool:
    """Whether the sentence, without a therapy of its own, tells of the event as of something that befell people.

    own: whether the term is a harm and nothing else. told: whether it counts or denies. "Was observed" says so of a
    harm that is counted, and of a finding does not.
    """
    before, after = text[: event.start], text[event.end :]
    if (_FOUND.match(after) is not None and not (own and told)) or _FOUND_BEFORE.search(before) is not None:
        return False
    if _TOO_BEFORE.search(before) is not None and after.startswith(" in "):
        return told
    if _BEFELL.match(after) is not None or _SUFFERED.search(before) is not None or _ADVERSE.search(text) is not None:
        return True
    if own and told and _FOUND.match(after) is not None:
        return True
    return told and (_OCCURRED.match(after) is not None or _TOLD_BEFORE.search(before) is not None)


def heads(sentence: Sentence, event: Named) -> bool:
    """Whether harm in general is only the head of a list, or what another event is called.

    "The most common adverse events were fever and rash", "fever was the most frequent side effect".
    """
    if event.term == _DEATH:
        return sentence.text[: event.start].endswith(("cause of ", "causes of "))
    if _REPORTED.search(sentence.text[: event.start]) is not None:
        return False
    if event.term not in GENERIC:
        return False
    if sentence.text[event.start : event.end].lower() == "toxic" or sentence.text[event.end :].startswith(" report"):
        return True
    others = [named for named in sentence.of_type("adverse_event") if named.term not in GENERIC]
    if not others:
        return _CALLED.search(sentence.text[: event.start]) is not None
    after = sentence.text[event.end :]
    return _CALLED.search(sentence.text[: event.start]) is not None or (
        _HEAD.match(after) is not None
        and any(named.start > event.end and ";" not in sentence.text[event.end : named.start] for named in others)
    )


def _kind(sentence: Sentence, event: Named) -> str:
    return sentence.view.vocabulary.term(event.term).type


def listed(sentence: Sentence, event: Named) -> bool:
    """Whether the vocabulary knows the term as a harm; of others only the sentence can say that it is one."""
    term = sentence.view.vocabulary.term(event.term)
    return "adverse_event" in (term.type, *term.also)


def severity(sentence: Sentence, event: Named) -> str:
    """The event's term; for harm in general the kind that an adjective makes of it: "no serious side effects"."""
    if event.term != _ADVERSE_EVENT:
        return event.term
    found = _ADJECTIVE.search(sentence.text[: event.start])
    if found is None:
        return event.term
    return _SERIOUS if "serious" in found.group().lower() else _SEVERE


def _reports(text: str) -> bool:
    return (
        re.search(r"\b(?:report|describe|case|present|observed|occurred|developed)\w*\b", text, re.IGNORECASE)
        is not None
    )


def possible(sentence: Sentence, event: Named, cause: Cause) -> bool:
    """Whether the event is told as possible only."""
    text = without_months(sentence.text)
    start = event.start
    if cause.named is not None:
        start = min(cause.named.start, event.start)
    end = max(event.end, cause.named.end if cause.named is not None else 0)
    if text.rstrip().endswith("?"):
        return True
    clause = max(text.rfind("; ", 0, start), text.rfind(", but ", 0, start), text.rfind(", whereas ", 0, start), 0)
    return _POSSIBLE.search(text[clause:end]) is not None
