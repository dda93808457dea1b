"""A small trial with a plan, of invented pupils: reading improves, attendance does not."""

import copy
import random
from pathlib import Path

import yaml

from folders import write_folder

CHAPTER = """# Findings {#sec-findings}

{% claim "reading.effect.ci_low > 0" %}Pupils of the programme read better by {{ n("reading.effect.estimate", "1dp") }} points.{% endclaim %} {% claim "attendance.effect.ci_low < 0" %}Attendance may have stayed as it was.{% endclaim %} {% claim "reading.effect_unadjusted.estimate > 0" %}The plain difference is positive as well{% endclaim %} (@tbl-effects).

{{ table("effects") }}
"""


def pupils() -> str:
    """Return the records; the draws are the same each time."""
    draw = random.Random(4)
    rows = ["pupil,arm,before,age,reading,attendance"]
    for number in range(120):
        arm = "programme" if number % 2 else "usual"
        before = draw.gauss(50, 10)
        reading = before + 6 * (arm == "programme") + draw.gauss(0, 5)
        rows.append(
            f"p{number},{arm},{before:.1f},{draw.randint(7, 11)},{reading:.1f},{draw.gauss(92, 4):.1f}"
        )
    return "\n".join(rows) + "\n"


TRIAL = {"design": "rct", "data": "pupils", "id": "pupil", "arm": "arm", "control": "usual", "unit": "score"}
PLAN = {
    "data": "not_yet_read",
    "registered": {"link": "https://example.org/registry/12345", "date": "2024-02-20"},
    "outcomes": {"primary": ["reading.effect"], "secondary": ["attendance.effect"]},
    "estimands": {"reading.effect": "Difference in reading between all pupils as assigned"},
    "exclusions": ["Pupils who left the school before the first lesson"],
    "expected": {
        "reads": {"claim": "reading.effect.ci_low > 0", "words": "Pupils of the programme read better"},
        "attends": {"claim": "attendance.effect.ci_low > 0", "words": "Pupils of the programme attend more"},
    },
    "sample": {"reading.n.programme": 64},
    "minimum_detectable": {"reading.effect": 4},
}
CONFIG = {
    "evaluation": {"id": "trial", "title": "A small trial", "date": "2025-06-30", "synthetic_records": True},
    "data": {"pupils": {"path": "data/pupils.csv", "synthetic": True}},
    "analyses": {
        "reading": {**TRIAL, "outcome": "reading", "baseline": "before", "label": "Reading score"},
        "attendance": {**TRIAL, "outcome": "attendance", "label": "Attendance"},
    },
    "tables": {
        "effects": {
            "kind": "rct_effects",
            "analysis": "reading",
            "caption": "Differences between arms",
        }
    },
    "plan": PLAN,
    "report": {"chapters": ["report/findings.qmd"], "engine": "pandoc"},
}


def write_trial(folder: Path, **sections) -> Path:
    """Write the evaluation; `sections` replace those of its config.yaml, None takes one out."""
    return write_folder(
        folder,
        settings(**sections),
        **{"data__pupils.csv": pupils(), "report__findings.qmd": CHAPTER},
    )


def settings(**sections) -> dict:
    """Return the configuration with other sections."""
    merged = {**copy.deepcopy(CONFIG), **sections}
    return {key: value for key, value in merged.items() if value is not None}


def configure(folder: Path, **sections) -> None:
    """Write another config.yaml."""
    (folder / "config.yaml").write_text(
        yaml.safe_dump(settings(**sections), sort_keys=False), encoding="utf-8"
    )


def with_covariate() -> dict:
    """Return analyses in which reading is adjusted for age too."""
    analyses = copy.deepcopy(CONFIG["analyses"])
    analyses["reading"]["covariates"] = ["age"]
    return analyses
