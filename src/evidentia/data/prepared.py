"""Data that a program of the evaluation folder makes of others: what it wrote, checked, and who was left out
by which rule.

::

    data.csv or .parquet   the records, under any name
    left_out.csv           rule, label, rows: in the order in which the rules were applied; a rule ``start``
    says how many
                           there were before
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.core.files import read_json
from evidentia.core.text import decoded

LEFT_OUT, START = "left_out.csv", "start"
_RULE = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True)
class Rule:
    """A rule by which records were left out, and how many it left out of those that the rules before had
    left.
    """

    rule: str
    label: str
    rows: int


@dataclass(frozen=True)
class Prepared:
    """How a data set was made.

    Attributes
    ----------
    by : str
        The program.
    rows_in : dict of str to int
        Rows of each data set of which it is made.
    start, rows : int
        Records before the first rule, and after the last one.
    rules : tuple of Rule
    """

    by: str
    rows_in: Mapping[str, int] = field(default_factory=dict)
    start: int = 0
    rows: int = 0
    rules: tuple[Rule, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON-like data."""
        return asdict(self)


def prepared_from(raw: Mapping[str, Any]) -> Prepared:
    """Return what `Prepared.as_json` gave."""
    rules = tuple(Rule(**rule) for rule in raw["rules"])
    return Prepared(raw["by"], raw["rows_in"], raw["start"], raw["rows"], rules)


def about(path: Path | str) -> Path:
    """Return where it is kept how a data set was made."""
    return Path(path).with_suffix(".json")


def read_about(folder: Path | str, path: str) -> Prepared:
    """Return how a data set of a folder was made by its last build."""
    try:
        return prepared_from(read_json(Path(folder) / about(path)))
    except EvidentiaError:
        raise EvidentiaError(
            "a program makes this data set when the folder is built, and it has not been made yet",
            where=path,
            remedy="build the numbers: evidentia build FOLDER numbers",
        ) from None


def read_prepared(
    files: Mapping[str, bytes], program: str, rows_in: Mapping[str, int]
) -> tuple[bytes, Prepared]:
    """Return what a program wrote as a Parquet file, and how it was made.

    Raises
    ------
    EvidentiaError
        Or `Problems`: no table or several, another file, rules that do not add up.
    """
    named = {path: content for path, content in files.items() if path != LEFT_OUT}
    tables = [path for path in named if "/" not in path and path.lower().endswith((".csv", ".parquet"))]
    faults = [
        EvidentiaError(
            f"the program wrote {path}, which is no output that is known",
            where=program,
            remedy=f"write one CSV or Parquet file, and {LEFT_OUT} if need be, into the output folder",
        )
        for path in named
        if path not in tables
    ]
    if len(tables) != 1:
        wrote = f"wrote {len(tables)} tables" if tables else "wrote no table"
        faults.append(
            EvidentiaError(
                f"the program {wrote}",
                where=program,
                remedy=(
                    "write one CSV or Parquet file into the output folder (prepare() returns one DataFrame)"
                ),
            )
        )
    raise_all(faults)
    path = tables[0]
    content = named[path] if path.lower().endswith(".parquet") else _as_parquet(named[path], program, path)
    rows = _rows(content, program)
    rules = _rules(files[LEFT_OUT], program) if LEFT_OUT in files else []
    start = next((rule.rows for rule in rules if rule.rule == START), None)
    rules = [rule for rule in rules if rule.rule != START]
    left = sum(rule.rows for rule in rules)
    if start is None:
        start = next(iter(rows_in.values())) if rules and len(rows_in) == 1 else rows + left
    if start - left != rows:
        raise EvidentiaError(
            f"the rules leave out {left:,} of {start:,} records, which leaves {start - left:,}, and {rows:,}"
            " were given",
            where=f"{LEFT_OUT}, written by {program}",
            remedy=(
                "count each record once, by the first rule that leaves it out; a row with the rule 'start'"
                " says how many there were"
            ),
        )
    return content, Prepared(program, dict(rows_in), start, rows, tuple(rules))


def _as_parquet(content: bytes, program: str, path: str) -> bytes:
    """Return CSV as Parquet, every cell as its text, so that it is read as CSV is."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from evidentia.data.delimited import read_delimited
    from evidentia.data.source import PLAIN

    cells = read_delimited(content, "", f"{path}, written by {program}", PLAIN).texts()
    missing = cells.replace("NA", "")
    table = pa.table({name: pa.array(missing[name].astype(str), pa.string()) for name in missing.columns})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _rows(content: bytes, program: str) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows)
    except Exception as error:  # the library raises whatever the broken byte leads to
        raise EvidentiaError(
            f"the program wrote no Parquet file that can be read ({type(error).__name__})",
            where=program,
            remedy="write it again, or write CSV",
        ) from None


def _rules(content: bytes, program: str) -> list[Rule]:
    where = f"{LEFT_OUT}, written by {program}"
    reader = csv.DictReader(io.StringIO(decoded(content, where, "write it as UTF-8")))
    if set(reader.fieldnames or ()) != {"rule", "label", "rows"}:
        raise EvidentiaError(
            f"its columns are {', '.join(reader.fieldnames or ['none'])}",
            where=where,
            remedy="write rule, label, rows",
        )
    rules: list[Rule] = []
    for number, row in enumerate(reader, 2):
        here = f"{where}, row {number}"
        rule, rows = (row["rule"] or "").strip(), (row["rows"] or "").strip()
        if not _RULE.fullmatch(rule) or any(rule == other.rule for other in rules):
            raise EvidentiaError(
                f"'{rule}' cannot be the name of a rule, or stands twice",
                where=here,
                remedy="begin with a letter, then letters, digits, _ or -: no_consent",
            )
        if not re.fullmatch(r"\d{1,15}", rows):
            raise EvidentiaError(
                f"'{rows}' is no number of records", where=here, remedy="write 0 or a whole number"
            )
        if not (row["label"] or "").strip():
            raise EvidentiaError(
                f"the rule '{rule}' has no label",
                where=here,
                remedy="say it in words of the report: No consent",
            )
        rules.append(Rule(rule, row["label"].strip(), int(rows)))
    return rules
