"""Invented panels for the tests of the design ``did``."""

import numpy as np
import pandas as pd

from evidentia.data.table import DataTable
from evidentia.designs.did.analyse import analyse
from evidentia.designs.did.settings import DidSettings

NAMES = {"data": "panel", "unit": "area", "time": "year", "outcome": "y", "first_treated": "start"}


def panel(starts, years=range(2015, 2021), *, effect=2.0, noise=1.0, seed=1):
    """Return a panel with one unit for each start (None: never): a unit's level, a common trend, and an
    effect from the start on.
    """
    random = np.random.default_rng(seed)
    rows = []
    for place, start in enumerate(starts):
        level, x = random.normal(20, 3), random.normal()
        for year in years:
            treated = start is not None and year >= start
            y = (
                level
                + 0.7 * (year - 2015)
                + x * 0.2 * (year - 2015)
                + effect * treated
                + noise * random.normal()
            )
            rows.append([f"A{place:03d}", year, start, int(treated), y, x])
    return pd.DataFrame(rows, columns=["area", "year", "start", "treated", "y", "x"])


def run(frame, *, minimum_cell=0, **changes):
    """Return the result of a panel."""
    return analyse(settings_of(**changes), {"panel": table_of(frame, minimum_cell)})


def settings_of(**changes):
    given = {"design": "did", **NAMES, **changes}
    return DidSettings.model_validate({key: value for key, value in given.items() if value is not None})


def table_of(frame, minimum_cell=0):
    frame = frame.copy()
    frame.index = range(2, len(frame) + 2)
    return DataTable(frame, "data/panel.csv", "0", minimum_cell)


def values(result):
    return {number.id: number.value for number in result.numbers}
