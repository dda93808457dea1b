"""What the figures and tables of the design ``benchmark`` show (no pandas, no matplotlib)."""

from __future__ import annotations

from evidentia.core.language import translate
from evidentia.core.results import Frame, Result
from evidentia.core.tables import Ref, Rows
from evidentia.core.units import UNITS
from evidentia.designs.benchmark.settings import BenchmarkSettings, BenchmarkTable, TrendFigure


def unit_of(result: Result, indicator: str) -> str:
    """Return the ledger's unit of an indicator."""
    units = result.frames["indicators"]
    return str(dict(zip(units.column("indicator"), units.column("unit"), strict=True))[indicator])


def spec_of(unit: str) -> str:
    """Return the format of an indicator in figures and tables, where the heading says what a rate is per."""
    return {"%": "1dp", "rate": "plain 1dp"}.get(UNITS[unit].forms[0], "")


def trend_data(settings: TrendFigure, analysis: BenchmarkSettings, result: Result) -> Frame:
    """Return the series of a trend figure: year, area, neighbours and how many, nation; gaps are None."""
    frame = result.frames[settings.indicator]
    unit = unit_of(result, settings.indicator)
    spec = f"{unit} {spec_of(unit)}".strip()
    names = {
        "label": (translate("Year"), ""),
        "area": (analysis.area, spec),
        "neighbours": (translate("Statistical neighbours (mean)"), spec),
        "neighbours_n": (translate("Neighbours in the mean"), "count"),
        "neighbours_without": (
            translate(
                "Mean without {value}",
                value=translate(" and ").join(analysis.indicators[settings.indicator].without),
            ),
            spec,
        ),
        "nation": (analysis.nation, spec),
        "target": (translate("Target of {area}", area=analysis.area), spec),
    }
    years = [
        row
        for row in frame.rows
        if (settings.first_year is None or row[0] >= settings.first_year)
        and (settings.last_year is None or row[0] <= settings.last_year)
    ]
    kept = [
        key
        for key in names
        if key in frame.columns
        and (key != "target" or any(row[frame.columns.index("target")] is not None for row in years))
    ]
    rows = [[row[frame.columns.index(key)] for key in kept] for row in years]
    return Frame([names[key][0] for key in kept], rows, [names[key][1] for key in kept])


def benchmark_rows(settings: BenchmarkTable, analysis: BenchmarkSettings, result: Result) -> Rows:
    """Return a row for each indicator and year: area, mean of the neighbours, how many they are, nation."""
    rows: list[list[str | Ref]] = []
    for name in settings.indicators:
        indicator = analysis.indicators[name]
        spec = spec_of(unit_of(result, name))
        labels = dict(
            zip(result.frames[name].column("year"), result.frames[name].column("label"), strict=True)
        )
        for year in settings.years:
            stem = f"{settings.analysis}.{name}.{year}"
            cells: list[str | Ref] = [Ref(f"{stem}.{who}", spec) for who in ("area", "neighbours")]
            cells += [Ref(f"{stem}.neighbours_n"), Ref(f"{stem}.nation", spec)]
            rows.append(
                [f"{indicator.label or name}, {labels.get(year, indicator.year_label(year))}", *cells]
            )
    return Rows(
        [
            translate("Indicator and year"),
            analysis.area,
            translate("Statistical neighbours (mean)"),
            translate("Neighbours in the mean"),
            analysis.nation,
        ],
        rows,
    )
