"""What the figures and the table of the design ``its`` show (no pandas, no matplotlib)."""

from __future__ import annotations

import re
from typing import Any

from evidentia.core.errors import EvidentiaError
from evidentia.core.language import later, translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Cell, Ref, Rows, between
from evidentia.designs.its.periods import part_of_id
from evidentia.designs.its.settings import (
    MODELS,
    TERMS,
    DiagnosticsFigure,
    ITSSettings,
    ModelsTable,
    SeriesFigure,
)

P_VALUE = later("p\N{NON-BREAKING HYPHEN}value")
NONE = ""  # a cell that has nothing to say, such as a counterfactual before the intervention
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def value_of(result: Result, id: str) -> Any:
    """Return the value of a number of the analysis."""
    return next(number.value for number in result.numbers if number.id == id)


def unit_of(result: Result, id: str) -> str:
    """Return the unit of a number of the analysis."""
    return next(number.unit for number in result.numbers if number.id == id)


def date_unit(labels: list[str]) -> str:
    """Return the unit in which periods are printed."""
    return "date" if all(_DATE.fullmatch(label) for label in labels) else "text"


def series_data(settings: SeriesFigure, analysis: ITSSettings, result: Result) -> Frame:
    """Return observed, fitted and counterfactual values by period, with their confidence limits."""
    frame = result.frames["series"]
    level = {"proportion": "proportion 1dp", "mean": "mean 1dp"}[unit_of(result, "mean.pre")]
    observed = unit_of(result, f"observed.{part_of_id(frame.rows[0][0])}")
    percent = f"{analysis.confidence * 100:g}%"
    names = {
        "period": (translate("Period"), date_unit(frame.column("period"))),
        "observed": (translate("Observed"), "count" if observed == "count" else level),
        "fitted": (translate("Fitted"), level),
        "fitted_low": (translate("Fitted, lower {percent} limit", percent=percent), level),
        "fitted_high": (translate("Fitted, upper {percent} limit", percent=percent), level),
        "counterfactual": (translate("Counterfactual"), level),
        "counterfactual_low": (translate("Counterfactual, lower {percent} limit", percent=percent), level),
        "counterfactual_high": (translate("Counterfactual, upper {percent} limit", percent=percent), level),
    }
    columns = [[NONE if cell is None else cell for cell in frame.column(key)] for key in names]
    heads, units = [name for name, _ in names.values()], [unit for _, unit in names.values()]
    if control := result.frames.get("control"):
        columns += [control.column("observed"), control.column("fitted")]
        heads += [f"{settings.control}, observed", f"{settings.control}, fitted"]
        units += [level, level]
    return Frame(heads, [list(row) for row in zip(*columns, strict=True)], units)


def event_names(settings: SeriesFigure, number: int) -> list[str]:
    """Return the label of each intervention.

    Raises
    ------
    EvidentiaError
        If config.yaml names another number of them.
    """
    if isinstance(settings.event, str):
        return [settings.event, *(f"{settings.event} {place}" for place in range(2, number + 1))]
    if len(settings.event) != number:
        raise EvidentiaError(
            f"the figure names {len(settings.event)} events, and the analysis '{settings.analysis}' has"
            f" {number}",
            where="config.yaml, key event",
            remedy="give one label for each intervention, in the order of time",
        )
    return settings.event


def diagnostics_data(settings: DiagnosticsFigure, analysis: ITSSettings, result: Result) -> Frame:
    """Return residuals by period, then autocorrelation and partial autocorrelation by lag."""
    series, correlogram = result.frames["series"], result.frames["correlogram"]
    rows: list[list[Any]] = [
        [translate("Residual"), *pair]
        for pair in zip(series.column("period"), series.column("residual"), strict=True)
    ]
    for name, title in {
        "acf": translate("Autocorrelation"),
        "pacf": translate("Partial autocorrelation"),
    }.items():
        rows += [
            [title, str(lag), value]
            for lag, value in zip(correlogram.column("lag"), correlogram.column(name), strict=True)
        ]
    return Frame(
        [translate("What"), translate("Period or lag"), translate("Value")],
        rows,
        ["text", "text", "coefficient 3dp"],
    )


def models_rows(settings: ModelsTable, analysis: ITSSettings, result: Result) -> Rows:
    """Return estimate, confidence limits and p-value of each term: for gaussian series beside each other for
    each model, else as ratios.
    """
    percent = f"{analysis.confidence * 100:g}%"
    names = {
        term: _capital(translate(TERMS[term]).replace(translate("period"), settings.period))
        for term in settings.terms
    }
    if analysis.link != "identity":
        ratio = translate("Odds ratio") if analysis.link == "logit" else translate("Ratio")
        header = [
            translate("Term"),
            ratio,
            translate("Lower {percent} limit", percent=percent),
            translate("Upper {percent} limit", percent=percent),
            translate("p-value"),
        ]
        return Rows(header, [[name, *_ratios(f"{settings.analysis}.{term}")] for term, name in names.items()])
    unit = unit_of(result, "level_change.estimate")
    spec = {"percentage_points": "plain 2dp"}.get(unit, "plain 1dp")
    scale = translate(", percentage points") if unit == "percentage_points" else ""
    header = [
        f"{translate('Term')}{scale}",
        *(
            f"{model}: {what}"
            for model in MODELS.values()
            for what in (
                translate("estimate"),
                translate("{percent} interval", percent=percent),
                translate(P_VALUE),
            )
        ),
    ]
    rows: list[list[Cell]] = []
    for term, name in names.items():
        cells: list[Cell] = [name]
        for model in MODELS:
            stem = f"{settings.analysis}.{term}_{model}"
            interval = between(Ref(f"{stem}.ci_low", spec), Ref(f"{stem}.ci_high", spec))
            cells += [Ref(f"{stem}.estimate", spec), interval, Ref(f"{stem}.p_value")]
        rows.append(cells)
    return Rows(header, rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ratios(stem: str) -> list[str | Ref]:
    """Return a term as a ratio; estimates on the scale of a log or logit link say little by themselves."""
    return [
        *(Ref(f"{stem}.{name}", "plain 3dp") for name in ("ratio", "ratio_ci_low", "ratio_ci_high")),
        Ref(f"{stem}.p_value"),
    ]
