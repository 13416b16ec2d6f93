"""Tagged document in; which target, and which therapy, was tried in which disease out.

`SentenceAssertion`: one sentence names the therapy and the disease and links them. `DocumentAssertion`: the sentence
speaks of "these conditions" or of a class, and the document says which; or it tells of patients, and the title says of
which disease. A drug stands for its targets (rituximab for CD20) and is named in `via`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

import msgspec

from kg.model import Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import anaphora, link, numbers, passage, study
from kg.relate.anaphora import Antecedent
from kg.relate.link import Link
from kg.relate.view import Named, Sentence, View

METHOD = "cartkg.relate.tried_in"
TARGET_TRIED_IN = "kg:target_tried_in"
_TRIALS = "biolink:in_clinical_trials_for"
_PRECLINICAL = "biolink:in_preclinical_trials_for"
_APPLIED = "biolink:applied_to_treat"
_STUDIED = "biolink:treats_or_applied_or_studied_to_treat"

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
_LISTED = re.compile(r"\s*(?:\([^()]*\))?[\s,/]*(?:and|or)?\s*")
# Nobody of these was treated, or not now: exclusion criteria, and what had been given and had failed.
_EXCLUDED = re.compile(r"\b(?:exclu(?:ded|sion|ding)|ineligible|contraindicat\w+)\b", re.IGNORECASE)
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
_LACKED = re.compile(
    r"\b(?:without|no|free of|not have|absence of|other than|except(?: for)?|history of|previous|prior|"
    r"recent|underlying|comorbid)\s"
    r"(?:(?!in|for|with|of)[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_FAILED_AFTER = re.compile(
    r"^[- ](?:failures?|refractory|resistan\w+|na[iï]ve|experienced|intoleran\w+|non-?respon\w+|"
    r"had failed|failed|was discontinued)\b",
    re.IGNORECASE,
)
_PATIENTS = re.compile(
    r"\b(?:patients?|participants?|subjects?|recipients?|children|individuals) (?:\w+ ){0,3}?"
    r"(?:treated|received|receiving|were|was|underwent|who)\b|"
    r"\b(?:infused|administered|treated|received|infusion of|underwent)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?: (?:therapy|treatment))? (?:for|to treat) (?:(?:active|severe|refractory|the|his|her|their) )*")
_FOR = re.compile(r"\s*(?:given |used |\w+ )?for (?:the )?")
_RELIEVES = re.compile(r"\b(?:for|treat(?:ed)?|managed?|resolved|controlled) (?:\w+ )?(?:with|by)?\s*$", re.IGNORECASE)


class _Agent(msgspec.Struct, frozen=True):
    """What is tried: a therapy with its targets, or a target named as one. Offsets into the sentence."""

    therapy: str | None
    targets: tuple[str, ...]
    implied: bool
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """The tried-in statements of one document, one for each pair with its best evidence."""
    view = View(tagged, vocabulary)
    return passage.merged(statement for sentence in view.sentences for statement in _of(sentence))


def _of(sentence: Sentence) -> Iterator[Statement]:
    if sentence.section == "keywords" or _EXCLUDED.search(sentence.text) is not None:
        return
    agents = tuple(_agents(sentence))
    if not agents:
        return
    diseases = sentence.of_type("disease")
    for agent, disease in product(agents, diseases):
        if agent.start <= disease.start < agent.end or _had_or_lacked(sentence, disease):
            continue
        if _nearer(sentence, agent, disease, diseases):
            continue
        if (found := link.between(sentence.text, agent.span, (disease.start, disease.end))) is not None:
            yield from _statements(sentence, agent, disease.term, Grade.SENTENCE_ASSERTION, found, None)
    if sentence.reference is not None:
        return
    for anaphor in anaphora.anaphors(sentence):
        for agent in agents:
            found = link.between(sentence.text, agent.span, (anaphor.start, anaphor.end))
            if found is None:
                continue
            for antecedent in anaphor.antecedents:
                for term in antecedent.diseases:
                    yield from _statements(sentence, agent, term, Grade.DOCUMENT_ASSERTION, found, antecedent)
    if not diseases and sentence.section == "abstract" and _PATIENTS.search(sentence.text):
        yield from _of_the_title(sentence, agents)


def _of_the_title(sentence: Sentence, agents: Iterable[_Agent]) -> Iterator[Statement]:
    """Patients without a disease are those of the title, where it names just one."""
    titles = [s for s in sentence.view.sentences if s.section == "title"]
    named = [(s, disease) for s in titles for disease in s.of_type("disease")]
    if len({disease.term for _, disease in named}) != 1:
        return
    title, disease = named[0]
    start = title.span.start
    antecedent = Antecedent((disease.term,), start + disease.start, start + disease.end)
    for agent in agents:
        yield from _statements(sentence, agent, disease.term, Grade.DOCUMENT_ASSERTION, Link(False, False), antecedent)


def _agents(sentence: Sentence) -> Iterator[_Agent]:
    therapies = sentence.of_type("therapy")
    targets = sentence.of_type("target")
    for therapy in therapies:
        if _given_for_harm(sentence, therapy) or _failed(sentence, therapy) or "negated" in therapy.qualifiers:
            continue
        inside = tuple(t.term for t in targets if therapy.start <= t.start and t.end <= therapy.end)
        implied = sentence.view.vocabulary.term(therapy.term).targets
        yield _Agent(therapy.term, inside or implied, not inside, therapy.start, therapy.end)
    # CD8 in "CD8+ T cells" marks a cell; nothing is directed at it.
    covered = [(named.start, named.end) for named in (*therapies, *sentence.of_type("cell_type"))]
    aimed_end = -1
    for target in targets:
        if any(start <= target.start and target.end <= end for start, end in covered):
            continue
        listed = aimed_end >= 0 and _LISTED.fullmatch(sentence.text, aimed_end, target.start) is not None
        serology = _SEROLOGY.search(sentence.text) is not None and _GIVEN.search(sentence.text) is None
        if serology or _failed(sentence, target) or _MARKS.match(sentence.text, target.end) is not None:
            continue
        before, after = sentence.text[: target.start], sentence.text[target.end :]
        if listed or _AIMED_BEFORE.search(before) or _AIMED_AFTER.match(after):
            aimed_end = target.end
            yield _Agent(None, (target.term,), False, target.start, target.end)


def _had_or_lacked(sentence: Sentence, disease: Named) -> bool:
    """Whether the disease is one that the patients did not have, or had before."""
    return _LACKED.search(sentence.text[: disease.start]) is not None


def _failed(sentence: Sentence, named: Named) -> bool:
    """Whether it is told as what had been tried before and had not helped."""
    before, after = sentence.text[: named.start], sentence.text[named.end :]
    return _FAILED_BEFORE.search(before) is not None or _FAILED_AFTER.match(after) is not None


def _nearer(sentence: Sentence, agent: _Agent, disease: Named, diseases: tuple[Named, ...]) -> bool:
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
                _LISTED.fullmatch(between) is None
                and "," not in between
                and not re.search(r"\b(?:and|or|nor)\b", between)
            ):
                return True
        elif agent.end <= other.start and _OWN.fullmatch(sentence.text, agent.end, other.start) is not None:
            return True
    return False


def _given_for_harm(sentence: Sentence, therapy: Named) -> bool:
    """Tocilizumab for CRS is used in the toxicity, not tried in the patient's disease."""
    for event in sentence.of_type("adverse_event"):
        first, last = sorted((event, therapy), key=lambda named: named.start)
        gap = sentence.text[first.end : last.start]
        if len(gap) < 60 and (_RELIEVES.search(gap) if first is event else _FOR.match(gap)):
            return True
    return False


def _statements(
    sentence: Sentence, agent: _Agent, disease: str, grade: Grade, found: Link, antecedent: Antecedent | None
) -> Iterator[Statement]:
    via = (agent.therapy,) if agent.therapy is not None else ()
    item = passage.evidence(
        sentence,
        grade,
        method=METHOD,
        antecedent=antecedent,
        via=via,
        direction="refutes" if found.untried else "supports",
        hypothetical=found.hypothetical,
        counted=_treated(sentence),
    )
    for target in agent.targets:
        yield Statement(
            subject=target, predicate=TARGET_TRIED_IN, object=disease, negated=found.untried, evidence=(item,)
        )
    if agent.therapy is not None:
        yield Statement(
            subject=agent.therapy,
            predicate=_predicate(sentence, item.setting),
            object=disease,
            negated=found.untried,
            evidence=(msgspec.structs.replace(item, via=()),),
        )


def _predicate(sentence: Sentence, setting: str) -> str:
    """The strongest Biolink predicate the text bears; never `treats` from text alone (DESIGN §5)."""
    if setting in ("preclinical_in_vivo", "in_vitro"):
        return _PRECLINICAL
    if sentence.reference is not None:
        return _STUDIED
    kind = study.design(sentence.view.document)
    if kind in ("phase_1", "phase_2", "phase_3", "phase_1_2", "randomised_trial", "clinical_trial", "protocol"):
        return _TRIALS
    if kind in ("case_report", "case_series", "cohort", "registry"):
        return _APPLIED
    return _STUDIED


def _treated(sentence: Sentence) -> numbers.Counts | None:
    """How many were treated, where the sentence counts patients and tells no event of them."""
    if sentence.of_type("adverse_event") or sentence.reference is not None:
        return None
    found = numbers.counts(sentence.text)
    return found if found.n is not None else None
