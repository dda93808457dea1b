"""`evidentia new`: whatever is chosen, the folder builds at once, without a warning, to the numbers of its
own baseline.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from evidentia.config.load import load_config
from evidentia.config.registry import installed
from evidentia.core.errors import EvidentiaError
from evidentia.core.ledger import load
from evidentia.core.paths import BASELINE
from evidentia.new import starters
from evidentia.new.ask import plan_of
from evidentia.new.starters import about, folder_of, offered
from evidentia.new.write import Plan, write_evaluation
from folders import ENGINE, snakemake, warnings_of

DAY = datetime.date(2024, 3, 31)


def plan(*designs: str, title: str = "Family hubs", area: str = "Northshire") -> Plan:
    return Plan(title, area, list(designs), DAY)


def command(*arguments, cwd=None):
    environment = {**os.environ, "PYTHONPATH": str(ENGINE / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "evidentia.cli", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.build
@pytest.mark.xdist_group("new")
@pytest.mark.parametrize("design", offered())
def test_a_folder_of_one_design_builds_to_its_baseline_and_binds_its_words(design, tmp_path):
    folder = tmp_path / "evaluation"
    write_evaluation(folder, plan(design))
    done = snakemake(folder, "numbers")
    assert done.returncode == 0, done.stdout
    assert [line for line in warnings_of(done) if ": note " not in line] == []
    assert json.loads((folder / "build" / "words.json").read_text())["unclaimed"] == []
    built, accepted = (load(folder / name) for name in ("build/numbers.json", BASELINE))
    assert {id: entry["value"] for id, entry in built.items()} == {
        id: entry["value"] for id, entry in accepted.items()
    }
    own = [id for id in built if id.split(".")[0] in load_config(folder).analyses]
    assert any(built[id]["uses"] for id in own), "the chapter binds numbers of the design"


@pytest.mark.build
@pytest.mark.xdist_group("new")
def test_a_folder_of_all_designs_builds_whole_and_passes_its_own_tests(tmp_path):
    folder = tmp_path / "evaluation"
    title, area = 'Family "hubs": 2 of them', 'North, "Shire" 9'
    arguments = [part for design in offered() for part in ("--design", design)]
    made = command("new", str(folder), "--title", title, "--area", area, "--date", "2024-03-31", *arguments)
    assert made.returncode == 0, made.stderr
    assert f"evidentia build {folder}" in made.stdout
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    assert [line for line in warnings_of(done) if ": note " not in line] == []
    page = (folder / "build" / "report.html").read_text(encoding="utf-8")
    assert "Family &quot;hubs&quot;: 2 of them" in page or "Family &#34;hubs&#34;: 2 of them" in page
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--rootdir",
            str(folder),
            "-p",
            "no:cacheprovider",
            str(folder / "tests"),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ENGINE / "src")},
    )
    assert checked.returncode == 0, checked.stdout
    assert "skipped" not in checked.stdout
    assert "Nothing to be done" in snakemake(folder).stdout


def test_what_an_installer_compiles_beside_a_starter_is_no_part_of_a_new_folder(tmp_path, monkeypatch):
    starter = tmp_path / "starter"
    shutil.copytree(folder_of("script"), starter)
    (starter / "analysis" / "__pycache__").mkdir(exist_ok=True)
    (starter / "analysis" / "__pycache__" / "own.cpython-311.pyc").write_bytes(b"\x00")
    monkeypatch.setattr(starters, "folder_of", lambda design: starter)
    assert not [name for name in starters.files(["script"]) if "pycache" in name]


def test_a_folder_has_all_that_a_repository_of_its_own_needs(tmp_path):
    files = write_evaluation(tmp_path / "e", plan("its"))
    assert {
        ".gitignore",
        ".pre-commit-config.yaml",
        ".github/workflows/report.yml",
        "README.md",
        "config.yaml",
        "config.schema.json",
    } < set(files)
    assert {
        "data/datapackage.json",
        "data/months.csv",
        "tests/test_evaluation.py",
        BASELINE,
        "tests/regression/CHANGES.md",
    } < set(files)
    assert not [name for name in files if name.startswith("build/")]
    for name in (".pre-commit-config.yaml", ".github/workflows/report.yml"):
        assert yaml.safe_load((tmp_path / "e" / name).read_text())
    texts = [(tmp_path / "e" / name).read_text(encoding="utf-8") for name in files]
    assert not [found for text in texts for found in re.findall(r"@[A-Z]{2,}@", text)]
    assert os.access(tmp_path / "e", os.R_OK | os.X_OK)


def test_every_design_has_a_starter_and_says_what_it_is():
    assert set(installed().designs) - set(offered()) <= {"synthesis"}, (
        "a synthesis reads finished evaluations"
    )
    for design in offered():
        assert {"config.yaml", "summary.qmd", "report"} <= {
            path.name for path in folder_of(design).iterdir()
        }, design
        assert len(about(design)) > 20


def test_the_tests_of_the_example_are_those_of_a_new_folder():
    new = ENGINE / "src" / "evidentia" / "new" / "folder" / "tests" / "test_evaluation.py"
    for example in (ENGINE / "examples").glob("*/tests/test_evaluation.py"):
        assert example.read_text() == new.read_text(), example


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--title", "A", "--area", "B", "--design", "panel_survy"],
            ["unknown design 'panel_survy'", "did you mean 'panel_survey'?"],
        ),
        (
            ["--title", "A", "--area", "B", "--design", "its", "--date", "31/3/2024"],
            ["'31/3/2024' is not a day", "2024-03-31"],
        ),
    ],
)
def test_a_mistake_is_one_message_and_leaves_nothing_behind(tmp_path, arguments, expected):
    done = command("new", "e", *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("evidentia:") == 1
    assert "Traceback" not in done.stderr
    for part in expected:
        assert part in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty_is_refused_and_kept(tmp_path):
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "mine.txt").write_text("mine")
    done = command("new", "e", "--title", "A", "--area", "B", "--design", "its", cwd=tmp_path)
    assert done.returncode == 1
    assert "the folder is not empty: it holds mine.txt" in done.stderr
    assert [path.name for path in (tmp_path / "e").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_taken_and_a_file_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "config.yaml" in write_evaluation(tmp_path / "empty", plan("theory_of_change"))
    (tmp_path / "file").write_text("")
    with pytest.raises(EvidentiaError, match="there is a file of this name"):
        write_evaluation(tmp_path / "file", plan("its"))


def test_where_nobody_can_answer_the_folders_name_is_the_title(tmp_path):
    done = command("new", "family-hubs", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "'Family hubs' in the area, with example data for its" in done.stdout
    assert load_config(tmp_path / "family-hubs").evaluation.title == "Family hubs"


def test_what_is_missing_is_asked_for_until_it_is_known(monkeypatch, capsys):
    answers = iter(
        ["", "Family hubs", "Northshire", "panel_survy", f"{offered().index('its') + 1}, benchmark"]
    )
    monkeypatch.setattr("builtins.input", lambda *_: next(answers))
    asked = plan_of("", "", [], "2024-03-31", interactive=True)
    assert asked == Plan("Family hubs", "Northshire", ["its", "benchmark"], DAY)
    shown = capsys.readouterr().out
    assert "did you mean 'panel_survey'?" in shown
    assert about("listing")[:30] in shown


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Family hubs: year 2!", "family-hubs-year-2"),
        ("2024 review", "evaluation-2024-review"),
        ("Äöü", "evaluation"),
    ],
)
def test_the_id_comes_from_the_title(title, id):
    assert plan("its", title=title).id == id


def test_the_workflow_pins_the_engine_and_builds_once_for_each_push(tmp_path):
    from evidentia.core.version import version

    write_evaluation(tmp_path / "e", plan("its"))
    text = (tmp_path / "e" / ".github" / "workflows" / "report.yml").read_text(encoding="utf-8")
    assert f"evidentia=={version()}" in text
    assert "--require-hashes" in text
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"push", "workflow_dispatch"}  # YAML reads the key "on" as true
    steps = [str(step) for step in workflow["jobs"]["report"]["steps"]]
    assert sum("evidentia build" in step for step in steps) == 1
    assert "upload-artifact" in steps[-1]
    config = yaml.safe_load((tmp_path / "e" / "config.yaml").read_text(encoding="utf-8"))
    assert config["engine"].startswith(">=")
