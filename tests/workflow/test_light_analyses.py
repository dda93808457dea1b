"""Analyses that take moments share a job, each with a result, a record and messages of its own."""

import json
import shutil

import pytest
import yaml

from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import Flow
from folders import ENGINE, MINIMAL, rules_run, snakemake, write_folder

pytestmark = pytest.mark.xdist_group("freshness")

HEAD = "item,measure,value,unit,label\n"
NAMES = ("visits", "calls", "letters")
CONFIG = {
    **MINIMAL,
    "data": {**MINIMAL["data"], **{name: {"path": f"data/{name}.csv"} for name in NAMES}},
    "analyses": {**MINIMAL["analyses"], **{name: {"design": "listing", "data": name} for name in NAMES}},
}


def write(folder):
    files = {
        f"data__{name}.csv": f"{HEAD}spring,people,{count},count,People\n"
        for count, name in enumerate(NAMES, 3)
    }
    return write_folder(folder, CONFIG, **files)


def change(folder, name, old, new):
    path = folder / "data" / f"{name}.csv"
    path.write_text(path.read_text().replace(old, new))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("light") / "study")
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    return folder, done


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built[0], tmp_path / "study", symlinks=True)


def jobs(folder):
    return [[step.subject for step in steps] for steps in Flow(EvaluationFolder(folder)).analysis_jobs]


def test_light_analyses_that_are_to_be_made_share_a_job(tmp_path):
    assert jobs(write(tmp_path / "study")) == [[*NAMES], ["rates"]]


@pytest.mark.build
def test_a_shared_job_leaves_a_result_and_a_record_for_each(built):
    folder, done = built
    assert rules_run(done) == {"analyses", "analyse_rates", "values", "publish"}
    for count, name in enumerate(NAMES, 3):
        result = json.loads((folder / "build" / "results" / f"{name}.json").read_text())
        assert [number["value"] for number in result["numbers"]] == [count]
    assert jobs(folder) == [["rates"], *([name] for name in NAMES)]
    assert "Nothing to be done" in snakemake(folder).stdout


@pytest.mark.build
def test_a_change_of_one_makes_that_one_alone(folder):
    change(folder, "calls", "4,count", "40,count")
    assert rules_run(snakemake(folder)) == {"analyse_calls", "values", "publish"}


@pytest.mark.build
def test_each_of_a_shared_job_can_be_asked_for_by_its_name(tmp_path):
    folder = write(tmp_path / "study")
    done = snakemake(folder, "analyse_calls")
    assert done.returncode == 0, done.stdout
    assert "analyses" in rules_run(done)


@pytest.mark.build
def test_all_that_is_wrong_with_analyses_of_a_shared_job_is_said_in_one_run(folder):
    published = (folder / "build" / "numbers.json").read_bytes()
    for name in NAMES[:2]:
        change(folder, name, "count", "counts")
    done = snakemake(folder)
    assert done.returncode != 0
    assert [f"data/{name}.csv" in done.stdout for name in NAMES] == [True, True, False]
    assert "Traceback" not in done.stdout
    assert (folder / "build" / "numbers.json").read_bytes() == published
    for name in NAMES[:2]:
        change(folder, name, "counts", "count")
    assert snakemake(folder).returncode == 0


@pytest.mark.build
def test_a_member_of_a_portfolio_with_a_wrong_light_analysis_fails_alone(tmp_path):
    for id in ("north", "south"):
        folder = write(tmp_path / id)
        config = {**CONFIG, "evaluation": {**CONFIG["evaluation"], "id": id}}
        (folder / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False))
    (tmp_path / "portfolio.yaml").write_text(yaml.safe_dump({"members": ["north", "south"]}))
    change(tmp_path / "north", "letters", "count", "counts")
    done = snakemake(tmp_path, "--keep-going", "--snakefile", str(ENGINE / "portfolio.smk"))
    assert "not built: north (analyse-letters)" in done.stdout
    assert "member: north" in done.stdout
    assert (tmp_path / "south" / "build" / "numbers.json").is_file()
    assert not (tmp_path / "north" / "build" / "numbers.json").exists()
