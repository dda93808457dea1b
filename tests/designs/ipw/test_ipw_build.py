"""The design in evaluation folders that hold nothing but config.yaml and data."""

import json
import shutil

import pytest

from designs.ipw.samples import people
from folders import ENGINE, snakemake, write_folder

pytestmark = pytest.mark.build


def config(datasets, **analysis):
    return {
        "evaluation": {"id": "other", "title": "Another evaluation", "date": "2024-05-01"},
        "data": datasets,
        "analyses": {"trial": {"design": "ipw", **analysis}},
    }


def test_folder_without_schema_and_report_gives_the_numbers(tmp_path):
    frame = people()
    settings = {
        "data": "cases",
        "treatment": "treated",
        "outcome": "y",
        "propensity": "age + I(age**2) + C(sex)",
        "estimand": "ATT",
    }
    cases = {"cases": {"path": "data/cases.csv", "disclosure": {"minimum_cell": 10}}}
    folder = write_folder(tmp_path, config(cases, **settings))
    frame.to_csv(folder / "data" / "cases.csv", index=False)
    done = snakemake(folder, "numbers")
    assert done.returncode == 0, done.stdout
    numbers = {
        row["id"]: row for row in json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    }
    assert numbers["trial.n.treated"]["value"] == int(frame["treated"].sum())
    assert {
        "trial.smd_weighted.age",
        "trial.smd_weighted.sex_m",
        "trial.effect_ato.p_value",
        "trial.evalue.ci",
    } <= set(numbers)
    assert numbers["trial.effect.estimate"]["value"] == numbers["trial.effect_att.estimate"]["value"]
    assert numbers["trial.effect.estimate"]["source"]["rule"] == "ipw"


def test_no_person_reaches_the_build_not_even_through_an_error(tmp_path):
    people_file = (ENGINE / "data" / "future4me" / "people.csv").read_text()
    offences = (ENGINE / "data" / "future4me" / "offences.csv").read_text()
    prepare = {
        "kind": "event_history",
        "people": {
            "data": "p",
            "treated": "Future4Me",
            "comparator": "Before Future4Me",
            "birth_month": "birth_month",
        },
        "events": {"data": "o"},
        "age": "age",
        "counts": {"any": "all"},
        "end_of_data": "2020-01-31",
    }
    data = {
        "p": {"path": "data/people.csv", "disclosure": {"minimum_cell": 10}},
        "o": {"path": "data/offences.csv"},
    }
    raw = config(data, prepare=prepare, treatment="supported", outcome="again", covariates=["age", "any"])
    folder = write_folder(tmp_path, raw)
    (folder / "data" / "people.csv").write_text(people_file)
    (folder / "data" / "offences.csv").write_text(offences)
    done = snakemake(folder, "numbers")
    assert done.returncode == 0, done.stdout
    assert "people are left out" in done.stdout
    assert not mentions(folder, "YP0")
    (folder / "data" / "people.csv").write_text(people_file + people_file.splitlines()[-1] + "\n")
    shutil.rmtree(folder / "build")
    done = snakemake(folder, "numbers")
    assert done.returncode != 0, done.stdout
    assert "a person stands 2 times" in done.stdout
    assert not mentions(folder, "YP0")


def mentions(folder, text):
    return [
        path
        for path in (folder / "build").rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    ]
