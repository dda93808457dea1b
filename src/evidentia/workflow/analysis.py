"""Rule analyse: the data of an analysis read and checked, its result written, its figures drawn."""

from __future__ import annotations

import dataclasses
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from evidentia.config.load import programs_for
from evidentia.config.model import Config
from evidentia.config.order import others_before, reads_others
from evidentia.core.errors import EvidentiaError
from evidentia.core.files import sha256
from evidentia.core.paths import DRAFT, result_of
from evidentia.core.reference import resolve
from evidentia.workflow.job import Job


def analyse(job: Job) -> None:
    """Run an analysis by its design and draw its figures."""
    compute(job)
    _draw(job)


def compute(job: Job) -> None:
    """Run an analysis by its design and write build/results/<name>.json.

    Parameters
    ----------
    job : Job
        Its subject is the analysis.
    """
    from evidentia.core.results import save_result
    from evidentia.workflow.leaked_records import refuse_records
    from evidentia.workflow.protected import protected

    config, name = job.config, job.subject
    settings = config.analyses[name]
    tables = read_datasets(config, settings.datasets())
    for table in tables.values():  # as it was read, not only before and after
        if job.sources.get(table.path, table.sha256) != table.sha256:
            raise EvidentiaError(
                f"{table.path} changed while the build ran", remedy="run the same command again"
            )
    given: dict[str, Any] = {"results": _results(others_before(settings))} if reads_others(settings) else {}
    programs = programs_for(settings)
    if programs:  # of the folder: their log has the name of the analysis
        given["name"] = name
    result = resolve(config.registry.designs[settings.design].analyse)(settings, tables, **given)
    _note_records(result, tables)
    if programs:
        refuse_records(config, name, result)
    for message in (*result.messages, *result.notes):
        job.say(f"{name}: {message}")
    result = protected(config, name, result)
    for number in result.numbers:
        if number.about:
            job.say_note(f"{name}: note {number.id.rpartition('.')[2]}: {number.value}")
    result.conditions = [
        dataclasses.replace(one, synthetic=config.reads_synthetic(one.text)) for one in result.conditions
    ]
    result.inputs |= raw_hashes(config, settings.datasets())
    made_by = {
        one: config.data[one].run
        for one in _with_sources(config, settings.datasets())
        if config.data[one].run
    }
    source: dict[str, Any] = {"rule": settings.design, "script": "scripts/analyse.py", "analysis": name}
    if programs:
        source |= {"script": programs[0], "programs": {path: sha256(path) for path in programs}}
    if made_by:
        source["prepared"] = made_by
    source["validated"] = validation_of(config, tables)
    source["imported"] = imports_of(config, tables)
    if result.synthetic or any(config.data[dataset].synthetic for dataset in settings.datasets()):
        source["synthetic"] = True
    result.numbers = [
        dataclasses.replace(number, real=number.real or _is_real(config, result.reads, number.id))
        for number in result.numbers
    ]
    save_result(result_of(name), result, source)
    job.wrote(result_of(name))


def _is_real(config: Config, reads: dict[str, str], id: str) -> bool:
    """Tell whether a number rests on one data set alone, and that is not synthetic."""
    behind = [dataset for stem, dataset in reads.items() if id == stem or id.startswith(f"{stem}.")]
    return bool(behind) and not any(config.data[dataset].synthetic for dataset in behind)


def _results(names: list[str]) -> dict[str, Any]:
    """Return the results of other analyses, each with whether it rests on invented records."""
    from evidentia.core.results import load_result

    found = {}
    for name in names:
        result, source = load_result(result_of(name))
        result.synthetic = bool(source.get("synthetic"))
        found[name] = result
    return found


def _note_records(result: Any, tables: dict[str, Any]) -> None:
    """Add notes on records that were left out or stand twice; of protected data without their number."""
    from evidentia.data.import_report import identical_rows, records_left_out

    for table in tables.values():
        counted = table.minimum_cell <= 1 and table.rounding <= 1
        for reason, rows in records_left_out(table):
            number = f"{rows:,} rows of " if counted else "rows of "
            result.note("rows_left_out", f"{number}{table.path} are not counted: {reason}", ())
        doubled = len(identical_rows(table))
        if doubled:
            number = f"{doubled:,} rows" if counted else "rows"
            result.note("identical_rows", f"{number} of {table.path} are identical to another one", ())


def _draw(job: Job) -> None:
    """Draw an analysis's figures, as SVG and with their data as CSV."""
    config = job.config
    figures = {id: figure for id, figure in config.figures.items() if figure.analysis == job.subject}
    if not figures:
        return
    from evidentia.charts.style import use_style
    from evidentia.charts.width import drawing_of, drawn_narrow
    from evidentia.config.brand import load_brand
    from evidentia.core.files import csv_text
    from evidentia.core.results import load_result
    from evidentia.core.synthetic import rests

    result, source = load_result(result_of(job.subject))
    use_style(load_brand())
    for id, figure in figures.items():
        kind = config.registry.figures[figure.kind]  # type: ignore[attr-defined]
        for narrow in (False, True) if kind.narrow else (False,):
            with drawn_narrow() if narrow else nullcontext():
                chart, data = resolve(kind.draw)(figure, config.analyses[job.subject], result)
                place = DRAFT / "figures" / drawing_of(id, narrow=narrow)
                if chart is None:  # no form for phones
                    place.unlink(missing_ok=True)
                else:
                    job.write(place, _svg(chart, synthetic=rests(source)))
        job.write(DRAFT / "figures" / f"{id}.csv", csv_text(data.columns, data.rows))


def _svg(chart: Any, *, synthetic: bool) -> str:
    """Return a chart, or what a program of the folder has drawn, as SVG that says whether its records are
    synthetic.
    """
    from evidentia.charts.house import say_beside
    from evidentia.charts.svg import to_svg
    from evidentia.charts.width import width
    from evidentia.core.drawing import marked
    from evidentia.core.synthetic import synthetic_mark

    if isinstance(chart, str):
        return marked(chart, width()) if synthetic else chart
    if synthetic:
        say_beside(chart, synthetic_mark())
    return to_svg(chart)


def read_datasets(config: Any, names: list[str]) -> dict[str, Any]:
    """Return data sets of the evaluation folder by id, read and checked, each with its disclosure policy.

    All faults of all of them are said in one go.
    """
    from evidentia.core.errors import raise_all
    from evidentia.data.package import load_package
    from evidentia.data.prepared import read_about
    from evidentia.data.references import reference_faults
    from evidentia.data.table import read_table
    from evidentia.workflow.preparation import make

    package = load_package(".")
    tables, faults = {}, []
    for name in names:
        dataset = config.data[name]
        try:
            if dataset.run and not Path(dataset.path).is_file():  # a command outside of a build
                make(config, name)
            tables[name] = read_table(
                ".", dataset.path, package.schema(dataset.path), dataset.source,
                minimum_cell=dataset.disclosure.minimum_cell, rounding=dataset.disclosure.rounding,
                prepared=read_about(".", dataset.path) if dataset.run else None,
            )  # fmt: skip
        except EvidentiaError as fault:
            faults.append(fault)
    raise_all(faults)
    raise_all(reference_faults({table.path: table for table in tables.values()}, package))
    return tables


def imports_of(config: Any, tables: dict[str, Any]) -> dict[str, Any]:
    """Return the import reports of tables, by data set."""
    from evidentia.data.import_report import import_report

    hashes = hashes_of(config, tables)
    reports = {name: import_report(table, config.data[name].format) for name, table in tables.items()}
    return {name: {**report, "sha256": hashes[tables[name].path]} for name, report in reports.items()}


def _with_sources(config: Any, names: list[str]) -> list[str]:
    """Return data sets, and those of which they are made."""
    from evidentia.config.prepared import sources_of

    return list(dict.fromkeys(one for name in names for one in (name, *sources_of(name, config.data))))


def raw_hashes(config: Any, names: list[str]) -> dict[str, str]:
    """Return the hash of each file from which data sets are, made with a key where it is protected."""
    from evidentia.core.keyed_hashes import keyed

    found = {}
    for dataset in (config.data[name] for name in _with_sources(config, names)):
        if not dataset.run:
            known = sha256(dataset.path)
            found[dataset.path] = keyed(known) if dataset.disclosure.protects else known
    return found


def hashes_of(config: Any, tables: dict[str, Any]) -> dict[str, str]:
    """Return the hash of each table by path, made with a key where the data set is protected."""
    from evidentia.core.keyed_hashes import keyed

    protected = {dataset.path for dataset in config.data.values() if dataset.disclosure.protects}
    return {
        table.path: keyed(table.sha256) if table.path in protected else table.sha256
        for table in tables.values()
    }


def validation_of(config: Any, tables: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of tables that passed: rows, columns and hash by path.

    The rows of a protected data set are not told, because their number is a count of people.
    """
    protected = {dataset.path for dataset in config.data.values() if dataset.disclosure.protects}
    hashes = hashes_of(config, tables)
    return {
        table.path: {
            "sha256": hashes[table.path],
            "rows": None if table.path in protected else len(table.frame),
            "columns": list(table.frame.columns),
        }
        for table in tables.values()
    }
