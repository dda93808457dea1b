"""The JSON Schema of config.yaml, for editors."""

from __future__ import annotations

from evidentia.config.model import config_model
from evidentia.core.files import to_json


def json_schema() -> str:
    """Return the schema as JSON text, the same each time."""
    schema = config_model().model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "config.yaml of an Evidentia evaluation"
    return to_json(schema)
