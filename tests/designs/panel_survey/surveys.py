"""A small survey in two waves, written as CSV text, for the tests of the design."""

from pathlib import Path

import numpy as np
import pandas as pd

from evidentia.data.table import DataTable, read_table
from evidentia.designs.panel_survey.analyse import analyse
from evidentia.designs.panel_survey.settings import PanelSurveySettings

WAVE_1 = """person,role,mood,often
p1,nurse,Good,5
p2,nurse,Good,4
p3,nurse,Bad,2
p4,porter,Good,
p5,porter,Bad,1
p6,porter,,3
"""
WAVE_2 = """person,role,mood,often
p1,nurse,Good,5
p2,nurse,Bad,2
p3,nurse,Good,5
p4,porter,,4
p7,porter,Good,4
p8,clerk,Good,1
p9,clerk,Bad,2
"""
SETTINGS = {
    "design": "panel_survey",
    "data": {"wave_1": "first", "wave_2": "second"},
    "respondent": "person",
    "invited": {"wave_1": 10, "wave_2": 14},
    "stable": ["role"],
    "items": {
        "mood": {"label": "Mood is good", "positive": ["Good"], "scale": ["Bad", "Good"]},
        "often": {"positive": [4, 5], "base": "panel"},
    },
}


def run(folder: Path, first: str = WAVE_1, second: str = WAVE_2, **settings):
    """Return the result and its numbers by id."""
    chosen = PanelSurveySettings.model_validate({**SETTINGS, **settings})
    tables = {}
    for name, text in (("first", first), ("second", second)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        tables[name] = read_table(folder, f"{name}.csv", None)
    result = analyse(chosen, {name: tables[name] for name in chosen.datasets()})
    return result, {number.id: number for number in result.numbers}


def analysed(seed: int, size: int):
    """Return the result of a random survey of about `size` people a wave, some of them in both, some without
    an answer.
    """
    random = np.random.default_rng(seed)
    tables = {}
    for name, first in (("first", 0), ("second", int(random.integers(0, size)))):
        ids = [f"p{number}" for number in range(first, first + size)]
        mood = random.choice(["Bad", "Good", None], size, p=[0.15, 0.75, 0.1])
        often = random.choice(["1", "2", "3", "4", "5"], size, p=[0.05, 0.1, 0.15, 0.3, 0.4])
        frame = pd.DataFrame({"person": ids, "role": "nurse", "mood": mood, "often": often}, dtype=object)
        tables[name] = DataTable(frame, f"{name}.csv", "sha256:0")
    items = {
        **SETTINGS["items"],
        "often": {"positive": ["4", "5"], "base": "panel", "scale": ["1", "2", "3", "4", "5"]},
    }
    return analyse(PanelSurveySettings.model_validate({**SETTINGS, "invited": {}, "items": items}), tables)
