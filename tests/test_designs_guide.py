"""docs/designs.md, followed word for word: one package makes a design, and nothing else is touched."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from folders import ENGINE, snakemake

BLOCK = re.compile(r"<!-- write: ([^ ]+) -->\n```\w+\n(.*?)```", re.DOTALL)


@pytest.mark.build
@pytest.mark.xdist_group("new")
def test_the_design_of_the_guide_builds_with_figure_table_and_starter_from_its_one_package(tmp_path):
    engine = tmp_path / "engine"
    for name in ("scripts", "templates", "profiles"):
        (engine / name).parent.mkdir(exist_ok=True)
        (engine / name).symlink_to(ENGINE / name)
    shutil.copytree(ENGINE / "src", engine / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ENGINE / "Snakefile", engine / "Snakefile")
    package = engine / "src" / "evidentia" / "designs" / "average"
    blocks = BLOCK.findall((ENGINE / "docs" / "designs.md").read_text(encoding="utf-8"))
    for name, text in blocks:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    assert len(blocks) == 10
    (package / "__init__.py").touch()

    folder = tmp_path / "evaluation"
    command = [
        sys.executable,
        "-m",
        "evidentia.cli",
        "new",
        str(folder),
        "--title",
        "Averages",
        "--area",
        "Nowhere",
        "--design",
        "average",
    ]
    environment = {**os.environ, "PYTHONPATH": str(engine / "src")}
    started = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert started.returncode == 0, started.stderr
    done = snakemake(folder, engine=engine)
    assert done.returncode == 0, done.stdout

    scores = [21, 24, 19.5, 26, 22]
    ledger = {
        entry["id"]: entry["value"]
        for entry in json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    }
    assert ledger["wellbeing.mean.estimate"] == sum(scores) / 5 == 22.5
    assert ledger["wellbeing.mean.ci_high"] == pytest.approx(
        25.665634, abs=1e-6
    )  # R 4.2: t.test(c(21, 24, 19.5, 26, 22))
    page = (folder / "build" / "report.html").read_text(encoding="utf-8")
    assert 'id="fig-wellbeing-mean"' in page
    assert 'id="tbl-wellbeing"' in page
    assert (folder / "build" / "report.pdf").is_file()
