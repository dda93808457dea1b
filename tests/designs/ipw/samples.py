"""Small samples and their analysis, for tests."""

import numpy as np
import pandas as pd

from evidentia.data.table import DataTable
from evidentia.designs.ipw.analyse import analyse
from evidentia.designs.ipw.settings import IpwSettings


def people(number=400, seed=1, effect=-0.5):
    """Return invented people with a confounder, a category and a binary outcome; rows are numbered as in a
    file.
    """
    random = np.random.default_rng(seed)
    age, sex = (
        random.normal(16, 1.5, number).round(2),
        random.choice(["f", "m", "x"], number, p=[0.4, 0.45, 0.15]),
    )
    treated = random.random(number) < 1 / (1 + np.exp(-(0.6 * (age - 16) + 0.4 * (sex == "m"))))
    outcome = random.random(number) < 1 / (1 + np.exp(-(0.4 * (age - 16) - 0.4 + effect * treated)))
    frame = pd.DataFrame(
        {"treated": treated.astype(int), "y": outcome.astype(int), "age": age, "sex": sex.astype(object)}
    )
    frame["score"] = (10 + 2 * (age - 16) + 3 * treated + random.normal(0, 2, number)).round(3)
    frame.index = pd.RangeIndex(2, number + 2)
    return frame


def pupils(schools=24, each=15, seed=7):
    """Return invented pupils in schools, of which every other one was treated; rows are numbered as in a
    file.
    """
    random = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools), each)
    treated = school % 2 == 0
    prior = random.normal(100, 10, len(school)).round(1) + 2 * treated
    result = (
        80
        + 0.2 * prior
        + 2 * treated
        + random.normal(0, 4, schools)[school]
        + random.normal(0, 8, len(school))
    ).round(2)
    names = [f"S{number:02d}" for number in school]
    frame = pd.DataFrame({"school": names, "treated": treated.astype(int), "prior": prior, "result": result})
    frame["passed"] = (frame["result"] > 100).astype(int)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def run(frame, table=None, **settings):
    """Analyse a frame, with what `table` says of its data set; the bootstrap is short unless the settings say
    otherwise.
    """
    raw = {
        "design": "ipw",
        "data": "d",
        "outcome": "y",
        "covariates": ["age", "sex"],
        "bootstrap": {"replicates": 50},
        **settings,
    }
    return analyse(
        IpwSettings.model_validate(raw), {"d": DataTable(frame, "data/people.csv", "sha256:0", **table or {})}
    )


def values(frame, **settings):
    """Return the numbers of an analysis by id, without its notes."""
    return {number.id: number.value for number in run(frame, **settings).numbers if not number.about}


def notes(frame, **settings):
    """Return the notes of an analysis by kind."""
    return {
        number.id.removeprefix("note."): number for number in run(frame, **settings).numbers if number.about
    }
