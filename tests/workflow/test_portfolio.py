"""Portfolios: portfolio.yaml, and whole builds of generated ones."""

import json
import subprocess
import sys

import pytest
import yaml

from evidentia.core.errors import EvidentiaError
from evidentia.workflow.portfolio import Portfolio
from folders import ENGINE, MINIMAL, rules_run, snakemake, write_folder


def portfolio(folder, members, **ids):
    for name, id in ids.items():
        write_folder(
            folder / name, {**MINIMAL, "evaluation": {**MINIMAL["evaluation"], "id": id, "title": id.title()}}
        )
    (folder / "portfolio.yaml").write_text(yaml.safe_dump({"members": members}))
    return Portfolio(folder)


def test_a_pattern_stands_for_every_folder_that_it_matches(tmp_path):
    found = portfolio(tmp_path, ["*", {"folder": "a", "label": "Again"}], a="north", b="south")
    assert [(member.id, member.folder, member.label) for member in found.members] == [
        ("north", "a", "North"),
        ("south", "b", "South"),
    ]
    assert {step.folder for step in found.steps} == {str(tmp_path), str(tmp_path / "a"), str(tmp_path / "b")}


@pytest.mark.parametrize(
    ("members", "parts"),
    [
        (["a", "b"], ["two members have the id 'north': a and b", "evaluation.id"]),
        (["c*"], ["no evaluation folder matches 'c*'"]),
        ([{"foldr": "a"}], ["unknown key 'foldr'", "did you mean 'folder'"]),
        ([], ["members"]),
    ],
)
def test_a_portfolio_that_cannot_be_read_is_one_message(tmp_path, members, parts):
    with pytest.raises(EvidentiaError) as caught:
        _ = portfolio(tmp_path, members, a="north", b="north").members
    for part in [*parts, "portfolio.yaml"]:
        assert part in str(caught.value)


def test_a_member_that_cannot_be_read_leaves_the_others(tmp_path):
    found = portfolio(tmp_path, ["a", "bb"], a="north", b="south")
    assert [member.id for member in found.members] == ["north"]
    assert found.failed == {"bb": "config.yaml"}
    assert "there is no config.yaml" in str(found.faults[0])


def test_a_member_outside_the_folder_is_refused(tmp_path):
    write_folder(tmp_path / "elsewhere")
    inside = tmp_path / "portfolio"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path / "elsewhere")
    for member in ("../elsewhere", str(tmp_path / "elsewhere"), "link"):
        with pytest.raises(EvidentiaError, match=r"lies outside the portfolio's folder"):
            _ = portfolio(inside, [member]).members


def generated(folder, members):
    command = [
        sys.executable,
        str(ENGINE / "examples" / "portfolio" / "generate.py"),
        str(folder),
        "--members",
        str(members),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def build(folder, *arguments):
    return snakemake(folder, "--keep-going", "--snakefile", str(ENGINE / "portfolio.smk"), *arguments)


@pytest.mark.build
@pytest.mark.xdist_group("portfolio")
def test_a_portfolio_builds_its_members_and_a_synthesis_that_names_the_failed_ones(tmp_path):
    folder = generated(tmp_path / "portfolio", 4)
    people = folder / "members" / "002" / "data" / "people.csv"
    good = people.read_text()
    people.write_text(good.replace("\n1,", "\nx,", 1))
    config = folder / "members" / "004" / "config.yaml"
    readable = config.read_text()
    config.write_text(readable.replace("\ndata:", "\ndat:"))
    done = build(folder)
    assert done.returncode != 0
    assert "did you mean 'data'" in done.stdout
    assert "member: members/002" in done.stdout
    assert "not built: members/002 (analyse-support), members/004 (config.yaml)" in done.stdout
    assert "Traceback" not in done.stdout
    numbers = {
        entry["id"]: entry for entry in json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    }
    assert numbers["programme.members.not_built_names"]["value"] == "Birchford, Dunmere"
    assert numbers["programme.members.pooled"]["value"] == 2
    assert numbers["programme.prediction.ci_low"]["value"] is None
    assert (folder / "build" / "report.pdf").stat().st_size > 10_000

    people.write_text(good)
    config.write_text(readable)
    done = build(folder)
    assert done.returncode == 0, done.stdout
    assert not [rule for rule in rules_run(done) if rule.startswith("ashdale.")]
    numbers = {
        entry["id"]: entry for entry in json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    }
    assert numbers["programme.members.pooled"]["value"] == 4
    member = {
        entry["id"]: entry
        for entry in json.loads((folder / "members/003/build/numbers.json").read_text())["numbers"]
    }
    assert (
        numbers["programme.effect.calderwick.estimate"]["value"] == member["support.effect.estimate"]["value"]
    )
    assert (
        "members/003/build/numbers.json"
        in numbers["programme.effect.calderwick.estimate"]["source"]["inputs"]
    )
    assert "Nothing to be done" in build(folder).stdout

    alone = snakemake(folder / "members" / "003")
    assert "Nothing to be done" in alone.stdout


def test_two_members_with_one_id_stop_the_portfolio_before_anything_runs(tmp_path):
    folder = tmp_path / "twice"
    portfolio(folder, ["a", "b"], a="north", b="north")
    done = build(folder)
    assert done.returncode != 0
    assert done.stdout.count("evidentia:") == 1
    assert "two members have the id 'north': a and b" in done.stdout
    assert not (folder / "build").exists()
