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

from kg import wording
from kg.model import Grade, Statement, Tagged
from kg.plugins import Vocabulary
from kg.relate import anaphora, link, numbers, passage, study
from kg.relate.agent import LISTED, Agent, agents
from kg.relate.anaphora import Antecedent
from kg.relate.link import Link
from kg.relate.view import Named, Sentence, View

METHOD = "cartkg.relate.tried_in"
TARGET_TRIED_IN = "kg:target_tried_in"
_TRIALS = "biolink:in_clinical_trials_for"
_PRECLINICAL = "biolink:in_preclinical_trials_for"
_APPLIED = "biolink:applied_to_treat"
_STUDIED = "biolink:treats_or_applied_or_studied_to_treat"

_PART = re.compile(r"[- ](?:associated|related|induced) ")  # "SSc-associated ILD" is both
# Nobody of these was treated, or not now: exclusion criteria, and what had been given and had failed.
_EXCLUDED = re.compile(r"\b(?:exclu(?:ded|sion|ding)|ineligible|contraindicat\w+)\b", re.IGNORECASE)
_LACKED = re.compile(
    r"\b(?:without|no|free of|not have|absence of|other than|except(?: for)?|history of|previous|prior|"
    r"recent|underlying|comorbid)\s"
    r"(?:(?!in|for|with|of)[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_PATIENTS = re.compile(
    r"\b(?:patients?|participants?|subjects?|recipients?|children|individuals) (?:\w+ ){0,3}?"
    r"(?:treated|received|receiving|were|was|underwent|who)\b|"
    r"\b(?:infused|administered|treated|received|infusion of|underwent)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?: (?:therapy|treatment))? (?:for|to treat) (?:(?:active|severe|refractory|the|his|her|their) )*")


def find(tagged: Tagged, vocabulary: Vocabulary) -> Iterable[Statement]:
    """The tried-in statements of one document, one for each pair with its best evidence."""
    view = View.of(tagged, vocabulary)
    return passage.best(statement for sentence in view.sentences for statement in _of(sentence))


def _of(sentence: Sentence) -> Iterator[Statement]:
    if sentence.section == "keywords" or _EXCLUDED.search(sentence.text) is not None:
        return
    tried = tuple(agents(sentence))
    if not tried:
        return
    diseases = sentence.of_type("disease")
    for agent, disease in product(tried, diseases):
        if agent.start <= disease.start < agent.end or _had_or_lacked(sentence, disease):
            continue
        if _nearer(sentence, agent, disease, diseases):
            continue
        if (found := link.between(sentence.text, agent.span, (disease.start, disease.end))) is not None:
            counted = _treated(sentence, disease)
            yield from _statements(sentence, agent, disease.term, Grade.SENTENCE_ASSERTION, found, counted=counted)
    if sentence.cited:
        return
    for anaphor in anaphora.anaphors(sentence):
        for agent in tried:
            found = link.between(sentence.text, agent.span, (anaphor.start, anaphor.end))
            if found is None:
                continue
            for antecedent in anaphor.antecedents:
                for term in antecedent.diseases:
                    yield from _statements(
                        sentence, agent, term, Grade.DOCUMENT_ASSERTION, found, antecedent, counted=_treated(sentence)
                    )
    if not diseases and sentence.section == "abstract" and _PATIENTS.search(sentence.text):
        yield from _of_the_title(sentence, tried)


def _of_the_title(sentence: Sentence, tried: Iterable[Agent]) -> Iterator[Statement]:
    """Patients without a disease are those of the title, where it names just one."""
    titles = [s for s in sentence.view.sentences if s.section == "title"]
    named = [(s, disease) for s in titles for disease in s.of_type("disease")]
    if len({disease.term for _, disease in named}) != 1:
        return
    title, disease = named[0]
    start = title.span.start
    antecedent = Antecedent((disease.term,), start + disease.start, start + disease.end)
    for agent in tried:
        yield from _statements(
            sentence,
            agent,
            disease.term,
            Grade.DOCUMENT_ASSERTION,
            Link(False, False),
            antecedent,
            counted=_treated(sentence),
        )


def _had_or_lacked(sentence: Sentence, disease: Named) -> bool:
    """Whether the disease is one that the patients did not have, had before, or were vaccinated against."""
    lacked = _LACKED.search(sentence.text[: disease.start]) is not None
    return lacked or wording.not_itself(sentence.text, disease.start, disease.end)


def _nearer(sentence: Sentence, agent: Agent, disease: Named, diseases: tuple[Named, ...]) -> bool:
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


def _statements(
    sentence: Sentence,
    agent: Agent,
    disease: str,
    grade: Grade,
    found: Link,
    antecedent: Antecedent | None = None,
    *,
    counted: numbers.Counts | None,
) -> Iterator[Statement]:
    via = (agent.therapy,) if agent.therapy is not None else ()
    item = passage.evidence(
        sentence,
        grade,
        method=METHOD,
        antecedent=antecedent,
        via=via,
        direction="refutes" if found.untried else "supports",
        hypothetical=found.hypothetical or agent.proposed,
        counted=counted,
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
    if sentence.cited:
        return _STUDIED
    kind = study.design(sentence.view.document)
    if kind in ("phase_1", "phase_2", "phase_3", "phase_1_2", "randomised_trial", "clinical_trial", "protocol"):
        return _TRIALS
    if kind in ("case_report", "case_series", "cohort", "registry"):
        return _APPLIED
    return _STUDIED


def _treated(sentence: Sentence, disease: Named | None = None) -> numbers.Counts | None:
    """How many were treated, where the sentence counts patients and tells no event of them.

    disease: whose patients are meant; where the sentence counts those of several, each takes its own number.
    """
    if sentence.of_type("adverse_event") or sentence.cited:
        return None
    own = {
        (named.start, named.end): n
        for named in sentence.of_type("disease")
        if (n := numbers.of_patients(sentence.text, named.start, named.end)) is not None
    }
    if disease is not None and len(own) > 1:
        n = own.get((disease.start, disease.end))
        return None if n is None else numbers.Counts(n=n)
    found = numbers.counts(sentence.text)
    return found if found.n is not None else None
