"""The series of an interrupted time series, read from its table and checked; every fault of it is said in one
go.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evidentia.core.errors import EvidentiaError, raise_all
from evidentia.data.table import DataTable
from evidentia.designs.its.faults import (
    columns_of,
    missing_faults,
    model_faults,
    require,
    time_faults,
    value_faults,
)
from evidentia.designs.its.fit import Array
from evidentia.designs.its.interventions import far_apart, split_at
from evidentia.designs.its.ordinals import CONFIG, in_order, odd_zeros, ordinals_of
from evidentia.designs.its.periods import Spacing, parse_period
from evidentia.designs.its.settings import CALENDAR_DAYS, ITSSettings


@dataclass(frozen=True)
class Series:
    """One outcome by period, in order, without gaps but for the periods that config.yaml leaves out.

    Attributes
    ----------
    labels : list of str
        Each period in its own form.
    spacing : Spacing
    n_pre : int
        Periods before the intervention; the period at this index is the first of the post segment.
    outcome : array
    denominator, offset : array or None
        As in the data (the offset before its logarithm).
    n_placebo : int or None
        Periods before the placebo intervention, if config.yaml names one.
    notes : list of str
        What was put right on the way.
    starts : list of float
        Place in time of the first period of each intervention.
    times : array or None
        Place in time of each period, from 1, where some are left out.
    control, control_divisor : array or None
        The outcome of the control series, and its denominator or offset.
    """

    labels: list[str]
    spacing: Spacing
    n_pre: int
    outcome: Array
    denominator: Array | None = None
    offset: Array | None = None
    n_placebo: int | None = None
    notes: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    times: Array | None = None
    control: Array | None = None
    control_divisor: Array | None = None

    @property
    def n(self) -> int:
        """Number of periods."""
        return len(self.outcome)

    @property
    def places(self) -> Array:
        """Place in time of each period, from 1."""
        return np.arange(1.0, self.n + 1) if self.times is None else self.times

    @property
    def n_post(self) -> int:
        """Periods from the intervention on."""
        return self.n - self.n_pre


def read_series(settings: ITSSettings, table: DataTable) -> Series:
    """Return the series that the settings name, in the order of time.

    Raises
    ------
    EvidentiaError
        Or `Problems`: a cell that is no period or no number, a period that is missing or doubled, uneven
        spacing, a negative count, a denominator of 0 or below the outcome, an offset that is not
        positive, an intervention that is not a period of the series, fewer than 3 periods on a side,
        a season with less than two years of data.
    """
    require(table, {"time": settings.time, **columns_of(settings)})
    spacing, ordinals = ordinals_of(settings, table)
    named = {name: column for name, column in columns_of(settings).items() if column is not None}
    values = pd.DataFrame(
        {"time": ordinals, **{name: table.amounts(column) for name, column in named.items()}},
        index=table.frame.index,
    )
    left_out = _left_out(settings, table, values["time"], spacing)
    kept = ~values["time"].isin(left_out)
    if settings.offset == CALENDAR_DAYS:
        values["offset"] = _calendar_days(settings, table, values["time"], spacing)
    raise_all(missing_faults(settings, table, values[kept], spacing))
    raise_all(
        [
            *value_faults(settings, table, values[kept]),
            *time_faults(settings, table, values["time"], spacing, left_out),
        ]
    )
    values, notes = in_order(values[kept], spacing, table)
    notes += odd_zeros(values, spacing)
    times = values["time"]
    first = min(
        [times.iloc[0], *(ordinal for ordinal in left_out if ordinal < times.iloc[0] and ordinal in ordinals)]
    )
    places = ((times - first) / spacing.step + 1).to_numpy(dtype=float)
    splits = [
        split_at(given, "intervention", settings, table, times, spacing, left_out)
        for given in settings.intervention
    ]
    n_pre = splits[0][0]
    far_apart(settings, table, splits, spacing)
    n_placebo = None
    if settings.placebo:
        n_placebo = split_at(
            settings.placebo, "placebo", settings, table, times.iloc[:n_pre], spacing, left_out
        )[0]
    starts = [(place - first) / spacing.step + 1 for _, place in splits]
    raise_all(model_faults(settings, table, times, spacing, places, starts))
    arrays = {name: values[name].to_numpy(dtype=float) for name in values.columns.drop("time")}
    control, divisor = (
        arrays.pop("control", None),
        arrays.pop("control_denominator", arrays.pop("control_offset", None)),
    )
    if control is not None and settings.offset == CALENDAR_DAYS:
        divisor = arrays["offset"]
    gaps = None if len(places) == places[-1] == np.unique(places).size else places
    if gaps is not None:
        left = f"1 {spacing.noun} is" if len(left_out) == 1 else f"{len(left_out)} {spacing.noun}s are"
        notes.append(f"{left} left out, as 'exclude' says; time goes on")
    return Series(
        [spacing.label(ordinal) for ordinal in times],
        spacing,
        n_pre,
        n_placebo=n_placebo,
        notes=notes,
        starts=starts,
        times=gaps,
        control=control,
        control_divisor=divisor,
        **arrays,
    )


def _calendar_days(
    settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing
) -> list[float]:
    days = [spacing.days(ordinal) for ordinal in times]
    if None in days:
        what = f"the days of a {spacing.noun} are not known"
        raise EvidentiaError(
            what,
            where=table.where(column=settings.time),
            remedy="give months, quarters or years, or a column of days",
        )
    return [float(day) for day in days if day is not None]


def _left_out(settings: ITSSettings, table: DataTable, times: pd.Series[int], spacing: Spacing) -> set[int]:
    """Return the periods that config.yaml leaves out; they need no row in the data."""
    found: set[int] = set()
    for given in settings.exclude:
        ends = [parse_period(part) for part in given.split("..")]
        places = [spacing.place(end) for end in ends if end is not None]
        if None in places:
            raise EvidentiaError(
                f"the period {given} of 'exclude' has another form than the periods, such as"
                f" {spacing.label(times.iloc[0])}",
                where=CONFIG,
                remedy="write it as the data do",
            )
        first, last = places[0], places[-1]
        assert first is not None
        assert last is not None
        if last < first:
            raise EvidentiaError(
                f"the period {given} of 'exclude' ends before it begins",
                where=CONFIG,
                remedy=f"write {'..'.join(reversed(given.split('..')))}",
            )
        inside = set(range(first, last + 1, spacing.step)) & set(
            range(int(times.min()), int(times.max()) + 1)
        )
        if not inside:
            span = f"{spacing.label(int(times.min()))} to {spacing.label(int(times.max()))}"
            raise EvidentiaError(
                f"the period {given} of 'exclude' is outside the series",
                where=CONFIG,
                remedy=f"name one from {span}",
            )
        found |= inside
    return found
