"""A series of counts of people that are small: no model of it can be published, because its terms give the
counts away.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Result
from evidentia.data.table import DataTable
from evidentia.designs.its.series import Series
from evidentia.designs.its.settings import ITSSettings
from evidentia.disclosure.bounds import nearest
from evidentia.disclosure.suppress import is_small


def safe_series(series: Series, settings: ITSSettings, table: DataTable) -> Series:
    """Return a series whose counts may be published, rounded if the data set's policy says so.

    A model has few terms, and each is a plain function of all periods, so that a single suppressed period
    could be worked out from them. A count that is too small is therefore an error, not a gap.

    Raises
    ------
    EvidentiaError
        If the count of a period, or those of its denominator who are not counted, are below the minimum cell.
    """
    others = None if series.denominator is None else series.denominator - series.outcome
    divisor = series.control_divisor if series.denominator is not None else None
    rest = None if divisor is None or series.control is None else divisor - series.control
    for counts in (series.outcome, series.denominator, others, series.control, divisor, rest):
        if counts is not None and np.equal(np.mod(counts, 1), 0).all():
            small = [
                label
                for label, value in zip(series.labels, counts, strict=True)
                if is_small(float(value), table.minimum_cell)
            ]
            if small:
                raise EvidentiaError(
                    f"{len(small)} {series.spacing.noun}s have counts below the minimum cell of"
                    f" {table.minimum_cell}, and the model's terms would give them away",
                    where=f"{table.where(column=settings.outcome)}, {', '.join(small[:5])}",
                    remedy=(
                        "join periods (months into quarters, say) so that each holds enough, or lower"
                        " data.<id>.disclosure.minimum_cell"
                    ),
                )
    if table.rounding <= 1:
        return series
    base = table.rounding
    outcome = np.array([nearest(float(value), base) for value in series.outcome])
    denominator = series.denominator
    if denominator is not None:
        denominator = np.array([max(base, nearest(float(value), base)) for value in denominator])
    return dataclasses.replace(
        series,
        outcome=outcome,
        denominator=denominator,
        notes=[*series.notes, f"counts are rounded to {base}"],
    )


def declare(result: Result) -> None:
    """Declare, for `evidentia.disclosure`, that nothing is left to protect: the series is safe before it is
    analysed.
    """
    result.links.count_nobody(*(number.id for number in result.numbers))
