"""Disease or harm: the role of a condition in its sentence."""

from __future__ import annotations

import re

import pytest

from kg.ground import roles
from kg.model import Term
from tests.needed import lost

_INFECTION = Term(id="MONDO:0005550", type="disease", label="infection", also=("adverse_event",))
_FEVER = Term(id="HP:0001945", type="adverse_event", label="fever", also=("phenotype",))
_REACTION = Term(id="cartkg:infusion-related-reaction", type="adverse_event", label="infusion-related reaction")
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


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("after {rituximab}, three patients developed [fever]", "adverse_event"),
        ("[fever] was an adverse event of {rituximab}", "adverse_event"),
        ("[fever] related to {rituximab} was mild", "adverse_event"),
        ("grade 2 [fever] in two patients", "adverse_event"),
        ("side effects were [fever] and chills", "adverse_event"),
        ("he presented with [fever] and received {rituximab}", "phenotype"),
        ("[fever] resolved after {rituximab}", "phenotype"),
        ("{rituximab} relieved [fever]", "phenotype"),
        ("[fever] scores under {rituximab}", "phenotype"),
        ("despite {rituximab} she developed [fever]", "phenotype"),
        ("[fever] rose", "phenotype"),
    ],
)
def test_a_sign_is_a_harm_only_where_the_sentence_lays_it_at_a_therapys_door(marked: str, role: str) -> None:
    """What a patient came with, what got better or was measured is a sign of whatever the disease is."""
    assert _role(_FEVER, marked) == role


def test_what_has_harm_in_its_name_is_one_where_a_therapy_is_about() -> None:
    """ "Infusion reactions" need no other word."""
    assert _role(_REACTION, "[reactions] to {rituximab}") == "adverse_event"
    assert _role(_REACTION, "[reactions] rose", treated=False) == "phenotype"


def test_what_the_title_blames_is_a_harm_throughout_and_new_signs_beside_it_are_too() -> None:
    """A report of harm tells its course without naming the therapy again; what patients have stays a disease."""
    text = "an eruption of psoriasis was seen, then fever"
    own = "patients with psoriasis"

    def role(term: Term, sentence: str, word: str, *, blamed: bool = False) -> str | None:
        start = sentence.index(word)
        return roles.role(
            term, sentence, start, start + len(word), therapies=[], treated=True, blamed=blamed, report=True
        )

    assert role(_PSORIASIS, text, "psoriasis", blamed=True) == "adverse_event"
    assert role(_PSORIASIS, own, "psoriasis", blamed=True) == "disease"
    assert role(_FEVER, text, "fever") == "adverse_event"
    assert role(_FEVER, "no history of fever", "fever") == "phenotype"


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


@pytest.mark.parametrize("pattern", [roles._CALLED_BEFORE, roles._CALLED_AFTER, roles._BESIDE])
def test_no_wording_for_harm_is_lost(pattern: re.Pattern[str]) -> None:
    """Sentences without any of a few letters are not read for what calls a condition a harm: it needs them."""
    assert not lost(pattern, roles._CALLING)
