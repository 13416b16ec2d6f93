"""A view of a document in, the one disease and the one therapy that it is about out, where there is just one.

A sentence that tells of treatment and names no disease speaks of the record's patients. Whose they are is sure only
where the title names one disease, or one immune disease beside its complications, or the whole record does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg.relate.anaphora import Antecedent
from kg.relate.view import Named, Sentence, View

# What patients of this field are treated for, in whatever vocabulary: immune, rheumatic and autoinflammatory disease,
# vasculitis, and the blood cancers that CAR-T cells come from. Infections and failing organs come with them.
_FAMILIES: Final = (
    *(
        "MONDO:0007179",
        "MONDO:0005554",
        "MONDO:0018882",
        "MONDO:0003900",
        "MONDO:0005578",
        "DOID:0051000",
        "HP:0100614",
    ),
    *("cartkg:autoimmune-rheumatic-disease", "cartkg:systemic-autoimmune-disease", "MONDO:0002977"),
)
_CANCERS: Final = ("MONDO:0004992", "MONDO:0005070", "MONDO:0044881")
_PATIENT_WITH: Final = re.compile(
    r"\b(?:patients?|woman|man|girl|boy|child|children|adults?|women|men|"
    r"adolescent) with (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_INFECTION: Final = "MONDO:0005550"
_OTHER_BEFORE: Final = re.compile(
    r"\b(?:mimic\w*|misdiagnosed as|rather than|versus|vs\.?|not|without|excluding|unlike|after|following|post-?|"
    r"risk of|risks? for|incidence of|prevalence of|rates? of|complicat\w+(?: by| with)?|history of|associated with|"
    r"due to|induced|triggered by|prevent\w*|vaccin\w+(?: against)?|recent|concomitant|secondary to|resembling|"
    r"simulating|masquerading as|differential diagnosis of|progression (?:to|from))\b[\w\s,'’-]{0,30}$",
    re.IGNORECASE,
)
_OTHER_AFTER: Final = re.compile(
    r"^(?: \([^)]*\))?[- ](?:like|risk|incidence|vaccin\w+|infection|screening|reactivation)\b|"
    r"^ (?:\w+ )?(?:register|registry|society|foundation|score|index)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def disease(view: View) -> Antecedent | None:
    """The disease of the record's patients, with the words that name it; None where it is not sure."""
    titles = [sentence for sentence in view.sentences if sentence.section == "title"]
    found = _only(view, titles)
    if found is None and not any(sentence.of_type("disease") for sentence in titles):
        found = _only(view, [s for s in view.sentences if s.section == "abstract"], immune=True)
    return found


def treated_for(view: View, term: str) -> bool:
    """Whether a disease is of the kinds that the therapies of this field are given for."""
    return any(view.is_kind_of(term, root) for root in _FAMILIES)


def malignant(view: View, term: str) -> bool:
    """Whether it is a cancer: cell therapies come from there."""
    return any(view.is_kind_of(term, root) for root in _CANCERS)


def elsewhere(sentence: Sentence, about: Antecedent) -> bool:
    """Whether a sentence speaks of another disease's patients than those the record is about."""
    (own,) = about.diseases
    view = sentence.view
    return any(
        not (view.is_kind_of(named.term, own) or view.is_kind_of(own, named.term))
        for named in sentence.of_type("disease")
        if treated_for(view, named.term)
    )


@lru_cache(maxsize=4)
def therapy(view: View) -> tuple[Sentence, Named] | None:
    """The title's one therapy that has a target, and its sentence; None where the title names none or several."""
    named = [
        (sentence, item)
        for sentence in view.sentences
        if sentence.section == "title"
        for item in sentence.of_type("therapy")
    ]
    return named[0] if len({item.term for _, item in named}) == 1 else None


def _only(view: View, sentences: Sequence[Sentence], *, immune: bool = False) -> Antecedent | None:
    """The one disease that sentences name, in its most specific form; else the one immune disease among them."""
    named = [
        (s, one)
        for s in sentences
        for one in s.of_type("disease")
        if not _aside(s, one) and not view.is_kind_of(one.term, _INFECTION)
    ]
    family = [(s, one) for s, one in named if treated_for(view, one.term)]
    # "X in a patient with Y": it is Y that the patient had.
    had = [(s, one) for s, one in named if _PATIENT_WITH.search(s.text[: one.start]) is not None]
    for group in (family,) if immune else (named, family, had):
        terms = {one.term for _, one in group}
        # "Lupus nephritis in SLE": one disease, told twice.
        lowest = {term for term in terms if not any(term != other and view.is_kind_of(other, term) for other in terms)}
        if len(lowest) == 1:
            term = lowest.pop()
            sentence, first = next((s, one) for s, one in group if one.term == term)
            start = sentence.span.start
            return Antecedent((term,), start + first.start, start + first.end)
    return None


def _aside(sentence: Sentence, named: Named) -> bool:
    """Whether a disease is what was ruled out, had before, feared or caught, not what was treated."""
    return (
        _OTHER_BEFORE.search(sentence.text[: named.start]) is not None
        or _OTHER_AFTER.match(sentence.text[named.end :]) is not None
    )
