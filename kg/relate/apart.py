"""A therapy and a disease of one sentence in, whether something stands between them out: so that they are no pair.

The disease may be one that nobody was treated for, or one that came up under the therapy; another name may be nearer.
"""

from __future__ import annotations

import re
from typing import Final

from kg import wording
from kg.relate import topic
from kg.relate.agent import LISTED, Agent
from kg.relate.view import Named, Sentence

_PART: Final = re.compile(r"[- ](?:associated|related|induced) ")  # "SSc-associated ILD" is both
_LACKED: Final = re.compile(
    r"\b(?:without|no|free of|not have|absence of|other than|except(?: for)?|history of|previous|prior|"
    r"recent|underlying|comorbid|due to|caused by|secondary to|unlike|in contrast to|as opposed to|mimic\w*|"
    r"resembl\w+|misdiagnosed as|rule[sd]? out)\s"
    r"(?:(?!in|for|with|of)[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# A disease that is feared or counted under a therapy is not what the therapy is given for.
_FEARED: Final = re.compile(
    r"\b(?:risks? (?:of|for)|risk factors? for|incidence of|odds of|hazard of|(?:re)?activation of|"
    r"predisposition for|comorbidit\w+ of|"
    r"occurrence of|signals? (?:of|for)|"
    r"(?:rates?|cases?|episodes?|frequency|prevalence|likelihood) of|protect(?:ion|ed|s)? (?:against|from)|"
    r"susceptib\w+ to|"
    r"(?:developed|developing|develops?|cause[sd]?|causing|triggered|induced|inducing|complicated by|"
    r"predispos\w+ to)) "
    r"(?:(?!in|for|with|among|after|patients)[\w-]+ (?:and |or )?){0,4}$",
    re.IGNORECASE,
)
_FEARED_AFTER: Final = re.compile(
    r"^(?: \([^)]*\))?(?: (?:risks?|incidence|reactivation|rates?|events?|signals?|onset|occurred|developed)\b|"
    r"-free\b)",
    re.IGNORECASE,
)
_REACH: Final = 160  # characters before a disease that say how it is told of
# Infections and "malignancy" under a therapy are, in a sentence on safety, its harm.
_INFECTION: Final = "MONDO:0005550"
_MALIGNANCY: Final = frozenset({"MONDO:0004992", "MONDO:0005070"})
# MeSH's "Pathologic Processes": inflammation, fibrosis, a scar are what a drug acts on, not whom it is given to.
_PROCESS: Final = "MESH:D010335"
_SAFETY: Final = re.compile(
    r"\b(?:safety|risks?|signals?|adverse|serious|opportunistic|incidence|reassuring|toxicit\w+|complication\w*|"
    r"side effects?)\b",
    re.IGNORECASE,
)
_SIGNAL: Final = re.compile(r"\b(?:signals?|reassuring|incidence of|risks? of)\b", re.IGNORECASE)
_ONLY_OTHERS: Final = re.compile(
    r"\b(?:risks?|incidence|odds|hazard|signals?|activation|protect\w*|"
    r"susceptib\w+|predispos\w+)\b",
    re.IGNORECASE,
)
# A score, a register or a society is no patient.
_SCALE_BEFORE: Final = re.compile(
    r"\b(?:index|score|scale|questionnaire|criteria|register|registry|registries|society|association|network|"
    r"consortium|foundation|"
    r"guidelines?) (?:for|in|of|on) (?:the )?$|\bDisease activity index for $",
    re.IGNORECASE,
)
_SCALE_AFTER: Final = re.compile(
    r"^ (?:disease activity |severity |activity |damage |area and severity |quality of life |"
    r"response )?(?:index|score|scale|questionnaire|"
    r"registry|register|society|foundation|clinic|consortium|network|working group|collaborating clinics)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"(?: (?:therapy|treatment))? (?:for|to treat) (?:(?:active|severe|refractory|the|his|her|their) )*"
)
NEXT_CLAUSE: Final = re.compile(r"(?:,? and|,? but|, while|, whereas|,) (?:the |an? )?$")
_SUBJECT: Final = re.compile(r"^(?: \([^)]*\))? (?:was|were|is|are|has been|have been)\b")
_CAME_UP: Final = re.compile(
    r"\b(?:present(?:ed|ing|s) with|developed|developing|experienced|complicated by|revealed|led to (?:new|"
    r"severe)|manifest\w+ as|"
    r"followed by (?:new|severe)|who had|was diagnosed with|were diagnosed with)\b",
    re.IGNORECASE,
)
_REACTION: Final = re.compile(
    r"\b(?:reactions? to|induced by|caused by|due to|triggered by|attributed to|"
    r"secondary to)\b",
    re.IGNORECASE,
)
_WORD = r"(?!(?:and|or|with|of|by|to|improve\w*|reduc\w+|progress\w+|increas\w+|decreas\w+)\b)[\w'’-]+"
_TREATS_IT: Final = re.compile(
    r"\b(?:for|treat(?:s|ed|ing|ment)?(?: of| for)?|therap(?:y|ies) (?:for|of|in)|management of|patients? with|"
    r"(?:wo)?m[ae]n with|children with|adults with|cases? of|against|relaps\w+|refractory|in) "
    rf"(?:{_WORD},? ){{0,4}}(?:(?:{_WORD} ){{0,3}}{_WORD}(?:,| and|, and| or) ){{0,4}}$",
    re.IGNORECASE,
)
_TREATED_WITH: Final = re.compile(
    r"\b(?:treat(?:ed|ment)|respon\w+|managed|controlled|resolved|improved|receiv\w+|therapy|after|"
    r"following)\b",
    re.IGNORECASE,
)
_IN_A_PATIENT: Final = re.compile(
    r"^(?: \([^)]*\))? (?:\w+ ){0,3}?in (?:an? |two |three |one |several )?(?:[\w/-]+ ){0,4}?(?:mice|rats|"
    r"animals|patients?|woman|"
    r"man|child|girl|boy|adult|women|men)\b",
    re.IGNORECASE,
)
CASE: Final = re.compile(
    r"\b(?:patient|woman|man|girl|boy|child|female|male|adolescent|infant|patients|women|men|children|"
    r"adults)\b[^.;]{0,60}\bwith (?:[\w-]+ ){0,5}$",
    re.IGNORECASE,
)


def aside(sentence: Sentence, disease: Named) -> bool:
    """Whether the disease is one that the patients did not have, had before, feared, or were vaccinated against."""
    before, after = sentence.text[max(0, disease.start - _REACH) : disease.start], sentence.text[disease.end :]
    if _LACKED.search(before) is not None or wording.not_itself(sentence.text, disease.start, disease.end):
        return True
    view = sentence.view
    if view.is_kind_of(disease.term, _PROCESS):
        return True
    patients = topic.treated_for(view, disease.term)
    harm = view.is_kind_of(disease.term, _INFECTION) or disease.term in _MALIGNANCY
    told = _SAFETY if harm else _SIGNAL if topic.malignant(view, disease.term) else None
    if told is not None and told.search(sentence.text) is not None and CASE.search(before) is None:
        return True
    if _SCALE_BEFORE.search(before) is not None or _SCALE_AFTER.match(after) is not None:
        return True
    feared = _FEARED.search(before)
    if feared is not None and (_ONLY_OTHERS.search(feared.group()) or not patients):
        return True
    return _FEARED_AFTER.match(after) is not None and (not patients or " risk" in after[:40])


def came_up(sentence: Sentence, agent: Agent, disease: Named) -> bool:
    """Whether the disease is what came up under the therapy, not what it was given for.

    What patients of this field are treated for has only to stand clear of "presented with" and "a reaction to"; any
    other condition has to be named as what is treated.
    """
    text, forward = sentence.text, agent.end <= disease.start
    first, last = sorted((agent.span, (disease.start, disease.end)))
    gap = text[first[1] : last[0]]
    if (_CAME_UP if forward else _REACTION).search(gap) is not None:
        return True
    if topic.treated_for(sentence.view, disease.term) or topic.malignant(sentence.view, disease.term):
        return False
    before = text[max(0, disease.start - _REACH) : disease.start]
    if forward:
        return _TREATS_IT.search(before) is None
    return _IN_A_PATIENT.match(gap) is not None or not (_TREATS_IT.search(before) or _TREATED_WITH.search(gap))


def nearer(sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...]) -> bool:
    """Whether a therapy named behind a disease is another one's: "infection in a patient with RA treated with X",
    "IgAN after X for psoriatic arthritis". Members of a list are equally near."""
    if disease.end > agent.start:
        return False
    for other in diseases:
        if other.term == disease.term:
            continue
        if disease.end <= other.start and other.end <= agent.start:
            between = sentence.text[disease.end : other.start]
            if (
                LISTED.fullmatch(between) is None
                and _PART.fullmatch(between) is None
                and "," not in between
                and not re.search(r"\b(?:and|or|nor)\b", between)
            ):
                return True
        elif agent.end <= other.start and _OWN.fullmatch(sentence.text, agent.end, other.start) is not None:
            return True
    return False


def other_clause(
    sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...], tried: tuple[Agent, ...]
) -> bool:
    """Whether a clause about another disease begins between: "X for psoriasis, and uveitis was treated with Y"."""
    text = sentence.text
    for other in diseases:
        begins = (
            NEXT_CLAUSE.search(text[max(0, other.start - 16) : other.start]) is not None
            and _SUBJECT.match(text[other.end :]) is not None
        )
        if not begins:
            continue
        if other is disease and agent.end <= disease.start and any(one.start >= disease.end for one in tried):
            return True
        behind = disease.end <= other.start and other.end <= agent.start
        listed = behind and LISTED.fullmatch(text, disease.end, other.start) is not None
        earlier = any(one.end <= disease.start for one in tried)
        if behind and (earlier or not listed) and other.term != disease.term:
            return True
    return False
