"""Analysis of the design ``script``: a program of the evaluation folder runs, and what it wrote becomes a
result.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidentia.core.errors import raise_all
from evidentia.core.results import Result
from evidentia.core.running import Task, run_program
from evidentia.core.text import read_words
from evidentia.data.requirements import check_requirements
from evidentia.data.table import DataTable
from evidentia.designs.script.declare import declare, undeclared
from evidentia.designs.script.numbers import add_numbers
from evidentia.designs.script.outputs import Outputs, line_in, read_outputs
from evidentia.designs.script.settings import ScriptSettings
from evidentia.designs.script.tables import add_data, add_tables

CHILD = "evidentia.designs.script.child:main"
"""What runs a Python function."""


def analyse(settings: ScriptSettings, tables: dict[str, DataTable], *, name: str = "") -> Result:
    """Run the program in the current evaluation folder and return what it gives.

    Raises
    ------
    EvidentiaError
        Or `Problems`: the program is not trusted, fails, or writes what cannot be used; nothing of it is kept
        then.
    """
    folder = Path()
    check_requirements(folder, settings.run)
    written = run_program(folder, task_of(settings, tables, name or "script"))
    outputs = read_outputs(written, settings.run)
    protected = any(table.minimum_cell > 1 or table.rounding > 1 for table in tables.values())
    result = Result()
    rows = outputs.lists.get("numbers.csv", [])
    _place_lines(rows, folder, settings.run)
    faults = [*outputs.faults, *add_numbers(result, rows, settings)]
    faults += add_tables(result, outputs.tables, settings.run, protected=protected)
    faults += add_data(result, outputs.data, settings.run, protected=protected)
    result.drawings = dict(outputs.drawings)
    faults += declare(result, outputs, settings.run)
    if protected:
        faults += undeclared(result, outputs, settings.run)
    raise_all(faults)
    _notes(result, outputs)
    return result


def task_of(settings: ScriptSettings, tables: Mapping[str, DataTable], name: str) -> Task:
    """Return what is to run: a Python function gets frames, any other program the paths of CSV files."""
    files = [*settings.files, *(table.path for table in tables.values() if not table.path.startswith("."))]
    told = json.dumps(settings.settings, default=str, sort_keys=True)
    more: dict[str, Any] = {"minutes": settings.minutes, "twice": settings.check_twice, "files": tuple(files)}
    if settings.run.endswith(".py"):
        content = {
            "program": settings.run,
            "closed": str(Path().resolve()),
            "tables": {id: f"in/{id}.pickle" for id in tables},
            "settings": json.loads(told),
        }
        inputs = {f"in/{id}.pickle": _pickled(table) for id, table in tables.items()}
        inputs["in/task.json"] = json.dumps(content).encode()
        inputs |= _fonts()
        command = (
            sys.executable,
            "-P",
            "-X",
            "pycache_prefix={scratch}/tmp/pycache",
            "-m",
            CHILD.partition(":")[0],
        )
        return Task(settings.run, name, (*command, "in/task.json"), inputs=inputs, **more)
    inputs = {f"in/{id}.csv": _csv(table) for id, table in tables.items()}
    variables = {"EVIDENTIA_SETTINGS": told} | {
        f"SETTING_{key.upper()}": str(value)
        for key, value in settings.settings.items()
        if isinstance(value, str | int | float)
    }
    return Task(settings.run, name, inputs=inputs, arguments=(*inputs, "out"), variables=variables, **more)


def _fonts() -> dict[str, bytes]:
    """Return matplotlib's list of fonts, which takes seconds to make; this process makes it if there is none
    yet.
    """
    import matplotlib as mpl
    import matplotlib.font_manager

    kept = Path(mpl.get_cachedir()).glob("fontlist-*.json")
    return {f"tmp/matplotlib/{path.name}": path.read_bytes() for path in kept}


def _pickled(table: DataTable) -> bytes:
    import io

    content = io.BytesIO()
    table.frame.reset_index(drop=True).to_pickle(content)
    return content.getvalue()


def _csv(table: DataTable) -> bytes:
    """Return a table as it was read and checked, as CSV: whole numbers without a point, nothing for what is
    missing.
    """
    from evidentia.data.cells import as_texts

    frame = table.frame.reset_index(drop=True)
    return frame.apply(as_texts).to_csv(index=False, lineterminator="\n").encode()


def _place_lines(rows: list[dict[str, str]], folder: Path, program: str) -> None:
    """Say of each number the line of the program that gives it, where a text holds its id."""
    text = read_words(folder / program, program) if any(not row.get("line") for row in rows) else ""
    for row in rows:
        found = row.get("line") or str(line_in(text, row.get("id", "")) or "")
        row["place"] = f"{program}, line {found}" if found else program


def _notes(result: Result, outputs: Outputs) -> None:
    for row in outputs.lists.get("notes.csv", []):
        result.note(row["kind"], row["text"], row.get("about", "").split())
