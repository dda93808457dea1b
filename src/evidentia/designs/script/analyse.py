"""Analysis of the design ``script``: a program of the evaluation folder runs, and what it wrote becomes a
result.
"""

from __future__ import annotations

from pathlib import Path

from evidentia.core.errors import raise_all
from evidentia.core.own_task import task_for
from evidentia.core.results import Result
from evidentia.core.running import run_program
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
    frames = {id: table.frame for id, table in tables.items()}
    paths = [table.path for table in tables.values() if table.prepared is None]
    task = task_for(settings.run, name or "script", CHILD, frames, settings)
    written = run_program(folder, task.reading(paths))
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


def _place_lines(rows: list[dict[str, str]], folder: Path, program: str) -> None:
    """Say of each number the line of the program that gives it, where a text holds its id."""
    text = read_words(folder / program, program) if any(not row.get("line") for row in rows) else ""
    for row in rows:
        found = row.get("line") or str(line_in(text, row.get("id", "")) or "")
        row["place"] = f"{program}, line {found}" if found else program


def _notes(result: Result, outputs: Outputs) -> None:
    for row in outputs.lists.get("notes.csv", []):
        result.note(row["kind"], row["text"], row.get("about", "").split())
