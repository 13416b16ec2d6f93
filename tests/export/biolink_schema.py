"""The Biolink classes that a KGX export uses in, their JSON Schema out: what stands in `tests/fixtures/`.

Made with the package biolink-model 4.4.6 (CC0): `python tests/export/biolink_schema.py` writes the file.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "biolink.schema.json"
CLASSES = (
    "Association",
    "Cell",
    "Disease",
    "DiseaseOrPhenotypicFeature",
    "Gene",
    "JournalArticle",
    "NamedThing",
    "OrganismTaxon",
    "PhenotypicFeature",
    "PreprintPublication",
    "Publication",
    "Treatment",
)
_ENUMERATIONS = (
    "AgentTypeEnum",
    "AssociationBasisEnum",
    "EffectTypeEnum",
    "KnowledgeLevelEnum",
    "ResourceRoleEnum",
    "RetrievalSource",
    "StatisticalSignificanceQualifierEnum",
)


def generated() -> str:
    """The schema, without descriptions, titles and defaults; ImportError without the package."""
    model = importlib.import_module("biolink_model.datamodel.pydanticmodel_v2")
    schemas = importlib.import_module("pydantic.json_schema")
    _, schema = schemas.models_json_schema([(getattr(model, name), "validation") for name in CLASSES])
    # Studies are half of the schema and no export has them; without their property none may.
    del schema["$defs"]["Association"]["properties"]["has_supporting_studies"]
    wanted = {"$defs": {name: schema["$defs"][name] for name in (*CLASSES, *_ENUMERATIONS)}}
    return json.dumps(_bare(wanted), indent=1, sort_keys=True) + "\n"


def _bare(schema: object, *, properties: bool = False) -> object:
    if isinstance(schema, dict):
        return {
            key: _bare(value, properties=key == "properties" and not properties)
            for key, value in schema.items()
            if properties or key not in ("description", "title", "default")
        }
    return [_bare(one) for one in schema] if isinstance(schema, list) else schema


if __name__ == "__main__":
    FIXTURE.write_text(generated(), "utf-8")
