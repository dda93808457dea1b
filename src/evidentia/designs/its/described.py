"""What a series is, for its readers: its length, its periods, its means and totals."""

from __future__ import annotations

from evidentia.core.results import Result
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.series import Series


def describe(result: Result, labels: Labels, series: Series) -> None:
    """Add what the series is: its length, its periods, its means and totals by segment."""
    noun = series.spacing.noun
    result.add("n.periods", series.n, "count", f"{labels.outcome}: number of {noun}s")
    result.add("n.pre", series.n_pre, "count", f"{labels.outcome}: number of {noun}s before the intervention")
    result.add(
        "n.post", series.n_post, "count", f"{labels.outcome}: number of {noun}s from the intervention on"
    )
    ends = {"first": series.labels[0], "last": series.labels[-1], "intervention": series.labels[series.n_pre]}
    for name, label in ends.items():
        basis = "configured" if name == "intervention" else "computed"
        result.add(
            f"period.{name}", label, labels.period_unit, f"{labels.outcome}: {labels.ends[name]}", basis=basis
        )
    observed = labels.observed(series)
    for name, part in {"pre": slice(0, series.n_pre), "post": slice(series.n_pre, series.n)}.items():
        side = labels.sides[name]
        result.add(
            f"mean.{name}",
            observed[part].mean(),
            labels.level,
            f"{labels.outcome}: mean of the {noun}s {side}",
        )
        if labels.whole:
            result.add(
                f"total.{name}", int(series.outcome[part].sum()), "count", f"{labels.numerator}: total {side}"
            )
        if series.denominator is not None:
            share = series.outcome[part].sum() / series.denominator[part].sum()
            words = f"total of {labels.settings.outcome} over total of {labels.settings.denominator}"
            result.add(
                f"share.{name}", share, labels.level, f"{labels.outcome}: all {noun}s {side} together", words
            )
    for period, value in zip(series.labels, observed, strict=True):
        unit = "count" if labels.whole and not labels.share else labels.level
        result.add(
            f"observed.{period}",
            int(value) if unit == "count" else value,
            unit,
            f"{labels.outcome}, {period}",
        )
