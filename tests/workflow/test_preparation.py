"""Data that a program of the folder prepares: rows in and out, who is left out, and where the records lie."""

import contextlib
import shutil

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError
from evidentia.workflow.analysis import analyse, imports_of, read_datasets
from evidentia.workflow.evaluation import EvaluationFolder
from evidentia.workflow.flow import Flow
from evidentia.workflow.job import Job
from evidentia.workflow.preparation import make, prepare
from folders import MINIMAL, write_folder

PREPARE = """import evidentia

def prepare(tables, settings):
    chosen = evidentia.Selection(tables["cases"], "Referrals")
    chosen.leave_out("no_consent", "No consent", chosen.frame["consent"] != "yes")
    chosen.leave_out("no_days", "Day not known", chosen.frame["days"].isna())
    return chosen
"""
CASES = "case,consent,days\n" + "".join(
    f"K-{number:03},{'no' if number < 8 else 'yes'},{'' if number % 5 == 0 else number}\n"
    for number in range(40)
)
SHELL = 'printf "case,days\\nK-001,2\\nK-002,5\\n" > "$2/panel.csv"\n'


def folder_of(place, program="analysis/prepare.py", text=PREPARE, disclosure=None, **more):
    cases = {"path": "data/cases.csv", "id": "case", **({"disclosure": disclosure} if disclosure else {})}
    config = {
        **MINIMAL,
        "data": {"cases": cases, "panel": {"from": ["cases"], "run": program, **more}},
        "analyses": {"who": {"design": "exclusions", "data": "panel", "unit_name": "referrals"}},
    }
    return write_folder(place, config, **{"data__cases.csv": CASES, program.replace("/", "__"): text})


@pytest.fixture(autouse=True)
def trusted(monkeypatch):
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")


def result_of(folder):
    from evidentia.core.results import load_result

    with contextlib.chdir(folder):
        job = Job(subject="panel")
        prepare(job)
        analyse(Job(subject="who"))
        return load_result("build/results/who.json"), job


def test_each_rule_is_a_number_and_all_add_up(tmp_path):
    (result, source), _ = result_of(folder_of(tmp_path / "own"))
    values = {number.id: number.value for number in result.numbers}
    assert values == {
        "n.in.cases": 40,
        "n.start": 40,
        "left_out.no_consent": 8,
        "left_out.no_days": 6,
        "n.kept": 26,
    }
    assert source["prepared"] == {"panel": "analysis/prepare.py"}
    assert list(source["inputs"]) == ["data/cases.csv"]


def test_the_import_report_has_rows_in_and_out_and_the_rules(tmp_path):
    folder = folder_of(tmp_path / "own")
    with contextlib.chdir(folder):
        config = load_config(".")
        make(config, "panel")
        report = imports_of(config, read_datasets(config, ["panel"]))["panel"]
    assert report["prepared"]["rows_in"] == {"cases": 40}
    assert [rule["rows"] for rule in report["prepared"]["rules"]] == [8, 6]
    assert report["rows"] == 26


def test_prepared_data_are_protected_as_their_sources_are_and_nothing_of_them_is_below_build(tmp_path):
    folder = folder_of(tmp_path / "own", disclosure={"minimum_cell": 7})
    (result, source), job = result_of(folder)
    assert load_config(folder).data["panel"].disclosure.minimum_cell == 7
    hidden = {number.id for number in result.numbers if number.suppressed}
    assert {"left_out.no_days", "left_out.no_consent"} <= hidden
    texts = [path.read_bytes() for path in (folder / "build").rglob("*") if path.is_file()]
    assert not any(b"K-0" in text for text in texts)
    assert not job.made
    assert all(known.startswith("sha256:") is False for known in job.kept.values())
    assert source["imported"]["panel"]["prepared"]["rows_in"] == {"cases": None}
    assert (folder / ".protected" / "prepared" / "panel.parquet").is_file()


def test_another_program_writes_one_table(tmp_path):
    folder = folder_of(tmp_path / "own", "analysis/prepare.sh", SHELL)
    with contextlib.chdir(folder):
        config = load_config(".")
        make(config, "panel")
        table = read_datasets(config, ["panel"])["panel"]
    assert table.numeric("days").to_list() == [2, 5]
    assert table.frame["case"].to_list() == ["K-001", "K-002"]


LEFT = "rule,label,rows\\nyoung,Under 5,{}\\n"
WRONG = {
    "no table": ("true", "the program wrote no table"),
    "two tables": (SHELL + 'cp "$2/panel.csv" "$2/more.csv"', "the program wrote 2 tables"),
    "another file": (SHELL + 'touch "$2/notes.txt"', "the program wrote notes.txt, which is no output"),
    "rules that do not add up": (
        SHELL + f'printf "{LEFT.format(3)}" > "$2/left_out.csv"',
        "leave out 3 of 40 records, which leaves 37, and 2 were given",
    ),
    "no number": (
        SHELL + f'printf "{LEFT.format("some")}" > "$2/left_out.csv"',
        "'some' is no number of records",
    ),
    "broken parquet": ('echo x > "$2/panel.parquet"', "no Parquet file that can be read"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_preparation_that_does_wrong_is_told_of_in_one_message(tmp_path, what):
    text, message = WRONG[what]
    folder = folder_of(tmp_path / "own", "analysis/prepare.sh", text)
    with contextlib.chdir(folder), pytest.raises(EvidentiaError) as caught:
        make(load_config("."), "panel")
    assert message in str(caught.value)
    assert "analysis/prepare.sh" in str(caught.value)


def test_a_change_of_data_program_or_settings_decides_the_preparation_and_what_follows(tmp_path):
    folder = folder_of(tmp_path / "own")

    def keys():
        flow = Flow(EvaluationFolder(folder))
        return [step.key for step in (flow.prepared[0], flow.analyses[0])]

    first = keys()
    assert keys() == first
    (folder / "data" / "cases.csv").write_text(CASES + "K-040,yes,9\n")
    second = keys()
    (folder / "analysis" / "helper.py").write_text("# beside it\n")
    third = keys()
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["data"]["panel"]["settings"] = {"least": 5}
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    fourth = keys()
    for place in (0, 1):
        assert len({known[place] for known in (first, second, third, fourth)}) == 4


FAULTS = {
    "no such source": ({"from": ["case"], "run": "analysis/prepare.py"}, "is made of 'case', which"),
    "itself": ({"from": ["panel"], "run": "analysis/prepare.py"}, "is made of itself"),
    "both": (
        {"from": ["cases"], "run": "analysis/prepare.py", "path": "data/cases.csv"},
        "is a file (path), or is",
    ),
    "no source": ({"run": "analysis/prepare.py"}, "is a file (path), or is made by"),
    "no program": ({"from": ["cases"], "path": "data/cases.csv"}, "is a file (path), or is made by"),
    "neither": ({"id": "case"}, "the key 'path' is missing"),
    "no such program": (
        {"from": ["cases"], "run": "analysis/prepar.py"},
        "analysis/prepar.py does not exist",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_data_set_that_is_wrongly_described_is_named_with_its_line(tmp_path, what):
    entry, message = FAULTS[what]
    folder = folder_of(tmp_path / "own")
    config = yaml.safe_load((folder / "config.yaml").read_text())
    config["data"]["panel"] = entry
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    with pytest.raises(EvidentiaError) as caught:
        load_config(folder)
    assert message in str(caught.value)
    assert "line" in str(caught.value)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_prepares_data_too(tmp_path):
    text = """paths <- commandArgs(trailingOnly = TRUE)
cases <- read.csv(paths[1])
kept <- cases[cases$consent == "yes", ]
write.csv(kept, file.path(paths[2], "panel.csv"), row.names = FALSE)
write.csv(data.frame(rule = "no_consent", label = "No consent", rows = nrow(cases) - nrow(kept)),
  file.path(paths[2], "left_out.csv"), row.names = FALSE)
"""
    (result, _), _ = result_of(folder_of(tmp_path / "own", "analysis/prepare.R", text))
    assert {number.id: number.value for number in result.numbers}["n.kept"] == 32
