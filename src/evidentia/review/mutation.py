"""A mutation run over the data: does a wrong cell get past the checks, the claims and the comparison with the accepted numbers?

Each mutation changes one cell in a copy of an evaluation folder and builds the ledger there. Whether the change shows in print
is judged by the composed words, not by the ledger; whether a claim flips, by its condition under the new values.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidentia.config.load import load_config
from evidentia.config.model import Config
from evidentia.errors import EvidentiaError
from evidentia.expression import evaluate, known_values
from evidentia.files import read_json
from evidentia.ledger import Entry, load
from evidentia.review.compare import compare
from evidentia.study import ENGINE

REFUSED, STOPPED, REPORTED, MISSED, SILENT = "refused", "stopped", "reported", "missed", "no effect"
CAUGHT = (REFUSED, STOPPED, REPORTED)
MEANS = {
    REFUSED: "the data do not pass their checks, and the build stops",
    STOPPED: "a claim or a coded piece of evidence no longer holds, and the build stops",
    REPORTED: "a printed figure is another, and the comparison with the accepted numbers names it",
    MISSED: "it shows in print or flips a claim, and nothing said so",
    SILENT: "no printed figure and no claim is touched",
}
CLAIMS = ("a claim no longer holds", "the evidence no longer points as coded")
KINDS = 20  # a column with more different texts holds words or names, not categories


@dataclass(frozen=True)
class Mutation:
    """One changed cell.

    Attributes
    ----------
    path : str
    row : int
        In the file; the header is row 1.
    column, before, after : str
    """

    path: str
    row: int
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Verdict:
    """What became of a mutation, and the message or the ids that say so."""

    mutation: Mutation
    outcome: str
    why: str


def mutations(config: Config, folder: Path, number: int, seed: int) -> Iterator[Mutation]:
    """Yield random changes of cells of the data: each file is as likely as the next, each of its cells as well."""
    chance = random.Random(seed)
    files = {dataset.path: _read(folder / dataset.path) for dataset in config.data.values()}
    open_columns = {path: _columns(rows) for path, rows in files.items()}
    paths = sorted(path for path, columns in open_columns.items() if columns)
    while number and paths:
        path = chance.choice(paths)
        rows, column = files[path], chance.choice(open_columns[path])
        row = chance.randrange(1, len(rows))
        after = _other(rows[row][column], sorted({other[column] for other in rows[1:]}), chance)
        if after != rows[row][column]:
            yield Mutation(path, row + 1, rows[0][column], rows[row][column], after)
            number -= 1


def _read(path: Path) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    return [row for row in rows if row]


def _columns(rows: list[list[str]]) -> list[int]:
    """Return the columns of numbers and of categories; texts and names are words, which are not under test."""
    cells = {place: {row[place] for row in rows[1:] if len(row) > place} - {""} for place in range(len(rows[0]))}
    return [place for place, found in cells.items() if found and (all(map(_is_number, found)) or 1 < len(found) <= KINDS)]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False


def _other(cell: str, seen: list[str], chance: random.Random) -> str:
    """Return another value for a cell: a number changed by a tenth or more, or another category of the column."""
    if not _is_number(cell) or len(seen) <= 2:
        return chance.choice(seen)
    changed = float(cell) * chance.choice((0.5, 0.9, 1.1, 1.5, 2.0))
    places = len(cell.partition(".")[2])
    text = f"{changed:.{places}f}"
    return text if text != cell else f"{float(cell) + 10**-places:.{places}f}"


class Laboratory:
    """Copies of an evaluation folder in which mutations are built.

    Parameters
    ----------
    folder : Path
        The evaluation folder; only its inputs are read.
    place : Path
        An empty folder for the copies.
    """

    def __init__(self, folder: Path, place: Path) -> None:
        self.place = place
        self.base = place / "base"
        self.base.mkdir(parents=True)
        for name in ("data", "report"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, self.base / name)
        shutil.copy(folder / "config.yaml", self.base)
        self.config = load_config(self.base)
        done = _build(self.base)
        if done.returncode:
            raise EvidentiaError(f"the folder does not build as it is:\n{_said(done)}", where=str(folder), remedy="mend it first")
        self.accepted = load(self.base / "build" / "numbers.json")
        self.text = _printed_text(self.base, self.accepted)
        self.conditions = _conditions(self.base, self.config)

    def judge(self, mutation: Mutation) -> Verdict:
        """Build with one changed cell, and say what noticed it."""
        folder = self.place / "mutant"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder)
        _write(folder / mutation.path, mutation)
        (folder / "build" / "values.json").unlink()
        done = _build(folder)
        flipped = self._flipped(folder)
        if done.returncode:
            said = _said(done)
            if "Traceback" in said or not said:
                return Verdict(mutation, MISSED, f"the build fails without a clear message: {said[:200]}")
            stopped = any(words in said for words in CLAIMS)
            return Verdict(mutation, STOPPED if stopped else REFUSED, flipped[0] if stopped and flipped else said.split("\n")[0])
        if flipped:
            return Verdict(mutation, MISSED, f"the build goes on although this no longer holds: {flipped[0]}")
        return self._compared(mutation, folder)

    def _flipped(self, folder: Path) -> list[str]:
        """Return the conditions that the new values do not bear out."""
        path = folder / "build" / "values.json"
        return [text for text in self.conditions if not _holds(text, known_values(load(path).values()))] if path.is_file() else []

    def _compared(self, mutation: Mutation, folder: Path) -> Verdict:
        after = load(folder / "build" / "numbers.json")
        named = {change.id for change in compare(self.accepted, after, self.config.regression)}
        unnamed = sorted(_printed_otherwise(self.accepted, after) - named)
        if unnamed:
            return Verdict(mutation, MISSED, f"printed otherwise, but not named: {', '.join(unnamed[:3])}")
        if _printed_text(folder, after) == self.text:
            return Verdict(mutation, SILENT, "")
        return Verdict(mutation, REPORTED if named else MISSED, ", ".join(sorted(named)[:3]) or "the words are others, but no number is")


def _build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "snakemake", "numbers", "--cores", "1", "--snakefile", str(ENGINE / "Snakefile")]
    return subprocess.run([*command, "--directory", str(folder)], cwd=folder, capture_output=True, text=True, check=False)


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a build said is wrong, without Snakemake's own lines."""
    if "Traceback (most recent call last)" in done.stderr:
        return done.stderr[done.stderr.index("Traceback (most recent call last)") :]
    lines = done.stderr.split("\n")
    start = next(
        (place for place, line in enumerate(lines) if line.startswith("evidentia: ") and not lines[max(place - 1, 0)].strip()), None
    )
    if start is None:
        return ""
    end = next((place for place, line in enumerate(lines) if place > start and not line.strip()), len(lines))
    return "\n".join(lines[start:end]).removeprefix("evidentia: ")


def _write(path: Path, mutation: Mutation) -> None:
    rows = _read(path)
    rows[mutation.row - 1][rows[0].index(mutation.column)] = mutation.after
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def _printed_text(folder: Path, ledger: Mapping[str, Entry]) -> str:
    """Return all that the report prints: its composed words with its tables and the data of its charts; or the ledger's forms."""
    path = folder / "build" / "report.qmd"
    return path.read_text(encoding="utf-8") if path.is_file() else "\n".join(f"{id} {entry['display']}" for id, entry in ledger.items())


def _printed_otherwise(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> set[str]:
    """Return the numbers whose printed forms differ."""
    forms = [{id: Counter(use["printed"] for use in entry["uses"]) for id, entry in ledger.items()} for ledger in (before, after)]
    return {id for id in forms[0].keys() | forms[1].keys() if forms[0].get(id) != forms[1].get(id)}


def _conditions(folder: Path, config: Config) -> list[str]:
    """Return the conditions of all claims, and of all results that rest on one."""
    path = folder / "build" / "claims.json"
    claims = [claim["condition"] for claim in read_json(path)["claims"]] if path.is_file() else []
    results = [read_json(folder / "build" / "results" / f"{analysis}.json") for analysis in config.analyses]
    return list(dict.fromkeys([*claims, *(row["text"] for result in results for row in result["conditions"])]))


def _holds(condition: str, values: Mapping[str, object]) -> bool:
    try:
        return bool(evaluate(condition, values).value)
    except EvidentiaError:
        return False
