"""Small evaluations of published studies, by config.yaml alone, and the page that lists what they give."""

import contextlib
import json
from pathlib import Path

import yaml

from evidentia.config.load import load_config
from evidentia.core.formats import MINUS
from evidentia.core.reference import resolve
from evidentia.workflow.analysis import read_datasets

ENGINE = Path(__file__).resolve().parents[2]
PAGE = ENGINE / "docs" / "published.md"
FACTS = [ENGINE.parent / "shared" / "facts" / "studies", ENGINE / "shared" / "facts" / "studies"]


def numbers_of(folder, frame, settings, words=()):
    """Return the values of an analysis by id, from a folder with one data set; columns are numbers unless
    they are named in `words`.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    text = frame if isinstance(frame, str) else frame.to_csv(index=False)
    (folder / "data" / "study.csv").write_text(text, encoding="utf-8")
    names = text.splitlines()[0].replace('"', "").split(",")
    fields = [{"name": name, "type": "string" if name in words else "number"} for name in names]
    schema = {"fields": fields, "missingValues": ["", "NA"]}
    package = {
        "resources": [{"name": "study", "path": "study.csv", "title": "A published study", "schema": schema}]
    }
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    config = {
        "evaluation": {"id": "study", "title": "A published study", "date": "2021-06-30"},
        "data": {"study": {"path": "data/study.csv"}},
        "analyses": {"study": {"data": "study", **settings}},
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    with contextlib.chdir(folder):
        loaded = load_config()
        analysis = loaded.analyses["study"]
        tables = read_datasets(loaded, analysis.datasets())
        result = resolve(loaded.registry.designs[analysis.design].analyse)(analysis, tables)
    return {number.id: number.value for number in result.numbers}


def facts(name):
    """Return the path of a study's data that lie beside the project, or None."""
    return next((path / name for path in FACTS if (path / name).exists()), None)


def listed(paper, place, figure, published, ours):
    """Check that the page has the row of a figure, as the tests found it."""
    row = f"| {paper} | {place} | {figure} | {published.replace('-', MINUS)} | {ours.replace('-', MINUS)} |"
    assert row in PAGE.read_text(encoding="utf-8"), f"write into docs/published.md:\n{row}"
