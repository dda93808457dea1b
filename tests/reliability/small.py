"""A small evaluation with a report, and its rules run one after the other in this process, which takes a
second.
"""

import contextlib
import csv
import functools
import importlib.util
import io
import os
from pathlib import Path

import yaml

from evidentia.config.load import load_config
from evidentia.workflow.analysis import analyse
from evidentia.workflow.job import Job
from folders import ENGINE, MINIMAL, RATES, write_folder

CHAPTER = """# Findings {#sec-findings}

Calls were {{ n("rates.calls.2020.area") }} in the area, as @fig-trend shows. The programme is called {{ n("programme.name") }}.

{{ figure("trend") }}

{{ table("calls") }}
"""
FACTS = {
    "documents": {"plan": "Evaluation plan"},
    "facts": {
        "programme.name": {
            "value": "Hand in Hand",
            "unit": "text",
            "label": "Name",
            "document": "plan",
            "place": "section 1",
        }
    },
}
CONFIG = {
    **MINIMAL,
    "figures": {
        "trend": {
            "kind": "trend",
            "analysis": "rates",
            "indicator": "calls",
            "caption": "Calls by year",
            "alt": "Calls rose",
            "source": "Release A",
        }
    },
    "tables": {
        "calls": {
            "kind": "benchmark",
            "analysis": "rates",
            "indicators": ["calls"],
            "years": [2019, 2020],
            "caption": "Calls",
        }
    },
    "report": {"chapters": ["report/one.qmd"], "facts": "report/facts.yaml", "engine": "pandoc"},
}


def write_small(folder: Path) -> Path:
    """Write the small evaluation with its report."""
    return write_folder(
        folder, CONFIG, **{"report__one.qmd": CHAPTER, "report__facts.yaml": yaml.safe_dump(FACTS)}
    )


def set_config(folder: Path, **sections) -> None:
    """Change sections of config.yaml."""
    (folder / "config.yaml").write_text(
        yaml.safe_dump({**CONFIG, **sections}, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )


def rows_of(text: str = RATES) -> list[list[str]]:
    """Return the rows of a CSV text, header first."""
    return list(csv.reader(io.StringIO(text)))


def text_of(rows: list[list[str]], separator: str = ",", end: str = "\n") -> str:
    """Return CSV text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def run_rules(folder: Path, until: str = "webpage") -> None:
    """Run the rules' scripts in this process, in the order of the flow; what is wrong is raised."""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        config = load_config(".")
        for name in config.analyses:
            analyse(Job(subject=name))
        for script in ("values", "compose", "webpage")[: None if config.report else 1]:
            _script(script).main(Job(script))
            if script == until:
                return


@functools.cache
def _script(name: str):
    spec = importlib.util.spec_from_file_location(f"script_{name}", ENGINE / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_root() -> list[str]:
    """Return the command that runs another as a user without rights over other people's files, if this is
    root.
    """
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
