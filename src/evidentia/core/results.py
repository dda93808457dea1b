"""What an analysis hands on: numbers for the ledger, and frames of aggregates for figures and tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidentia.core.files import read_json, to_json, write_whole
from evidentia.core.language import translate
from evidentia.core.links import Links
from evidentia.core.notes import KINDS, check_kind
from evidentia.core.units import UNITS


@dataclass(frozen=True)
class Number:
    """A value with what it is.

    Attributes
    ----------
    id : str
        Within the analysis, for example ``effect.estimate``; the analysis id comes before it in the ledger.
    value : float, int, str or None
        At full precision; proportions are from 0 to 1, percentage points a difference of proportions.
        Text and dates are strings. None only if the value is suppressed or cannot be computed.
    unit : str
        One of `evidentia.core.units.UNITS`.
    label : str
        What it is, in words a reader of the report understands.
    formula : str
        How it is computed, in words.
    basis : str
        ``computed`` from data, ``configured`` in config.yaml, or ``stated`` by a document.
    suppressed : str
        Empty, or the reason's symbol (``c`` for confidential).
    document, place : str
        For a ``stated`` number: the document that states it, and where; for one of a program of the
        evaluation folder the program's line.
    about : tuple of str
        For a note: the ids, or beginnings of ids, of the estimates that it is about.
    real : bool
        Whether it rests on no synthetic record although other numbers of its analysis do.
    """

    id: str
    value: float | int | str | None
    unit: str
    label: str
    formula: str = ""
    basis: str = "computed"
    suppressed: str = ""
    document: str = ""
    place: str = ""
    about: tuple[str, ...] = ()
    real: bool = False


@dataclass(frozen=True)
class Condition:
    """A condition over the whole ledger on which a result rests; the build stops when it no longer holds.

    Attributes
    ----------
    text : str
        As `evidentia.core.expression` reads it.
    what : str
        What is wrong when it does not hold.
    where : str
        File and row that state it.
    synthetic : bool
        Whether it reads numbers that rest on synthetic records.
    despite : tuple of str
        Kinds of notes on its numbers for which it allows.
    """

    text: str
    what: str
    where: str
    synthetic: bool = False
    despite: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """A small table of aggregates; never rows about people.

    Attributes
    ----------
    columns : list of str
    rows : list of list
        Cells; None where there is no value.
    units : list of str
        One a column, from `evidentia.core.units.UNITS`, or empty for text and for a frame that is not
        printed.
    """

    columns: list[str]
    rows: list[list[Any]]
    units: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[Any]:
        """Return one column's cells."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


@dataclass
class Result:
    """The result of one analysis, built up number by number.

    Attributes
    ----------
    numbers : list of Number
    frames : dict of str to Frame
        For figures and tables.
    inputs : dict of str to str
        Path of each data file that was read, to its hash.
    notes : list of str
        What a reader has to know, such as rows that were put in order.
    conditions : list of Condition
        Checked when the ledger is complete.
    messages : list of str
        What the analyst has to know, such as the rows of people who are left out. They are said on the
        screen and never written to a file.
    synthetic : bool
        Whether it rests on invented records that no data set of this folder says so of.
    drawings : dict of str to str
        Figures that a program of the evaluation folder has drawn, as SVG.
    reads : dict of str to str
        Of an analysis of several data sets that keeps them apart: the data set behind the numbers whose ids
        begin so; never written to a file.
    links : Links
        What the design declares of its counts of people, for `evidentia.disclosure`; never written to a file.
    """

    numbers: list[Number] = field(default_factory=list)
    frames: dict[str, Frame] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    synthetic: bool = False
    drawings: dict[str, str] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)
    links: Links = field(default_factory=Links)

    def add(
        self,
        id: str,
        value: Any,
        unit: str,
        label: str,
        formula: str = "",
        *,
        basis: str = "computed",
        document: str = "",
        place: str = "",
    ) -> None:
        """Add a number; numpy scalars are accepted, NaN becomes None."""
        if unit not in UNITS:
            raise ValueError(f"unknown unit {unit}")
        if hasattr(value, "item"):
            value = value.item()
        if isinstance(value, float) and value != value:
            value = None
        self.numbers.append(Number(id, value, unit, label, formula, basis, document=document, place=place))

    def note(self, kind: str, text: str, about: Iterable[str], *, of: str = "") -> None:
        """Add a note: a sentence that a claim on the estimates which it is about must allow for.

        A second note of a kind is joined to the first.

        Parameters
        ----------
        kind : str
            One of `evidentia.core.notes.KINDS`.
        text : str
        about : iterable of str
            Ids within the analysis without their last parts, such as ``effect``.
        of : str
            The part of the analysis that it belongs to, such as an item of a survey; else the whole.
        """
        check_kind(kind)
        id, about = f"{of}.note.{kind}" if of else f"note.{kind}", tuple(about)
        for place, number in enumerate(self.numbers):
            if number.id == id:
                joined = dict.fromkeys([*number.about, *about])
                self.numbers[place] = dataclasses.replace(
                    number, value=f"{number.value}; {text}", about=tuple(joined)
                )
                return
        self.numbers.append(Number(id, text, "text", f"Note: {KINDS[kind]}", about=about))

    def add_estimate(
        self, id: str, statistics: dict[str, float], unit: str, label: str, formula: str = ""
    ) -> None:
        """Add an estimate with its statistics, as ``<id>.estimate``, ``<id>.se`` and so on."""
        words = {
            "estimate": "",
            "se": translate(", standard error"),
            "ci_low": translate(", lower limit of the confidence interval"),
            "ci_high": translate(", upper limit of the confidence interval"),
            "p_value": translate(", p-value"),
            "se_log": translate(", se_log"),
            "percentile_low": translate(", percentile_low"),
            "percentile_high": translate(", percentile_high"),
        }
        for name, value in statistics.items():
            self.add(
                f"{id}.{name}",
                value,
                "p_value" if name == "p_value" else unit,
                label + words.get(name, f", {name}"),
                formula,
            )


def save_result(path: Path, result: Result, source: dict[str, Any]) -> None:
    """Write a result with its source (rule, script, analysis, synthetic) for
    figures, tables and the ledger.
    """
    numbers = []
    for number in result.numbers:
        row = dataclasses.asdict(number)
        kept = {key for key, value in row.items() if value not in ("", (), False)} | {"value", "label"}
        numbers.append({key: value for key, value in row.items() if key in kept})
    content: dict[str, Any] = {
        "source": {**source, "inputs": result.inputs},
        "notes": result.notes,
        "conditions": [dataclasses.asdict(condition) for condition in result.conditions],
        **({"drawings": result.drawings} if result.drawings else {}),
        "frames": {name: dataclasses.asdict(frame) for name, frame in result.frames.items()},
        "numbers": numbers,
    }
    write_whole(path, to_json(content, lines="numbers"))


def load_result(path: Path | str) -> tuple[Result, dict[str, Any]]:
    """Return a result and its source, as `save_result` wrote them."""
    raw = read_json(path)
    result = Result(
        [Number(**row) for row in raw["numbers"]],
        {name: Frame(**frame) for name, frame in raw["frames"].items()},
        raw["source"]["inputs"],
        raw["notes"],
        [Condition(**{**row, "despite": tuple(row["despite"])}) for row in raw["conditions"]],
        drawings=raw.get("drawings", {}),
    )
    return result, raw["source"]
