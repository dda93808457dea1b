"""What a Python function of an evaluation folder returns: `evidentia.Result`."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidentia.core.errors import EvidentiaError

STATISTIC_WORDS = {
    "estimate": "",
    "se": ", standard error",
    "ci_low": ", lower limit of the confidence interval",
    "ci_high": ", upper limit of the confidence interval",
    "p_value": ", p-value",
}


class Result:
    """Numbers, tables and figures of an own analysis, added one by one.

    What is wrong with them (an unknown unit, an id that stands twice) is said together when all have been
    added, each with its line.

    Parameters
    ----------
    confidence : float
        Level of the intervals of `estimate`.
    """

    def __init__(self, confidence: float = 0.95) -> None:
        self.confidence = confidence
        self.numbers: list[dict[str, Any]] = []
        self.tables: dict[str, tuple[Any, list[tuple[str, str, str]]]] = {}
        self.drawings: dict[str, tuple[Any, Any, list[tuple[str, str, str]]]] = {}
        self.narrow: dict[str, Any] = {}
        self.notes: list[tuple[str, str, str]] = []
        self.totals: list[tuple[str, str]] = []

    def number(
        self,
        id: str,
        value: Any,
        unit: str,
        label: str,
        *,
        formula: str = "",
        of: str | Iterable[str] = (),
        people: bool = True,
    ) -> None:
        """Add a number.

        Parameters
        ----------
        id : str
            What it is called after the id of the analysis, such as ``median.before``.
        value : number, text or date
            At full precision; proportions from 0 to 1. NaN or None where it cannot be computed.
        unit : str
            One of the ledger's units, such as ``count``, ``proportion`` or ``pounds``.
        label : str
            What it is, in words that a reader of the report understands.
        formula : str
            How it is computed, in words.
        of : str or iterable of str
            Ids of the counts of people on which it rests, such as the count and the denominator of a share;
            asked for where the data are protected.
        people : bool
            False for a count of things, such as months.
        """
        self.numbers.append(
            {
                "id": id,
                "value": _plain(value),
                "unit": unit,
                "label": label,
                "formula": formula,
                "of": _joined(of),
                "people": "" if people else "no",
                "line": _line(),
            }
        )

    def estimate(
        self,
        id: str,
        estimate: float,
        se: float,
        unit: str,
        label: str,
        df: float | None = None,
        *,
        formula: str = "",
        of: str | Iterable[str] = (),
    ) -> None:
        """Add an estimate with its standard error, interval and p-value: by Student's t with `df`, else the
        normal distribution.

        A standard error of 0 or of rounding noise gives no interval and no p-value.
        """
        from evidentia.designs.inference.wald import wald

        for name, given, low in (("standard error", se, 0), ("df", df, 1e-9)):
            if given is not None and float(given) < low:
                raise EvidentiaError(
                    f"the {name} of '{id}' is {float(given):g}, which none can be",
                    remedy="give a standard error from 0 on, and degrees of freedom above 0",
                )
        statistics = wald(
            float(estimate),
            float(se),
            self.confidence,
            math.inf if df is None else float(df),
            abs(float(estimate)),
        )
        line = _line()
        for name, value in statistics.items():
            self.numbers.append(
                {
                    "id": f"{id}.{name}",
                    "value": _plain(value),
                    "unit": "p_value" if name == "p_value" else unit,
                    "label": f"{label}{STATISTIC_WORDS[name]}",
                    "formula": formula,
                    "of": _joined(of),
                    "people": "",
                    "line": line,
                }
            )

    def table(
        self,
        name: str,
        frame: Any,
        *,
        units: Mapping[str, str] | None = None,
        of: Mapping[str, str | Sequence[str]] | None = None,
    ) -> None:
        """Add a table of aggregates.

        Parameters
        ----------
        name : str
            What ``name`` of a table of config.yaml says.
        frame : pandas.DataFrame
            As it is printed; the first column names the rows. An index with a name is the first column.
        units : dict of str to str
            Column to unit, and if need be decimal places: ``{"share": "proportion 1dp"}``.
        of : dict of str to list of str
            Column to the columns of counts in the same row on which it rests.
        """
        if name in self.tables:
            raise EvidentiaError(f"the table '{name}' is given twice", remedy="rename one of them")
        self.tables[name] = (frame, _described(frame, units, of))

    def figure(
        self,
        name: str,
        figure: Any,
        data: Any = None,
        *,
        narrow: Any = None,
        units: Mapping[str, str] | None = None,
        of: Mapping[str, str | Sequence[str]] | None = None,
    ) -> None:
        """Add a figure.

        Parameters
        ----------
        name : str
            What ``name`` of a figure of config.yaml says.
        figure : matplotlib figure or axes, or str
            Or the text of an SVG drawing.
        data : pandas.DataFrame
            What it shows, for readers who do not see it; every number in it is proved against these.
        narrow : matplotlib figure or axes, or str
            The same drawing for phones, 3.6 inches wide; without it readers of phones move the wide one.
        units, of : dict
            As for `table`.
        """
        if name in self.drawings:
            raise EvidentiaError(f"the figure '{name}' is given twice", remedy="rename one of them")
        self.drawings[name] = (figure, data, _described(data, units, of) if data is not None else [])
        if narrow is not None:
            self.narrow[name] = narrow

    def note(self, kind: str, text: str, about: str | Iterable[str] = ()) -> None:
        """Add a note on estimates, which every claim on them must allow for; `kind` is one of
        docs/statistics.md.
        """
        from evidentia.core.notes import check_kind

        check_kind(kind)
        self.notes.append((kind, text, _joined(about)))

    def adds_up(self, total: str, parts: Iterable[str]) -> None:
        """Declare that a count of people is the sum of others, so that nobody works out one from the rest."""
        self.totals.append((total, _joined(parts)))


def _plain(value: Any) -> Any:
    """Return a value as CSV holds it: nothing for NaN, Python's own numbers for those of numpy."""
    if hasattr(value, "item"):
        if getattr(value, "size", 1) != 1:
            raise EvidentiaError(
                f"a number is a {type(value).__name__} of {value.size} values",
                remedy='give one value, such as frame["gifts"].sum(); a table goes into result.table()',
            )
        value = value.item()
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


def _joined(names: str | Iterable[str]) -> str:
    return names if isinstance(names, str) else " ".join(names)


def _described(
    frame: Any, units: Mapping[str, str] | None, of: Mapping[str, str | Sequence[str]] | None
) -> list[tuple[str, str, str]]:
    """Return what is said of a frame's columns; a column that is not there is an error."""
    said = {**dict.fromkeys(units or {}), **dict.fromkeys(of or {})}
    for column in said:
        if column not in [*frame.columns, *frame.index.names]:
            from evidentia.core.errors import did_you_mean

            raise EvidentiaError(
                f"there is no column '{column}' to give a unit",
                remedy=did_you_mean(column, map(str, frame.columns)),
            )
    return [(column, (units or {}).get(column, ""), _joined((of or {}).get(column, ()))) for column in said]


def _line() -> int:
    """Return the line of the program from which a number is added."""
    frame = inspect.currentframe()
    while frame is not None and Path(frame.f_code.co_filename) == Path(__file__):
        frame = frame.f_back
    return frame.f_lineno if frame is not None else 0
