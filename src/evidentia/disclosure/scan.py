"""The scan: no value or id of a record from a protected data set is in any file of a build."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidentia.config.data import Dataset
from evidentia.config.model import Config
from evidentia.core.paths import BUILD
from evidentia.data.exports import EXPORTS
from evidentia.data.package import Package, load_package
from evidentia.data.readers import read_cells
from evidentia.disclosure.contents import contents
from evidentia.disclosure.record_values import Records, RecordValues, record_values_of

_NO_NAME = re.compile(r"[\d.,:T+-]*")  # numbers and times
MOSTLY = 0.9  # of a column's cells differ: without a schema, such a column of texts names the records


@dataclass(frozen=True)
class Scan:
    """The result of a scan.

    Attributes
    ----------
    files, record_values : int
        How many files were read, and how many things were looked for.
    paths : tuple of str
        The protected data sets.
    findings : tuple of str
        What was found where; the values themselves are not said, so that this may be written into the build.
    """

    files: int
    record_values: int
    paths: tuple[str, ...]
    findings: tuple[str, ...]

    @property
    def measured(self) -> str:
        """What was read and looked for, in a few words."""
        if not self.paths:
            return "no data set has a minimum cell: nothing to look for"
        return (
            f"{self.record_values:,} ids, rare values and records of {len(self.paths)} data sets, in every"
            " file"
        )


def scan(config: Config, folder: Path, build: Path | None = None) -> Scan:
    """Look for records of the protected data sets in every file of a build.

    Values that also stand in public inputs (config.yaml, the words, data sets without protection) tell
    nothing and are passed over; ids and whole records never are.

    Parameters
    ----------
    config : Config
    folder : Path
        The evaluation folder.
    build : Path, optional
        Where to look, the folder's ``build`` by default.
    """
    records = list(protected_records(config, folder))
    if not records:
        return Scan(0, 0, (), ())
    record_values = record_values_of(records)
    _forget_public(record_values, config, folder)
    for labels in _lists_of(config.model_dump(mode="json")):
        record_values.remove_labels(labels)
    files = [path for path in sorted((build or folder / BUILD).rglob("*")) if path.is_file()]
    found: dict[tuple[str, str], int] = defaultdict(int)
    for path in files:
        held = {
            (place, what, words)
            for place, text in contents(path)
            for words, what in record_values.found(text)
        }
        for place, what, _ in held:
            found[
                f"{path.parent.relative_to(folder) if path.is_relative_to(folder) else path.parent}/{place}",
                what,
            ] += 1
    findings = [f"{place} holds {count} × {what}" for (place, what), count in sorted(found.items())]
    return Scan(len(files), len(record_values), tuple(data.path for data in records), tuple(findings))


def protected_records(config: Config, folder: Path) -> Iterator[Records]:
    """Yield the data sets that have a disclosure policy."""
    package = load_package(folder)
    for dataset in config.data.values():
        made = not dataset.run or (folder / dataset.path).is_file()
        if dataset.disclosure.protects and made:
            yield records_of(dataset, folder, package)


def records_of(dataset: Dataset, folder: Path, package: Package | None = None) -> Records:
    """Return a data set as what must not be found of it."""
    package = package or load_package(folder)
    columns, rows = _read(dataset, folder, package)
    ids = _ids(dataset, package, columns, rows)
    return Records(dataset.path, columns, rows, ids, max(dataset.disclosure.minimum_cell, 2))


def _read(dataset: Dataset, folder: Path, package: Package) -> tuple[list[str], list[list[str]]]:
    """Return all of a data set as texts, whatever its format, also what no analysis sees of it."""
    cells = read_cells(
        folder / dataset.path, dataset.path, package.schema(dataset.path), dataset.source, whole=True
    ).texts()
    return list(cells.columns), cells.to_numpy().tolist()


def _ids(dataset: Dataset, package: Package, columns: list[str], rows: list[list[str]]) -> list[str]:
    """Return the columns that name a person: by config.yaml or the schema, or those whose texts differ from
    row to row.
    """
    schema = package.schema(dataset.path)
    named = [dataset.id] if dataset.id else []
    named += EXPORTS[dataset.format].people(columns) if dataset.format in EXPORTS else []
    if schema and (schema.primary_key or schema.foreign_keys):
        return list(
            dict.fromkeys([*named, *schema.primary_key, *(column for column, _, _ in schema.foreign_keys)])
        )
    texts = {
        name: {row[place] for row in rows if not _NO_NAME.fullmatch(row[place])}
        for place, name in enumerate(columns)
    }
    return list(
        dict.fromkeys([*named, *(name for name in columns if rows and len(texts[name]) > MOSTLY * len(rows))])
    )


def _lists_of(value: Any) -> Iterator[list[str]]:
    """Yield each list of texts in the configuration, such as the answers of a scale in their order."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _lists_of(item)
    elif isinstance(value, list) and len(value) > 1 and all(isinstance(item, str) for item in value):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _lists_of(item)


def _forget_public(record_values: RecordValues, config: Config, folder: Path) -> None:
    report = config.report
    named = [*report.chapters, *filter(None, (report.facts, report.bibliography))] if report else []
    for name in ["config.yaml", *named]:
        path = folder / name
        if path.is_file():
            record_values.remove_known(path.read_text(encoding="utf-8-sig", errors="replace"))
    package = load_package(folder)
    for dataset in config.data.values():
        if not dataset.disclosure.protects and (folder / dataset.path).is_file():
            columns, rows = _read(dataset, folder, package)
            record_values.remove_known("\n".join(" ".join(row) for row in [columns, *rows]))
