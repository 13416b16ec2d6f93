"""A condition's name in, its words in one form out: "dysfunction of the kidneys" and "renal disorder" become the same.

Adjectives of organs become the organ, words that say no more than "disease" one of them, inflected words their stem.
The tables hold common medical English, no vocabulary's rows. What two names must agree in before they may be taken for
one another (numbers, opposites) is told by `distinct`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon.prepare import key

_SAME = (
    ("kidney", "kidneys renal nephric"),
    ("liver", "hepatic livers"),
    ("heart", "cardiac hearts myocardial myocardium"),
    ("lung", "pulmonary lungs"),
    ("brain", "cerebral brains"),
    ("stomach", "gastric"),
    ("bowel", "intestinal intestine intestines bowels"),
    ("skin", "cutaneous dermal"),
    ("eye", "ocular ophthalmic eyes"),
    ("vision", "visual"),
    ("hearing", "auditory"),
    ("nerve", "neural nerves"),
    ("neurologic", "neurological"),
    ("muscle", "muscular muscles"),
    ("bone", "osseous bones"),
    ("joint", "articular joints"),
    ("vein", "venous veins"),
    ("artery", "arterial arteries"),
    ("vessel", "vascular vessels"),
    ("spleen", "splenic"),
    ("pancreas", "pancreatic"),
    ("bladder", "vesical"),
    ("prostate", "prostatic"),
    ("breast", "mammary"),
    ("ovary", "ovarian"),
    ("uterus", "uterine"),
    ("testis", "testicular"),
    ("colon", "colonic"),
    ("throat", "pharyngeal"),
    ("tooth", "dental teeth"),
    ("mouth", "oral"),
    ("retina", "retinal"),
    ("cornea", "corneal"),
    ("spine", "spinal"),
    ("thymus", "thymic"),
    ("adrenal", "suprarenal"),
    ("pituitary", "hypophyseal"),
    ("mental", "psychiatric"),
    ("cognition", "cognitive"),
    ("congenital", "inborn hereditary inherited familial"),
    ("child", "childhood pediatric infantile children juvenile"),
    ("increased", "elevated raised high increase elevation"),
    ("decreased", "reduced low diminished decrease reduction lowered"),
    ("cancer", "cancers malignancy malignancies"),
    ("tumor", "tumors neoplasm neoplasms neoplasia"),
    ("deficiency", "deficient deficiencies deficit deficits lack"),
    ("bleeding", "hemorrhage hemorrhages hemorrhagic bleed bleeds"),
    ("clot", "thrombus thrombi"),
    ("poisoning", "toxicity toxic intoxication toxicities"),
    ("diabetes", "diabetic diabetics"),
    ("epilepsy", "epileptic"),
    ("psychosis", "psychotic psychoses"),
    ("schizophrenia", "schizophrenic"),
    ("depression", "depressive depressed"),
    ("anxiety", "anxious"),
    ("hypertension", "hypertensive"),
    ("hypotension", "hypotensive"),
    ("anemia", "anemic"),
    ("leukemia", "leukemic"),
    ("ischemia", "ischemic"),
    ("inflammation", "inflammatory inflammations"),
    ("allergy", "allergic"),
    ("obesity", "obese"),
    ("myopathy", "myopathic"),
    ("parkinson", "parkinsonian parkinsonism"),
    ("tumorous", "cancerous"),
    ("arrhythmia", "arrhythmic arrhythmias dysrhythmia"),
    ("necrosis", "necrotic"),
    ("fibrosis", "fibrotic"),
    ("cirrhosis", "cirrhotic"),
    ("autism", "autistic"),
    ("catalepsy", "cataleptic"),
    ("dyskinesia", "dyskinetic"),
    ("dystonia", "dystonic"),
    ("hypertrophy", "hypertrophic"),
    ("metastasis", "metastatic metastases"),
    ("infection", "infected infections infectious"),
)  # fmt: skip
_FORM = {form: stem for stem, forms in _SAME for form in forms.split()}
# Words that only say that something is wrong.
_GENERAL = frozenset(
    {"disease", "disorder", "syndrome", "condition", "dysfunction", "impairment", "abnormality", "disturbance",
     "damage", "problem", "illness", "impaired", "dysfunctional", "abnormal", "symptom", "complication", "lesion",
     "anomaly"}
)  # fmt: skip
_EMPTY = frozenset(
    {"of", "the", "a", "an", "in", "with", "and", "or", "to", "due", "by", "for", "s", "on", "at", "from", "nos",
     "unspecified", "function", "functional", "severe", "mild", "moderate"}
)  # fmt: skip
_BRITISH = (("aemi", "emi"), ("haem", "hem"), ("oedema", "edema"), ("tumour", "tumor"), ("oesoph", "esoph"),
            ("paed", "ped"), ("rrhoe", "rrhe"), ("foet", "fet"), ("noea", "nea"), ("leuko", "leuco"))  # fmt: skip
# Adjectives of names of conditions: "atherosclerotic", "quadriplegic", "thrombocytopenic".
_ADJECTIVES = (("sclerotic", "sclerosis"), ("plegic", "plegia"), ("paretic", "paresis"), ("penic", "penia"),
               ("emic", "emia"), ("opathic", "opathy"), ("trophic", "trophy"), ("plastic", "plasia"),
               ("stenotic", "stenosis"), ("thrombotic", "thrombosis"), ("itic", "itis"), ("phobic", "phobia"),
               ("cephalic", "cephaly"), ("uric", "uria"))  # fmt: skip
_GREEK = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "zeta": "z", "kappa": "k",
          "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "κ": "k"}  # fmt: skip
_JOINT = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_NUMBER = re.compile(r"(?<![^ ])(?:\d+[a-z]?|[a-z])(?![^ ])")
_OPPOSITES = (
    ("hyper", "hypo"),
    ("tachy", "brady"),
    ("increased", "decreased"),
    ("macro", "micro"),
    ("poly", "oligo"),
    ("leucocytosis", "leucopenia"),
    ("intra", "extra"),
    ("supra", "infra"),
    ("benign", "malignant"),
    ("acute", "chronic"),
    ("upper", "lower"),
    ("left", "right"),
    ("ante", "post"),
    ("positive", "negative"),
)
_DENIAL = re.compile(r"(?:^| )(?:non|not|no|anti)(?= )")


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """The name's telling words in one form, in their order, none twice; the general word last.

    >>> words("dysfunction of the kidneys"), words("renal disorder"), words("Tumour type II")
    (('kidney', 'disease'), ('kidney', 'disease'), ('tumor', 'type', '2'))
    >>> words("HIV-infected"), words("atherosclerotic")
    (('hiv', 'infection'), ('atherosclerosis',))
    """
    found: list[str] = []
    general = False
    for word in key(name).split():
        if word in _EMPTY:
            continue
        form = _one(word)
        if form in _GENERAL:
            general = True
        elif form not in found:
            found.append(form)
    return (*found, "disease") if general or not found else tuple(found)


def symbol_words(name: str) -> tuple[str, ...]:
    """The same for genes and proteins, whose letters and numbers are written together or apart.

    >>> symbol_words("IL-6R"), symbol_words("interleukin 6 receptor, alpha")
    (('il', '6', 'r'), ('interleukin', '6', 'receptor', 'a'))
    """
    parts = (_GREEK.get(part, part) for part in _JOINT.sub(" ", key(name)).split())
    return tuple(dict.fromkeys(_ROMAN.get(part, part) for part in parts if part not in _EMPTY - {"a", "s"}))


def distinct(one: str, other: str) -> bool:
    """Whether two names are told apart by a number, a letter, a denial or an opposite, however alike they look.

    >>> distinct("type 1 diabetes", "type 2 diabetes"), distinct("hyperkalemia", "hypokalemia")
    (True, True)
    >>> distinct("type II collagen disorder", "type 2 collagen disease")
    False
    """
    here, there = " ".join(words(one)), " ".join(words(other))
    if sorted(_NUMBER.findall(f" {here}")) != sorted(_NUMBER.findall(f" {there}")):
        return True
    if bool(_DENIAL.search(key(one))) != bool(_DENIAL.search(key(other))):
        return True
    return any({_side(here, pair), _side(there, pair)} == {pair[0], pair[1]} for pair in _OPPOSITES)


def _side(name: str, pair: tuple[str, str]) -> str:
    """Which of two opposites the words of a name begin with; empty where it holds neither, or both."""
    held = [word for word in pair if f" {word}" in f" {name}"]
    return held[0] if len(held) == 1 else ""


@lru_cache(maxsize=16_384)
def _one(word: str) -> str:
    for british, american in _BRITISH:
        word = word.replace(british, american)
    if word in _FORM:
        return _FORM[word]
    word = _ROMAN.get(word, word)
    for adjective, noun in _ADJECTIVES:
        if len(word) > len(adjective) + 2 and word.endswith(adjective):
            return word.removesuffix(adjective) + noun
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 5 and word.endswith("ides"):
        word = word[:-4] + "itis" if not word.endswith("itides") else word[:-3] + "s"
    elif len(word) > 4 and word.endswith("oses"):
        word = word[:-2] + "is"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _FORM.get(word, word)
