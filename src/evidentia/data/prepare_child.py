"""Runs the Python function that prepares a data set, in a process of its own.

``python -m evidentia.data.prepare_child in/task.json``, in the program's folder.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from evidentia.core.own_function import call, refuse, task_of, with_named_index
from evidentia.data.prepared import LEFT_OUT
from evidentia.data.selection import Selection

OUT = Path("out")


def main() -> None:
    """Run the task."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = call(task_of(sys.argv[1]), "prepare")
    frame = made.frame if isinstance(made, Selection) else made
    if not isinstance(frame, pd.DataFrame):
        refuse(f"prepare() returns {type(frame).__name__}, not a pandas.DataFrame or an evidentia.Selection")
    try:
        table = pa.Table.from_pandas(with_named_index(frame), preserve_index=False).replace_schema_metadata(
            None
        )
    except pa.ArrowException as error:
        what = "prepare() returns a column of more than one kind"
        refuse(f"{what}: {error.args[0]}; make it texts or numbers throughout")
    pq.write_table(table, OUT / "data.parquet")
    if isinstance(made, Selection):
        with (OUT / LEFT_OUT).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([("rule", "label", "rows"), *made.rules])


if __name__ == "__main__":
    main()
