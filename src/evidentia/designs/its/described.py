"""What a series is, for its readers: its length, its periods, its means and totals."""

from __future__ import annotations

from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.designs.its.labels import Labels
from evidentia.designs.its.periods import part_of_id
from evidentia.designs.its.series import Series


def describe(result: Result, labels: Labels, series: Series) -> None:
    """Add what the series is: its length, its periods, its means and totals by segment."""
    noun = translate(series.spacing.noun)
    result.add(
        "n.periods",
        series.n,
        "count",
        translate("{outcome}: number of {noun}s", outcome=labels.outcome, noun=noun),
    )
    result.add(
        "n.pre",
        series.n_pre,
        "count",
        translate("{outcome}: number of {noun}s before the intervention", outcome=labels.outcome, noun=noun),
    )
    result.add(
        "n.post",
        series.n_post,
        "count",
        translate("{outcome}: number of {noun}s from the intervention on", outcome=labels.outcome, noun=noun),
    )
    ends = {"first": series.labels[0], "last": series.labels[-1], "intervention": series.labels[series.n_pre]}
    for name, label in ends.items():
        basis = "configured" if name == "intervention" else "computed"
        result.add(
            f"period.{name}",
            label,
            labels.period_unit,
            f"{labels.outcome}: {translate(labels.ends[name])}",
            basis=basis,
        )
    _add_segments(result, labels, series)
    for period, value in zip(series.labels, labels.observed(series), strict=True):
        unit = "count" if labels.whole and not labels.share else labels.level
        result.add(
            f"observed.{part_of_id(period)}",
            int(value) if unit == "count" else value,
            unit,
            f"{labels.outcome}, {period}",
        )


def _add_segments(result: Result, labels: Labels, series: Series) -> None:
    """Add means, and totals where they mean something, before and after the intervention."""
    noun, observed = translate(series.spacing.noun), labels.observed(series)
    for name, part in {"pre": slice(0, series.n_pre), "post": slice(series.n_pre, series.n)}.items():
        side = translate(labels.sides[name])
        result.add(
            f"mean.{name}",
            observed[part].mean(),
            labels.level,
            translate("{outcome}: mean of the {noun}s {side}", outcome=labels.outcome, noun=noun, side=side),
        )
        if labels.whole:
            result.add(
                f"total.{name}",
                int(series.outcome[part].sum()),
                "count",
                translate("{numerator}: total {side}", numerator=labels.numerator, side=side),
            )
        if series.denominator is not None:
            share = series.outcome[part].sum() / series.denominator[part].sum()
            words = translate(
                "total of {outcome} over total of {denominator}",
                outcome=labels.settings.outcome,
                denominator=labels.settings.denominator,
            )
            result.add(
                f"share.{name}",
                share,
                labels.level,
                translate(
                    "{outcome}: all {noun}s {side} together", outcome=labels.outcome, noun=noun, side=side
                ),
                words,
            )
