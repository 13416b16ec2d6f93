"""A sentence in, what it tells of as tried out: therapies with their targets, and targets that something is aimed at.

Left out is what had been tried before and failed, and what was given against a therapy's harm: tocilizumab for CRS is
used in the toxicity, not tried in the patient's disease (ANNOTATION).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kg.relate.view import Named, Sentence

# A target counts only where the sentence treats it as one: "CD19+ B cells were counted" tries nothing.
_AIMED_BEFORE = re.compile(
    r"(?:\banti[-– ]?|\btarget(?:s|ing|ed)?\b[^.;]{0,80}|\bdirected (?:against|at|to|toward)\b[^.;]{0,40}|"
    r"\bagainst\s(?:\w+\s){0,3}|\b(?:block(?:ing|ade)|inhibit(?:ing|ion|ors?)|deplet(?:ing|ion)) (?:of )?"
    r"(?:\w+[ /,]+(?:and )?){0,3}|\bbispecific\b[^.;]{0,30})$",
    re.IGNORECASE,
)
_AIMED_AFTER = re.compile(
    r"^[\s\-–)/]*(?:\w+[-/–, ]+(?:and )?){0,3}?(?:target(?:ed|ing)|directed|specific|redirected|inhibit(?:or|ion)s?|"
    r"block(?:er|ade)s?|antibod\w+|CAR|chimeric|engager|bispecific|antagonist|agonist|therap\w+)\b",
    re.IGNORECASE,
)
# "BCMA is a potential target in SLE".
_PROPOSED_AFTER = re.compile(
    r"^(?: \([^)]*\))? (?:is|are|was|were|as|represents?|may be|might be|could be|"
    r"(?:has|have) (?:emerged|been proposed) as)(?: an?| the)?(?: \w+,?){0,2} "
    r"(?:potential|possible|promising|attractive|candidate|novel|therapeutic|drug|treatment)"
    r"(?: \w+){0,2} targets?\b(?! of| antigens?| genes?| cells?)",
    re.IGNORECASE,
)
# "Anti-Ro52 antibodies were detected": a serum's antibody, nothing that anybody was given.
_SEROLOGY = re.compile(
    r"\b(?:auto-?antibod\w*|sero-?(?:positiv|negativ|log)\w*|positiv\w+|titers?|titres?|detect\w*|serum|"
    r"sera|Ig[GMA]|levels?)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[ -]?(?:\+|⁺|\((?:\+|-)\)|(?:positive|negative|high|low|bright|dim|expressing)\b)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:monoclonal|CAR|CAR-T|chimeric|therap\w+|treat\w+|inhibit\w+|block\w+|infus\w+|deplet\w+|"
    r"engager\w*|received|trial)\b",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:\([^()]*\))?[\s,/]*(?:and|or)?\s*")
_FAILED_BEFORE = re.compile(
    r"\b(?:fail(?:ed|ing|ure)(?: (?:of|to|with|on))?(?: respond to)?|refractory to|resistant to|"
    r"intoleran(?:t|ce) (?:of|to)|"
    r"(?:inadequate|insufficient) response(?:s)? to|unresponsive to|non-?respon\w+ to|discontinu\w+|"
    r"not respond(?:ed|ing)? to|"
    r"previous(?:ly)?(?: (?:received|treated with|exposed to|use of|treatment with|therapy with|exposure to))?|"
    r"prior(?: (?:use of|treatment with|therapy with|exposure to))?|despite|history of)\s"
    r"(?:(?!received|given|underwent|infused|treated|were|was|had|but|and then)[\w≥-]+[,/ ]+(?:and |or )?){0,6}$",
    re.IGNORECASE,
)
_FAILED_AFTER = re.compile(
    r"^[- ](?:failures?|refractory|resistan\w+|na[iï]ve|experienced|intoleran\w+|non-?respon\w+|"
    r"had failed|failed(?! (?:in|to)\b)|was discontinued)\b",
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
    r"\b(?:for|(?:treat(?:ed|ment)?|manag\w+|resol\w+|control\w*|revers\w+|reliev\w+|mitigat\w+|improv\w+|"
    r"abat\w+|subsid\w+|respon\w+|requir\w+|need\w+|necessitat\w+|warrant\w+)(?: \w+ly)?(?: (?:with|by|to|using|on))?) "
    r"(?:(?!(?:after|following|in|during|of|for|who|was|were|under|from|until|despite)\b)[\w/.-]+,? ){0,4}$",
    re.IGNORECASE,
)
_NEAR = 100  # characters from a drug to the harm it was given for


class Agent(msgspec.Struct, frozen=True):
    """What is tried: a therapy with its targets, or a target named as one. Offsets into the sentence."""

    therapy: str | None
    targets: tuple[str, ...]
    implied: bool
    start: int
    end: int
    proposed: bool = False  # told as what might be aimed at

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def agents(sentence: Sentence) -> Iterator[Agent]:
    """The therapies that a sentence tells of as tried, and the targets that it tells of as aimed at."""
    therapies = sentence.of_type("therapy")
    targets = sentence.of_type("target")
    for therapy in therapies:
        if _given_for_harm(sentence, therapy) or _failed(sentence, therapy) or "negated" in therapy.qualifiers:
            continue
        inside = tuple(t.term for t in targets if therapy.start <= t.start and t.end <= therapy.end)
        implied = sentence.view.vocabulary.term(therapy.term).targets
        yield Agent(therapy.term, inside or implied, not inside, therapy.start, therapy.end)
    # CD8 in "CD8+ T cells" marks a cell; nothing is directed at it.
    covered = [(named.start, named.end) for named in (*therapies, *sentence.of_type("cell_type"))]
    aimed_end = -1
    for target in targets:
        if any(start <= target.start and target.end <= end for start, end in covered):
            continue
        listed = aimed_end >= 0 and LISTED.fullmatch(sentence.text, aimed_end, target.start) is not None
        serology = _SEROLOGY.search(sentence.text) is not None and _GIVEN.search(sentence.text) is None
        if serology or _failed(sentence, target) or _MARKS.match(sentence.text, target.end) is not None:
            continue
        before, after = sentence.text[: target.start], sentence.text[target.end :]
        proposed = _PROPOSED_AFTER.match(after) is not None
        if listed or proposed or _AIMED_BEFORE.search(before) or _AIMED_AFTER.match(after):
            aimed_end = target.end
            yield Agent(None, (target.term,), False, target.start, target.end, proposed)


def _failed(sentence: Sentence, named: Named) -> bool:
    """Whether it is told as what had been tried before and had not helped."""
    before, after = sentence.text[: named.start], sentence.text[named.end :]
    return _FAILED_BEFORE.search(before) is not None or _FAILED_AFTER.match(after) is not None


def _given_for_harm(sentence: Sentence, therapy: Named) -> bool:
    """Tocilizumab for CRS is used in the toxicity, not tried in the patient's disease."""
    for event in sentence.of_type("adverse_event"):
        first, last = sorted((event, therapy), key=lambda named: named.start)
        gap = sentence.text[first.end : last.start]
        if len(gap) >= _NEAR:
            continue
        if first is event and _RELIEVES.search(gap):
            return True
        if first is therapy and _FOR.fullmatch(gap) and not _MONITORED.search(gap):
            return True
    return False
