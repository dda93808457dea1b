"""Import reports of an evaluation's data sets as they are now, and proposals for files that are none yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidentia.config.load import load_config
from evidentia.core.errors import EvidentiaError, did_you_mean
from evidentia.core.files import to_json
from evidentia.data.import_report import import_report
from evidentia.data.package import load_package
from evidentia.data.prepared import read_about
from evidentia.data.propose import proposal, read_anything
from evidentia.data.table import read_table


def reports(folder: Path, only: str = "") -> dict[str, Any]:
    """Return the import report of each data set, or of one; a fault stands in the place of a report.

    Parameters
    ----------
    folder : Path
    only : str
        Id of a data set.

    Raises
    ------
    EvidentiaError
        If there is no such data set.
    """
    config = load_config(folder, check_files=False)
    if only and only not in config.data:
        raise EvidentiaError(
            f"there is no data set '{only}', and no file of this name",
            where=str(folder / "config.yaml"),
            remedy=did_you_mean(only, config.data),
        )
    package = load_package(folder)
    found: dict[str, Any] = {}
    for name in [only] if only else config.data:
        dataset = config.data[name]
        try:
            table = read_table(
                folder, dataset.path, package.schema(dataset.path), dataset.source,
                minimum_cell=dataset.disclosure.minimum_cell, rounding=dataset.disclosure.rounding,
                prepared=read_about(folder, dataset.path) if dataset.run else None,
            )  # fmt: skip
            found[name] = import_report(table, dataset.format)
        except EvidentiaError as fault:
            found[name] = {"path": dataset.path, "fault": str(fault)}
    return found


def propose(file: Path) -> dict[str, Any]:
    """Return what to write for a file: words for the screen, the entry, the resource and the report."""
    table, source = read_anything(file)
    entry, resource = proposal(table, source, f"data/{file.name}")
    report = import_report(table, source.format)
    lines = [f"{file}: {report['rows']:,} rows, {len(report['columns'])} columns"]
    lines += [f"  {item['rows']:,} rows left out: {item['reason']}" for item in report["left_out"]]
    lines += [f"  {remark}" for remark in report["remarks"]]
    lines += ["", "Copy the file to data/ as it is, and write in config.yaml:", "", entry, ""]
    if source.format != "ees":  # whose columns are known; indicators are named in the analysis
        lines += [
            "A schema for data/datapackage.json, to be read and corrected:",
            "",
            to_json({"resources": [resource]}),
        ]
    return {"words": "\n".join(lines), "entry": entry, "resource": resource, "report": report}
