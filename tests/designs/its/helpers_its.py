"""What the tests of the design ``its`` share."""

import pandas as pd

from evidentia.core.number_ids import check_unique
from evidentia.core.results import Result
from evidentia.data.table import DataTable
from evidentia.designs.its.analyse import analyse
from evidentia.designs.its.settings import ITSSettings


def months(n: int, first: str = "2017-04") -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, start + n)]


def table_of(**columns) -> DataTable:
    """Return columns as a table whose rows are numbered as in a file."""
    frame = pd.DataFrame(columns)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return DataTable(frame, "data/series.csv", "sha256:0")


def settings_of(**settings) -> ITSSettings:
    usual = {"design": "its", "data": "d", "time": "month", "outcome": "y", "intervention": "2018-04"}
    return ITSSettings.model_validate(usual | settings)


def run(table: DataTable, **settings) -> Result:
    return analyse(settings_of(**settings), {"d": table})


def numbers(table: DataTable, **settings) -> dict:
    result = run(table, **settings)
    check_unique((f"series.{number.id}" for number in result.numbers), "the test")  # as the ledger asks
    return {number.id: number.value for number in result.numbers}
