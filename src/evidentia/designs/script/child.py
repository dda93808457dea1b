"""Runs the Python function of an own analysis in a process of its own, and writes what it returns as any
other program does.

``python -m evidentia.designs.script.child in/task.json``, in the program's folder.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidentia.core.own_function import call, refuse, task_of, with_named_index
from evidentia.core.own_task import draws
from evidentia.core.programs import home_of
from evidentia.designs.script.result import Result

OUT = Path("out")
NUMBERS = ("id", "value", "unit", "label", "formula", "of", "people", "line")


def main() -> None:
    """Run the task."""
    task = task_of(sys.argv[1])
    if draws(Path(home_of(task["program"]))):
        _use_style()
    result = call(task, "analyse")
    if not isinstance(result, Result):
        refuse(
            f"analyse() returns {type(result).__name__}, not evidentia.Result;"
            " begin with result = evidentia.Result() and end with return result"
        )
    write(result)


def _use_style() -> None:
    import matplotlib as mpl
    from matplotlib.rcsetup import cycler

    from evidentia.charts.colours import COLOURS
    from evidentia.charts.style import use_style
    from evidentia.charts.width import WIDTH

    use_style()
    mpl.rcParams.update({"figure.figsize": (WIDTH, 3.6), "figure.constrained_layout.use": True})
    mpl.rcParams["axes.prop_cycle"] = cycler(color=COLOURS)


def write(result: Result) -> None:
    """Write numbers, tables, figures and what is declared of them."""
    _write("numbers.csv", NUMBERS, ([row[name] for name in NUMBERS] for row in result.numbers))
    for name, (frame, columns) in result.tables.items():
        _frame(f"tables/{name}", frame, columns)
    for name, (figure, data, columns) in result.drawings.items():
        (OUT / f"figures/{name}.svg").write_text(_svg(figure), encoding="utf-8")
        if name in result.narrow:
            (OUT / f"figures/{name}.narrow.svg").write_text(_svg(result.narrow[name]), encoding="utf-8")
        if data is not None:
            _frame(f"figures/{name}", data, columns)
    if result.notes:
        _write("notes.csv", ("kind", "text", "about"), result.notes)
    if result.totals:
        _write("totals.csv", ("total", "parts"), result.totals)


def _frame(name: str, frame: Any, columns: Iterable[Iterable[str]]) -> None:
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        refuse(f"{name}: {type(frame).__name__} is no pandas.DataFrame")
    frame = with_named_index(frame)
    rows = ([_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
    _write(f"{name}.csv", list(map(str, frame.columns)), rows)
    columns = list(columns)
    if columns:
        _write(f"{name}.units.csv", ("column", "unit", "of"), columns)


def _cell(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")
    return repr(value) if isinstance(value, float) else str(value)


def _svg(figure: Any) -> str:
    if isinstance(figure, str):
        return figure
    if hasattr(figure, "draw") and not hasattr(figure, "savefig") and not hasattr(figure, "figure"):
        figure = figure.draw()
    whole: Any = figure if hasattr(figure, "savefig") else getattr(figure, "figure", None)
    if not hasattr(whole, "savefig"):
        refuse(f"a figure is {type(figure).__name__}, not a matplotlib figure or the text of an SVG drawing")
    from evidentia.charts.house import name_axis
    from evidentia.charts.svg import to_svg

    for axes in whole.axes:
        if axes.get_ylabel() and not axes.get_title(loc="left") and axes.yaxis.get_label_position() == "left":
            name_axis(axes, axes.get_ylabel())  # above the axis, where nobody has to turn the head
            axes.set_ylabel("")
    return to_svg(whole)


def _write(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[_text(cell) for cell in row] for row in rows])


def _text(cell: Any) -> Any:
    return repr(cell) if isinstance(cell, float) else cell


if __name__ == "__main__":
    main()
