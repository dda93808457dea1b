"""Two releases together: what points at someone is named, what does not is left alone."""

import json

import pytest
import yaml
from typer.testing import CliRunner

from evidentia.cli import app
from evidentia.config.load import load_config
from evidentia.disclosure.differencing import CLOSE, HIDDEN_NOW, MOVED, SHOWN_NOW, differencing
from folders import MINIMAL, write_folder

PROTECTED = {"path": "data/people.csv", "disclosure": {"minimum_cell": 5}}


def entry(value, unit="count", path="data/people.csv", basis="computed"):
    hidden = {"suppressed": "c"} if value is None else {}
    source = {"basis": basis, "inputs": {path: "sha256:0"}}
    return {
        "id": "a.n",
        "value": value,
        "unit": unit,
        "label": "People",
        "source": source,
        "uses": [],
        "display": "",
        **hidden,
    }


@pytest.fixture
def folder(tmp_path):
    config = {**MINIMAL, "data": {**MINIMAL["data"], "people": PROTECTED}}
    made = write_folder(tmp_path / "study", config, data__people="person,town\nQX0001,Grantham\n")
    (made / "data" / "people").rename(made / "data" / "people.csv")
    return made


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (entry(40), entry(42), CLOSE),
        (entry(42), entry(38), CLOSE),
        (entry(40), entry(45), ""),
        (entry(40), entry(40), ""),
        (entry(40), entry(None), HIDDEN_NOW),
        (entry(None), entry(40), SHOWN_NOW),
        (entry(None), entry(None), ""),
        (entry(40.5), entry(42.2), ""),
        (entry(0.50, "proportion"), entry(0.52, "proportion"), ""),
        (entry(40, path="data/rates.csv"), entry(42, path="data/rates.csv"), ""),
        (entry(40, basis="configured"), entry(42, basis="configured"), ""),
    ],
)
def test_a_pair_of_releases_is_judged_by_the_minimum_cell_of_its_data(folder, before, after, what):
    found = differencing({"a.n": before}, {"a.n": after}, load_config(folder, check_files=False))
    assert [item.what for item in found] == ([what] if what else [])


@pytest.mark.parametrize(
    ("people", "means", "what"),
    [
        ((40, 40), (2.5, 2.6), MOVED),
        ((40, 42), (2.5, 2.6), MOVED),
        ((40, 45), (2.5, 2.6), ""),
        ((40, 40), (2.5, 2.5), ""),
        ((40, 40), (2.5, 2.5 + 1e-13), ""),
    ],
)
def test_a_mean_that_moves_while_its_people_are_as_many_shows_who_was_exchanged(folder, people, means, what):
    releases = [
        {"a.n": entry(count), "a.mean": {**entry(mean, "mean"), "id": "a.mean"}}
        for count, mean in zip(people, means, strict=True)
    ]
    found = differencing(*releases, load_config(folder, check_files=False), {"a.mean": ("a.n",)})
    assert [item.what for item in found if item.id == "a.mean"] == ([what] if what else [])


def test_a_number_of_one_release_only_tells_nothing(folder):
    config = load_config(folder, check_files=False)
    assert differencing({}, {"a.n": entry(3)}, config) == differencing({"a.n": entry(3)}, {}, config) == []


def test_the_command_names_the_number_and_exits_with_1(folder):
    for name, value in (("build/numbers.json", 42), ("old.json", 40)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"schema": 1, "evaluation": "small", "numbers": [entry(value)]}))
    command = ["disclosure", "-C", str(folder)]
    alone = CliRunner().invoke(app, command)
    assert alone.exit_code == 0, alone.output
    assert "none found" in alone.output
    both = CliRunner().invoke(app, [*command, "--against", str(folder / "old.json")])
    assert both.exit_code == 1
    assert "a.n: 40 to 42: differs by fewer people than the minimum cell (5)" in both.output
    told = CliRunner().invoke(app, [*command, "--against", str(folder / "old.json"), "--json"])
    assert [item["id"] for item in json.loads(told.output)["differences"]] == ["a.n"]


def test_the_command_exits_with_1_if_a_record_is_in_the_build(folder):
    (folder / "build").mkdir()
    (folder / "build" / "numbers.json").write_text(
        json.dumps({"schema": 1, "evaluation": "small", "numbers": [entry(42)]})
    )
    (folder / "build" / "notes.txt").write_text("QX0001")
    done = CliRunner().invoke(app, ["disclosure", "-C", str(folder)])
    assert done.exit_code == 1
    assert "id of a person" in done.output
    assert yaml.safe_load((folder / "config.yaml").read_text())["data"]["people"]["disclosure"] == {
        "minimum_cell": 5
    }
