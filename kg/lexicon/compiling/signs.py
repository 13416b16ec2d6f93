"""HPO's label of a concept that MeSH files under diseases alone in, whether it is a sign all the same out.

MeSH files many measurements, behaviours and forms of the body under the organ that they concern and not under "Signs and
Symptoms". They stay phenotypes; source: cartkg curation of the 430 labels that this concerns.
"""

from __future__ import annotations

import re
from typing import Final

_CHANGED: Final = re.compile(
    r"(?:abnormal\w*|addictive|compulsive|decreased|delayed|elevated|emotional|excessive|impaired|increased|reduced|"
    r"remnants?|resistance|sparse|unusual) "
)
_SIGNS: Final = frozenset(
    """
    abdominal situs inversus|acanthocytosis|acidosis|adverse drug response|airway hyperresponsiveness
    airway obstruction|alkalosis|arachnodactyly|autoimmunity|bilateral tonic-clonic seizure|binge drinking
    bowing of the legs|breech presentation|bronchoconstriction|cachexia|calcification|calcifications|calcinosis
    cataplexy|central apnea|citrullinuria|cognitive impairment|corneal opacity|cow milk allergy|diastema
    disinhibition|dissociation|double tooth|drooling|dyspareunia|dysphagia|echogenic fetal bowel|eosinophilia
    eosinophilic infiltration of the esophagus|epiphyseal stippling|episodic hypersomnia|genu valgum|genu varum
    glycosuria|hair-pulling|hip contracture|hydrophobia|hyperhidrosis|hyperkalemia|hyperlordosis|hypernatremia
    hyperoxaluria|hyperpigmentation|hypertelorism|hypertyrosinemia|hypoalbuminemia|hypohidrosis|hypopigmentation
    hypoproteinemia|hypospermatogenesis|insulin resistance|intraalveolar phospholipid accumulation|joint contracture
    ketosis|kinesiophobia|kinetic tremor|laryngospasm|low intraocular pressure|lymphadenopathy|lymphocytosis
    macrocephaly|mandibular prognathia|metatarsus valgus|micrognathia|mydriasis|myoglobinuria|narrow mouth
    nasal congestion|nuchal cord|onycholysis|open bite|oral ulcer|osteolytic defects of the phalanges of the hand
    out-toeing|palmoplantar hyperkeratosis|parakeratosis|patchy alopecia|pectus carinatum|pes cavus|plagiocephaly
    platybasia|polydactyly|premature birth|pruritus vulvae|respiratory acidosis|respiratory alkalosis|retrognathia
    self-mutilation|severe short stature|single umbilical artery|situs inversus with levocardia|skin ulcer
    skin-picking|sleep-wake cycle disturbance|supernumerary tooth|syndactyly|synesthesia|talipes valgus
    telangiectases|telangiectasia|thrombocytosis|tics|urinary retention|vascular calcification|wide mouth|xerostomia
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)


def is_sign(label: str) -> bool:
    """Whether a label of HPO names what is seen or measured, whatever tree of MeSH it stands in.

    >>> is_sign("Abnormal heart morphology"), is_sign("Xerostomia"), is_sign("Mitral regurgitation")
    (True, True, False)
    """
    folded = label.lower()
    return folded in _SIGNS or _CHANGED.match(folded) is not None
