"""Small evaluations of published studies, by config.yaml alone, and the page that lists what they give."""

import contextlib
import json
import os
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
    return {number.id: number.value for number in result_of(folder, frame, settings, words).numbers}


def result_of(folder, frame, settings, words=()):
    """Return the result of an analysis from a folder with one data set."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    text = frame if isinstance(frame, str) else frame.to_csv(index=False)
    (folder / "data" / "study.csv").write_text(text, encoding="utf-8")
    names = text.split("\n", 1)[0].replace('"', "").strip().split(",")
    fields = [{"name": name, "type": "string" if name in words else "number"} for name in names]
    schema = {"fields": fields, "missingValues": ["", "NA"]}
    package = {
        "resources": [{"name": "study", "path": "study.csv", "title": "A published study", "schema": schema}]
    }
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return analysed(folder, {"data": "study", **settings}, data={"study": {"path": "data/study.csv"}})


def analysed(folder, settings, **config):
    """Return the result of the one analysis of a folder's config.yaml."""
    config = {
        "evaluation": {"id": "study", "title": "A published study", "date": "2021-06-30"},
        **config,
        "analyses": {"study": settings},
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    with contextlib.chdir(folder):
        loaded = load_config()
        analysis = loaded.analyses["study"]
        tables = read_datasets(loaded, analysis.datasets())
        return resolve(loaded.registry.designs[analysis.design].analyse)(analysis, tables)


def member_of(folder, id, result, settings):
    """Write an analysis's ledger below a portfolio, and return what its record says of the member."""
    entries = [
        {
            "id": f"study.{number.id}",
            "label": number.label,
            "value": number.value,
            "unit": number.unit,
            "source": {"basis": "computed"},
        }
        for number in result.numbers
    ]
    (folder / id).mkdir(parents=True, exist_ok=True)
    ledger = f"{id}/numbers.json"
    (folder / ledger).write_text(json.dumps({"schema": 1, "evaluation": id, "numbers": entries}))
    row = {"id": id, "folder": id, "label": id, "ledger": ledger, "sha256": "sha256:0", "before": {}}
    return {**row, "analyses": {"study": settings}}


def facts(name):
    """Return the path of a study's data that lie beside the project, or None."""
    return next((path / name for path in FACTS if (path / name).exists()), None)


def listed(paper, place, figure, published, ours):
    """Check that the page has the row of a figure, as the tests found it; with WRITE_PUBLISHED=1 in the
    environment, write it there: WRITE_PUBLISHED=1 pytest -n 0 tests/published
    """
    start = f"| {paper} | {place} | {figure} |"
    row = f"{start} {published.replace('-', MINUS)} | {ours.replace('-', MINUS)} |"
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    if os.environ.get("WRITE_PUBLISHED"):
        rows = [number for number, line in enumerate(lines) if line.startswith("| ")]
        here = next((number for number in rows if lines[number].startswith(start)), None)
        lines[slice(here, here + 1) if here else slice(rows[-1] + 1, rows[-1] + 1)] = [row]
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert row in lines, f"missing in docs/published.md (WRITE_PUBLISHED=1 writes it):\n{row}"
