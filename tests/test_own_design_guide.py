"""docs/own_design.md, followed word for word in a folder: its design gives the sentence that the page says."""

import json
import os
import re
import subprocess
import sys

import pytest

from folders import ENGINE

BLOCK = re.compile(r"<!-- write: ([^ ]+) -->\n```\w+\n(.*?)```", re.DOTALL)
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
PAGE = (ENGINE / "docs" / "own_design.md").read_text(encoding="utf-8")


def test_the_design_of_the_guide_is_the_template_and_has_60_lines():
    from evidentia.new.design import TEMPLATE

    text = dict(BLOCK.findall(PAGE))["designs/medians.py"]
    assert text == (TEMPLATE / "src" / "design.py").read_text(encoding="utf-8").replace(
        "name_of_design", "medians"
    )
    assert len(text.splitlines()) <= 60


def test_the_template_of_a_design_has_a_test_that_passes(tmp_path):
    from evidentia.new.design import write_design

    files = write_design("gaps", tmp_path / "gaps")
    assert {"pyproject.toml", "README.md", "src/gaps/design.py", "tests/test_design.py"} <= set(files)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path / "gaps", capture_output=True, text=True, check=False)
    assert "3 passed" in done.stdout, done.stdout


@pytest.mark.build
def test_the_guide_to_a_design_of_ones_own_builds_the_report(tmp_path):
    folder = tmp_path / "visits"
    for name, text in BLOCK.findall(PAGE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "EVIDENTIA_TRUST": ""}
    for line in RUN.search(PAGE)[1].splitlines():
        command = [sys.executable, "-m", "evidentia.cli", *line.split()[1:]]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    ledger = json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    values = {entry["id"]: entry["value"] for entry in ledger}
    assert values["days.median.group_1"] == 4.5
    assert values["days.difference.estimate"] == -5.0
    assert (folder / "build" / "report.pdf").is_file()
