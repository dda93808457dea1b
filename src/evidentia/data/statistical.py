"""Data from SPSS (.sav, .zsav) and Stata (.dta): labels as answers, user-missing values as none.

The files are read in a process of their own, because their reader is written in C: a damaged file may end it,
and that must be a message.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from evidentia.core.errors import EvidentiaError
from evidentia.core.text import refuse_cells
from evidentia.data.cells import Cells, as_texts
from evidentia.data.cleaning import same
from evidentia.data.header import check_header, names_of
from evidentia.data.kinds import SPSS
from evidentia.data.limits import COLUMNS, ROWS, check_size
from evidentia.data.source import Source

_UNSAID = re.compile(
    r"(?:not? |un)(?:known|stated|answer(?:ed)?|recorded|applicable|response|reply)|don'?t know|dk|missing.*"
    r"|refus(?:ed|al)|prefer not to say|does not apply|n/?[ak]"
)
"""Labels of codes that are no amounts, in the form of `same`."""
SECONDS = 600  # after which reading is given up
_NAMES = {SPSS: "an SPSS file (.sav)", "stata": "a Stata file (.dta)"}


def read_statistical(data: bytes, sha256: str, path: str, kind: str, source: Source) -> Cells:
    """Return the cells of an SPSS or Stata file; the first record is row 1.

    Raises
    ------
    EvidentiaError
        If it cannot be read, or holds more than is read.
    """
    import pyarrow as pa

    with tempfile.TemporaryDirectory(prefix="evidentia-") as folder:
        copy = Path(folder) / f"data.{'sav' if kind == SPSS else 'dta'}"
        copy.write_bytes(data)
        command = [sys.executable, "-m", "evidentia.data.statistical", str(copy), kind, source.encoding]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            done = None
    if done is None or done.returncode:
        said = (
            done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:120]
            if done
            else "it takes too long"
        )
        raise EvidentiaError(
            f"not {_NAMES[kind]}, or a damaged one",
            where=path,
            remedy=f"save it again ({said or 'its reader stopped'})",
        )
    table = pa.ipc.open_stream(io.BytesIO(done.stdout)).read_all()
    meta = json.loads(table.schema.metadata[b"evidentia"])
    if meta["rows"] > ROWS:
        check_size(meta["rows"], table.num_columns, path)
    frame = table.to_pandas()
    frame.columns = pd.Index(names_of(meta["columns"]))
    check_header(list(frame.columns), path)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    return _labelled(frame, sha256, path, meta)


def _labelled(frame: pd.DataFrame, sha256: str, path: str, meta: dict[str, Any]) -> Cells:
    """Return the cells with labels for codes and nothing for what the file declares missing."""
    columns, levels, coded, missing, notes = {}, {}, {}, {}, []
    for name in frame.columns:
        column = frame[name]
        numeric = pd.api.types.is_numeric_dtype(column.dtype)
        texts = column if numeric else column.astype(object).where(column.notna(), "").astype(str)
        labels = meta["labels"].get(name, {})
        letters = meta["letters"].get(name, {})
        if letters:
            missing[name] = {
                _shown(f".{key}", {f".{key}": labels.get(key, "")}, False): letters[key] for key in letters
            }
        found = {
            float(key) if numeric else key: label
            for key, label in labels.items()
            if not (numeric and key.isalpha())  # the label of one of Stata's missing values
        }
        absent = _absent(texts, meta["missing"].get(name, []), numeric)
        if absent.any():
            words = as_texts(texts[absent]).value_counts()
            missing[name] = {_shown(word, found, numeric): int(count) for word, count in words.items()}
            texts = texts.mask(absent, float("nan") if numeric else "")
        given = texts.dropna().unique() if numeric else [value for value in texts.unique() if value]
        if found and len(given) and set(given) <= set(found):
            coded[name] = texts
            levels[name] = [
                found[key] for key in sorted(found) if not _declared(key, meta["missing"].get(name, []))
            ]
            texts = texts.map(found).astype(object).where(texts.isin(list(found)), "")
        elif found and set(given) & set(found):
            some = ", ".join(
                f"{as_texts(pd.Series([key])).iloc[0]} ({found[key]})"
                for key in sorted(set(given) & set(found))[:5]
            )
            unsaid = [key for key in found if _UNSAID.fullmatch(same(found[key]))]
            texts = as_texts(texts).mask(texts.isin(unsaid), texts.map(found)) if unsaid else texts
            notes.append(
                f"{path}, column {name}: some values have labels and others do not, so that it is read as"
                f" numbers: {some}"
            )
        columns[name] = texts
    cells = pd.DataFrame(columns, index=frame.index)
    words = {name: cells[name] for name in cells if not pd.api.types.is_numeric_dtype(cells[name].dtype)}
    refuse_cells({name: column.items() for name, column in words.items()}, path)
    labels = {name: label for name, label in meta["titles"].items() if label and name in cells}
    return Cells(cells, sha256, 0, (), labels, levels, coded, missing, stored_dates=True, notes=tuple(notes))


def _declared(value: Any, ranges: list[list[Any]]) -> bool:
    return any(low <= value <= high for low, high in ranges if isinstance(low, str) == isinstance(value, str))


def _absent(column: pd.Series[Any], ranges: list[list[Any]], numeric: bool) -> pd.Series[Any]:
    """Return which cells hold a value that the file declares missing."""
    absent = pd.Series(False, index=column.index)
    for low, high in ranges:
        if isinstance(low, str) == numeric:
            continue
        absent |= column.between(low, high) if numeric else column.eq(low)
    return absent


def _shown(word: Any, labels: dict[Any, str], numeric: bool) -> str:
    label = labels.get(float(word) if numeric else word)
    return f"{word} ({label})" if label else str(word)


def _read(path: str, kind: str, encoding: str) -> None:
    """Read a file and write it to the standard output as an Arrow stream; run in a process of its own."""
    import pyarrow as pa
    import pyreadstat

    reader: Any = pyreadstat.read_sav if kind == SPSS else pyreadstat.read_dta
    options: dict[str, Any] = {"encoding": encoding} if encoding else {}
    _, about = reader(path, metadataonly=True, **options)
    rows = max(about.number_rows or 0, 0)
    if len(about.column_names) > COLUMNS or rows > ROWS:
        frame, about = pd.DataFrame(columns=about.column_names[:COLUMNS]), about
    else:
        frame, about = reader(path, user_missing=True, **options)
        rows = len(frame)
    ranges = {
        name: [[item["lo"], item["hi"]] for item in found] for name, found in about.missing_ranges.items()
    }
    letters: dict[str, dict[str, int]] = {}
    if kind != SPSS:
        frame, letters = _stata_missing(frame, about.missing_user_values)
        ranges = {}
    arrays = [_arrow(frame.iloc[:, place]) for place in range(len(frame.columns))]
    meta = {
        "rows": rows,
        "columns": list(about.column_names),
        "titles": about.column_names_to_labels,
        "missing": ranges,
        "letters": letters,
        "labels": {
            name: {str(key): label for key, label in found.items()}
            for name, found in about.variable_value_labels.items()
        },
    }
    table = pa.Table.from_arrays(arrays, names=[f"c{place}" for place in range(len(arrays))])
    table = table.replace_schema_metadata({"evidentia": json.dumps(meta)})
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)


def _stata_missing(
    frame: pd.DataFrame, declared: dict[str, list[str]]
) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Return Stata's extended missing values (.a to .z), letters among numbers, as nothing, and how often
    each stands.
    """
    columns, letters = {}, {}
    for name in frame.columns:
        column = frame[name]
        if declared.get(name):
            absent = column.isin(declared[name])
            letters[name] = {str(key): int(count) for key, count in column[absent].value_counts().items()}
            column = pd.to_numeric(column.mask(absent))
        columns[name] = column
    return pd.DataFrame(columns), letters


def _arrow(column: pd.Series[Any]) -> Any:
    """Return a column as Arrow: numbers as such, dates as 2019-03-31, all else as texts."""
    import pyarrow as pa

    if pd.api.types.is_numeric_dtype(column.dtype):
        return pa.array(column.to_numpy(), from_pandas=True)
    if column.dtype == object:
        return pa.array(
            [None if value is None or value != value else str(value) for value in column], pa.string()
        )
    return pa.array(column.astype(str).where(column.notna(), None), pa.string(), from_pandas=True)


if __name__ == "__main__":
    _read(*sys.argv[1:4])
