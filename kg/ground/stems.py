"""A word of a finding's name in, its stem out; words that stand for one another there have one stem.

"Abnormality of the clavicle" and "abnormal clavicular shape" have the same stems, "bridged" and "bridging" have.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.lexicon.described import ADJECTIVES
from kg.lexicon.prepare import key

# Words that stand for one another in names of findings. Most are often the only difference of two of HPO's synonyms, or
# are inflected irregularly; that "manifestation", "sign" and the like only say that something is wrong is English.
_SAME: Final = (
    "abnormal abnormality anomaly anomalous malformation malformed deformity deformed defect defective "
    "aberration aberrant manifestation involvement sign symptom",
    "impaired impairment impediment dysfunction difficulty disturbance disturbed problem",
    "hypoplastic hypoplasia underdeveloped underdevelopment hypotrophic hypotrophy",
    "absent absence missing aplasia aplastic agenesis",
    "increased increase elevated elevation high raised",
    "decreased decrease reduced reduction low lowered diminished",
    "blood circulating serum plasma",
    "multiple numerous many",
    "extra supernumerary accessory",
    "wide broad widened widening",
    "large big enlarged enlargement",
    "long elongated elongation",
    "narrow narrowed narrowing",
    "thick thickened thickening",
    "thin thinned thinning",
    "flat flattened flattening",
    "short shortened shortening",
    "curved curvature curving bowed bowing",
    "stiff stiffness",
    "weak weakness",
    "delayed delay retarded retardation",
    "recurrent recurring repeated frequent",
    "excessive excess",
    "fused fusion synostosis",
    "duplicated duplication double duplex",
    "dilated dilatation dilation",
    "tumor neoplasm neoplasia",
    "bleeding hemorrhage",
    "atrophy atrophic atrophied wasting wasted",
    "spot macule",
    "nevus nevi",
    "limb extremity",
    "face facial facies",
    "palsy paralysis",
    "gait walk walking",
    "seizure convulsion",
    "premature preterm",
    "protruding protrusion protruded prominent prominence",
    "hearing auditory",
    "vision visual",
    "bowel intestine intestinal",
    "nose nasal",
    "tooth teeth dental dentition",
    "foot feet",
    "phalanx phalanges",
    "vessel vascular",
    "artery arterial arteriae",
    "vein venous",
    "aorta aortic",
    "nerve neural",
    "bone osseous bony",
    "ulna ulnar",
    "femur femoral",
    "skull cranium cranial",
    "cervix cervical",
    "lip labial",
    "tongue lingual",
    "esophagus esophageal",
    "mouth oral",
    "jaw gnathic",
    "breast mammary",
    "clavicle collarbone clavicular",
    "thorax chest thoracic",
    "behavior behavioral",
    "intellectual mental",
    "development developmental",
    "neurological neurologic",
    "motor movement motility",
    "testicle testis testes testicular",
    "sclera scleral",
    "septum septal septated",
)
_OF: Final = {
    form: line.split()[0]
    for line in (*(f"{part} {' '.join(forms)}" for part, forms in ADJECTIVES.items() if " " not in part), *_SAME)
    for form in line.split()
}
_BRITISH: Final = (("aem", "em"), ("oed", "ed"), ("oes", "es"), ("oet", "et"), ("tumour", "tumor"), ("haem", "hem"),
            ("paed", "ped"), ("rrhoe", "rrhe"), ("colour", "color"), ("fibre", "fiber"), ("isation", "ization"),
            ("ised", "ized"), ("naev", "nev"), ("behaviour", "behavior"))  # fmt: skip
# An ending and what is left of it; the first that fits and leaves four letters.
_ENDINGS: Final = (
    ("plastic", "plas"),
    ("plasia", "plas"),
    ("trophic", "troph"),
    ("trophy", "troph"),
    ("ification", "if"),
    ("ified", "if"),
    ("ization", "iz"),
    ("ized", "iz"),
    ("ation", ""),
    ("ated", ""),
    ("ating", ""),
    ("ability", "abl"),
    ("icity", ""),
    ("ivity", ""),
    ("ition", ""),
    ("otic", "os"),
    ("osis", "os"),
    ("oses", "os"),
    ("eal", ""),
    ("ion", ""),
    ("ive", ""),
    ("ity", ""),
    ("ing", ""),
    ("ed", ""),
    ("ment", ""),
    ("ness", ""),
    ("ical", ""),
    ("cle", "cul"),
    ("ble", "bul"),
    ("ular", "ul"),
    ("al", ""),
    ("ar", ""),
    ("ic", ""),
    ("ia", ""),
    ("ous", ""),
    ("ae", ""),
    ("um", ""),
    ("us", ""),
    ("is", ""),
    ("ea", ""),
    ("a", ""),
    ("e", ""),
    ("y", ""),
)
_LEFT: Final = 4


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A prepared word without its inflection.

    >>> [stem(word) for word in ("clavicular", "clavicles", "bridging", "bridged", "kidneys", "renal")]
    ['clavicul', 'clavicul', 'bridg', 'bridg', 'kidne', 'kidne']
    """
    for british, american in _BRITISH:
        word = word.replace(british, american)
    if word in _OF:
        return _ended(_OF[word])
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "oses", "yses", "itides")):
        word = word[:-1]
    return _ended(_OF.get(word, word))


def _ended(word: str) -> str:
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _LEFT:
            return word[: len(word) - len(ending)] + rest
    return word


# What a name may have or lack: "abnormal clavicle" is of abnormal morphology.
EMPTY: Final = frozenset("of the a an in on at to s its his her their both and morphology shape".split())  # noqa: SIM905
_LONGEST: Final = 6  # stems of a name


def form(name: str) -> str:
    """A name as the set of its words' stems; empty where it has fewer than two or too many.

    >>> form("Abnormality of the kidney") == form("renal malformations"), form("Seizures")
    (True, '')
    """
    stems = {stem(word) for word in key(name).split() if word not in EMPTY}
    return " ".join(sorted(stems)) if 2 <= len(stems) <= _LONGEST else ""
