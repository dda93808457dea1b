"""A small survey in two waves, written as CSV text, for the tests of the design."""

from pathlib import Path

from evidentia.data.table import read_table
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
