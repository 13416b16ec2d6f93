"""A therapy and an event of one sentence in, how the words between them make the one a harm of the other out.

*Caused*: a word of cause ("E induced by T", "T-induced E"). *After*: a word of time, or the people who got it ("E
during T", "E in patients receiving T"). *Told*: a wider wording ("T … developed E"). *Near*: nothing between them
speaks for or against it. *None*: what is relieved or prevented, and what people came with.
"""

from __future__ import annotations

import re
from enum import IntEnum

from kg.relate import history, relief
from kg.relate.history import PEOPLE
from kg.relate.view import Named, Sentence

_ADJACENT = 25  # characters between an event and the word of cause right behind it


class Link(IntEnum):
    """How strongly the words link; a higher value is stronger."""

    NONE = 0
    NEAR = 1
    TOLD = 2
    AFTER = 3
    CAUSED = 4


_FEW = r"(?:(?!(?:and|but|or|with|who|which|that|for|was|were)\b)[\w'’/().%–-]+,? ){0,4}"
# "E induced by T": from the event to the therapy.
_CAUSE_BEHIND = re.compile(
    r"\b(?:(?:induced|caused|triggered|provoked|precipitated|produced|elicited|evoked|mediated|aggravated|exacerbated|"
    r"worsened|unmasked) by|"
    r"due(?: \w+)? to|owing to|because of|secondary(?: \w+)? to|result(?:ing|ed)? from|aris(?:ing|en) from|"
    r"stemming from|attribut\w+ to|"
    r"ascri\w+ to|relat\w+ to|link\w+ (?:to|with)|(?:associat\w+|associations?|connection|relationship) (?:with|to)|"
    r"in response to|"
    r"(?:effects?|events?|complications?|consequences?|results?|reactions?|toxicit\w+|signs?|symptoms?) (?:of|to)|"
    r"complicating|"
    r"hypersensitivity to|allerg\w+ to|intoleran\w+ (?:of|to)|overdos\w+ (?:of|with)|"
    r"intoxication with|poisoning with|poisoning by)"
    rf"(?: {_FEW}| )$",
    re.IGNORECASE,
)
_TIME_BEHIND = re.compile(
    r"(?<!, )\b(?:after|following|followed|during|under|while|when|upon|on|since|within|post|"
    r"in (?:association|combination|conjunction|relation) with|in the (?:course|setting|context) of|"
    r"(?:withdraw\w+|discontinu\w+|cessation|stopping) of)\b[^.;]{0,80}$|"
    r"^[^.;,]{0,60}\b(?:with|from|by|using|on)(?: [\w-]+){0,3} $",
    re.IGNORECASE,
)
# "Was more frequent with", "occurred in 24% of patients with": the event's own predicate.
_SEEN = re.compile(
    r"^ (?:was|were|is|are|has been|have been) (?:not |also |more |less |most |very |\w+ly )*(?:observed|seen|"
    r"noted|reported|recorded|common|low|high|stable|"
    r"frequent|rare|found|detected|documented|described|higher|lower|uncommon|mild|limited)\b",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"\b(?:was|were|had|has|have|is|are|who|which|resolved|improved|developed|did|responded?|relapsed|achieved)\b|"
    r"\b(?:response|probability|efficacy|retention|remission|survival)\b",
    re.IGNORECASE,
)
_GIVEN = (
    r"(?:treated|receiv\w+|given|taking|took|exposed|infused|who (?:had )?(?:received|took|used|underwent|"
    r"started)|using|"
    r"undergoing|underwent|on|under|prescribed|administered|started on|placed on|maintained on|initiating|starting)"
)
# "E in a patient treated with T".
_AMONG = re.compile(rf"\b{PEOPLE}\b[^.;]{{0,80}}?\b{_GIVEN}\b(?: [\w'’/().%–-]+,?){{0,8}}? $", re.IGNORECASE)
# "T-induced E", "T hepatitis": from the therapy to the event.
_INDUCED = re.compile(
    r"^(?: \([^)]*\))?(?:[-–— ]| therapy[- ]| treatment[- ])?(?:[\w/]+[- ])?(?:induced|associated|related|"
    r"triggered|caused|mediated|"
    r"emergent|provoked|evoked|dependent|attributable|linked|toxic)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^(?: \([^)]*\))?[- ]?(?:(?:toxic|overdose|withdrawal|hypersensitivity|severe|acute) )?$")
_CAUSE_AHEAD = re.compile(
    r"(?<![-–])\b(?:caus\w+|induc\w+|produc(?:e[sd]?|ing)|provok\w+|trigger\w*|precipitat\w+|lead(?:s|ing)? to|led to|"
    r"result(?:s|ed|ing)? in|resulting|responsible for|contribut\w+ to|associat\w+(?: \w+ly)? with|related to|"
    r"accompanied by|complicated by|"
    r"complications?(?= (?:was|were|of|includ|such|like)|:)|(?:discontinu\w+|withdr\w+|stopp\w+|"
    r"interrupt\w+)[^.;]{0,40} (?:because of|due to|for|owing to)|"
    r"tolerat\w+,? (?:\w+ )?(?:apart from|except for|aside from|but for)|followed by|implicated in|link\w+ (?:to|"
    r"with)|exacerbat\w+|"
    r"aggravat\w+|worsen\w*|unmask\w*|"
    r"increas\w+ (?:the )?(?:risks?|rates?|incidence)|(?:higher|lower|elevated|greater|high|low) "
    r"(?:risks?|rates?|incidence|frequency)|risks? (?:of|for)|incidences? of|rates? of|EAIRs? (?:of|for)|cases? of|"
    r"risk factors? for|causes? (?:of|for)|adverse|side[- ](?:effects?|reactions?)|toxic\w*|safety|overdos\w*|"
    r"intoxication|reactions?|possibl\w+ of)\b"
    r"[^.;]{0,100}$",
    re.IGNORECASE,
)
_TOLD_AHEAD = re.compile(
    r"\b(?:develop\w*|experienc\w+|suffer\w+|had|ha[sd] (?:shown|been)|occurr\w*|found|"
    r"exhibit\w*|manifest\w*|reported|report|observ\w+|notic\w+|noted|died|death|became|become|reveal\w*|"
    r"appear\w*|show\w*|demonstrat\w*|emerg\w+|onset|detected|diagnosed|recurr\w*|relaps\w+ of|"
    r"contracted|acquired|progress\w* to|no|not|without|neither|free of|none|complications?|begun|began|included?)\b"
    r"[^;]{0,250}$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^[^.;]{0,60}?\b(?:occurr\w*|develop(?:ed|s|ing)?|appeared|emerged|ensued|experienced|observed|recorded|reported|"
    r"noted|documented|seen|detected|recurred|diagnosed|suspected|described|(?:was|were) (?:\w+ )?(?:common|"
    r"frequent|rare|the (?:most|main|"
    r"only|predominant)))\b",
    re.IGNORECASE,
)
# "Two men with seizures during T": what they came with is told as of that time.
_THEN = re.compile(
    r"^(?: \([^)]*\))?(?: (?:that|which))?(?: (?:occurred|developed|began|started))?(?: \w+ly| soon|"
    r" shortly)?(?: \d+ \w+)? (?:after|within|following|during|while|under|upon|"
    r"secondary to|due to|"
    r"induced by|caused by|associated with)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"(?: \([^)]*\))? (?:of|to|from|with|on|in|by|against)(?: [\w%.-]+){0,3} ", re.IGNORECASE)
_TIME_AMID = re.compile(
    r"\b(?:after|following|during|under|while|when|receiving|developed|induced|caused|due to|secondary to|attributed|"
    r"possibly)\b",
    re.IGNORECASE,
)
_EFFECT_OF = re.compile(
    r"\b(?:effects?|reactions?|events?|complications?|toxicit\w+|risks?|T?E?S?AEs?|ADRs?|"
    r"ARs?)(?: [\w-]+){0,3} (?:of|to|with|from|by|"
    r"during|after) (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_IS = re.compile(
    r"^[^.;]{0,40}\b(?:is|are|was|were|include[sd]?|including|such as|being)\b[^.;]{0,120}$|^[^.;]{0,20}[:(]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" \([^()]*\)")
_TREATED_AFTER = re.compile(r"^[- ](?:treated|exposed|receiving)\b|^ (?:recipients|users|group|arm)\b", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|among|by) [^.;,]{0,40}$", re.IGNORECASE)
_BECAUSE = re.compile(r"^(?: (?:therapy|treatment))? (?:due to|because of|for|owing to|after) ", re.IGNORECASE)
_RISK = re.compile(r"^ (?:risks?|rates?|incidences?)\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:higher|increas\w+|elevated|greater|high|excess)\b[^.;]{0,40}$", re.IGNORECASE)
_HARMS = (
    r"(?:adverse (?:\w+ )?(?:events?|effects?|reactions?)|side[- ]effects?|toxicit\w+|T?E?S?AEs?|ARs|"
    r"paradoxical (?:\w+ )?(?:events?|effects?|reactions?)|(?:treatment|drug|therapy|safety)[- ](?:\w+ )?signals?|"
    r"complications?(?! of (?!(?:the )?(?:therapy|treatment)))|events? (?:of )?grade)"
)
_CALLED_AHEAD = re.compile(
    rf"\b{_HARMS}\b[^.;]{{0,60}}(?:\b(?:(?:was|were|are)(?! (?:absent|not|few)\b)|"
    r"being|included?|including|consisted of|such as|of which)\b|:|"
    r", (?:most(?:ly)?|mainly|notably|chiefly)(?: often| commonly| frequently| notably)?\b)"
    r"[^.;]{0,120}$|\bthe most (?:common|frequent)(?: ones?)? (?:was|were)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_CALLED_BEHIND = re.compile(
    rf"^[^.;]{{0,80}}\b(?:was|were|as|being|is|are|remains?) (?:one of |among )?(?:the |an? )?"
    rf"(?:[\w-]+ ){{0,4}}{_HARMS}\b|"
    r"^[^.;,]{0,20} (?:was|were) the most (?:frequent|common)\b",
    re.IGNORECASE,
)
_PLACEBO = re.compile(r"\bin (?:the )?placebo\b(?![^.;]*\d)", re.IGNORECASE)
_REGARDLESS = re.compile(
    r"\b(?:(?:regardless|irrespective|independent\w*) of|if|before|prior to|likely to (?:be|have|receive)|"
    r"(?:respon\w+|refractory|resistan\w+) to)\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"^(?: \([^)]*\))? (?:respons\w+|efficacy|failures?|resistance)\b", re.IGNORECASE)
# Signs of a disease that the therapy is told to have brought: the disease is the harm.
_SIGNS = re.compile(r"\b(?:characteri[sz]ed|manifest\w*|consisting|fulfilling)\b", re.IGNORECASE)
_INCREASES = re.compile(
    r"^[^.;]{0,30}\b(?:increas(?:e[sd]?|ing)|carr(?:y|ies|ied) an? (?:higher|increased)) "
    r"(?:(?!(?:after|in|with|during|from|by|at|over|following|before)\b)[\w-]+ ){0,8}$",
    re.IGNORECASE,
)
# "The patients tolerated T well, with only fever".
_TOLERATED = re.compile(r"\btolerat\w+ (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|apart from|except for|aside from|but)(?: [\w-]+){0,3} $", re.IGNORECASE)
# What it did is told of something else: "resulted in remission with mild fatigue", "the efficacy of T on fibrosis".
_GOOD = re.compile(r"\b(?:remission|responses?|improvement|recovery|resolution|regression)\b", re.IGNORECASE)
_EFFICACY = re.compile(
    r"\b(?:efficacy|effectiveness|benefits?|therapeutic (?:effects?|potential)|protective effects?|"
    r"impact) of (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
# "Due to persistent fever, the patient was given T": the reason for it.
_REASON = re.compile(r"\b(?:due to|because of|owing to)(?: [\w-]+){0,3} $", re.IGNORECASE)
# What the text itself lays at another door: "developed ulcers in the setting of high disease activity".
_ELSE = re.compile(
    r"^[^.;]{0,80}\b(?:in the setting of|raising (?:the )?(?:concern|suspicion)|suggestive of|"
    r"consistent with (?:a |active )?(?:flare|relapse)|"
    r"(?:due|attributed|secondary) to (?!the (?:drug|treatment|therapy)))",
    re.IGNORECASE,
)
_CAME = re.compile(r"\b(?:presented|presenting|admitted|referred)\b", re.IGNORECASE)
_TAPER = re.compile(r"^ (?:dose )?(?:taper\w*|reduction)\b", re.IGNORECASE)
_CONTRAST = re.compile(
    r",? \b(?:while|whereas|although|though|but|however)\b,? (?!(?:not|is|was|are|were|has|have|had|also|may|can|did|"
    r"does|it|"
    r"they|he|she|developed|experienced|suffered|led|caused|resulted|died)\b)",
    re.IGNORECASE,
)
_SWITCHED = re.compile(
    r"\b(?:was|were|been|then|subsequently|therefore|and) (?:[\w]+ )?(?:treated|given|started|switched|received|"
    r"initiated|administered|managed)\b|\b(?:improved|achieved|responded|relapsed|remission)\b",
    re.IGNORECASE,
)


# "Despite possible infections, T has a favourable safety profile": conceded of T, and nothing that T relieves.
_CONCEDED = re.compile(
    r"\b(?:despite|notwithstanding|in spite of|aside from) (?:the |its |a |an )?(?:possible|potential|known|rare|"
    r"occasional|risks? of|(?:increased|higher) (?:risks?|rates?) of) [^.;]{0,80}$",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"^(?: \([^)]*\))?[^.;,]{0,40}\b(?:safety|safe|tolerab\w+|tolerated|benefit\w*|risk-benefit|favou?rable)\b",
    re.IGNORECASE,
)


# "E, F: safety challenges with" T, in titles.
_SAFETY = re.compile(
    r"^[^.;:]{0,80}: (?![^.;:]*\b(?:efficacy|effectiveness|vaccin\w+|prophyla\w+)\b)"
    r"(?:an? |the )?(?:[\w-]+ ){0,2}(?:safety|toxicity|adverse|side[- ]effects?|complications?)\b"
    r"[^.;:]{0,60}\b(?:with|of|from|under|after|during) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# "E remains a signal, particularly with" T.
_ESPECIALLY = re.compile(
    r", (?:particularly|especially|notably|mainly|chiefly) (?:with|under|on|after) (?:[\w-]+ ){0,2}$", re.IGNORECASE
)
# "E, an infection by M, has been reported in".
_APPOSED = re.compile(r"^, [^.;]{0,100}?,(?= (?:has|have) been\b)")


def between(sentence: Sentence, therapy: Named, event: Named) -> Link:
    """How the sentence links the event to the therapy as its harm."""
    text = sentence.text
    if therapy.start <= event.start and event.end <= therapy.end:
        return Link.NONE
    if event.start <= therapy.start and therapy.end <= event.end:
        return Link.CAUSED  # "methotrexate pneumonitis" as one name
    if _TAPER.match(text[therapy.end :]) is not None:
        return Link.NEAR  # what comes back when a drug is tapered is the disease
    if conceded(text, therapy, event):
        return Link.CAUSED
    found = _ahead(text, therapy, event) if therapy.end <= event.start else _behind(text, therapy, event)
    distance = max(therapy.start - event.end, event.start - therapy.end)
    compound = text[therapy.end : therapy.end + 1] in ("-", "–") and _induced(text, therapy, event)
    near = found is Link.CAUSED and distance <= _ADJACENT and (therapy.start > event.end or compound)
    if not near and relief.relieved(text, event.start) and not relief.stopped(text, therapy):
        return Link.NONE
    return found


def conceded(text: str, therapy: Named, event: Named) -> bool:
    """Whether the event is granted as a harm of a therapy that is praised behind it."""
    if event.end > therapy.start or _CONCEDED.search(text[: event.start]) is None:
        return False
    gap = text[event.end : therapy.start]
    return gap.count(",") >= 1 and gap.rstrip(" the").endswith(",") and _STILL.match(text[therapy.end :]) is not None


def _induced(text: str, therapy: Named, event: Named) -> bool:
    return _INDUCED.match(text[therapy.end : event.start]) is not None


def _ahead(text: str, therapy: Named, event: Named) -> Link:
    """The therapy is named first."""
    gap = _BRACKET.sub("", text[therapy.end : event.start])
    if _induced(text, therapy, event) or _BESIDE.match(gap) is not None:
        return Link.CAUSED
    if relief.against(gap) or history.lies_between(gap):
        return Link.NONE
    if ";" in gap:
        return Link.NEAR
    if _EFFECT_OF.search(text[: therapy.start]) is not None and _IS.match(gap) is not None:
        return Link.CAUSED
    if any(words.search(gap) is not None for words in (_CONTRAST, _SIGNS, _GOOD)):
        return Link.NEAR
    if _EFFICACY.search(text[: therapy.start]) is not None:
        return Link.NEAR
    if _BECAUSE.match(gap) is not None and relief.stopped_before(text, therapy):
        return Link.CAUSED
    if _RISK.match(text[event.end :]) is not None and _HIGHER.search(gap) is not None:
        return Link.CAUSED
    if _INCREASES.search(gap) is not None:
        return Link.CAUSED
    if _CAUSE_AHEAD.search(gap) is not None:
        return Link.CAUSED if len(gap) <= 60 else Link.TOLD
    if relief.went(text[event.end :]):
        return Link.NONE
    if _ELSE.match(text[event.end :]) is not None or _CAME.search(gap) is not None:
        return Link.NEAR
    if _TOLERATED.search(text[: therapy.start]) is not None and _WITH.search(gap) is not None:
        return Link.TOLD
    if _TOLD_AHEAD.search(gap) is not None or _HAPPENED.match(text[event.end :]) is not None:
        return Link.TOLD
    return Link.NEAR


def called(sentence: Sentence, event: Named) -> bool:
    """Whether the event is called a harm, in front or behind: "the most common adverse events were fever and rash"."""
    return (
        _CALLED_AHEAD.search(sentence.text[: event.start]) is not None
        or _CALLED_BEHIND.match(sentence.text[event.end :]) is not None
    )


def _behind(text: str, therapy: Named, event: Named) -> Link:
    """The event is named first."""
    gap = _APPOSED.sub("", _BRACKET.sub("", text[event.end : therapy.start]))
    if ";" in gap:
        return Link.NONE
    if _SAFETY.match(gap) is not None or _ESPECIALLY.search(gap) is not None:
        return Link.AFTER
    if (_REGARDLESS.search(gap) is not None and "in response to" not in gap) or _RESPONSE.match(
        text[therapy.end :]
    ) is not None:
        return Link.NONE
    reason = _REASON.search(text[: event.start]) is not None and _SWITCHED.search(gap) is not None
    if reason or _PLACEBO.search(gap) is not None:
        return Link.NONE
    among = _AMONG.search(gap)
    if among is None and relief.managed(gap) and not relief.stopped(text, therapy):
        return Link.NONE
    if history.came_with(text, event.start):
        short = len(gap) <= 40 and _SWITCHED.search(gap) is None
        if short and _CAUSE_BEHIND.search(gap) is not None:
            return Link.TOLD
        if _THEN.match(gap) is None:
            return Link.NONE
    if _CAUSE_BEHIND.search(gap) is not None or _OF.fullmatch(gap) is not None:
        return Link.CAUSED
    if among is not None and _OTHER_VERB.search(_SEEN.sub("", gap[: among.start()])) is not None:
        return Link.NEAR  # "fatigue was the only correlate of poor sleep in patients on T"
    if among is not None:
        return Link.AFTER if len(gap) <= 100 else Link.TOLD
    if _TREATED_AFTER.match(text[therapy.end :]) is not None and _IN.search(gap) is not None:
        return Link.AFTER
    if (found := _TIME_BEHIND.search(gap)) is not None:
        # "Inhibits inflammation, protects cartilage and … while reducing": other things were told meanwhile.
        loose = found.group().lower().startswith(("while", "when"))
        apart = loose and gap[: found.start()].count(",") > 1
        near = not apart and _OTHER_VERB.search(_SEEN.sub("", found.group())) is None
        near = near and _SWITCHED.search(gap) is None
        return Link.AFTER if near else Link.NEAR
    amid = len(gap) <= 120 and _TIME_AMID.search(gap) is not None
    return Link.TOLD if amid else Link.NEAR
