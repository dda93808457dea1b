"""Rule prepare: a data set made of others by a program of the folder, kept in the protected place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidentia.core.files import to_json, write_whole
from evidentia.core.own_task import task_for
from evidentia.core.running import run_program
from evidentia.core.scratch import protected_place
from evidentia.data.prepared import about, read_about, read_prepared
from evidentia.data.requirements import check_requirements
from evidentia.workflow.job import Job

CHILD = "evidentia.data.prepare_child:main"
"""What runs a Python function."""


def prepare(job: Job) -> None:
    """Make the data set of a job, which is its subject."""
    name = job.subject
    path = make(job.config, name)
    job.keep(path)
    job.keep(about(path))
    rules = read_about(".", path.as_posix()).rules
    told = any(
        getattr(one, "design", "") == "exclusions" and name in one.datasets()
        for one in job.config.analyses.values()
    )
    if rules and not told:
        job.say(
            f"{name}: {len(rules)} rules leave out records; an analysis with design: exclusions, data: {name}"
            " makes them numbers of the ledger"
        )


def make(config: Any, name: str) -> Path:
    """Run the program that makes a data set, and return where the data set lies."""
    from evidentia.workflow.analysis import read_datasets

    folder, dataset = Path(), config.data[name]
    check_requirements(folder, dataset.run)
    tables = read_datasets(config, dataset.from_)
    task = task_for(
        dataset.run, f"data-{name}", CHILD, {id: table.frame for id, table in tables.items()}, dataset
    )
    paths = [table.path for table in tables.values() if table.prepared is None]
    written = run_program(folder, task.reading(paths))
    content, known = read_prepared(
        written, dataset.run, {id: len(table.frame) for id, table in tables.items()}
    )
    protected_place(folder)
    path = write_whole(dataset.path, content)
    write_whole(about(path), to_json(known.as_json()))
    return path
