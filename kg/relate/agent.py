"""A sentence in, what it tells of as tried out: therapies with their targets, and targets that something is aimed at.

Left out is what was given against a therapy's harm: tocilizumab for CRS is used in the toxicity, not tried in the
patient's disease (ANNOTATION); and what cleared the way for another therapy: cyclophosphamide before CAR-T cells.
What had been tried before is marked as history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kg.relate.view import Named, Sentence

# A target counts only where the sentence treats it as one: "CD19+ B cells were counted" tries nothing.
_AIMED_BEFORE = re.compile(
    r"(?:\banti[-– ]?|\bspecific (?:for|to) (?:\w+ )?|\b(?:cells|lymphocytes|receptors?|"
    r"CARs?) (?:that )?recogni[sz]\w+ (?:\w+ )?|\btarget(?:s|ing|"
    r"ed)?\b[^.;]{0,80}|\bdirected (?:against|"
    r"at|to|toward)\b[^.;]{0,40}|"
    r"\bagainst\s(?:\w+\s){0,3}|\b(?:block(?:ing|ade)|inhibit(?:ing|ion|ors?)|deplet(?:ing|ion)) (?:of )?"
    r"(?:\w+[ /,]+(?:and )?){0,3}|\bbispecific\b[^.;]{0,30})$",
    re.IGNORECASE,
)
# What the same is said of: "CD19 (a surface antigen), CD20 and BCMA are".
_AND_OTHERS = r"(?: \([^)]*\))?(?:(?:, and|,| and| or) [\w-]+(?: \([^)]*\))?){0,4}"
_AIMED_AFTER = re.compile(
    r"^[\s\-–)/]*(?:\w+[-/–, ]+(?:and )?){0,3}?(?:target(?:ed|ing)|directed|specific|redirected|inhibit(?:or|ion)s?|"
    r"block(?:er|ade)s?|antibod\w+|CAR|chimeric|engagers?|bispecifics?|antagonists?|agonists?|therap\w+)\b|"
    r"^(?:(?:,| and|, and) [\w-]+(?: \([^)]*\))?){0,4} (?:is|are|was|were|has been|have been) (?:also |now |"
    r"currently |being )*(?:explored|targeted|tested|"
    r"exploited|addressed)\b|"
    rf"^{_AND_OTHERS} (?:is|are|was|were|as|remains?)(?: an?| the)? (?:[\w-]+ )?"
    r"(?:validated|proven|established|approved)(?: \w+){0,2} targets?\b",
    re.IGNORECASE,
)
# "BCMA is a potential target in SLE", "CD70 and CD7 could be further targets".
_PROPOSED_AFTER = re.compile(
    rf"^{_AND_OTHERS} (?:(?:is|are|was|were|as|represents?|(?:has|have) (?:emerged|been proposed) as)(?: an?| the)?"
    r"(?: (?!validated|proven|established|approved)\w+,?){0,2} "
    r"(?:potential|possible|promising|attractive|candidate|novel|therapeutic|drug|treatment)(?: \w+){0,2}|"
    r"(?:may|might|could)(?: also)? (?:be|become|serve as|represent|constitute|provide)(?: an?| the)?"
    r"(?: [\w-]+,?){0,3}) targets?\b(?! of| antigens?| genes?| cells?)",
    re.IGNORECASE,
)
# "Anti-Ro52 antibodies were detected": a serum's antibody, nothing that anybody was given.
_SEROLOGY = re.compile(
    r"\b(?:auto-?antibod\w*|sero-?(?:positiv|negativ|log)\w*|positiv\w+|titers?|titres?|detect\w*|serum|"
    r"sera|Ig[GMA](?! nephropathy| vasculitis)|levels?)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[ -]?(?:\+|⁺|\((?:\+|-)\)|(?:positive|negative|high|low|bright|dim|"
    r"expressing)\b)",
    re.IGNORECASE,
)
# "TNF inhibitor-induced psoriasis" is a harm of what was given for something else.
_HARMFUL_AFTER = re.compile(r"^[-–](?:induced|triggered|related|associated)\b", re.IGNORECASE)
_RECEPTOR_AFTER = re.compile(
    r"^[- ](?:receptors?|ligands?|deficien\w+|mutat\w+|variants?|loss|"
    r"axis)\b",
    re.IGNORECASE,
)
# In such a sentence "targeting" is what a molecule does in a cell, and "inhibition" an experiment's.
_BIOLOGY = re.compile(
    r"\b(?:mi(?:cro)?RNAs?|miR|lncRNAs?|circRNAs?|siRNAs?|shRNAs?|RNA interference|knock(?:ed)?[- ]?(?:down|"
    r"out)|silenc\w+|overexpress\w+|"
    r"signal(?:l)?ing|luciferase|transfect\w+)\b|\bmiR-",
    re.IGNORECASE,
)
_DRUG_ANTIBODIES = re.compile(r"\banti-$", re.IGNORECASE)
# Autoantigens: "anti-Ro52 antibodies" are the patient's own.
_AUTOANTIGENS = frozenset(
    (
        *("TRIM21", "RO60", "SSB", "HARS1", "TOP1", "CENPA", "CENPB", "IFIH1", "PRTN3", "MPO", "AQP4", "MOG", "MUSK"),
        *("CHRNA1", "LRP4", "DSG1", "DSG3", "TSHR", "PLA2R1", "THSD7A", "SNRNP70", "SRP54", "HMGCR", "TRIM33", "MORC3"),
        *("SAE1", "CHD4", "POLR3A", "ELANE", "GAD2", "ACHR"),
    )
)
_AIMED_CELLS = re.compile(r"^[- ]?(?:specific |directed |targeted |targeting )?(?:CAR|CAAR|chimeric)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:monoclonal|CAR|CAR-T|chimeric|therap\w+|treat\w+|inhibit\w+|block\w+|infus\w+|deplet\w+|"
    r"engager\w*|received|trial)\b",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:\([^()]*\))?[\s,/]*(?:and|or)?\s*")
_FAILED_BEFORE = re.compile(
    r"\b(?:fail(?:ed|ing|ure)(?: (?:of|to|with|on))?(?: respond to)?|refractory to|resistant to|relaps(?:ed|"
    r"ing) after|"
    r"intoleran(?:t|ce) (?:of|to)|progress(?:ed|ing) (?:on|under|after|despite)|"
    r"(?:inadequate|insufficient|poor|lack of|no|incomplete|suboptimal) response(?:s)? to|unresponsive to|"
    r"non-?respon\w+ to|discontinu\w+|"
    r"not respond(?:ed|ing)? to|did not tolerate|"
    r"previous(?:ly)?(?: (?:received|treated with|exposed to|use of|treatment with|therapy with|exposure to|"
    r"treatments? including))?|"
    r"prior(?! to\b)(?: (?:use of|treatment with|therapy with|exposure to|received))?|despite(?: (?:treatment|"
    r"therapy) with)?|history of)\s"
    r"(?:(?!(?:received?|receiving|given|underwent|infused|treated|were|was|is|are|had|but|who|then|with|in|on|under|"
    r"taking|whereas|while|although|availability|evidence|effective)\b)[\w≥-]+[,/ ]+(?:and |or )?){0,6}$",
    re.IGNORECASE,
)
_FAILED_AFTER = re.compile(
    r"^ (?:before|previously|earlier|in the past)(?=[.,;)]|$)|"
    r"^[- ](?:failures?|refractory|resistan\w+|experienced|intoleran\w+|exposed|pretreated|"
    r"had (?:previously )?failed|failed(?! (?:in|to)\b)|was discontinued|had been (?:tried|given|used|"
    r"ineffective))\b",
    re.IGNORECASE,
)
_VERB_AFTER = re.compile(
    r"^(?: \([^)]*\))?(?: therapy| treatment)? (?:was|were|is|are|has|had|led|induced|"
    r"resulted)\b"
)
# Nobody had it: "rituximab-naive", "no prior rituximab", "without previous exposure to rituximab".
_NEVER_BEFORE = re.compile(
    r"\b(?:no|not|without|never|declined|refused|na[iï]ve (?:to|for)|not have|"
    r"(?:was|were) (?:deferred|withheld|"
    r"declined|refused))"
    r"(?: (?:any|been|received?|previously|prior|previous|exposure|use|of|to|history|treated|with|"
    r"been treated with|concomitant))*\s"
    r"(?:(?!but|and|with|in|was|were)[\w-]+[,/ ]+(?:or |nor )?){0,4}$",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"\b(?:neither|nor) (?:[\w-]+ (?:nor )?){0,3}$", re.IGNORECASE)
_NO_EFFECT = re.compile(
    r"(?: nor (?:[\w-]+ ){0,3}?[\w-]+)? (?:\w+ly )?(?:improved?|reduced?|prevented?|met|showed|achieved|changed|"
    r"delayed|lowered|slowed|"
    r"helped|worked|benefited|(?:was|were|is|are) (?:effective|superior|better|beneficial|efficacious))\b",
    re.IGNORECASE,
)
_UNLIKE = re.compile(r"\b(?:unlike|in contrast to|as opposed to) (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_NEVER_AFTER = re.compile(
    r"^(?:[- ](?:na[iï]ve|free)\b| (?:therapy |treatment )?(?:was|were) (?:not (?:given|used|administered|"
    r"available|started|possible)|"
    r"deferred|withheld|unavailable|declined|refused|contraindicated))",
    re.IGNORECASE,
)
# What clears the way for a cell therapy or a transplant is not tried in the disease.
_CONDITIONING_BEFORE = re.compile(
    r"\b(?:lymphodeplet\w+|conditioning|pre-?conditioning|preparative|premedicat\w+|mobili[sz]\w+|bridging|"
    r"leukapheresis)\b"
    r"(?:(?!\b(?:before|prior to|preceded?|followed by|received|was|were|then|and then|in patients)\b)[^.;]){0,60}$",
    re.IGNORECASE,
)
_CONDITIONING_AFTER = re.compile(
    r"^(?:(?:[-–/, ]| and | plus | with | \([^)]*\))*(?:fludarabine|cyclophosphamide|bendamustine|ATG|melphalan|"
    r"thymoglobulin|"
    r"anti-?thymocyte globulin|Flu|Cy|rituximab|(?!after\b|following\b|with|without\b|and\b|or\b|before\b|"
    r"plus\b)[\w-]+)){0,2}[-– ](?:based )?"
    r"(?:lymphodeplet\w+|conditioning|pre-?conditioning|preparative|premedication|mobili[sz]ation)\b",
    re.IGNORECASE,
)
# "X for CRS", "X or Y was given in two patients for grade 2 CRS", but not "X was monitored for CRS".
_FOR = re.compile(
    r"(?:(?:,| and| or|,? plus|/) ?[\w-]+){0,3}"
    r"(?: (?:\w+ )?| (?:was|were|is|are|has been|have been|had to be|(?:may|might|can|could|should|will) be)? ?"
    r"(?:\w+ly )?(?:given|used|effective|efficacious|"
    r"administered|required|needed|necessary|started|initiated|infused|indicated|recommended|successful|prescribed|"
    r"beneficial|applied|employed)\b[^.;]{0,60}?\b)"
    r"(?:for|against|to (?:treat|manage|control|reverse)) "
    r"(?:(?!(?:with|in|patients?|who|after|following|during|weeks?|months?|days?|years?|cycles?)\b)[\w/≥.–-]+ ){0,4}",
    re.IGNORECASE,
)
_MONITORED = re.compile(
    r"\b(?:monitor|assess|evaluat|screen|observ|follow|analy[sz]|test|stud|examin)\w* for\b", re.IGNORECASE
)
# "CRS was managed with X", "CRS requiring X", "CRS responded to Y and X".
_RELIEVES = re.compile(
    r"\b(?:for|(?<!after )(?<!following )(?:treat(?:ed|ment)?|manag\w+|resol\w+|control\w*|revers\w+|reliev\w+|"
    r"mitigat\w+|improv\w+|"
    r"abat\w+|subsid\w+|respon\w+|requir\w+|need\w+|necessitat\w+|warrant\w+)(?: \w+ly)?(?: (?:with|by|to|using|"
    r"on))?) "
    r"(?:(?!(?:after|following|in|during|of|for|who|was|were|under|from|until|despite)\b)[\w/.-]+,? ){0,4}$",
    re.IGNORECASE,
)
# "Siltuximab reversed the grade 3 CRS".
_UNDID = re.compile(
    r" (?:\([^()]*\) )?(?:\w+ly )?(?:reversed|resolved|controlled|treated|relieved|ended|abolished|abrogated|"
    r"mitigated|managed|"
    r"terminated|improved) (?:(?!in|with|of|for)[\w/≥.-]+ ){0,4}",
    re.IGNORECASE,
)
_HARM_WORDS = re.compile(
    r"\b(?:CRS|ICANS|IEC-HS|cytokine[- ]release syndrome|neurotoxicit(?:y|ies)|"
    r"infusion reactions?)\b",
    re.IGNORECASE,
)
# "CRS occurred in 5 of 7; tocilizumab was used once": what is kept at hand for the harms of engineered cells.
_AT_HAND = re.compile(
    r"tocilizumab|siltuximab|anakinra|dexamethasone|methylprednisolone|(?:gluco)?corticosteroids?|steroids?",
    re.IGNORECASE,
)
_WAS_USED = re.compile(
    r"(?: \([^()]*\))? (?:was|were|had to be) (?:\w+ly )?(?:used|given|administered|required|needed)\b"
)
_REACH = 160  # characters before a name that say how it is told of
_NEAR = 100  # characters from a drug to the harm it was given for


class Agent(msgspec.Struct, frozen=True):
    """What is tried: a therapy with its targets, or a target named as one. Offsets into the sentence."""

    therapy: str | None
    targets: tuple[str, ...]
    implied: bool
    start: int
    end: int
    proposed: bool = False  # told as what might be aimed at
    historical: bool = False  # told as what had been given before

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def agents(sentence: Sentence) -> Iterator[Agent]:
    """The therapies that a sentence tells of as tried, and the targets that it tells of as aimed at."""
    therapies = sentence.of_type("therapy")
    targets = sentence.of_type("target")
    for therapy in therapies:
        if _given_for_harm(sentence, therapy) or _withheld(sentence, therapy) or _not_tried(sentence, therapy):
            continue
        inside = tuple(t.term for t in targets if therapy.start <= t.start and t.end <= therapy.end)
        implied = sentence.view.vocabulary.term(therapy.term).targets
        historical = _failed(sentence, therapy)
        yield Agent(therapy.term, inside or implied, not inside, therapy.start, therapy.end, historical=historical)
    # CD8 in "CD8+ T cells" marks a cell; nothing is directed at it.
    covered = [(named.start, named.end) for named in (*therapies, *sentence.of_type("cell_type"))]
    aimed_end = -1
    for target in targets:
        if any(start <= target.start and target.end <= end for start, end in covered):
            continue
        listed = aimed_end >= 0 and LISTED.fullmatch(sentence.text, aimed_end, target.start) is not None
        if _marker(sentence, target):
            continue
        before, after = _before(sentence.text, target.start), sentence.text[target.end :]
        proposed = _PROPOSED_AFTER.match(after) is not None
        if listed or proposed or _AIMED_BEFORE.search(before) or _AIMED_AFTER.match(after):
            aimed_end = target.end
            historical = _failed(sentence, target)
            yield Agent(None, (target.term,), False, target.start, target.end, proposed, historical)


def _marker(sentence: Sentence, target: Named) -> bool:
    """Whether a target is only a cell's mark, an antibody's antigen, or half of a receptor's name."""
    text, after = sentence.text, sentence.text[target.end :]
    if _BIOLOGY.search(text) is not None:
        return True
    own = sentence.view.vocabulary.term(target.term).label in _AUTOANTIGENS and _AIMED_CELLS.match(after) is None
    serology = _SEROLOGY.search(text) is not None and _GIVEN.search(text) is None
    return own or serology or _MARKS.match(text, target.end) is not None or _RECEPTOR_AFTER.match(after) is not None


def _withheld(sentence: Sentence, therapy: Named) -> bool:
    """Whether the sentence says that it was not given; "neither X nor Y improved it" says that both were."""
    if "negated" not in therapy.qualifiers:
        return False
    neither = _NEITHER.search(_before(sentence.text, therapy.start)) is not None
    return not (neither and _NO_EFFECT.match(sentence.text, therapy.end) is not None)


def _not_tried(sentence: Sentence, therapy: Named) -> bool:
    """Whether nobody got the therapy, or got it to clear the way for another."""
    before, after = _before(sentence.text, therapy.start), sentence.text[therapy.end :]
    return (
        _NEVER_BEFORE.search(before) is not None
        or _UNLIKE.search(before) is not None
        or _NEVER_AFTER.match(after) is not None
        or _CONDITIONING_BEFORE.search(before) is not None
        or _CONDITIONING_AFTER.match(after) is not None
        or _HARMFUL_AFTER.match(after) is not None
        # "Anti-rituximab antibodies" are directed at the drug.
        or (_DRUG_ANTIBODIES.search(before) is not None and after.lower().startswith(" antibod"))
    )


def _failed(sentence: Sentence, named: Named) -> bool:
    """Whether it is told as what had been given before: as a rule, without success."""
    before, after = _before(sentence.text, named.start), sentence.text[named.end :]
    found = _FAILED_BEFORE.search(before)
    if found is not None and re.search(r",? and ", found.group()) and _VERB_AFTER.match(after):
        found = None  # "refractory to methotrexate, and rituximab was started"
    return found is not None or _FAILED_AFTER.match(after) is not None


def _before(text: str, position: int) -> str:
    """What stands before a name, as far back as any pattern looks: patterns that end at it need no more."""
    return text[max(0, position - _REACH) : position]


def _given_for_harm(sentence: Sentence, therapy: Named) -> bool:
    """Tocilizumab for CRS is used in the toxicity, not tried in the patient's disease."""
    text = sentence.text
    places = {(event.start, event.end) for event in sentence.of_type("adverse_event")}
    # An acronym that was left open is still a harm to those who manage it.
    cellular = {found.span() for found in _HARM_WORDS.finditer(text)}
    places |= cellular
    if (
        _AT_HAND.fullmatch(text[therapy.start : therapy.end])
        and _WAS_USED.match(text[therapy.end :])
        and any(end <= therapy.start for _, end in cellular)
    ):
        return True
    for start, end in sorted(places):
        gap = text[end : therapy.start] if end <= therapy.start else text[therapy.end : start]
        if len(gap) >= _NEAR or (start < therapy.end and therapy.start < end):
            continue
        relieved = _RELIEVES.search(gap) if end <= therapy.start else None
        # "Side effects in patients with psoriasis treated with X": it is they who were treated, not the harm.
        ends = {disease.end for disease in sentence.of_type("disease")}
        if relieved is not None and not ends & {end + relieved.start(), end + relieved.start() - 1}:
            return True
        if start >= therapy.end and (_UNDID.fullmatch(gap) or (_FOR.fullmatch(gap) and not _MONITORED.search(gap))):
            return True
    return False
