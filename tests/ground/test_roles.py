"""Disease or harm: the role of a condition in its sentence."""

from __future__ import annotations

import pytest

from kg.ground import roles
from kg.model import Term

_INFECTION = Term(id="MONDO:0005550", type="disease", label="infection", also=("adverse_event",))
_FEVER = Term(id="HP:0001945", type="adverse_event", label="fever")
_PSORIASIS = Term(id="MONDO:0005083", type="disease", label="psoriasis")
_CRS = Term(id="MONDO:0600008", type="adverse_event", label="CRS", also=("disease",))


def _role(term: Term, marked: str, *, treated: bool = True) -> str | None:
    """`[…]` is the condition, `{…}` a therapy."""
    text = marked
    spans = {}
    for opening, closing in ("[]", "{}"):
        if opening in text:
            start = text.index(opening)
            text = text.replace(opening, "", 1)
            end = text.index(closing)
            text = text.replace(closing, "", 1)
            spans[opening] = (start, end)
            if "[" in spans and opening == "{" and start < spans["["][0]:
                spans["["] = (spans["["][0] - 2, spans["["][1] - 2)
    therapies = [spans["{"]] if "{" in spans else []
    return roles.role(term, text, *spans["["], therapies=therapies, treated=treated)


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("[infections] occurred after {rituximab}", "adverse_event"),
        ("{rituximab} was given to patients with [infection]", "disease"),
        ("treatment of [infection] with {rituximab}", "disease"),
        ("{rituximab} prevented [infection]", "disease"),
        ("[infection] is a topic", "disease"),
        ("no [infection] was reported with {rituximab}", "adverse_event"),
        ("no difference in [infection] was noted with {rituximab}", "adverse_event"),
    ],
)
def test_harm_has_to_be_told(marked: str, role: str) -> None:
    """An infection is a harm where the sentence tells of therapy and harm, else a disease; prevention is no harm."""
    assert _role(_INFECTION, marked) == role


def test_a_bare_finding_is_a_harm_only_where_a_therapy_is_about() -> None:
    """Fever in a paper without therapies is a sign of the disease."""
    assert _role(_FEVER, "[fever] rose") == "adverse_event"
    assert _role(_FEVER, "[fever] rose", treated=False) == "phenotype"


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("development of [psoriasis] following {rituximab}", "adverse_event"),
        ("[psoriasis] induced by {adalimumab}", "adverse_event"),
        ("{adalimumab}-induced [psoriasis]", "adverse_event"),
        ("[psoriasis] improved after {adalimumab}", "disease"),
        ("{adalimumab} in [psoriasis]", "disease"),
    ],
)
def test_a_disease_is_a_harm_where_the_therapy_brought_it(marked: str, role: str) -> None:
    """Onset or induction by the therapy makes it one, improvement does not."""
    assert _role(_PSORIASIS, marked) == role


def test_cytokine_release_is_a_harm_of_any_treated_record() -> None:
    """ "CRS remains a challenge" needs no other word."""
    assert _role(_CRS, "[CRS] remains a challenge") == "adverse_event"
    assert _role(_CRS, "[CRS] in sepsis", treated=False) == "disease"
