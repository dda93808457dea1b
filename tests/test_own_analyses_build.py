"""An evaluation with a Python function, an R program and prepared data, built from its raw data to the PDF."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from evidentia.audit.verify import verify
from evidentia.compare.explain import explain
from evidentia.compare.sources import read_present
from evidentia.config.load import load_config
from folders import snakemake, write_folder

GIFTS = "quarter,gifts\n2019-Q1,40\n2019-Q2,44\n2019-Q3,52\n2019-Q4,61\n2020-Q1,30\n2020-Q2,35\n"
PYTHON = """import matplotlib.pyplot as plt

import evidentia


def analyse(tables, settings):
    gifts = tables["late"]
    result = evidentia.Result()
    result.number("total", gifts["gifts"].sum(), "count", "Gifts since the start", people=False)
    figure, axes = plt.subplots()
    axes.plot(gifts["quarter"], gifts["gifts"])
    axes.annotate(str(gifts["gifts"].max()), (0, gifts["gifts"].max()))
    result.figure("trend", figure, gifts)
    result.table("quarters", gifts)
    return result
"""
PREPARE = """import evidentia


def prepare(tables, settings):
    chosen = evidentia.Selection(tables["gifts"], "Quarters")
    chosen.leave_out("early", "Before the start", chosen.frame["quarter"] < settings["start"])
    return chosen
"""
RSCRIPT = """paths <- commandArgs(trailingOnly = TRUE)
gifts <- read.csv(paths[1])
out <- paths[2]
most <- max(gifts$gifts)
numbers <- data.frame(id = "most", value = most, unit = "count", label = "Most gifts", people = "no")
write.csv(numbers, file.path(out, "numbers.csv"), row.names = FALSE)
svg(file.path(out, "figures", "bars.svg"), width = 6.5, height = 3)
barplot(gifts$gifts, names.arg = gifts$quarter)
invisible(dev.off())
"""
CONFIG = {
    "evaluation": {"id": "gifts", "title": "Gifts", "date": "2021-06-30"},
    "data": {
        "gifts": {"path": "data/gifts.csv"},
        "late": {"from": ["gifts"], "run": "analysis/late.py", "settings": {"start": "2019-Q2"}},
    },
    "analyses": {
        "own": {"design": "script", "run": "analysis/own.py", "data": ["late"]},
        "peak": {"design": "script", "run": "analysis/peak.R", "data": ["gifts"]},
        "who": {"design": "exclusions", "data": "late", "unit_name": "quarters"},
    },
    "figures": {
        "trend": {"kind": "script", "analysis": "own", "caption": "Gifts", "alt": "Gifts fell"},
        "bars": {"kind": "script", "analysis": "peak", "caption": "Gifts in bars", "alt": "Bars of gifts"},
        "left-out": {
            "kind": "exclusions",
            "analysis": "who",
            "caption": "Quarters left out",
            "alt": "One left out",
        },
    },
    "tables": {"quarters": {"kind": "script", "analysis": "own", "caption": "Gifts by quarter"}},
    "report": {"chapters": ["report/one.qmd"], "engine": "pandoc"},
}
CHAPTER = """# Gifts {#sec-gifts}

{% claim "peak.most > 55" %}There were more than enough: {{ n("peak.most") }} in the best quarter{% endclaim
%}, and {{ n("own.total") }} since the start. {{ n("who.left_out.early") }} quarter was left out
(@fig-left-out, @fig-trend, @fig-bars, @tbl-quarters).

{{ figure("left-out") }}

{{ figure("trend") }}

{{ figure("bars") }}

{{ table("quarters") }}
"""


@pytest.mark.build
@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_own_analyses_are_built_proved_explained_and_held_to_their_claims(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("EVIDENTIA_TRUST", "")
    programs = {"analysis__own.py": PYTHON, "analysis__late.py": PREPARE, "analysis__peak.R": RSCRIPT}
    folder = write_folder(
        tmp_path / "gifts", CONFIG, **{"data__gifts.csv": GIFTS, "report__one.qmd": CHAPTER, **programs}
    )
    (folder / "data" / "rates.csv").unlink()

    refused = snakemake(folder)
    assert refused.returncode != 0
    assert "you have not said that they may run" in refused.stdout
    assert not (folder / ".protected").exists()
    asked = [sys.executable, "-m", "evidentia.cli", "trust", str(folder)]
    subprocess.run(asked, check=True, capture_output=True, env=dict(os.environ))

    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    ledger = numbers_of(folder)
    assert (ledger["own.total"], ledger["peak.most"], ledger["who.n.kept"]) == (222, 61, 5)
    assert ledger["own.quarters.2019-q3.gifts"] == 52
    page = (folder / "build" / "report.html").read_text()
    assert 'id="fig-bars"' in page
    assert "222" in page

    told = explain("own.total", read_present(folder), load_config(folder), folder)["source"]
    assert told["place"] == "analysis/own.py, line 9"
    assert told["prepared"] == {"late": "analysis/late.py"}
    assert [data["path"] for data in told["data"]] == ["data/gifts.csv"]
    assert explain("peak.most", read_present(folder), load_config(folder), folder)["source"][
        "place"
    ].endswith("line 5")

    (folder / "data" / "gifts.csv").write_text(GIFTS.replace("2019-Q2,44", "2019-Q2,45"))
    done = snakemake(folder)
    assert done.returncode == 0, done.stdout
    assert numbers_of(folder)["own.total"] == 223
    assert "223" in (folder / "build" / "report.html").read_text()

    whole = (folder / "build" / "report.pdf").read_bytes()
    (folder / "data" / "gifts.csv").write_text(GIFTS.replace("61", "49"))
    done = snakemake(folder)
    assert done.returncode != 0
    assert "a claim no longer holds" in done.stdout
    assert (folder / "build" / "report.pdf").read_bytes() == whole

    (folder / "analysis" / "own.py").write_text(PYTHON.replace("sum()", "max()"))
    done = snakemake(folder)
    assert "analysis/own.py (changed)" in done.stdout
    assert (folder / "build" / "report.pdf").read_bytes() == whole


@pytest.mark.build
def test_own_analyses_give_the_same_bytes_wherever_they_run(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("EVIDENTIA_TRUST", "all")
    config = {key: CONFIG[key] for key in ("evaluation", "data")}
    config["analyses"] = {name: CONFIG["analyses"][name] for name in ("own", "who")}
    programs = {"analysis__own.py": PYTHON, "analysis__late.py": PREPARE}
    folder = write_folder(tmp_path / "gifts", config, **{"data__gifts.csv": GIFTS, **programs})
    found = verify(folder, targets=("numbers",))
    assert found.files
    assert found.unlike == {}


def numbers_of(folder):
    entries = json.loads((folder / "build" / "numbers.json").read_text())["numbers"]
    return {entry["id"]: entry["value"] for entry in entries}
