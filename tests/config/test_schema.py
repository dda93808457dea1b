import json

import jsonschema
import yaml

from evidentia.config.schema import json_schema
from folders import ENGINE


def test_the_schema_in_the_docs_is_up_to_date():
    stored = (ENGINE / "docs" / "config.schema.json").read_text(encoding="utf-8")
    assert stored == json_schema(), "run: evidentia schema -o docs/config.schema.json"


def test_the_default_configuration_satisfies_the_schema():
    config = yaml.safe_load((ENGINE / "config.yaml").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(config, default=str))
    jsonschema.validate(plain, json.loads(json_schema()))
