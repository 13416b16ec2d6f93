"""The label of a concept that MONDO or MeSH has as a disease in, whether it is a sign all the same out.

MeSH files many measurements, behaviours and forms of the body under the organ that they concern and not under "Signs
and Symptoms". They stay phenotypes; source: cartkg curation of the labels that this concerns.
"""

from __future__ import annotations

import re
from typing import Final

_CHANGED: Final = re.compile(
    r"(?:abnormal\w*|addictive|compulsive|decreased|delayed|elevated|emotional|excessive|impaired|increased|recurrent|"
    r"reduced|remnants?|resistance|sparse|unusual) "
)
_SIGNS: Final = frozenset(
    """
    abdominal situs inversus|acanthocytosis|acidosis|adverse drug response|airway hyperresponsiveness
    airway obstruction|alkalosis|anisocoria|apnea|arachnodactyly|asystole|autoimmunity
    bilateral tonic-clonic seizure|binge drinking|bowing of the legs|breech presentation|bronchoconstriction
    cachexia|calcification|calcifications|calcinosis|cataplexy|central apnea|citrullinuria|cognitive impairment
    consciousness disorders|corneal opacity|cow milk allergy|diastema|disinhibition|dissociation|double tooth
    drooling|dyspareunia|dysphagia|echogenic fetal bowel|echolalia|eosinophilia
    eosinophilic infiltration of the esophagus|epiphyseal stippling|episodic hypersomnia|eye manifestations|gagging
    genu valgum|genu varum|glycosuria|hair-pulling|hemoglobinuria|hip contracture|hydrophobia|hyperhidrosis
    hyperkalemia|hyperlactatemia|hyperlordosis|hypernatremia|hyperoxaluria|hyperpigmentation|hyperreflexia
    hypertelorism|hypertyrosinemia|hypoalbuminemia|hypohidrosis|hypopigmentation|hypoproteinemia|hypospermatogenesis
    insulin resistance|intraalveolar phospholipid accumulation|joint contracture|ketosis|kinesiophobia
    kinetic tremor|laryngospasm|low intraocular pressure|lymphadenopathy|lymphocytosis|macrocephaly
    mandibular prognathia|metatarsus valgus|micrognathia|musculoskeletal pain|mutism|mydriasis|myoglobinuria
    narrow mouth|nasal congestion|neurobehavioral manifestations|neurologic manifestations
    neuromuscular manifestations|nuchal cord|onycholysis|open bite|oral manifestations|oral ulcer
    osteolytic defects of the phalanges of the hand|out-toeing|palmoplantar hyperkeratosis|parakeratosis|paresis
    patchy alopecia|pectus carinatum|pes cavus|plagiocephaly|platybasia|polydactyly|premature birth
    prodromal symptoms|proteinuria|pruritus vulvae|rash|respiratory acidosis|respiratory alkalosis
    respiratory sounds|retrognathia|scotoma|self-mutilation|severe short stature|single umbilical artery
    situs inversus with levocardia|skin ulcer|skin-picking|sleep-wake cycle disturbance|sneezing|supernumerary tooth
    syndactyly|synesthesia|talipes valgus|telangiectases|telangiectasia|thrombocytosis|tics|toothache
    urinary retention|vascular calcification|wide mouth|xerostomia
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
    return is_listed(label) or _CHANGED.match(label.lower()) is not None


def is_listed(label: str) -> bool:
    """Whether a label is one of the signs told by name, so that a disease of MONDO's with it is none.

    >>> is_listed("proteinuria"), is_listed("abnormal bleeding")
    (True, False)
    """
    return label.lower() in _SIGNS
