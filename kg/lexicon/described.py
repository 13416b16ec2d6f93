"""The label of a phenotype in, the phrases by which a text describes it out, each ready for matching.

HPO builds its labels by pattern ("Abnormality of the X", "Abnormal X morphology", "Hypoplastic X"); authors say "X
anomalies", "malformations of the X", "abnormal Xs", "hypoplasia of the X". What a vocabulary lists itself goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon.prepare import key
from kg.lexicon.variants import plural

_LONGEST = 4  # words; a longer part of the body is a definition, and no text words it so
_ABNORMALITY = re.compile(r"abnormality of (?:the )?(.+)$")
_MORPHOLOGY = re.compile(r"abnormal (.+?) morphology$")
# What is measured, done or made is not deformed: "abnormal glucose concentration" has no anomalies.
_NO_PART = re.compile(
    r"\b(?:concentration|level|activity|count|response|test|physiology|electrophysiology|metabolism|homeostasis|"
    r"size|shape|height|weight|number|morphology|distribution|proportion|ratio|function|position|location)s?\b"
)
# The noun of a change and its adjective, either of which a label may have.
_CHANGES = (
    ("hypoplasia", "hypoplastic"),
    ("aplasia", "aplastic"),
    ("dysplasia", "dysplastic"),
    ("hyperplasia", "hyperplastic"),
    ("atrophy", "atrophic"),
    ("hypertrophy", "hypertrophic"),
    ("calcification", "calcified"),
    ("duplication", "duplicated"),
    ("ossification", "ossified"),
    ("dilatation", "dilated"),
)
_NOUN_OF = re.compile(rf"({'|'.join(noun for noun, _ in _CHANGES)}) of (?:the )?(.+)$")
_ADJECTIVE = re.compile(rf"({'|'.join(adjective for _, adjective in _CHANGES)}) (.+)$")
_NOUN = re.compile(rf"(.+) ({'|'.join(noun for noun, _ in _CHANGES)})$")
_MANY = re.compile(r"(?:multiple|numerous) (.+)$")
_ARTICLE = re.compile(r" of (?!the )(?=[^\W\d])")
# "preauricular" is written "pre-auricular", too.
_PREFIX = re.compile(r"\b(pre|post|sub|supra|infra|inter|intra|retro|para|peri)(?=[^\W\d]{5})")
# Parts of the body, and their adjectives.
ADJECTIVES = {
    "kidney": ("renal",),
    "eye": ("ocular", "ophthalmic"),
    "ear": ("otic", "auricular"),
    "face": ("facial",),
    "skin": ("cutaneous",),
    "heart": ("cardiac",),
    "liver": ("hepatic",),
    "lung": ("pulmonary",),
    "brain": ("cerebral",),
    "skeletal system": ("skeletal", "bone"),
    "nervous system": ("neurological", "neurologic"),
    "central nervous system": ("cns",),
    "cardiovascular system": ("cardiovascular",),
    "genitourinary system": ("genitourinary", "urogenital"),
    "endocrine system": ("endocrine",),
    "immune system": ("immune", "immunological"),
    "musculoskeletal system": ("musculoskeletal",),
    "vertebral column": ("vertebral", "spinal"),
    "spine": ("spinal",),
    "rib": ("costal",),
    "clavicle": ("clavicular",),
    "mandible": ("mandibular",),
    "maxilla": ("maxillary",),
    "patella": ("patellar",),
    "pelvis": ("pelvic",),
    "skull": ("cranial",),
    "mouth": ("oral",),
    "tooth": ("dental",),
    "dentition": ("dental",),
    "tongue": ("lingual",),
    "retina": ("retinal",),
    "cornea": ("corneal",),
    "vitreous humor": ("vitreous",),
    "uterus": ("uterine",),
    "penis": ("penile",),
    "testis": ("testicular",),
    "ovary": ("ovarian",),
    "joint": ("articular",),
    "cerebellum": ("cerebellar",),
    "corpus callosum": ("callosal",),
    "vertebrae": ("vertebral",),
    "finger": ("digital",),
    "larynx": ("laryngeal",),
    "trachea": ("tracheal",),
    "esophagus": ("esophageal",),
    "stomach": ("gastric",),
    "intestine": ("intestinal",),
    "pancreas": ("pancreatic",),
    "spleen": ("splenic",),
    "thyroid gland": ("thyroid",),
}
_WORDS_FOR = {adjective: part for part, adjectives in ADJECTIVES.items() for adjective in adjectives[:1]}


def descriptions(label: str) -> Iterator[str]:
    """Every prepared phrase that describes what a phenotype's label names, none twice, the label left out.

    >>> [phrase for phrase in descriptions("Abnormal rib morphology") if phrase.startswith("abnormal ")]
    ['abnormal rib', 'abnormal ribs']
    >>> "renal anomalies" in [*descriptions("Abnormality of the kidney")]
    True
    >>> [*descriptions("Dysplastic patella")]
    ['patella dysplasia', 'patellar dysplasia', 'dysplasia of the patella', 'dysplasia of patella']
    """
    plain = key(label)
    yield from (phrase for phrase in dict.fromkeys(_phrases(plain)) if phrase != plain)


def _phrases(plain: str) -> Iterator[str]:
    if (found := _ABNORMALITY.match(plain)) is not None:
        yield from _deviations(found[1], ("abnormality", "anomaly"))
    elif (found := _MORPHOLOGY.match(plain)) is not None:
        yield from _deviations(found[1], ("malformation", "abnormality", "anomaly"))
        if _is_part(found[1]):
            yield from (f"abnormal {form}" for form in _numbers(found[1]))
    elif (found := _MANY.match(plain)) is not None:
        yield from (f"{many} {found[1]}" for many in ("multiple", "numerous"))
    else:
        yield from _changed(plain)
        if " of " in plain:
            yield _ARTICLE.sub(" of the ", plain, count=1)
    if (parted := _PREFIX.sub(r"\1 ", plain)) != plain:
        yield from _numbers(parted)


def _deviations(part: str, nouns: tuple[str, ...]) -> Iterator[str]:
    if not _is_part(part):
        return
    for noun in nouns:
        for form in _numbers(noun):
            yield from (f"{word} {form}" for word in _worded(part))
            yield f"{form} of the {_WORDS_FOR.get(part, part)}"
            yield f"{form} of {_WORDS_FOR.get(part, part)}"


def _changed(plain: str) -> Iterator[str]:
    if (found := _NOUN_OF.match(plain)) is not None:
        noun, part = found[1], found[2]
    elif (found := _NOUN.match(plain)) is not None:
        noun, part = found[2], found[1]
    elif (found := _ADJECTIVE.match(plain)) is not None:
        noun, part = next(noun for noun, adjective in _CHANGES if adjective == found[1]), found[2]
    else:
        return
    if not _is_part(part):
        return
    yield from (f"{word} {noun}" for word in _worded(part))
    of = _WORDS_FOR.get(part, part)
    if of in ADJECTIVES or found.re is not _NOUN:  # "of the renal" is no phrase
        yield f"{noun} of the {of}"
        yield f"{noun} of {of}"


def _is_part(phrase: str) -> bool:
    return len(phrase.split()) <= _LONGEST and _NO_PART.search(phrase) is None


def _worded(part: str) -> Iterator[str]:
    """A part of the body and its adjectives; an adjective's noun, too."""
    yield part
    yield from ADJECTIVES.get(part, ())
    if (noun := _WORDS_FOR.get(part)) is not None:
        yield noun
        yield from (other for other in ADJECTIVES[noun] if other != part)


def _numbers(noun: str) -> Iterator[str]:
    yield noun
    head, blank, last = noun.rpartition(" ")
    if (more := plural(last)) is not None:
        yield head + blank + more
